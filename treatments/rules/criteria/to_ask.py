"""Rules D13 to D15: answers that do not fit together or call for a question, without an effect of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.drugs import TABLE, Drug
from treatments.rules.criteria.rule import Rule
from treatments.rules.criteria.safety.mind import BIPOLAR_SIGNS, DIAGNOSIS
from treatments.rules.criteria.shared import MEDICINE_FIELDS
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, known
from treatments.rules.medicines import is_from_memory

CANNABIS = "substances.cannabis"
HOW_OFTEN = {
    "less_than_weekly": "less than once a week",
    "weekly": "once a week or more",
    "daily": "daily or almost daily",
}
FAMILY = "history.family_bipolar"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Drugs of these sets, taken by somebody who answered no to every one of the fields.

    ``kind``: only what is of this kind, so that no product for depression counts for its second ingredient.
    """

    sets: frozenset[str]
    fields: tuple[str, ...]
    words: str
    kind: str = ""


CONTRADICTIONS = (
    Contradiction(
        frozenset({"sud_prompt"}),
        ("substances.past_substance_use_disorder", "substances.substance_use_disorder_now"),
        "a past or present problem with alcohol or drugs",
    ),
    Contradiction(
        frozenset({"mood_stabiliser", "antipsychotic"}),
        (DIAGNOSIS, "history.psychosis_ever"),
        "bipolar disorder and to psychosis ever",
        kind="other",
    ),
    Contradiction(frozenset({"thyroid_prompt"}), ("health.thyroid_disease",), "thyroid disease"),
    Contradiction(
        frozenset({"steroid_prompt"}),
        ("health.steroid_interferon_isotretinoin",),
        "a steroid, interferon or isotretinoin",
    ),
    Contradiction(frozenset({"antiepileptic"}), ("health.seizure_ever",), "a seizure ever"),
)


def contradictions(facts: Facts) -> Iterator[tuple[str, Contradiction]]:
    """Each drug surely taken now with the answers that do not fit it."""
    for row in CONTRADICTIONS:
        if all(facts.no(path).value for path in row.fields):
            for name in sorted({drug.generic for drug in _taken(facts, row)}):
                yield name, row


def _taken(facts: Facts, row: Contradiction) -> Iterator[Drug]:
    for entry in facts.medicines.entries:
        if entry.now and entry.drugs and row.kind in ("", entry.drugs[0].kind):
            yield from (drug for drug in entry.drugs if row.sets & drug.sets)


def answers_against_medicines(facts: Facts) -> Answer:
    """Never undecided: a missing answer contradicts nothing."""
    found = list(contradictions(facts))
    fields = dict.fromkeys(path for _name, row in found for path in row.fields)
    return known(bool(found), *(*fields, *MEDICINE_FIELDS))


def uses_cannabis(facts: Facts) -> Answer:
    return facts.is_one_of(CANNABIS, *HOW_OFTEN)


def _cannabis_shown(facts: Facts) -> str:
    return f"Uses it {HOW_OFTEN[facts.value(CANNABIS)]}."


def family_history_alone(facts: Facts) -> Answer:
    signs = (facts.no(path) for path in BIPOLAR_SIGNS)
    return all_of(facts.yes(FAMILY), *signs, known(not facts.bipolar, DIAGNOSIS))


def _contradictions_shown(facts: Facts) -> str:
    return " ".join(f"Takes {name}, answered no to {row.words}: ask." for name, row in contradictions(facts))


def _from_memory(facts: Facts) -> list[str]:
    named = {(name, row) for name, row in contradictions(facts)}
    return sorted({name for name, row in named if is_from_memory(TABLE[name], *row.sets)})


TO_ASK = (
    Rule(
        id="D13",
        condition="Takes a drug of a set now and answered no to the condition it is mostly given for: dependence, "
        "bipolar disorder and psychosis, thyroid disease, a steroid, seizures",
        predicate=answers_against_medicines,
        reads=(*MEDICINE_FIELDS, *(path for row in CONTRADICTIONS for path in row.fields)),
        effects={},
        reason="Answers and medicines do not fit together.",
        shown=_contradictions_shown,
        from_memory=_from_memory,
        sources=("proposed",),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D14",
        condition="Uses cannabis: less than once a week, weekly or daily",
        predicate=uses_cannabis,
        reads=(CANNABIS,),
        effects={},
        reason="Ask for THC and the amount: risk of psychosis. One payer forbids cannabis beside Spravato; "
        "guidelines do not recommend it.",
        shown=_cannabis_shown,
        sources=("G1", "P11"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="D15",
        condition="Bipolar disorder in the family, no sign of one's own and no diagnosis",
        predicate=family_history_alone,
        reads=(FAMILY, *BIPOLAR_SIGNS, DIAGNOSIS),
        effects={},
        reason="Bipolar disorder in the family: ask about highs. No effect by itself.",
        sources=("S1", "proposed"),
        reviewed="2026-11-29",
        verified=False,
    ),
)
