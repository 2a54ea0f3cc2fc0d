"""Lists, searches, look-ups, constraints and indexes touch plain columns only: what is sealed is read, never asked."""

import re

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import URGENT
from tests.trust.test_canaries_at_rest import sealed_columns
from treatments.reading.duplicates import possible_duplicates

OURS = [model for model in apps.get_models() if model._meta.app_label in ("intake", "treatments")]
# Who opens which list, and what is asked of it.
LISTS = {
    ("cora", "admin:treatments_referral_changelist"): ("", "?q=lee", "?q=212", "?show=all", "?o=1"),
    ("cora", "admin:treatments_alert_changelist"): ("", "?show=all"),
    ("tess", "admin:treatments_tmsconsult_changelist"): ("", "?q=lee"),
    ("olive", "admin:treatments_event_changelist"): ("", "?q=lee", "?q=cora", "?kind__exact=opened"),
    ("adam", "admin:intake_submission_changelist"): ("", "?state__exact=draft"),
    ("cora", "admin:index"): ("",),
    ("olive", "admin:index"): ("",),
}


def named_in(condition: object) -> set[str]:
    """The look-ups of a condition, however deep, or the columns of an expression."""
    if not isinstance(condition, models.Q):
        return set(re.findall(r"F\((\w+)\)", repr(condition)))
    found = set()
    for child in condition.children:
        found |= named_in(child) if isinstance(child, models.Q) else {_asked(*child)}
    return found


def _asked(name: str, value: object) -> str:
    return f"{name}__isnull" if value is None else name


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_constraints_and_indexes_ask_of_a_sealed_column_only_whether_it_is_filled(model):
    sealed = {
        name.partition(".")[2] for name in sealed_columns() if name.startswith(f"{model._meta.db_table}.")
    }
    asked: set[str] = set()
    for each in (*model._meta.constraints, *model._meta.indexes):
        asked |= {name.removeprefix("-") for name in getattr(each, "fields", ())}
        asked |= {name for name in sealed if f"F({name})" in repr(getattr(each, "expressions", ()))}
        if getattr(each, "condition", None) is not None:
            asked |= named_in(each.condition)
    assert {name for name in asked if name.split("__")[0] in sealed} <= {f"{name}__isnull" for name in sealed}


def columns_in(sql: str) -> set[str]:
    return {f"{table}.{column}" for table, column in re.findall(r'"(\w+)"\."(\w+)"', sql)}


def test_no_list_and_no_search_asks_what_is_sealed(clinic, signed_in):
    for changes in ({}, URGENT):
        clinic.routed("tms", **changes)
    sealed, keys = set(sealed_columns()), {"intake_submission.key", "intake_sharedkey.key"}
    for (who, name), queries in LISTS.items():
        client = signed_in(getattr(clinic.cast, who))
        for query in queries:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(name) + query).status_code == 200, (who, name, query)
            for each in asked.captured_queries:
                if not each["sql"].startswith("SELECT"):
                    continue
                rest = each["sql"].partition(" FROM ")[2]
                assert not columns_in(rest) & (sealed | keys), each["sql"]


def test_duplicates_are_found_by_plain_columns(clinic):
    one, _other = clinic.new(), clinic.new()
    with CaptureQueriesContext(connection) as asked:
        assert possible_duplicates(one)
    assert not columns_in(" ".join(each["sql"] for each in asked.captured_queries)) & set(sealed_columns())
