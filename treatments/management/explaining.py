"""An assessment as plain text for a person to read: what fired, why, on whose word, and what to ask."""

from collections.abc import Iterable
from typing import Any

from intake.fields.urgency import BY_VALUE
from treatments.catalog import TREATMENTS
from treatments.workflow.findings import NOT_ASSESSED

STATES = {
    "supports": "supports",
    "caution": "caution",
    "clinician_first": "a clinician decides first",
    "no_finding": "no finding",
    "": "not assessed",
}


def explain(name: str, assessment: dict[str, Any]) -> str:
    """The whole assessment under headings. Suggestions for clinicians, not for the person."""
    sections = [
        _heading(name, "=") + f"Ruleset {assessment['ruleset']}. Rules suggest, people decide.",
        _hold(assessment["hold"]),
        *(_treatment(key, assessment["treatments"].get(key, NOT_ASSESSED)) for key in TREATMENTS),
        _section(
            "Notes",
            (f"{n['rule']}  {n['because']}\n      Source: {n['source']}" for n in assessment["notes"]),
        ),
        _section("Also ask", map(_question, assessment["ask"])),
        _section("Scores", (f"{key}: {_score(score)}" for key, score in assessment["scores"].items())),
        _section(
            "Trials",
            (f"{t['typed']} ({t['drug'] or 'not recognized'}): {t['why']}" for t in assessment["trials"]),
        ),
        _section("Medicines now", map(_medicine, assessment["medicines"])),
        _resistance(assessment["trd"]),
        _staging(assessment["staging"]),
    ]
    return "\n\n".join(sections) + "\n"


def explain_refusal(name: str, errors: list[str]) -> str:
    """Why a document was refused."""
    return _heading(name, "=") + _section("Refused", errors) + "\n"


def _hold(hold: dict[str, Any]) -> str:
    fired = f" ({', '.join(hold['rules'])})" if hold["rules"] else ""
    return _section(
        f"Hold: {BY_VALUE[hold['level']].words}{fired}", (f"Ask: {_question(q)}" for q in hold["ask"])
    )


def _treatment(key: str, found: dict[str, Any]) -> str:
    title = f"{TREATMENTS[key].name}: {STATES[found['state']]}"
    if found["undecided"] != "none":
        title += f" (still open: {STATES[found['undecided']]})"
    lines = [
        f"{f['rule']}  {STATES[f['effect']]}{'' if f['verified'] else ' [not verified]'}: {f['because']}\n"
        f"      From: {', '.join(f['answers'])}\n      Source: {f['source']}"
        for f in found["findings"]
    ]
    return _section(title, [*lines, *(f"Ask: {_question(q)}" for q in found["ask"])])


def _resistance(trd: dict[str, Any]) -> str:
    lines = [f"Adequate failures: {trd['adequate_failures']}", f"Broad: {_plain(trd['broad'])}"]
    lines.append(f"Payer: {_plain(trd['payer'])}")
    lines += [f"By {_plain(name)}: {_plain(value)}" for name, value in trd["definitions"].items()]
    return _section("Treatment resistance", lines)


def _staging(staging: dict[str, Any]) -> str:
    maudsley = staging["maudsley"]
    return _section(
        "Staging (research scales, not a treatment decision)",
        (
            f"Thase-Rush: {staging['thase_rush'] or 'not applicable'}",
            f"Maudsley: {maudsley['total']} ({maudsley['band']})" if maudsley else "Maudsley: none",
            f"MGH-S (failures, augmentations and ECT only): {_or_none(staging['mgh_s'])}",
        ),
    )


def _score(score: dict[str, Any]) -> str:
    parts = [f"{_plain(key)} {_or_none(value)}" for key, value in score.items() if key != "missing"]
    missing = f" (missing: {', '.join(score['missing'])})" if score.get("missing") else ""
    return ", ".join(parts) + missing


def _medicine(medicine: dict[str, Any]) -> str:
    sets = f": {', '.join(map(_plain, medicine['sets']))}" if medicine["sets"] else ""
    return f"{medicine['typed']} ({medicine['drug'] or 'not recognized'}){sets}"


def _question(question: dict[str, Any]) -> str:
    return f"{question['rule']}  {', '.join(question['fields'])}"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(f"  {line}" for line in lines) or "  nothing"
    return _heading(title, "-") + body


def _heading(title: str, under: str) -> str:
    return f"{title}\n{under * len(title)}\n"


def _plain(key: str) -> str:
    return key.replace("_", " ")


def _or_none(value: Any) -> str:
    return (
        {None: "not known", True: "yes", False: "no"}.get(value, str(value))
        if not isinstance(value, int | float) or isinstance(value, bool)
        else f"{value:g}"
    )
