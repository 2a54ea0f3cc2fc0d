"""The lists at the end of the glossary: every action and every treatment, from their rows."""

from treatments.catalog import TREATMENTS, Treatment
from treatments.workflow.actions.row import Action
from treatments.workflow.actions.table import ACTIONS

BEGIN = "## Actions\n"


def lists() -> str:
    """The end of ``docs/glossary.md``, from ``BEGIN`` on."""
    actions = "".join(_action(row) for row in ACTIONS.values())
    treatments = "".join(_treatment(row) for row in TREATMENTS.values())
    return f"""{BEGIN}
Made by `manage.py glossary` from `treatments/workflow/actions/`, as is the list below from \
`treatments/catalog.py`; a test fails when they differ.

| action | on a | button | who may | may lead to |
|---|---|---|---|---|
{actions}
## Treatments

| treatment | name | queue | team | target in working hours |
|---|---|---|---|---|
{treatments}"""


def _action(row: Action) -> str:
    who = ", ".join(row.permission.groups) if row.permission else "the queue's team"
    states = ", ".join(row.moves_to)
    return f"| `{row.key}` | {row.subject} | {row.label} | {who} | {states} |\n"


def _treatment(row: Treatment) -> str:
    return f"| `{row.key}` | {row.name} | {row.queue} | {row.team} | {row.target_hours} |\n"
