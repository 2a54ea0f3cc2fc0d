"""The privacy officer's list: who opened or took what, of whom, when, and who far more than usual."""

import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import URGENT
from tests.pages import flat
from tests.treatments import alerts
from tests.treatments.test_alerts import abandoned_draft
from treatments.admin.pages.volume import COUNTED
from treatments.figures import reading_volume
from treatments.figures.reading_volume import DayOfOpenings
from treatments.models import Event
from treatments.triage.access_log import exported, opened
from treatments.triage.access_log import shown as listed
from treatments.triage.notes import add_note
from treatments.workflow.events import EVENT_KINDS, GROUP_WORDS, LISTED, SEARCHED, Group, group_of

LIST = "/admin/treatments/event/"
LOOKED = f"{LIST}?kind__exact=opened"


def shown(client: Client, address: str, **asked) -> list[Event]:
    response = client.get(address, asked)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


@pytest.fixture
def olive(cast, signed_in) -> Client:
    return signed_in(cast.olive)


# --- Of whom, and by whom ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["Marigold", "mariGOLD", "Márigold, Pat", "the reference"])
def test_a_surname_or_a_reference_finds_who_opened_that_persons_referral(clinic, signed_in, olive, how):
    named = {"about.last_name": "Marigold", "about.first_name": "Pat"}
    hers, other = clinic.new(**named), clinic.new()
    for referral in (hers, other):
        signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/")
    asked = hers.reference.lower().replace("-", " ") if how == "the reference" else how
    found = shown(olive, LIST, q=asked, kind__exact="opened")
    assert [(event.referral, event.actor) for event in found] == [(hers, clinic.cast.cora)]


def test_a_referral_to_keep_is_looked_up_however_its_reference_is_written(clinic, olive):
    referral = clinic.new()
    asked = {"reference": referral.reference.lower().replace("-", " ")}
    found = olive.get("/admin/treatments/event/keeping/", asked).context["found"]
    assert found.referral == referral


@pytest.mark.parametrize("part", ["Marigol", "arigold", "M", "%"])
def test_a_surname_is_not_spelled_out_letter_by_letter(clinic, olive, part):
    clinic.new(**{"about.last_name": "Marigold"})
    assert not [event for event in shown(olive, LIST, q=part) if event.referral]


def test_the_opened_draft_of_a_person_is_found_by_the_surname_too(clinic, signed_in, olive):
    alert = abandoned_draft()
    Submission.save_page(alert.pk, INTAKE.by_slug["name"], {"about": {"last_name": "Marigold"}})
    signed_in(clinic.cast.clara).get(alerts.page(alert))
    (event,) = shown(olive, LIST, q="marigold", kind__exact="opened")
    assert (event.submission, event.actor) == (Submission.objects.get(pk=alert.pk), clinic.cast.clara)
    assert "A form not sent" in flat(olive.get(LOOKED))


def test_a_member_of_staff_is_found_by_full_name_and_by_the_filter(clinic, signed_in, olive):
    clinic.cast.clara.last_name = "Okonkwo-Reyes"
    clinic.cast.clara.save()
    referral = clinic.new()
    for person in (clinic.cast.cora, clinic.cast.clara):
        signed_in(person).get(f"/admin/treatments/referral/{referral.pk}/")
    for asked in ({"q": "clara okonkwo-reyes"}, {"who": clinic.cast.clara.pk}):
        assert {event.actor for event in shown(olive, LIST, **asked)} == {clinic.cast.clara}
    assert "Clara Okonkwo-Reyes" in flat(olive.get(LIST))


# --- What and when ----------------------------------------------------------------------------------------


def test_the_details_say_which_page_and_what_was_exported_and_nothing_that_stands_in_a_form(
    cast, clinic, signed_in, olive
):
    referral = clinic.in_review(**{"about.first_name": "Canarybird"})
    add_note(referral=referral, actor=cast.cora, note="Canarynote")
    client = signed_in(cast.cora)
    client.get(f"/admin/treatments/referral/{referral.pk}/brief/")
    client.get(f"/admin/treatments/referral/{referral.pk}/route/")
    client.get("/admin/treatments/referral/export/csv/?q=canarybird")
    client.get(f"/admin/treatments/referral/{referral.pk}/document/")
    page = flat(olive.get(LIST))
    for told in ("one-page brief", "page “Route to consult queues”", "clinic-intake/1"):
        assert told in page, told
    # What somebody typed into a search is theirs, and told; what stands in a form is not.
    assert "searched for “canarybird”, 1 row, csv" in page
    assert "canary" not in page.lower().replace("searched for “canarybird”", "")


def test_the_list_reads_no_note_no_answer_and_no_assessment_from_the_database(
    clinic, olive, django_assert_max_num_queries
):
    for _each in range(3):
        clinic.routed("tms")
        exported(referral=None, actor=clinic.cast.cora, details={"rows": 4, "form": "csv"})
    with django_assert_max_num_queries(12) as asked:
        assert "4 rows, csv" in flat(olive.get(LIST))
    reads = [each["sql"] for each in asked.captured_queries if 'FROM "treatments_event"' in each["sql"]]
    assert reads
    for read in reads:
        of_staff = r'("auth_user"|T\d+)\."last_name"'  # who did it, and whose account it was
        for column in ("note", "assessment", "answers", "last_name"):
            assert f'"{column}"' not in re.sub(of_staff, "", read), column


def test_what_was_done_is_filtered_by_group_and_then_by_kind(clinic, signed_in, olive):
    referral = clinic.routed("tms")
    signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/")
    assert {group_of(key) for key in EVENT_KINDS} == set(GROUP_WORDS) == set(Group)
    found = {key: {event.kind for event in shown(olive, f"{LIST}?group={key}")} for key in Group}
    assert all(group_of(kind) == key for key, kinds in found.items() for kind in kinds)
    assert {"claim", "route"} <= found["desk"] and found["looks"] == {"opened"}
    assert {event.kind for event in shown(olive, f"{LIST}?group=desk&kind__exact=claim")} == {"claim"}
    pills = re.compile(r'<a\s+href="\?[^"]*(?:group|kind__exact)=')
    assert len(pills.findall(olive.get(LIST).content.decode())) == len(Group)
    chosen = olive.get(f"{LIST}?kind__exact=route").content.decode()
    assert 'href="?group=teams"' in chosen  # another group leaves the kind behind
    assert re.search(r'href="\?kind__exact=route"\s+class="on"', chosen)
    assert re.search(r'href="\?group=desk"\s+class="on"', chosen)
    whole = {event.pk for event in shown(olive, LIST)}
    for unknown in ("group=nonsense", "kind__exact=nonsense"):  # filters nothing
        assert {event.pk for event in shown(olive, f"{LIST}?{unknown}")} >= whole


def test_one_day_of_the_clinic_is_shown_with_what_else_was_asked(cast, clinic, olive):
    referral = clinic.new()
    noon = timezone.localtime().replace(hour=12, minute=0) + timedelta(days=3)
    for hours in (-13, -11, 11, 13):
        with time_machine.travel(noon + timedelta(hours=hours), tick=False):
            opened(referral=referral, actor=cast.cora)
    found = shown(olive, LIST, day=noon.date().isoformat(), who=cast.cora.pk)
    assert [round((event.at - noon) / timedelta(hours=1)) for event in found] == [11, -11]
    page = flat(olive.get(f"{LIST}?day={noon.date().isoformat()}&who={cast.cora.pk}"))
    assert f'<input type="hidden" name="who" value="{cast.cora.pk}">' in page


def test_a_look_outside_working_hours_is_filtered_out_of_the_others(cast, clinic, olive, settings):
    referral = clinic.new()
    monday = datetime(2030, 1, 7, tzinfo=timezone.get_current_timezone())
    at_work = [monday.replace(hour=9), monday.replace(hour=16, minute=59)]
    outside = [
        monday.replace(hour=8, minute=59),
        monday.replace(hour=17),
        monday.replace(hour=12) - timedelta(days=1),
    ]
    for moment in at_work + outside:
        with time_machine.travel(moment, tick=False):
            opened(referral=referral, actor=cast.cora)
            listed(LISTED, actor=cast.cora, details={})
    asked = {"how": "hours", "who": cast.cora.pk}
    assert Counter(event.at for event in shown(olive, LIST, **asked)) == Counter(outside * 2)
    settings.CLINIC_HOLIDAYS = frozenset({monday.date()})
    assert {event.at for event in shown(olive, LIST, **asked)} == {*outside, *at_work}


def test_those_who_looked_and_never_did_anything_on_it_are_told_apart(cast, clinic, olive):
    referral = clinic.in_review()  # claimed by Cora
    for person in (cast.cora, cast.carl):
        opened(referral=referral, actor=person)
    assert [event.actor for event in shown(olive, LIST, how="only")] == [cast.carl]


# --- Unusual volume -----------------------------------------------------------------------------------------

TODAY = date(2030, 1, 31)


def rows(actor: int, usual: list[int], last: int, week: list[int] = ()) -> list[DayOfOpenings]:
    """Days before the last seven, days within them, and the last 24 hours."""
    told = [
        DayOfOpenings(actor, TODAY - timedelta(days=10 + place), n, (0, 0)) for place, n in enumerate(usual)
    ]
    told += [
        DayOfOpenings(actor, TODAY - timedelta(days=2 + place), n, (0, n)) for place, n in enumerate(week)
    ]
    return [*told, DayOfOpenings(actor, TODAY, last, (last, last))]


@pytest.mark.parametrize(
    "usual, last, found",
    [
        ([10, 10, 10], 30, False),  # three times is not more than three times
        ([10, 10, 10], 31, True),
        ([1, 1, 1], 19, False),  # few are never unusual
        ([1, 1, 1], 20, True),
        ([], 20, True),  # no usual yet
        ([], 19, False),
        ([1, 1, 100], 20, True),  # the median, so that one wild day does not hide the next
        ([4, 8], 18, False),
        ([4, 8], 20, True),  # 6 a day, of which 18 is thrice
    ],
)
def test_unusual_is_more_than_three_times_ones_own_median_and_at_least_twenty(usual, last, found):
    assert [each.actor for each in reading_volume.unusual(rows(1, usual, last), 0)] == [1] * found


def test_a_week_is_measured_against_as_many_days_as_were_worked():
    assert not reading_volume.unusual(rows(1, [10, 10], 30, week=[30, 30]), 1)  # 90 on three days
    (told,) = reading_volume.unusual(rows(1, [10, 10], 31, week=[30, 30]), 1)
    assert (told.openings, told.usual, told.expected) == (91, 10, 30)


def test_whoever_opened_most_stands_first_with_the_longest_bar():
    told = reading_volume.unusual(rows(1, [1], 20) + rows(2, [1], 40), 0)
    assert [(each.actor, each.percent) for each in told] == [(2, 100), (1, 50)]


def test_the_officer_reads_who_opened_far_more_than_usual_and_goes_on_to_what(cast, clinic, olive):
    referral = clinic.new()
    now = timezone.now()
    for days in range(10, 15):
        with time_machine.travel(now - timedelta(days=days)):
            for person in (cast.cora, cast.carl):
                for _each in range(5):
                    opened(referral=referral, actor=person)
    for _each in range(20):
        opened(referral=referral, actor=cast.cora)
    exported(referral=referral, actor=cast.cora, details={"form": "clinic-intake/1"})
    for _each in range(12):
        opened(referral=referral, actor=cast.carl)
    page = flat(olive.get(f"{LIST}volume/"))
    assert page.count("Cora (cora)") == 2 and "Carl" not in page
    assert "<svg" in page and "<td>21<svg" in page and "<td>5</td>" in page
    link = f"{LIST}?who={cast.cora.pk}&within=1&group=looks"
    assert link.replace("&", "&amp;") in page
    assert len(shown(olive, link)) == 21


def test_lists_and_searches_are_counted_apart_from_openings(cast, clinic, olive):
    referral = clinic.new()
    for _each in range(15):
        opened(referral=referral, actor=cast.cora)
        listed(LISTED, actor=cast.cora, details={})
        listed(SEARCHED, actor=cast.carl, details={})
    for _each in range(5):
        listed(SEARCHED, actor=cast.carl, details={})
        listed(LISTED, actor=cast.cora, details={})
    tables = olive.get(f"{LIST}volume/").context["tables"]
    found = {
        asked: [(row.actor, row.openings) for row, _name in found]
        for days, _words, asked, found in tables
        if days == 1
    }
    both = [(cast.cora.pk, 20), (cast.carl.pk, 20)]
    assert found == {"group=looks": [], "kind__exact=searched": both[1:], "group=lists": both}
    for asked, rows in found.items():
        for actor, times in rows:
            assert len(shown(olive, f"{LIST}?who={actor}&within=1&{asked}")) == times


def test_a_calm_month_names_nobody(clinic, olive):
    page = flat(olive.get(f"{LIST}volume/"))
    assert page.count("Nobody.") == len(reading_volume.SPANS) * len(COUNTED)


def test_nobody_but_the_privacy_officer_reads_the_numbers_of_colleagues(cast, clinic, signed_in):
    clinic.new(**URGENT)
    for person in cast:
        expected = 200 if person == cast.olive else 403
        assert signed_in(person).get(f"{LIST}volume/").status_code == expected, person
