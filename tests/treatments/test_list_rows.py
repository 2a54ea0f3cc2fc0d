"""The rows of a list, written out by us, are those that Django's admin would write."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers, results
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from tests.conftest import URGENT, Clinic, arrive, hire
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.lists.rows import rows
from treatments.models import QUEUES, OnCallNotice, Referral
from treatments.templatetags.desk import labeled
from treatments.triage.closing import close

LISTS = [each for each in admin.site._registry.values() if isinstance(each, ReadOnlyAdmin)]
FILTERS = {"referral": ["", "show=all"], **{f"{key}consult": ["", "show=completed"] for key in QUEUES}}
ASKED = [(each, asked) for each in LISTS for asked in FILTERS.get(each.opts.model_name, [""])]


@pytest.fixture(scope="module")
def stored_rows(committed):
    """Something in every list: waiting, late, completed, closed, and a name that must be escaped."""
    cast = hire()
    clinic = Clinic(cast, arrive)
    clinic.new(**{"about.first_name": "<b>Ro</b>", "about.last_name": "O'Neil & Sons"})
    for told in ("<timeout>", "   ", ""):
        alarm = clinic.new(**URGENT).submission.alarms.first()
        OnCallNotice.objects.create(alarm=alarm, channel="webhook", last_error=told, sent_at=timezone.now())
    OnCallNotice.objects.create(alarm=alarm, channel="mail", level=1, person=cast.clara)
    clinic.routed(*QUEUES)
    for key in QUEUES:
        clinic.consult("completed", key)
    late = clinic.in_review()
    long_ago = timezone.now() - timedelta(days=90)
    Referral.objects.filter(pk=late.pk).update(
        waiting_since=long_ago, counted_since=long_ago, contact_due_on=timezone.localdate(), phq9=None
    )
    close(referral=clinic.in_review(), actor=cast.cora, reason="patient_declined")


@pytest.fixture
def rows_everywhere(stored_rows, db):
    """The rows of the module, with a transaction for what the test itself stores."""


def told_by_django(changes) -> list[str]:
    headers = list(result_headers(changes))
    return ["".join(labeled(cells, headers)) for cells in results(changes)]


def changes_of(model_admin, asked: str):
    request = RequestFactory().get(f"{reverse(admin_urlname(model_admin.opts, 'changelist'))}?{asked}")
    request.user = User.objects.create_superuser("root")
    request.resolver_match = resolve(request.path)
    changes = model_admin.get_changelist_instance(request)
    changes.formset = None  # as the view sets it where nothing is edited in the list
    return changes


@pytest.mark.parametrize(("model_admin", "asked"), ASKED, ids=[f"{a.opts.model_name}-{f}" for a, f in ASKED])
def test_they_are(model_admin, asked, rows_everywhere):
    changes = changes_of(model_admin, asked)
    ours = re.findall(r'<tr role="row">(.*?)</tr>', rows(changes, list(result_headers(changes))), re.DOTALL)
    assert ours == told_by_django(changes)
    assert ours


@pytest.mark.parametrize(("model_admin", "asked"), ASKED, ids=[f"{a.opts.model_name}-{f}" for a, f in ASKED])
def test_what_they_show_was_read_with_the_rows(
    model_admin, asked, rows_everywhere, django_assert_num_queries
):
    changes = changes_of(model_admin, asked)
    shown = list(changes.result_list)
    with django_assert_num_queries(0):
        rows(changes, list(result_headers(changes)))
    assert shown
