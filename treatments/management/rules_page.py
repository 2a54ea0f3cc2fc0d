"""The rule table as Markdown, with its thresholds and a block to sign."""

from collections.abc import Iterable

from intake.locations import EVERY, RISING
from intake.questionnaire.dangers import CONCERNS, DANGERS, RECENT_READING_DAYS
from intake.questionnaire.help_kinds import HELP_OF
from treatments.catalog import TREATMENTS
from treatments.rules import thresholds
from treatments.rules.criteria import RULES, Rule
from treatments.rules.sources import source_text
from treatments.rules.version import RULESET

FAMILIES = {
    "S": "Safety and general",
    "T": "TMS",
    "E": "Spravato",
    "P": "Psychotherapy",
    "D": "Documentation and other options",
}
WORDS = {
    "supports": "supports",
    "caution": "caution",
    "clinician_first": "clinician first",
    "same_day": "same day",
    "urgent": "urgent",
}
OPENING = f"""\
# Rules of the clinic, ruleset {RULESET}

<!-- Printed by `manage.py rules`. Change the rows in treatments/rules/, then print it again. -->

Rules suggest, people decide. No finding refuses a treatment: "clinician first" means that a licensed \
clinician decides before the treatment is pursued. Per treatment the strongest finding wins (clinician \
first, then caution, then supports) and every finding stays visible. Any hold stops routing until a licensed \
clinician has documented a review. An answer that is missing is asked for, and never counts as no.

A row marked **not verified** rests in part on something without a source yet, or only proposed. Every row \
needs the clinic's own psychiatrist's signature before patients are seen.
"""
BEFORE_ROUTING = "- **Before routing:** whoever routes ticks it as read.\n"
SETTINGS = f"""\
## Settings to sign

Two settings change what the rules or the pages do. Write what this clinic has set beside each.

| Setting | As delivered | Other choice | What it decides | This clinic |
|---|---|---|---|---|
| `HELP_PAGES` | `{RISING}` | `{EVERY}` | After an unsafe answer: a full page with ways to get help where the kind of \
danger is new or its urgency rises, else a box (`{RISING}`), or a full page after every one (`{EVERY}`). | |
| `PC_PTSD5_CUTOFF_WOMEN` | 4 | 3 | The score from which PC-PTSD-5 is positive for women (P04). | |
"""
SIGN_OFF = f"""\
## Sign-off

I have read the rules and thresholds of ruleset {RULESET} and approve them for this clinic, with the changes \
noted here:

&nbsp;

| Psychiatrist | License number | Signature | Date |
|---|---|---|---|
| | | | |
"""


def page() -> str:
    """The whole page."""
    families = (_family(letter, title) for letter, title in FAMILIES.items())
    return "\n".join((OPENING, *families, _thresholds(), _help(), SETTINGS, SIGN_OFF))


def _family(letter: str, title: str) -> str:
    rules = [rule for rule in RULES if rule.id.startswith(letter)]
    return f"## {title} ({len(rules)})\n\n" + "\n".join(map(_rule, rules))


def _rule(rule: Rule) -> str:
    effects = ", ".join(f"{name}: {WORDS[rule.effects[name]]}" for name in TREATMENTS if name in rule.effects)
    mark = "yes" if rule.verified else "**not verified**"
    return (
        f"### {rule.id}\n\n"
        f"- **When:** {rule.condition}.\n"
        f"- **Effects:** {effects or 'none'}.\n"
        f"- **Hold:** {_hold(rule)}.\n"
        f"{BEFORE_ROUTING if rule.before_routing else ''}"
        f"- **Reason shown:** {rule.reason}\n"
        f"- **Source:** {source_text(rule.sources)}.\n"
        f"- **Verified:** {mark}. **Reviewed:** {rule.reviewed}.\n"
        f"- **Reads:** {', '.join(f'`{path}`' for path in rule.reads)}.\n"
    )


def _hold(rule: Rule) -> str:
    if callable(rule.hold):
        sentence = (rule.hold.__doc__ or "").strip().rstrip(".")
        return sentence[:1].lower() + sentence[1:]
    return WORDS[rule.hold] if rule.hold else "none"


def _thresholds() -> str:
    found = (
        (name, value) for name, value in vars(thresholds).items() if isinstance(value, thresholds.Threshold)
    )
    rows = (
        (
            name.lower().replace("_", " "),
            f"{row.value} {row.unit}",
            row.means,
            source_text(row.sources),
            "yes" if row.verified else "**not verified**",
            row.reviewed,
        )
        for name, row in found
    )
    header = ("Threshold", "Value", "Meaning", "Source", "Verified", "Reviewed")
    return "## Thresholds\n\n" + "\n".join(map(_row, (header, ("---",) * len(header), *rows))) + "\n"


def _help() -> str:
    """What the patient is shown after an unsafe answer, for the clinician who signs."""
    header = ("Kind", "Heading of its page", "Answers")
    rows = (
        (kind.replace("_", " "), str(HELP_OF[kind].heading), "; ".join(titles))
        for kind in HELP_OF
        if (titles := [f"{each.title} ({WORDS[each.urgency]})" for each in DANGERS if each.kind == kind])
    )
    return (
        "## Help after an unsafe answer\n\nWhich page comes when is `HELP_PAGES`, below. A clinician reads the words of "
        "the pages too.\n\n" + "\n".join(map(_row, (header, ("---",) * len(header), *rows))) + "\n\n"
        f"A box and no page: {', '.join(f'`{path}`' for path in CONCERNS)}; a declined question of the suicide "
        f"screen; a very high blood pressure measured more than {RECENT_READING_DAYS} days ago.\n"
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
