"""Who hears what: which notices each role gets by default, how that is changed, and what one person gets."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from tests.intake import screen
from treatments.models import Event, NoticeDefaults
from treatments.reading.notice_defaults import ROLES, deliveries_for
from treatments.triage.notice_defaults import change_defaults
from treatments.workflow import Refused
from treatments.workflow.notice_defaults import NOTICE_KINDS, SHIPPED_DELIVERY, delivery_in
from treatments.workflow.notices import Delivery, NoticeKind

PAGE = "/admin/treatments/noticedefaults/"
SHIPPED = {role: {kind.value: SHIPPED_DELIVERY.value for kind in NoticeKind} for role in ROLES}


def asked(role: str, kind: NoticeKind, how: str) -> dict:
    return {**SHIPPED, role: {**SHIPPED[role], kind.value: how}}


def sent(seen: int, deliveries: dict) -> dict:
    rows = {f"{role}-{kind}": how for role, kinds in deliveries.items() for kind, how in kinds.items()}
    return {"seen_version": seen, **rows}


def words(page) -> str:
    return screen.words(page.content.decode())


def test_every_kind_has_words_and_the_roles_are_those_with_work():
    assert set(NOTICE_KINDS) == set(NoticeKind)
    assert ROLES == ("Coordinators", "Clinicians", "TMS team", "Spravato team", "Psychotherapy team")


def test_a_change_is_a_version_with_an_event_and_reaches_whoever_has_the_role(cast, signed_in):
    adam = signed_in(cast.adam)
    assert deliveries_for(cast.cora)["assigned"] is Delivery.DAILY
    wanted = asked("Coordinators", NoticeKind.ASSIGNED, "at_once")
    assert adam.post(PAGE, sent(0, wanted)).url == PAGE
    assert deliveries_for(cast.cora)[NoticeKind.ASSIGNED] is Delivery.AT_ONCE
    assert deliveries_for(cast.clara)["assigned"] is Delivery.DAILY
    (event,) = Event.objects.filter(kind="notice_defaults_changed")
    said = "Coordinators, A referral was assigned to me: At once (before: Once a working day)"
    assert event.details == {"version": 1, "changes": [said]} and said in words(adam.get(PAGE))
    adam.post(PAGE, sent(1, wanted))
    assert NoticeDefaults.objects.count() == 1, "a change of nothing is no version"


def test_with_several_roles_the_one_that_reaches_first_counts_and_without_a_role_none(cast):
    change_defaults(actor=cast.adam, seen=0, deliveries=asked("Coordinators", NoticeKind.RETURNED, "none"))
    assert deliveries_for(cast.cora)["returned"] is Delivery.NONE
    cast.cora.groups.add(Group.objects.get(name="Clinicians"))
    assert deliveries_for(cast.cora)["returned"] is Delivery.DAILY
    assert {deliveries_for(cast.olive)[kind] for kind in NoticeKind} == {Delivery.NONE}


def test_a_role_or_kind_that_is_newer_than_the_version_is_as_shipped():
    assert delivery_in({"Coordinators": {}}, "Coordinators", NoticeKind.DUE) is Delivery.DAILY
    assert delivery_in({}, "New team", NoticeKind.ANSWERED) is Delivery.DAILY


def test_what_is_no_delivery_and_what_is_stale_is_refused(cast, signed_in):
    adam, wrong = signed_in(cast.adam), asked("TMS team", NoticeKind.ANSWERED, "by pigeon")
    page = adam.post(PAGE, sent(0, wrong))
    assert page.status_code == 200 and "Select a valid choice." in words(page)
    with pytest.raises(Refused, match="Choose how each notice"):
        change_defaults(actor=cast.adam, seen=0, deliveries=wrong)
    with pytest.raises(PermissionDenied):
        change_defaults(actor=cast.cora, seen=0, deliveries=SHIPPED)
    change_defaults(actor=cast.adam, seen=0, deliveries=asked("TMS team", NoticeKind.ANSWERED, "none"))
    page = adam.post(PAGE, sent(0, asked("TMS team", NoticeKind.ANSWERED, "at_once")))
    assert page.status_code == 409 and "Somebody else has changed this" in words(page)
    assert NoticeDefaults.objects.count() == Event.objects.filter(kind="notice_defaults_changed").count() == 1
