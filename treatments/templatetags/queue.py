"""A team's queue in its groups: what it owes first."""

from copy import copy
from itertools import groupby

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList

from treatments.admin.lists.queue_columns import GROUPS
from treatments.admin.lists.rows import rows
from treatments.models.consult_lists import QueueGroup

register = template.Library()


@register.inclusion_tag("admin/treatments/queue_rows.html")
def queue_list(changes: ChangeList) -> dict:
    """The table of a queue; where the list shows all of it each group says how many stand in it."""
    headers = list(result_headers(changes))
    found = list(changes.result_list)
    for consult in found:
        consult.list_filters = f"?{changes.preserved_filters}" if changes.preserved_filters else ""
    parts = groupby(found, key=lambda consult: consult.group if consult.is_open else None)
    return {"headers": headers, "groups": [_group(changes, headers, *part) for part in parts]}


def _group(changes: ChangeList, headers: list[dict], group: QueueGroup | None, found) -> dict:
    part = copy(changes)
    part.result_list = list(found)
    title, words = GROUPS[group] if group is not None else ("", "")
    is_whole = not (changes.multi_page or changes.query or changes.get_filters_params())
    number = len(part.result_list) if group is not None and is_whole else None
    return {"title": title, "words": words, "number": number, "rows": rows(part, headers)}
