"""The closed list of predicates with their parameters, and every fault of a check that uses them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.document.faults import kind_of, repeated_keys, shown
from intake.fields import BY_PATH, Kind
from treatments.payers.vocabulary import (
    ANY,
    AUGMENTING_KINDS,
    COURSES,
    ENTRY_KEYS,
    EVIDENCE_KINDS,
    ICD10,
    SCALES,
    THERAPIES,
    TREATMENTS,
    is_value_of,
)
from treatments.rules.criteria import RULES

DEEPEST = 8  # checks within checks
MOST_CHECKS = 100  # in one list
MOST_WEEKS = 5_200
MOST_DAYS = 36_500
RULE_IDS = frozenset(rule.id for rule in RULES)
JOINED = ("any_of", "all_of")
PATHS = frozenset(BY_PATH) | {
    f"{path}.{part.key}"
    for path, group in BY_PATH.items()
    if group.kind is Kind.GROUP
    for part in group.parts
}
"""Every path that a pack may ask to be answered."""

Test = Callable[[object], bool]


def one_of(*choices: object) -> Test:
    return lambda value: any(type(value) is type(known) and value == known for known in choices)


def whole(low: int, high: int) -> Test:
    return lambda value: type(value) is int and low <= value <= high


def some_of(fits: Test) -> Test:
    """A list with something in it, of which each fits."""
    return lambda value: isinstance(value, list) and bool(value) and all(map(fits, value))


def _is_weeks(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_WEEKS


def _is_code(value: object) -> bool:
    return isinstance(value, str) and ICD10.fullmatch(value) is not None


def _is_types(value: object) -> bool:
    return value == "evidence_based" or some_of(one_of(*THERAPIES))(value)


def _is_scales(value: object) -> bool:
    return value == ANY or some_of(one_of(*SCALES, ANY))(value)


COUNT, DAYS, FLAG, PERCENT = whole(1, 1_000), whole(0, MOST_DAYS), one_of(True, False), whole(0, 100)
YEARS, IMPROVEMENT = whole(0, 150), one_of(25, 49)
INTOLERANCE = one_of("no", "counts")
_WEEKS: dict[str, Test] = {"weeks": _is_weeks, "weeks_over": _is_weeks}
_TREATMENT: dict[str, Test] = {"treatment": one_of(*TREATMENTS)}


@dataclass(frozen=True, slots=True)
class Predicate:
    """The parameters of one predicate; ``one_at_least``: those of which one must be there."""

    required: Mapping[str, Test] = field(default_factory=dict)
    optional: Mapping[str, Test] = field(default_factory=dict)
    one_at_least: tuple[str, ...] = ()


PREDICATES: dict[str, Predicate] = {
    "failures": Predicate(
        optional={
            **{"n": COUNT, "classes": COUNT, **_WEEKS, "max_improvement": IMPROVEMENT},
            **{"dose": one_of("minimum", "maximum", "any"), "adherence": FLAG, "this_episode": FLAG},
            **{"intolerance": INTOLERANCE, "augmentation": one_of("no", "approved", "any")},
        }
    ),
    "intolerances": Predicate({"n": COUNT}, {"classes": COUNT, **_WEEKS, "this_episode": FLAG}),
    "augmentations": Predicate(
        {"n": COUNT, "kinds": some_of(one_of(*AUGMENTING_KINDS))},
        {**_WEEKS, "max_improvement": IMPROVEMENT, "this_episode": FLAG, "intolerance": INTOLERANCE},
    ),
    "therapy": Predicate(
        {"types": _is_types}, {"sessions": COUNT, "this_episode": FLAG, "max_improvement": IMPROVEMENT}
    ),
    "score_at_least": Predicate(
        optional={**{scale: whole(0, most) for scale, most in SCALES.items()}, "within_days": DAYS},
        one_at_least=tuple(SCALES),
    ),
    "score_recorded": Predicate({"scales": _is_scales}, {"within_days": DAYS}),
    "current_antidepressant": Predicate(optional={"weeks": _is_weeks, "not_failed": FLAG}),
    "age": Predicate(optional={"min": YEARS, "max": YEARS}, one_at_least=("min", "max")),
    "unipolar": Predicate(),
    "no_psychosis": Predicate({"when": one_of("now", "ever")}),
    "not_pregnant": Predicate(),
    "no_active_sud": Predicate(optional={"within_days": DAYS, "treated_ok": FLAG}),
    "no_concurrent": Predicate({"treatments": some_of(one_of(*COURSES))}),
    "never_had": Predicate(_TREATMENT),
    "prior_response": Predicate({**_TREATMENT, "percent": PERCENT}),
    "rules_not_met": Predicate({"rules": some_of(one_of(*sorted(RULE_IDS)))}),
    "diagnosis": Predicate({"codes": some_of(_is_code)}),
    "entry": Predicate(
        {"key": one_of(*ENTRY_KEYS), "values": some_of(lambda value: isinstance(value, str))},
        {"valid_days": DAYS},
    ),
    "document": Predicate({"kinds": some_of(one_of(*EVIDENCE_KINDS))}),
    "answered": Predicate({"paths": some_of(one_of(*sorted(PATHS)))}),
}


def check_faults(check: object, path: str, depth: int = 0) -> Iterator[str]:
    """Every fault of one check, each a sentence that opens with ``path``."""
    if not isinstance(check, dict) or len(check) != 1 or any(repeated_keys(check, "")):
        yield f"{path}: must be an object of one predicate"
        return
    [(name, parameters)] = check.items()
    if name in JOINED:
        yield from _joined_faults(name, parameters, path, depth)
    elif name not in PREDICATES:
        yield f"{path}: {shown(name)} is not a predicate"
    elif not isinstance(parameters, dict):
        yield f"{path}: {name} must have an object of parameters, not {kind_of(parameters)}"
    else:
        yield from _parameter_faults(name, parameters, path)


def _joined_faults(name: str, checks: object, path: str, depth: int) -> Iterator[str]:
    if not isinstance(checks, list) or not checks:
        yield f"{path}: {name} must have a list of checks"
    elif len(checks) > MOST_CHECKS:
        yield f"{path}: {name} holds more than {MOST_CHECKS} checks"
    elif depth == DEEPEST:
        yield f"{path}: checks stand in each other more than {DEEPEST} deep"
    else:
        for each in checks:
            yield from check_faults(each, path, depth + 1)


def _parameter_faults(name: str, parameters: dict[str, Any], path: str) -> Iterator[str]:
    predicate = PREDICATES[name]
    tests = {**predicate.required, **predicate.optional}
    for fault in repeated_keys(parameters, f"{name}: "):
        yield f"{path}: {fault}"
    for key, value in parameters.items():
        if key not in tests:
            yield f"{path}: {name} has no parameter {shown(key)}"
        elif not tests[key](value):
            yield f"{path}: {name}: {shown(value)} is not a value of {key}"
        elif name == "entry" and key == "values":
            yield from _entry_faults(parameters.get("key"), value, path)
    for key in predicate.required:
        if key not in parameters:
            yield f"{path}: {name}: {key} is required"
    if predicate.one_at_least and not any(key in parameters for key in predicate.one_at_least):
        yield f"{path}: {name}: one of {', '.join(predicate.one_at_least)} is required"
    if "weeks" in parameters and "weeks_over" in parameters:
        yield f"{path}: {name}: weeks_over is not given beside weeks"


def _entry_faults(key: object, values: Sequence[str], path: str) -> Iterator[str]:
    if isinstance(key, str) and key in ENTRY_KEYS:
        for value in values:
            if not is_value_of(key, value):
                yield f"{path}: entry: {shown(value)} is not a value of {key}"
