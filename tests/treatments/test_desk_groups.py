"""The worklist's four groups: who stands in which, in what order, and what moves somebody from one to another."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, fresh, release_hold
from treatments.admin.lists.need import ORDER
from treatments.models import Alert, Referral
from treatments.reading.desk_counts import desk_counts
from treatments.triage.alerts import close_alert, let_go_alert, take_alert
from treatments.triage.consults import record_no_show
from treatments.triage.desk_place import sweep_due_checks
from treatments.triage.notes import add_note, deal_with
from treatments.triage.passed_visits import mark_passed_visits
from treatments.triage.risk import assess_risk
from treatments.triage.team_questions import ask_desk
from treatments.workflow import Attention
from treatments.workflow.desk import GROUPS, DeskGroup, Place, group_of

DESK = "/admin/treatments/referral/"


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


def group(referral: Referral) -> str | None:
    found = group_of(fresh(referral).desk_rank)
    assert (found is not None) == Referral.objects.needing_a_coordinator().filter(pk=referral.pk).exists()
    return found and found.value


def released(clinic, level: str, **more) -> Referral:
    """A routed referral whose hold a clinician has released at this level."""
    referral = clinic.in_review(**URGENT)
    check = {"next_check_at": timezone.now() + timedelta(days=2), "next_check_by": clinic.cast.clara}
    high = {"release_at_high": True, "carried_by": "Clara"} if level == "high" else {}
    kept = {} if level == "low" else check
    release_hold(
        referral=referral, actor=clinic.cast.clara, recorded=RECORD, level=level, **kept, **high, **more
    )
    return fresh(referral)


def lines(client, query: str = "") -> list[str]:
    """The text of each line of the list's table, its groups' heads among them."""
    page = client.get(f"{DESK}{query}").content.decode()
    table = page[page.index('id="result_list"') : page.index("</table>")]
    rows = re.findall(r"<tr role=\"row\"[^>]*>(.*?)</tr>", table, re.S)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_each_group_has_a_name_a_sentence_and_places_that_no_other_has():
    places = [place for row in GROUPS.values() for place in row.places]
    assert sorted(places) == [place for place in Place if place]
    assert all(row.name and row.sentence for row in GROUPS.values())
    assert group_of(Place.AWAY) is None


@pytest.mark.parametrize(
    ("state", "where"),
    [
        ("new", "new"),
        ("in_review", "in_review"),
        ("awaiting_patient", None),
        ("routed", None),
        ("closed", None),
    ],
)
def test_without_a_hold_or_anything_new_the_state_decides(state, where, clinic):
    assert group(clinic.referral(state)) == where


@pytest.mark.parametrize("state", ["new", "in_review", "awaiting_patient"])
@pytest.mark.parametrize("changes", [URGENT, SAME_DAY])
def test_a_hold_stands_under_safety_in_every_open_state(state, changes, clinic):
    assert group(clinic.referral(state, **changes)) == "safety"


def test_a_hold_goes_before_what_came_back_and_leaves_it_there_once_it_is_released(clinic):
    consult = clinic.booked_today()
    record_no_show(consult=consult, actor=clinic.cast.tess)
    assert group(consult.referral) == "came_back"
    Referral.objects.filter(pk=consult.referral.pk).update(hold="same_day")
    assert group(consult.referral) == "safety"


def test_what_came_back_stays_until_it_is_dealt_with_and_a_note_moves_nothing(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    add_note(referral=fresh(referral), actor=clinic.cast.cora, note="Read it.")
    assert group(referral) == "came_back"
    deal_with(referral=fresh(referral), actor=clinic.cast.cora, reasons={"returned": "Spoke."})
    assert group(referral) is None


def test_a_high_level_stays_under_safety_though_the_hold_was_released(clinic):
    high, low = released(clinic, "high"), released(clinic, "low")
    assert (high.hold, low.hold) == ("none", "none")
    assert (group(high), group(low)) == ("safety", "in_review")


def test_a_moderate_level_comes_under_safety_on_the_day_of_its_check(clinic):
    moderate = released(clinic, "moderate")
    assert sweep_due_checks() == 0
    assert group(moderate) == "in_review"
    day = timezone.localtime(moderate.next_check_at).replace(hour=0, minute=1)
    assert sweep_due_checks(at=day - timedelta(minutes=2)) == 0
    version = moderate.version
    assert (sweep_due_checks(at=day), sweep_due_checks(at=day)) == (1, 0)
    assert (group(moderate), fresh(moderate).version) == ("safety", version)


def test_the_next_assessment_takes_a_due_check_off(clinic):
    moderate = released(clinic, "moderate")
    Referral.objects.filter(pk=moderate.pk).update(check_due=True)
    again = {"next_check_at": timezone.now() + timedelta(days=3), "next_check_by": clinic.cast.clara}
    assess_risk(
        referral=fresh(moderate),
        actor=clinic.cast.clara,
        recorded=RECORD,
        level="moderate",
        how="phone",
        **again,
    )
    assert (fresh(moderate).check_due, group(moderate)) == (False, "in_review")


def test_within_safety_urgent_stands_before_same_day_and_both_before_a_level(clinic):
    rows = [released(clinic, "high"), clinic.new(**SAME_DAY), clinic.new(**URGENT)]
    assert list(Referral.objects.needing_a_coordinator().safest_first()) == rows[::-1]


def test_the_default_view_shows_each_group_with_its_number_and_its_sentence(clinic, cora):
    clinic.new(), clinic.new(), clinic.in_review(), clinic.new(**URGENT)
    clinic.move(clinic.routed("tms").consults.get(), "returned")
    heads = [line for line in lines(cora) if any(str(row.sentence) in line for row in GROUPS.values())]
    assert [
        head.split(str(row.sentence))[0].strip() for head, row in zip(heads, GROUPS.values(), strict=True)
    ] == [
        "Safety 1",
        "Came back 1",
        "New 2",
        "In review 1",
    ]


@pytest.mark.parametrize("query", ["?show=all", "?show=mine", "?q=Test"])
def test_other_views_are_one_list_without_groups(query, clinic, cora):
    clinic.new(), clinic.in_review()
    assert not any(str(GROUPS[DeskGroup.NEW].sentence) in line for line in lines(cora, query))


def test_the_counts_are_those_of_the_groups(clinic):
    clinic.new(), clinic.routed("tms"), clinic.new(**URGENT)
    counts = desk_counts(clinic.cast.cora, mine=False)
    assert counts.groups == {"safety": 1, "came_back": 0, "new": 1, "in_review": 0} and counts.desk == 2
    assert Referral.objects.in_group(DeskGroup.SAFETY).get().hold == "urgent"


# --- What the row says ---------------------------------------------------------------------------------


def row_of(client, referral: Referral, query: str = "") -> str:
    return next(line for line in lines(client, query) if referral.reference in line)


def test_nobody_on_an_alert_is_the_first_thing_said_then_who_is(clinic, cora):
    referral = clinic.new(**URGENT)
    alert = Alert.objects.get(pk=referral.submission_id)
    page = cora.get(DESK).content.decode()
    assert "Nobody is on it, since" in page and 'class="need alarming"' in page
    take_alert(alert=alert, actor=clinic.cast.clara)
    assert "Clara" in row_of(cora, referral) and "is on it since" in row_of(cora, referral)
    assert 'class="need alarming"' not in cora.get(DESK).content.decode()
    let_go_alert(alert=Alert.objects.get(pk=alert.pk), actor=clinic.cast.clara)
    assert "Nobody is on it" in row_of(cora, referral)
    close_alert(
        alert=Alert.objects.get(pk=alert.pk), actor=clinic.cast.clara, reached="person", done="Spoke."
    )
    row = row_of(cora, referral)
    assert "is on it" not in row and fresh(referral).need.get("alert") is None
    assert "Thoughts of harming someone else" in row  # the hold of the rules stands, with its reason


def test_a_return_says_which_team_and_why_and_what_else_stands(clinic, cora):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    row = row_of(cora, referral)
    assert "↩ TMS returned" in row and "Routed" in row


def test_a_missed_visit_says_whose(clinic, cora):
    consult = clinic.booked_today()
    record_no_show(consult=consult, actor=clinic.cast.tess)
    assert "✕ Did not come to TMS" in row_of(cora, consult.referral)


def test_a_team_that_asks_and_a_visit_without_an_outcome_are_said(clinic, cora):
    consult = clinic.consult("accepted")
    ask_desk(consult=consult, actor=clinic.cast.tess, note="Any metal?")
    assert "A team asks" in row_of(cora, consult.referral)
    with time_machine.travel(timezone.now() - timedelta(days=14), tick=False):
        over = clinic.booked_today()
    mark_passed_visits()
    mark_passed_visits()
    assert "Visit over, no outcome yet" in row_of(cora, over.referral)


def test_every_flag_has_its_place_in_a_row():
    assert sorted(ORDER) == sorted(flag for flag in Attention if flag)


def test_an_overdue_check_is_said_before_the_plan_and_names_who_makes_it(clinic, signed_in):
    referral = released(clinic, "high")
    row = row_of(signed_in(clinic.cast.cora), referral)
    assert "Next check" in row and "Hold released: asked and answered" in row
    with time_machine.travel(referral.next_check_at + timedelta(hours=1), tick=False):
        row = row_of(signed_in(clinic.cast.cora), referral)
    assert (
        0
        < row.index("✱ Check overdue")
        < row.index("Clara", row.index("Check"))
        < row.index("asked and answered")
    )


def test_the_screen_never_reads_as_none(clinic, cora):
    assert " none reported " in row_of(cora, clinic.new())
    unfinished = clinic.new(**{"safety.cssrs": {"q1": "no"}})
    row = row_of(cora, unfinished)
    assert "not finished" in row and "not finished: call to complete" in row


def test_failed_trials_are_counted_of_all_that_were_named(clinic, cora):
    referral = clinic.new()
    assert f"{referral.adequate_trials} of {referral.antidepressants}" in row_of(cora, referral)
    Referral.objects.filter(pk=referral.pk).update(antidepressants=None)  # from before they were counted
    assert f" {referral.adequate_trials} " in row_of(cora, referral)
