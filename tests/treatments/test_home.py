"""The home page: what each role needs next, in numbers that lead to those people, and in few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, Clinic, answered, fresh, release_hold
from tests.pages import flat
from tests.treatments.test_before_routing import WISH
from tests.treatments.test_handling import SUICIDAL
from treatments.admin.home import coordinator
from treatments.admin.home.coordinator import coordinator_home
from treatments.figures import dashboard
from treatments.models import Alert, CaringContact, Referral
from treatments.reading.desk_counts import DeskCounts
from treatments.triage.alerts import close_alert, let_go_alert, take_alert
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import close
from treatments.triage.consults import postpone
from treatments.triage.contacts import log_contact
from treatments.triage.desk_place import sweep_due_checks
from treatments.triage.team_questions import ask_desk

HOME = "/admin/"
DESK = "/admin/treatments/referral/"


class Browser:
    """Signs in anew for each page: time passes between them."""

    def __init__(self, person: User):
        self.person = person

    def client(self) -> Client:
        client = Client()
        client.force_login(self.person)
        return client

    def get(self, address: str):
        return self.client().get(address)


def opened(browser: Browser) -> dict:
    return browser.get(HOME).context["home"]


@pytest.fixture
def coras(cast) -> Browser:
    return Browser(cast.cora)


def moderate(clinic: Clinic, **changes):
    referral = clinic.new(**changes)
    release_hold(
        **{"referral": referral, "actor": clinic.cast.clara, "recorded": RECORD, "level": "moderate"},
        next_check_at=timezone.now() + timedelta(days=1),
        next_check_by=clinic.cast.clara,
    )
    return referral


# --- A coordinator ------------------------------------------------------------------------------------------


def counts(client) -> dict[str, int]:
    return {count.words: count.number for count in opened(client)["coordinator"]["counts"]}


def test_the_six_counts_are_links_to_exactly_those_people(clinic, coras):
    clinic.new(**URGENT), clinic.new(), clinic.new(), clinic.in_review(), clinic.routed("tms")
    claim(referral=clinic.new(), actor=clinic.cast.carl)
    clinic.consult("returned")
    due = clinic.in_review()
    log_contact(
        **{"referral": due, "actor": clinic.cast.cora, "channel": "call", "outcome": "no_answer"},
        next_due=timezone.localdate(),
    )
    assert counts(coras) == {
        "need you": 6,
        "safety": 1,
        "came back": 1,
        "new, unread": 2,
        "due today": 1,
        "over target": 0,
    }
    for count in opened(coras)["coordinator"]["counts"]:
        assert len(coras.get(count.url).context["cl"].result_list) == count.number, count.words
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        late = counts(coras)["over target"]
        assert late == len(coras.get(f"{DESK}?target=over").context["cl"].result_list) == 7


def test_what_needs_me_is_mine_or_nobodys_and_the_next_five_stand_in_the_worklists_order(clinic, coras):
    carls = clinic.new(**URGENT)
    assign(referral=carls, actor=clinic.cast.cora, to=clinic.cast.carl)
    rows = [clinic.new() for _each in range(4)]
    held, mine = clinic.new(**SAME_DAY), clinic.in_review()
    shown = opened(coras)["coordinator"]["next"]
    assert [thing.referral for thing in shown] == [held, *rows]
    assert opened(coras)["coordinator"]["mine"] == 6  # with what is in review
    with CaptureQueriesContext(connection):
        assert coras.get(shown[0].url).status_code == 200
    assert mine.name in flat(coras.get(f"{DESK}?show=mine"))


def test_each_next_thing_has_its_need_in_words_and_leads_to_the_page_with_the_way_on(clinic, coras):
    held = clinic.new(**SUICIDAL)
    clinic.new(), clinic.routed("tms")
    page = flat(coras.get(HOME))
    assert "Nobody is on it" in page and "C-SSRS: intent or a plan" in page
    (thing, other) = opened(coras)["coordinator"]["next"]
    assert thing.referral == held and thing.need.first.alarming
    assert "1 of 2" in flat(coras.get(thing.url)) and "2 of 2" in flat(coras.get(other.url))


def test_calls_that_are_due_stand_with_the_number_and_what_is_safe_there(clinic, coras):
    cora, carl = clinic.cast.cora, clinic.cast.carl
    for actor, phone, days in ((carl, "+1 212 555 0111", 1), (cora, "+1 212 555 0122", 0)):
        referral = clinic.new(**{"about.phone": phone, "about.voicemail_ok": "no"})
        claim(referral=referral, actor=actor)
        log_contact(
            **{"referral": fresh(referral), "actor": actor, "channel": "call", "outcome": "no_answer"},
            next_due=timezone.localdate() + timedelta(days=days),
        )
    (own,) = opened(coras)["coordinator"]["calls"]
    assert (own.way.number, own.which, own.late, own.whose) == ("+1 212 555 0122", "call 2 of 3", False, "")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        first, second = opened(coras)["coordinator"]["calls"]
        page = flat(coras.get(HOME))
    assert first.late and "since" in first.which  # one's own before those of others
    assert (second.way.number, second.whose, second.late) == ("+1 212 555 0111", "Carl’s", False)
    assert 'href="tel:+12125550122"' in page and "no voice message" in page


def test_a_caring_contact_is_a_call_and_a_closed_referral_none(clinic, coras):
    morning = timezone.localtime().replace(hour=8, minute=0)
    with time_machine.travel(morning, tick=False):
        clinic.new(**SUICIDAL)  # owes one within 48 hours
    closed = clinic.in_review()
    log_contact(
        **{"referral": closed, "actor": clinic.cast.cora, "channel": "call", "outcome": "no_answer"},
        next_due=timezone.localdate() + timedelta(days=1),
    )
    close(referral=fresh(closed), actor=clinic.cast.cora, reason="patient_declined")
    for days, late in ((2, False), (3, True)):
        with time_machine.travel(morning + timedelta(days=days), tick=False):
            (call,) = opened(coras)["coordinator"]["calls"]
        assert (call.which, call.late) == ("caring contact", late)


def test_ones_own_calls_and_nobodys_stand_before_those_of_others_and_the_longest_overdue_first(
    clinic, coras, monkeypatch
):
    caring = clinic.new(**SUICIDAL)
    CaringContact.objects.update(due_at=timezone.now() - timedelta(days=1))
    rows = [caring]
    for owner, days in ((clinic.cast.carl, 3), (clinic.cast.cora, 1), (None, 2)):
        rows.append(clinic.in_review() if owner else clinic.new())
        due = timezone.localdate() - timedelta(days=days)
        Referral.objects.filter(pk=rows[-1].pk).update(owner=owner, contact_due_on=due)
    caring, others, mine, nobodys = rows
    shown = [call.referral for call in opened(coras)["coordinator"]["calls"]]
    assert shown == [nobodys, mine, caring, others]
    monkeypatch.setattr(coordinator, "CALLS_SHOWN", 2)
    assert len(opened(coras)["coordinator"]["calls"]) == 2


@pytest.mark.parametrize(("days", "which"), [(1, "caring contact"), (0, "call 1 of 3")])
def test_a_late_caring_contact_stays_late_beside_a_call_that_is_planned(clinic, coras, days, which):
    referral = clinic.new(**SUICIDAL)
    CaringContact.objects.update(due_at=timezone.now() - timedelta(days=1))
    planned = timezone.localdate() + timedelta(days=days)
    Referral.objects.filter(pk=referral.pk).update(contact_due_on=planned)
    (call,) = opened(coras)["coordinator"]["calls"]
    assert (call.which, call.late) == (which, True)


def test_the_tries_are_counted_since_the_person_was_last_reached(clinic, coras):
    referral = clinic.in_review()
    for outcome, due in (("reached", None), ("no_answer", timezone.localdate())):
        attempt = {"channel": "call", "outcome": outcome, "next_due": due}
        log_contact(referral=fresh(referral), actor=clinic.cast.cora, **attempt)
    (call,) = opened(coras)["coordinator"]["calls"]
    assert call.which == "call 2 of 3"


def owed(client) -> dict[tuple[str, str], int]:
    return {(row.who, row.what): row.number for row in opened(client)["coordinator"]["owed"]}


def test_what_others_owe_is_told_by_who_owes_it(clinic, coras):
    assert owed(coras) == {}
    clinic.consult("waiting"), clinic.booked_today(), clinic.awaiting_patient(), clinic.new(**URGENT)
    release_hold(
        **{
            "referral": clinic.new(**URGENT),
            "actor": clinic.cast.clara,
            "recorded": RECORD,
            "level": "moderate",
        },
        next_check_at=timezone.now() + timedelta(days=1),
        next_check_by=clinic.cast.clara,
    )
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        sweep_due_checks()
        assert owed(coras) == {
            ("Patients", "an answer to a question"): 1,
            ("TMS", "waiting over target, of 1"): 1,
            ("TMS", "visits over, no outcome"): 1,
            ("Clinicians", "alerts that are open"): 1,
            ("Clinicians", "checks overdue"): 1,
        }


def test_a_postponed_consult_waits_and_is_not_late(clinic):
    consult, now = clinic.consult("waiting"), timezone.localtime()
    postpone(
        consult=consult, actor=clinic.cast.tess, until=timezone.localdate() + timedelta(days=60), note="away"
    )
    queue = dashboard.read_queues(["tms"], now + timedelta(days=30))[0]
    assert (queue.waiting, queue.late) == (1, 0)
    assert dashboard.read_queues(["tms"], now + timedelta(days=90))[0].late == 1


def test_nobody_is_on_an_alert_until_it_is_taken_and_again_once_it_was_let_go(clinic, coras):
    clinic.new(**URGENT), clinic.new(**SAME_DAY)
    alert, cora = Alert.objects.first(), clinic.cast.cora

    def nobody() -> int:
        return dashboard.read_alerts(timezone.now()).nobody

    assert nobody() == 2
    assert "2 safety alerts with nobody on them" in flat(coras.get(HOME))
    take_alert(alert=alert, actor=cora)
    assert nobody() == 1
    let_go_alert(alert=alert, actor=cora)
    assert nobody() == 2


def test_a_calm_day_says_so(cast, coras):
    page = flat(coras.get(HOME))
    assert "Nothing needs you now." in page and "with nobody on" not in page
    assert "No safety alert is open." in flat(Browser(cast.clara).get(HOME))


# --- Everybody ----------------------------------------------------------------------------------------------


def test_the_privacy_officer_the_administrator_and_a_stranger_to_the_clinic_read_none(
    cast, clinic, signed_in
):
    clinic.new(**URGENT)
    for person in (cast.olive, cast.adam, cast.sid):
        assert set(opened(Browser(person))) == {"today"}


def test_the_home_page_takes_at_most_18_queries_for_anyone(cast, clinic, signed_in):
    for _each in range(3):
        clinic.routed("tms", "spravato")
        moderate(clinic, **URGENT)
        due = clinic.in_review()
        log_contact(
            **{"referral": due, "actor": cast.cora, "channel": "call", "outcome": "no_answer"},
            next_due=timezone.localdate(),
        )
        answered(due, {"about.voicemail_ok": "no"})
        ask_desk(consult=clinic.consult("accepted"), actor=cast.tess, note="Any metal?")
        wish = Alert.objects.get(pk=clinic.new(**WISH).submission_id)
        close_alert(alert=wish, actor=cast.cora, done="Called, is safe.", reached="person")
    clinic.new(**URGENT), clinic.consult("completed"), clinic.consult("booked"), clinic.awaiting_patient()
    take_alert(alert=Alert.objects.open().first(), actor=cast.cora)
    assert len(coordinator_home(cast.cora, timezone.localtime(), DeskCounts(groups={}))["calls"]) == 3
    signed_in(cast.sid).get("/admin/")  # makes the month's key of the record
    for person in cast:
        client = signed_in(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        # The key is looked up each time only here, inside of a test's transaction, and then the event is written:
        # on SQLite its INSERT reads the key of the chain, and is counted.
        asked = [each["sql"] for each in asked if not each["sql"].startswith('SELECT "intake_sharedkey"')]
        assert [sql for sql in asked if not sql.lstrip("(").startswith("SELECT")] == asked[-1:]
        assert len(asked) <= 18 + 1, (person, len(asked))


def test_the_page_has_no_style_or_script_of_its_own(cast, clinic, signed_in):
    clinic.new(**URGENT)
    for person in (cast.cora, cast.clara, cast.tess):
        page = signed_in(person).get(HOME).content.decode()
        assert "style=" not in page and "<style" not in page and "onclick" not in page


def test_a_longer_list_and_a_longer_history_take_no_more_queries(cast, clinic, signed_in):
    for _each in range(4):
        clinic.routed("tms", "spravato")
    referral = clinic.in_review()
    client = signed_in(cast.cora)
    most = {
        "/admin/treatments/referral/?show=all": 13,
        f"/admin/treatments/referral/{referral.pk}/": 20,
        f"/admin/treatments/referral/{referral.pk}/brief/": 20,
    }
    for address, allowed in most.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= allowed, (address, len(asked))
