"""Notices to staff: who hears of what, once, of what they may read, and until when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from tests.conftest import RECORD, all_read, fresh
from tests.pages import flat
from tests.treatments import kept, notices
from tests.treatments.notices import DESK, TEAM, unread
from treatments.models import Consult, Notice
from treatments.triage.accounts import end_account
from treatments.triage.assignment import assign, unassign
from treatments.triage.consults import return_consult
from treatments.triage.notes import add_note
from treatments.triage.notices import forget_old_notices, mark_opened
from treatments.triage.notices_due import due_of, note_due
from treatments.triage.questions import ask_patient
from treatments.triage.record_answer import record_answer
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.triage.undo import undo, undo_consult
from treatments.workflow.notices import NoticeKind


def page_of(referral) -> str:
    return f"/admin/treatments/referral/{referral.pk}/"


def for_you(client) -> str:
    """The part of the home page."""
    return flat(client.get("/admin/")).split('id="for-you"')[1].split("</section>")[0]


# --- Who hears ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_stands_for_whom_it_is_and_for_nobody_else(clinic, kind):
    referral = DESK[kind](clinic)
    assert (kind, referral) in unread(clinic.cast.cora)
    others = [person for person in clinic.cast if person != clinic.cast.cora]
    assert [unread(person) for person in others] == [[]] * len(others)


@pytest.mark.parametrize("kind", TEAM)
def test_a_team_member_hears_of_their_own_consults(clinic, kind):
    referral = TEAM[kind](clinic).referral
    assert unread(clinic.cast.tess) == [(kind, referral)]
    assert unread(clinic.cast.sam) == []


def test_a_check_that_is_given_to_a_colleague_is_assigned_and_ones_own_is_not(clinic):
    clive = notices.second_clinician()
    referral = notices.check_assigned(clinic, clive)
    notices.check_assigned(clinic, clinic.cast.clara)
    assert unread(clive) == [("assigned", referral)]
    assert unread(clinic.cast.clara) == []


def test_nobody_hears_of_what_they_did_themselves(clinic):
    cora = clinic.cast.cora
    assign(referral=clinic.new(), actor=cora, to=cora)
    add_note(referral=clinic.new(), actor=cora, note="As @cora said.")
    waiting = clinic.awaiting_patient()
    said = {"given": notices.GIVEN, "as_told_by": "patient", "how": "phone"}
    record_answer(referral=waiting, actor=cora, **said)
    assert not Notice.objects.exists()
    waiting = clinic.awaiting_patient()
    record_answer(referral=waiting, actor=clinic.cast.carl, **said)
    assert unread(cora) == [("answered", waiting)]


def test_a_team_whose_question_the_desk_answered_is_told_of_no_later_answer_of_the_patient(clinic):
    consult = notices.asked(clinic)
    referral = consult.referral
    answer_team(referral=fresh(referral), consult=consult, actor=clinic.cast.cora, note="None.")
    ask_patient(referral=fresh(referral), actor=clinic.cast.cora, **notices.QUESTION)
    notices.answer(referral)
    assert unread(clinic.cast.tess) == []
    assert unread(clinic.cast.cora) == [("answered", referral)]


def test_the_same_thing_again_adds_none_until_somebody_has_looked(clinic, signed_in):
    referral = notices.mentioned(clinic)
    add_note(referral=fresh(referral), actor=clinic.cast.carl, note="And @cora, also this.")
    assert unread(clinic.cast.cora) == [("mentioned", referral)]
    assert signed_in(clinic.cast.cora).get(page_of(referral)).status_code == 200
    assert unread(clinic.cast.cora) == []
    add_note(referral=fresh(referral), actor=clinic.cast.carl, note="Once more, @cora.")
    assert unread(clinic.cast.cora) == [("mentioned", referral)]
    assert Notice.objects.count() == 2


def test_an_ended_account_and_one_without_rights_hear_nothing(clinic):
    waiting, other = clinic.awaiting_patient(), clinic.awaiting_patient()
    notices.take_rights(clinic.cast.cora)
    notices.answer(waiting)
    clinic.cast.cora.groups.add(Group.objects.get(name="Coordinators"))
    end_account(account=clinic.cast.cora, actor=clinic.cast.adam)
    notices.answer(other)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("kind", NoticeKind)
def test_who_may_not_read_it_any_more_is_shown_nothing_and_again_once_they_may(clinic, kind):
    referral = DESK[kind](clinic)
    group = clinic.cast.cora.groups.get()
    notices.take_rights(clinic.cast.cora)
    assert unread(clinic.cast.cora) == []
    clinic.cast.cora.groups.add(group)
    assert (kind, referral) in unread(clinic.cast.cora)


def test_a_team_that_gave_the_consult_back_is_shown_nothing_of_it(clinic, signed_in):
    consult = notices.answered_by_desk(clinic)
    assert consult.referral.name in for_you(signed_in(clinic.cast.tess))
    return_consult(consult=fresh(consult), actor=clinic.cast.tess, reason="no_capacity")
    assert unread(clinic.cast.tess) == []


def given_back_and_routed_again(clinic, consult):
    """To the same team, which accepts it."""
    return_consult(consult=fresh(consult), actor=clinic.cast.tess, reason="no_capacity")
    referral, cora = fresh(consult.referral), clinic.cast.cora
    read = all_read(cora, referral)
    route(referral=referral, actor=cora, treatments=["tms"], reason="fits after all", read=read)
    return clinic.move(referral.consults.get(state="waiting"), "accepted")


def test_what_a_team_may_not_read_any_more_keeps_nothing_new_away(clinic):
    again = given_back_and_routed_again(clinic, notices.answered_by_desk(clinic))
    assert unread(clinic.cast.tess) == []
    ask_desk(consult=again, actor=clinic.cast.tess, note="Any metal by now?")
    answer_team(
        referral=fresh(again.referral), consult=fresh(again), actor=clinic.cast.cora, note="No, @tess."
    )
    assert unread(clinic.cast.tess) == [("mentioned", again.referral)]


def test_what_was_due_with_a_consult_that_was_given_back_is_due_with_the_next_one(clinic):
    again = given_back_and_routed_again(clinic, notices.due_for_team(clinic))
    Consult.objects.filter(pk=again.pk).update(target_from=timezone.now() - timedelta(days=40))
    note_due(clinic.cast.tess, timezone.now())
    assert unread(clinic.cast.tess) == [("due", again.referral)]


# --- What ends one --------------------------------------------------------------------------------------------


def test_what_was_handed_on_given_back_or_undone_is_theirs_no_more(clinic):
    cora, carl = clinic.cast.cora, clinic.cast.carl
    referral = notices.assigned(clinic)
    assign(referral=referral, actor=clinic.cast.carl, to=carl)
    assert unread(cora) == unread(carl) == []
    assign(referral=fresh(referral), actor=carl, to=cora)
    undo(referral=fresh(referral), actor=carl)
    assert unread(cora) == []
    given = notices.assigned(clinic)
    unassign(referral=given, actor=cora, note="on leave")
    assert unread(cora) == []


def test_a_return_that_was_undone_is_no_notice(clinic):
    consult = clinic.consult("waiting")
    return_consult(consult=consult, actor=clinic.cast.tess, reason="no_capacity")
    assert unread(clinic.cast.cora)
    undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    assert unread(clinic.cast.cora) == []


def test_a_check_that_another_makes_now_is_no_notice_of_the_first(clinic):
    clive = notices.second_clinician()
    referral = notices.check_assigned(clinic, clive)
    asked = {"recorded": RECORD, "level": "low", "how": "phone", "hold": ""}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked)
    assert unread(clive) == []


def test_opening_is_read_at_once_though_a_get_writes_nothing_and_the_tick_marks_it(clinic, signed_in):
    referral = notices.assigned(clinic)
    signed_in(clinic.cast.carl).get(page_of(referral))
    assert mark_opened() == 0
    signed_in(clinic.cast.cora).get(page_of(referral))
    assert Notice.objects.filter(read_at=None).count() == 1
    assert unread(clinic.cast.cora) == []
    assert mark_opened() == 1
    assert Notice.objects.filter(read_at=None).count() == 0


def test_a_team_member_reads_it_by_opening_the_consult(clinic, signed_in):
    consult = notices.answered_by_desk(clinic)
    tess = signed_in(clinic.cast.tess)
    address = f"/admin/treatments/tmsconsult/{consult.pk}/"
    assert address in for_you(tess)
    assert tess.get(address).status_code == 200
    assert unread(clinic.cast.tess) == []


def test_of_an_erased_person_no_notice_is_left(clinic):
    referral = clinic.closed()
    add_note(referral=referral, actor=clinic.cast.carl, note="@cora, look.")
    assert Notice.objects.filter(referral=referral).exists()
    kept.erased(clinic, referral)
    assert not Notice.objects.filter(referral=referral).exists()


def test_what_was_read_is_kept_90_days_and_what_was_not_longer_but_of_an_account_that_has_ended(clinic):
    referral, other = notices.assigned(clinic), notices.mentioned(clinic)
    Notice.objects.filter(referral=referral).update(read_at=timezone.now())
    forget_old_notices(timezone.now() + timedelta(days=89))
    assert Notice.objects.count() == 2
    forget_old_notices(timezone.now() + timedelta(days=91))
    assert [notice.referral for notice in Notice.objects.all()] == [other]
    end_account(account=clinic.cast.cora, actor=clinic.cast.adam)
    forget_old_notices(timezone.now() + timedelta(days=91))
    assert not Notice.objects.exists()


# --- What is due ------------------------------------------------------------------------------------------


def test_due_is_what_is_theirs_by_the_desks_own_targets(clinic):
    cast, today = clinic.cast, timezone.localdate()
    desk, consult = notices.due(clinic), notices.due_for_team(clinic)
    clinic.in_review(), clinic.consult("accepted"), clinic.consult("waiting")
    check = notices.check_assigned(clinic, cast.clara)
    assert due_of(cast.cora, today) == {desk.pk: None}
    assert due_of(cast.carl, today) == due_of(cast.sam, today) == due_of(cast.olive, today) == {}
    assert due_of(cast.tess, today) == {consult.referral_id: consult.pk}
    assert due_of(cast.clara, today) == {}
    assert due_of(cast.clara, today + timedelta(days=1)) == {check.pk: None}


def test_what_a_colleague_of_the_team_accepted_is_due_for_them_alone(clinic):
    tom = User.objects.create_user("tom", is_staff=True)
    tom.groups.set(clinic.cast.tess.groups.all())
    consult = notices.due_for_team(clinic)
    today = timezone.localdate()
    assert due_of(clinic.cast.tess, today) == {consult.referral_id: consult.pk}
    assert due_of(tom, today) == {}


def test_the_next_day_renews_what_is_still_due_and_drops_what_is_not(clinic):
    now, cora = timezone.now(), clinic.cast.cora
    first, second = notices.due(clinic), notices.due(clinic)
    Notice.objects.update(sent_at=now)
    type(first).objects.filter(pk=first.pk).update(counted_since=now)
    later = now + timedelta(minutes=1)
    note_due(cora, later)
    (notice,) = Notice.objects.all()
    assert (notice.referral, notice.at, notice.sent_at) == (second, later, None)
