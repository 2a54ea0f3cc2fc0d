"""The worklist's table in its groups: a head with a sentence and a number, and below it the rows of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django.contrib.admin.views.main import ChangeList
from django.utils.safestring import SafeString, mark_safe

from treatments.admin.lists.rows import written_rows
from treatments.models import Referral
from treatments.workflow.desk import GROUPS, DeskGroup, GroupRow, group_of


@dataclass(frozen=True, slots=True)
class TableGroup:
    """``number``: of all pages together; None where the list holds too many to count them."""

    key: DeskGroup
    row: GroupRow
    number: int | None
    rows: SafeString


def grouped_rows(
    changes: ChangeList, headers: list[dict], numbers: Mapping[DeskGroup, int] | None
) -> list[TableGroup]:
    """The rows of the page in the order of the groups, which is that of the list; an empty group is left out."""
    found = []
    written = written_rows(changes, headers)
    for key, of_group in groupby(written, lambda each: group_of(cast(Referral, each[0]).desk_rank)):
        if key is not None:
            html = mark_safe("".join(line for _row, line in of_group))  # nosec B308, B703 # noqa: S308 escaped
            found.append(TableGroup(key, GROUPS[key], numbers[key] if numbers else None, html))
    return found
