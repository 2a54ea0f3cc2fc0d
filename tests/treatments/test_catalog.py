"""The treatments: a row that does not hold together is refused, and all else derives from the rows."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from clinic import environment
from tests.conftest import Cast, Clinic, fresh
from tests.documents import complete_document
from treatments import permissions
from treatments.admin.lists.column import list_display, sheet_titles
from treatments.admin.lists.columns import WORKLIST
from treatments.admin.lists.filters import SupportedFilter
from treatments.admin.pages.snapshots import as_it_stood
from treatments.catalog import TREATMENTS, Treatment
from treatments.demo.staff import STAFF
from treatments.management.explaining import explain
from treatments.models import QUEUES, Referral
from treatments.reading.redaction import redaction_for
from treatments.rules.criteria import RULES, Rule
from treatments.rules.engine import assess
from treatments.workflow.findings import differences_between, finding, findings_of
from treatments.workflow.targets import TARGETS

ROW = {
    "key": "ect",
    "name": "ECT",
    "short": "ECT",
    "queue": "ECT consults",
    "team": "ECT team",
    "target_hours": 40,
}


# --- Rows that do not hold together -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "a" * 17},
        {"key": ""},
        {"key": "Ect"},
        {"key": "two_words"},
        {"key": "ect2"},
        {"key": "éct"},
        {"target_hours": 0},
        {"target_hours": None},
        {"team": ""},
    ],
    ids=str,
)
def test_a_row_that_would_fail_later_is_refused_when_it_loads(wrong):
    with pytest.raises(ValueError, match="treatment"):
        Treatment(**{**ROW, **wrong})


def test_a_key_of_sixteen_letters_is_the_longest():
    assert Treatment(**{**ROW, "key": "a" * 16}).key == "a" * 16


def test_a_rule_that_names_an_unknown_treatment_is_refused_when_it_loads():
    parts = {name: getattr(RULES[0], name) for name in Rule.__dataclass_fields__}
    with pytest.raises(ValueError, match="surgery"):
        Rule(**{**parts, "effects": {"surgery": "supports"}})


# --- What derives ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TREATMENTS)
def test_every_treatment_has_its_queue_rights_target_filter_columns_and_somebody_in_the_demonstration(key):
    treatment = TREATMENTS[key]
    assert QUEUES[key]._meta.model_name == f"{key}consult"
    assert reverse(f"admin:treatments_{key}consult_changelist") == f"/admin/treatments/{key}consult/"
    assert permissions.work_queue(key) in permissions.GROUPS[treatment.team]
    assert TARGETS[key] == treatment.target_hours
    filters = SupportedFilter(RequestFactory().get("/"), {}, Referral, None)
    assert (key, treatment.short) in filters.lookup_choices
    assert f"{key}_mark" in [column.__name__ for column in list_display(WORKLIST)]
    assert str(treatment.name) in sheet_titles(WORKLIST)
    assert treatment.team in {account.group for account in STAFF}
    document = complete_document()
    assert key in assess(document)["treatments"]
    assert f"\n{treatment.name}: " in explain("one", assess(document))


@pytest.mark.django_db
def test_a_team_may_do_nothing_that_its_row_does_not_say():
    stored = {f"treatments.{each.codename}" for each in Permission.objects.all()}
    for key, treatment in TREATMENTS.items():
        granted = permissions.GROUPS[treatment.team]
        assert set(granted) <= stored
        others = [other for other in TREATMENTS if other != key]
        assert not {permissions.work_queue(other) for other in others} & set(granted)


def test_the_setting_takes_the_name_of_every_treatment(monkeypatch):
    for key in TREATMENTS:
        monkeypatch.setenv("TARGET_HOURS", f"{key}=3")
        assert environment.whole_numbers("TARGET_HOURS", tuple(TARGETS), low=1, high=9) == {key: 3}
    assert set(settings.TARGET_HOURS) <= set(TARGETS)


def test_a_queue_is_made_from_its_row():
    queue = QUEUES["psychotherapy"]
    assert (queue.__name__, queue._meta.proxy) == ("PsychotherapyConsult", True)
    assert queue._meta.verbose_name_plural == "psychotherapy consults"


# --- What was stored before a treatment was offered -------------------------------------------------------


def without(assessment: dict, key: str) -> dict:
    treatments = {name: found for name, found in assessment["treatments"].items() if name != key}
    return {**assessment, "treatments": treatments}


def test_an_assessment_without_a_treatment_reads_not_assessed_for_it():
    assessment = without(assess(complete_document()), "tms")
    found = findings_of(assessment)
    assert "tms" not in found and finding(found, "tms") == ("", "none")
    assert finding(found, "spravato")[0]
    assert "\nTMS: not assessed\n" in explain("one", assessment)


def test_an_account_kept_before_a_treatment_was_offered_reads_not_assessed_for_it(clinic: Clinic, cast: Cast):
    event = clinic.routed("spravato").events.get(kind="route")
    event.assessment = without(event.assessment, "tms")
    then = as_it_stood(event, None, redaction_for(cast.cora))["treatments"]
    assert (str(then[0]["name"]), then[0]["state"]) == ("TMS", "")
    assert then[1]["state"]


def test_differences_of_findings_are_told_by_the_treatment():
    before = {
        "spravato": {"state": "caution", "undecided": "none"},
        "psychotherapy": {"state": "supports", "undecided": "none"},
    }
    after = {
        "tms": {"state": "supports", "undecided": "none"},
        "spravato": {"state": "caution", "undecided": "clinician_first"},
        "psychotherapy": {"state": "supports", "undecided": "none"},
    }
    assert differences_between(before, after) == [
        "tms: not assessed -> supports",
        "spravato, undecided: none -> clinician_first",
    ]


def test_lists_say_of_such_a_referral_that_it_was_not_assessed(clinic: Clinic, cast: Cast, signed_in):
    referral = clinic.new()
    kept = {key: found for key, found in fresh(referral).findings.items() if key != "tms"}
    Referral.objects.update(findings=kept, findings_masked=kept)
    page = signed_in(cast.cora).get(reverse("admin:treatments_referral_changelist"))
    (cell,) = [part for part in page.content.decode().split("<td ") if 'class="field-tms_mark' in part]
    assert "Not assessed" in cell


# --- Findings in the database -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["findings", "findings_masked"])
@pytest.mark.parametrize("wrong", [[], "supports", 7], ids=repr)
def test_the_database_refuses_findings_that_are_no_object(column, wrong, a_referral):
    a_referral()
    with pytest.raises(IntegrityError, match="an_object"), transaction.atomic():
        Referral.objects.update(**{column: wrong})


@pytest.mark.django_db
def test_the_filter_finds_whom_the_rules_support_as_its_reader_may_know(clinic, cast):
    referral = clinic.new()
    one = {"tms": {"state": "supports", "undecided": "none"}}
    Referral.objects.update(findings=one, findings_masked={"tms": {"state": "caution", "undecided": "none"}})
    assert list(Referral.objects.supported("tms", cast.cora)) == [referral]
    assert not Referral.objects.supported("tms", cast.sid).exists()
    assert not Referral.objects.supported("spravato", cast.cora).exists()


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_filter_reads_the_index_of_the_desk_alone(clinic, cast):
    """Otherwise a filter of the desk would read thousands of rows."""
    clinic.new()
    keys = Referral.objects.needing_a_coordinator().supported("tms", cast.cora).order_by().values_list("pk")
    with connection.cursor() as cursor:
        # What a table of one row would be read by, which nobody has vacuumed.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'treatments_referral'"
            " AND indexname LIKE 'referral_%' AND indexname <> 'referral_desk'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
    plan = keys.explain()
    assert "Index Only Scan using referral_desk on" in plan, plan
