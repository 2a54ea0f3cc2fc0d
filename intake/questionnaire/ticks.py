"""Lists of ticks: several fields of a page asked as one list, and what the ticks mean for each field.

Ticked is yes. "None of these" makes all of them no, some ticked the others no, and "I am not sure about the others"
the others not sure; nothing ticked says nothing. A list shown again as it was stored changes nothing, so that an
answer which no tick can show is not lost. Never for a question that a hold or a caution reads.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Answers, Text
from intake.fields.lookup import answer

NONE, UNSURE = "none", "unsure"
LAST = (
    (NONE, _("None of these")),
    (UNSURE, _("I am not sure about the others")),
)
Said = dict[str, Any]  # path -> answer, None for no answer


@dataclass(frozen=True, slots=True)
class TickList:
    """One list on a page. ``name`` is that of its form field, which stands where the field ``at`` would.

    ``covers`` are the paths it asks. ``rows`` are the ticks: value and words. ``both`` is said where "None of these"
    stands beside a tick. ``shown`` gives the ticks of stored answers, ``said`` the answers that ticks mean.
    """

    name: str
    at: str
    covers: tuple[str, ...]
    rows: tuple[tuple[str, Text], ...] = field(compare=False)
    shown: Callable[[Answers], list[str]] = field(compare=False)
    said: Callable[[Sequence[str]], Said] = field(compare=False)
    label: Text = field(default="", compare=False)
    hint: Text = field(default="", compare=False)
    hints: Mapping[str, Text] = field(default_factory=dict, compare=False)
    both: Text = field(default="", compare=False)


def of_yes_and_no(
    name: str, covers: Mapping[str, Text], label: Text, *, hints: Mapping[str, Text], both: Text
) -> TickList:
    """A list of yes-or-no fields: path -> words of its tick."""
    paths = tuple(covers)
    values = {path.split(".")[-1]: path for path in paths}

    def shown(answers: Answers) -> list[str]:
        stored = {value: answer(answers, path) for value, path in values.items()}
        ticked = [value for value, known in stored.items() if known == "yes"]
        if "not_sure" in stored.values():
            return [*ticked, UNSURE]
        return ticked or ([NONE] if set(stored.values()) == {"no"} else [])

    def said(ticked: Sequence[str]) -> Said:
        if not ticked:
            return dict.fromkeys(paths)
        other = "not_sure" if UNSURE in ticked else "no"
        return {path: "yes" if value in ticked else other for value, path in values.items()}

    rows = (*((value, covers[path]) for value, path in values.items()), *LAST)
    return TickList(name, paths[0], paths, rows, shown, said, label, _("Choose all that fit."), hints, both)


# --- How to reach a person: a tick means that it is allowed and safe -------------------------------------

WAYS, BY_EMAIL = "about-ways", "about-ways_email"
CONTACT_BY, VOICEMAIL, TEXT, EMAIL = (
    "about.contact_by",
    "about.voicemail_ok",
    "about.text_ok",
    "about.email_ok",
)


def ways_shown(answers: Answers) -> list[str]:
    by = answer(answers, CONTACT_BY) or []
    safe = {"voicemail": answer(answers, VOICEMAIL) == "yes", "call": "call" in by}
    for way, path in (("text", TEXT), ("email", EMAIL)):
        safe[way] = way in by and answer(answers, path) == "yes"
    return [way for way in ("call", "voicemail", "text", "email") if safe[way]]


def ways_said(ticked: Sequence[str]) -> Said:
    if not ticked:
        return dict.fromkeys((CONTACT_BY, VOICEMAIL, TEXT, EMAIL))
    by = [way for way in ("call", "text", "email") if way in ticked]
    safe = {"voicemail": VOICEMAIL, "text": TEXT, "email": EMAIL}
    return {CONTACT_BY: by, **{path: "yes" if way in ticked else "no" for way, path in safe.items()}}


CONTACT = (
    TickList(
        WAYS,
        CONTACT_BY,
        (CONTACT_BY, VOICEMAIL, TEXT),
        (("call", _("Call me")), ("voicemail", _("Leave a voice message")), ("text", _("Text me"))),
        ways_shown,
        ways_said,
        label=_("Which of these are private and safe for you?"),
    ),
    TickList(
        BY_EMAIL,
        EMAIL,
        (EMAIL,),
        (("email", _("Email is private and safe for me")),),
        ways_shown,
        ways_said,
        label=_("May we write you an email?"),
    ),
)

# --- What a person hopes for ---------------------------------------------------------------------------

INTERESTED, THERAPY_ONLY, SMOKING = (
    "reason.interested_in",
    "reason.prefers_therapy_only",
    "reason.wants_to_stop_smoking",
)
BESIDE = {"therapy_only": THERAPY_ONLY, "stop_smoking": SMOKING}


def wishes_shown(answers: Answers) -> list[str]:
    stored = answer(answers, INTERESTED)
    ticked = [
        *(stored or []),
        *(value for value, path in BESIDE.items() if answer(answers, path) == "yes"),
    ]
    return ticked or ([NONE] if stored == [] else [])


def wishes_said(ticked: Sequence[str]) -> Said:
    if not ticked:
        return dict.fromkeys((INTERESTED, THERAPY_ONLY, SMOKING))
    other = "not_sure" if "not_sure" in ticked else "no"
    return {
        INTERESTED: [value for value in ticked if value not in (NONE, *BESIDE)],
        **{path: "yes" if value in ticked else other for value, path in BESIDE.items()},
    }


# What people may have heard of, whether or not it is offered anywhere.
HEARD_ABOUT = ("ketamine_iv", "psilocybin")


def wishes(choices: Sequence[tuple[Any, Text]], label: Text, hint: Text) -> tuple[TickList, TickList]:
    """The treatments to hear about, with ``choices`` for them, and two wishes beside them; then what was heard of."""
    unsure = [row for row in choices if row[0] == "not_sure"]
    rows = (
        *(row for row in choices if row[0] not in ("not_sure", *HEARD_ABOUT)),
        ("therapy_only", _("Only talking therapy, without medicine or TMS")),
        ("stop_smoking", _("Help to stop smoking")),
        *unsure,
        LAST[0],
    )
    both = _("Treatments: you ticked “None of these” and a treatment. Keep one of them")
    heard = tuple(row for row in choices if row[0] in HEARD_ABOUT)
    return (
        TickList(
            "reason-wishes",
            INTERESTED,
            (INTERESTED,),
            rows,
            wishes_shown,
            wishes_said,
            label,
            hint,
            both=both,
        ),
        TickList(
            "reason-heard_about",
            THERAPY_ONLY,
            (THERAPY_ONLY, SMOKING),
            heard,
            wishes_shown,
            wishes_said,
            _("I have heard about"),
            both=both,
        ),
    )


# --- Illnesses ---------------------------------------------------------------------------------------

BOTH = _("Other illnesses: you ticked “None of these” and an illness. Keep one of them")
ILLNESSES = (
    of_yes_and_no(
        "health-illnesses",
        {
            "health.thyroid_disease": _("Thyroid disease"),
            "health.anaemia": _("Anemia (too few red blood cells)"),
            "health.vitamin_deficiency": _("Too little vitamin D or B12"),
            "health.chronic_pain": _("Pain that has lasted for months"),
            "health.autoimmune_disease": _("An autoimmune disease"),
            "health.sleep_apnoea": _("Sleep apnea"),
            "health.lung_disease": _("A lung disease, such as asthma or COPD"),
            "health.steroid_interferon_isotretinoin": _("I take a steroid, interferon or Accutane"),
        },
        _("Do you have any of these?"),
        hints={"autoimmune_disease": _("For example lupus, arthritis of the joints, or MS.")},
        both=BOTH,
    ),
    of_yes_and_no(
        "health-of_the_mind",
        {
            "health.ocd": _("OCD"),
            "health.adhd": _("ADHD"),
            "health.personality_disorder": _("A personality disorder"),
            "health.anxiety_disorder": _("An anxiety disorder"),
            "health.ptsd_diagnosis": _("PTSD"),
        },
        _("Has anyone told you that you have one of these?"),
        hints={"personality_disorder": _("A doctor would have told you.")},
        both=BOTH,
    ),
)
