"""The suicide screens read: the C-SSRS level, and the ASQ result where a clinic uses that instead.

A yes is never dropped: it counts whatever other answers say later, and the worst result wins over
anything missing. Nothing is imputed.
"""

from collections.abc import Mapping
from typing import Any

from intake.scales import Scale, suicide_screen
from intake.scoring.answers import section

INCOMPLETE = "incomplete"
CSSRS = suicide_screen("cssrs")
ASQ = suicide_screen("asq")
FILLED_BY_ANOTHER = ("family", "professional")
"""Who may fill the form in for the person; the suicide questions then still wait for an answer."""


def cssrs(document: Mapping[str, Any]) -> dict[str, Any]:
    """{"level": none | low | moderate | high | incomplete}, with what is missing or declined.

    When the ASQ stood in its place there is no level, and nothing is missing.
    """
    if _asq_in_its_place(document):
        return {"level": None}
    missing = cssrs_missing(document)
    return _with_missing({"level": _level(document, CSSRS, missing, worst="high")}, missing)


def asq(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """{"result": negative | non_acute | acute | incomplete}; None when no ASQ was answered.

    A form filled in by another counts as incomplete here as it does for the C-SSRS.
    """
    if not _answers(document, ASQ):
        return None
    missing = asq_missing(document)
    return _with_missing({"result": _level(document, ASQ, missing, worst="acute")}, missing)


def cssrs_missing(document: Mapping[str, Any]) -> list[str]:
    """The paths of the C-SSRS questions that are required by the answers so far and not answered.

    "declined" is not answered. When nothing was answered these are q1, q2 and q6. Empty when the ASQ
    stood in its place.
    """
    return [] if _asq_in_its_place(document) else _missing(document, CSSRS)


def asq_missing(document: Mapping[str, Any]) -> list[str]:
    """The paths of the ASQ questions that are required by the answers so far and not answered.

    Ask it only of a document whose clinic uses the ASQ: for another, q1 to q4 are all missing.
    """
    return _missing(document, ASQ)


def _level(document: Mapping[str, Any], screen: Scale, missing: list[str], *, worst: str) -> str:
    answers = _answers(document, screen)
    order = [level.key for level in screen.levels if level.key != INCOMPLETE]
    meant = [item.yes_means for item in screen.items if answers.get(item.key) == "yes"]
    level = max((key for key in meant if key is not None), key=order.index, default=order[0])
    if level == worst:
        return level
    by_another = section(document, "about").get("filled_by") in FILLED_BY_ANOTHER
    return INCOMPLETE if missing or by_another else level


def _missing(document: Mapping[str, Any], screen: Scale) -> list[str]:
    answers = _answers(document, screen)
    return [
        f"safety.{screen.key}.{item.key}"
        for item in screen.asked(answers)
        if answers.get(item.key) not in ("yes", "no")
    ]


def _asq_in_its_place(document: Mapping[str, Any]) -> bool:
    return bool(_answers(document, ASQ)) and not _answers(document, CSSRS)


def _answers(document: Mapping[str, Any], screen: Scale) -> Mapping[str, Any]:
    return section(section(document, "safety"), screen.key)


def _with_missing(result: dict[str, Any], missing: list[str]) -> dict[str, Any]:
    return {**result, "missing": missing} if missing else result
