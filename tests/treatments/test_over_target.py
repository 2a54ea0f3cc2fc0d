"""The filter "over target" lists exactly what the mark on each row says, at every edge of the working time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.conftest import SAME_DAY, URGENT, fresh
from treatments.admin.lists.due_marks import consult_is_over_target, is_over_target
from treatments.models import Consult, Referral
from treatments.triage.consults import accept, postpone, return_consult
from treatments.triage.questions import ask_patient, cancel_question

DESK = "/admin/treatments/referral/"
HERE = ZoneInfo("America/New_York")
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def at(monkeypatch) -> Callable[[str], datetime]:
    """``at("2026-11-16 10:00")``: it is this moment on the clinic's clock. 2026-11-16 is a Monday."""

    def turn(moment: str | datetime) -> datetime:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=HERE)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return turn


@pytest.fixture
def a_week(clinic, at) -> dict[str, Referral]:
    """Referrals that came by day, in the evening and at the weekend; some were away from the desk."""
    rows = {}
    for name, moment, make in (
        ("by day", "2026-11-16 10:30", clinic.new),
        ("claimed", "2026-11-16 10:30", clinic.in_review),
        ("at opening", "2026-11-17 09:00", lambda: clinic.new(**SAME_DAY)),
        ("at closing", "2026-11-17 17:00", clinic.new),
        ("evening", "2026-11-18 20:00", lambda: clinic.new(**URGENT)),
        ("friday", "2026-11-20 16:30", lambda: clinic.in_review(**URGENT)),
        ("weekend", "2026-11-21 11:00", clinic.new),
        ("asked", "2026-11-16 11:00", clinic.awaiting_patient),
        ("asked and back", "2026-11-16 12:00", clinic.in_review),
        ("routed", "2026-11-16 12:00", clinic.routed),
        ("sent back at the weekend", "2026-11-16 12:00", clinic.routed),
    ):
        at(moment)
        rows[name] = make()
    cora, tess = clinic.cast.cora, clinic.cast.tess
    back, sent_back = rows["asked and back"], rows["sent back at the weekend"]
    at("2026-11-17 10:15")
    ask_patient(
        referral=back, actor=cora, fields=["history.episode_months"], message="How long has this gone on?"
    )
    at("2026-11-19 19:00")
    cancel_question(referral=back, actor=cora)
    at("2026-11-21 12:00")
    return_consult(consult=sent_back.consults.get(), actor=tess, reason="no_capacity")
    return {name: fresh(row) for name, row in rows.items()}


def marked() -> set[str]:
    return {row.reference for row in Referral.objects.all() if is_over_target(row)}


def filtered() -> set[str]:
    return {row.reference for row in Referral.objects.over_target(timezone.now())}


def test_the_filter_and_the_marks_agree_by_day_and_night_and_at_the_weekend(a_week, at):
    now, seen = at("2026-11-20 17:00"), set()
    for _step in range(2 * 24 * 11):
        assert filtered() == marked()
        seen.add(len(marked()))
        now = at(now + timedelta(minutes=30))
    assert len(seen) > 4


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("by day", "2026-11-17 10:30"),
        ("claimed", "2026-11-19 10:30"),
        ("at opening", "2026-11-17 13:00"),
        ("at closing", "2026-11-18 17:00"),
        ("evening", "2026-11-19 10:00"),
        ("friday", "2026-11-23 09:30"),
        ("weekend", "2026-11-23 17:00"),
        ("asked and back", "2026-11-24 10:45"),  # 6.25 hours until it was asked, 17.75 from Friday on
        ("sent back at the weekend", "2026-11-25 17:00"),
    ],
)
def test_a_referral_is_over_one_instant_after_its_target(name, due, a_week, at):
    reference, now = a_week[name].reference, at(due)
    assert reference not in filtered() | marked()
    at(now + INSTANT)
    late = {*filtered()}
    if due.endswith("17:00"):
        assert reference not in late | marked()  # the next instant of work is the next morning
        at(f"{(now + timedelta(days=1)).date()} 09:00")
        assert reference not in filtered() | marked()
        at(timezone.now() + INSTANT)
    assert reference in filtered() and reference in marked()


def test_what_waits_for_the_patient_or_a_team_is_never_over(a_week, at):
    at("2027-11-16 12:00")
    assert not {a_week[name].reference for name in ("asked", "routed")} & (filtered() | marked())


def test_the_worklist_filters_by_the_target(a_week, at, cast, signed_in):
    at("2026-11-23 12:00")
    page = signed_in(cast.cora).get(f"{DESK}?target=over")
    rows = list(page.context["cl"].result_list)
    assert {row.reference for row in rows} == marked()
    assert page.content.decode().count('class="over"') == len(rows) > 3


def waiting(clinic) -> Consult:
    """A consult that was opened now: its column's default reads the machine's clock."""
    consult = clinic.routed("tms").consults.get()
    Consult.objects.filter(pk=consult.pk).update(opened_at=timezone.now())
    return fresh(consult)


def test_a_queue_filters_by_its_target_and_leaves_out_what_is_postponed_or_taken_up(
    clinic, at, cast, signed_in, settings
):
    settings.TARGET_HOURS = {"tms": 6}
    at("2026-11-20 16:00")
    late, accepted, postponed = (waiting(clinic) for _ in range(3))
    accept(consult=accepted, actor=cast.tess)
    later = timezone.localdate() + timedelta(days=30)
    postpone(consult=postponed, actor=cast.tess, until=later, note="away")
    at("2026-11-20 17:30")
    evening = waiting(clinic)
    for moment, late_by_then in (
        ("2026-11-23 14:00", set()),
        ("2026-11-23 14:00:00.000001", {late.pk}),
        ("2026-11-23 15:00", {late.pk}),
        ("2026-11-23 15:00:00.000001", {late.pk, evening.pk}),
    ):
        now = at(moment)
        assert {each.pk for each in Consult.objects.over_target(now)} == late_by_then
        assert {each.pk for each in Consult.objects.all() if consult_is_over_target(each)} == late_by_then
        page = signed_in(cast.tess).get("/admin/treatments/tmsconsult/?target=over")
        assert {each.pk for each in page.context["cl"].result_list} == late_by_then


def test_the_filter_reads_no_row_to_find_what_is_over(a_week, at, django_assert_num_queries):
    at("2026-11-23 12:00")
    with django_assert_num_queries(1):
        assert list(Referral.objects.over_target(timezone.now()).values_list("pk", flat=True)[:1])
