"""What staff saw of several people, what they were refused and who tried to sign in is on record, before it is shown."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.encryption.sealing import Destroyed
from intake.models import SharedKey, Submission, shared_key
from tests.conftest import URGENT
from tests.intake import pat
from tests.pages import flat
from tests.racing import at_once
from tests.test_sign_in import RIGHT, TOO_MANY, attempt, senders
from tests.trust.test_canaries_at_rest import files
from treatments.models import Alert, Event, record_chain
from treatments.triage import access_log
from treatments.triage.notes import add_note

DESK, RECORD, ALERTS = "/admin/treatments/referral/", "/admin/treatments/event/", "/admin/treatments/alert/"
SENDER = "203.0.113.7"


@pytest.fixture(autouse=True)
def nobody_has_tried(db) -> None:
    cache.clear()


def last() -> Event:
    return Event.objects.latest("pk")


def sealing_keys():
    """All but the one that seals nothing: without it SQLite chains no event, and writes none."""
    return SharedKey.objects.exclude(name=record_chain.KEY)


# --- Lists, searches, pages --------------------------------------------------------------------------------------------


def test_a_list_says_how_many_rows_it_showed_and_by_which_filters(clinic, signed_in):
    for _each in range(3):
        clinic.new()
    signed_in(clinic.cast.cora).get(f"{DESK}?show=unassigned&received=7&p=1")
    assert (last().kind, last().referral) == ("listed", None)
    assert last().details == {
        "page": "treatments_referral_changelist",
        "rows": 3,
        "filters": {"show": ["unassigned"], "received": ["7"]},
    }


def test_a_search_says_what_was_searched_and_how_much_was_found(clinic, signed_in):
    clinic.consult("waiting", **{"about.last_name": "Marigold"})
    tess = signed_in(clinic.cast.tess)
    tess.get("/admin/treatments/tmsconsult/?q=marigold")
    assert last().kind == "searched"
    assert (last().details["searched"], last().details["rows"]) == ("marigold", 1)
    tess.get("/admin/treatments/tmsconsult/?q=nobody")
    assert (last().details["searched"], last().details["rows"]) == ("nobody", 0)


def test_the_home_page_and_the_record_itself_are_on_record(clinic, signed_in):
    olive = signed_in(clinic.cast.olive)
    for address, kind, page in (
        ("/admin/", "shown", "index"),
        (f"{RECORD}?q=lee", "record_read", "treatments_event_changelist"),
        (f"{RECORD}volume/", "record_read", "treatments_event_volume"),
        (f"{RECORD}people/", "record_read", "treatments_event_people"),
    ):
        olive.get(address)
        assert (last().kind, last().actor, last().details["page"]) == (kind, clinic.cast.olive, page)
    assert Event.objects.filter(kind="record_read").first().details["searched"] == "lee"


def test_openings_exports_and_actions_say_from_where(clinic, signed_in):
    referral = clinic.new()
    cora = signed_in(clinic.cast.cora, REMOTE_ADDR=SENDER)
    cora.get(f"{DESK}{referral.pk}/")
    cora.get(f"{DESK}{referral.pk}/document/")
    cora.post(f"{DESK}{referral.pk}/claim/", {"seen_version": referral.version})
    made = referral.events.exclude(from_address=None).values_list("kind", "from_address")
    assert set(made) == {("opened", SENDER), ("exported", SENDER), ("claim", SENDER)}
    add_note(referral=referral, actor=clinic.cast.cora, note="at the command line")
    assert last().from_address is None


def test_a_form_that_the_administrator_looks_at_is_opened_on_record(clinic, signed_in):
    form = clinic.new().submission
    page = signed_in(clinic.cast.adam).get(f"/admin/intake/submission/{form.pk}/change/")
    assert page.status_code == 200
    assert (last().kind, last().submission, last().actor) == ("opened", form, clinic.cast.adam)


# --- Refusals -------------------------------------------------------------------------------------------------


def test_a_page_that_somebody_may_not_see_is_on_record_with_the_row_they_asked_for(clinic, signed_in):
    consult = clinic.consult("waiting", "spravato")
    for person, address, page, status in (
        (clinic.cast.tess, f"{DESK}{consult.referral_id}/", "treatments_referral_change", 404),
        (
            clinic.cast.tess,
            f"/admin/treatments/tmsconsult/{consult.pk}/",
            "treatments_tmsconsult_change",
            404,
        ),
        (clinic.cast.sid, DESK, "treatments_referral_changelist", 403),
        (clinic.cast.cora, f"{RECORD}?note__contains=x", "treatments_event_changelist", 403),
        (clinic.cast.olive, f"{RECORD}?note__contains=x", "treatments_event_changelist", 400),
    ):
        assert signed_in(person).get(address).status_code == status
        event = last()
        assert (event.kind, event.actor, event.details["page"]) == ("refused", person, page)
        assert event.details["status"] == status
        number = re.search(r"/(\d+)/", address)
        assert event.details.get("number") == (number[1] if number else None)
    page = flat(signed_in(clinic.cast.olive).get(RECORD))
    assert f"treatments_tmsconsult_change, number {consult.pk}, answered 404" in page


def test_an_action_that_was_refused_is_an_opening_that_says_so(clinic, signed_in):
    referral = clinic.in_review()
    client, address = signed_in(clinic.cast.carl), f"{DESK}{referral.pk}/claim/"
    assert client.get(address).status_code == 200
    assert last().details == {"page": "claim"}
    assert client.post(address, {"seen_version": referral.version}).status_code == 409
    assert last().kind == "opened"
    assert last().details == {"page": "claim", "refused": True}
    assert "page “Claim”, refused" in flat(signed_in(clinic.cast.olive).get(RECORD))


def test_an_alert_that_was_not_closed_is_an_opening_that_says_so(clinic, signed_in):
    clinic.new(**URGENT)
    page = f"{ALERTS}{Alert.objects.get().number}/"
    clara = signed_in(clinic.cast.clara)
    clara.get(page)
    assert last().details == {}
    assert clara.post(f"{page}close_alert/", {}).status_code == 409
    assert (last().kind, last().details) == ("opened", {"refused": True})


def test_however_long_an_address_or_a_name_is_the_record_keeps_its_beginning(cast, client, signed_in):
    signed_in(cast.cora).get(f"{DESK}{'9' * 300}/")
    assert (last().kind, last().details["number"]) == ("refused", "9" * 40)
    attempt(client, username="n" * 150)
    assert (last().kind, last().details["typed"]) == ("sign_in_failed", "n" * 150)
    before = Event.objects.count()
    attempt(client, username="n" * 5000)  # no account has it: the form refuses it, nothing is judged
    assert Event.objects.count() == before
    access_log.sign_in_failed(name="m" * 5000)
    assert last().details["typed"] == "m" * 150


def test_what_is_refused_of_several_rows_is_on_record(clinic, signed_in):
    rows = [clinic.in_review(), clinic.in_review(), clinic.new()]
    chosen = {f"seen-{row.pk}": row.version for row in rows} | {"_selected_action": [row.pk for row in rows]}
    signed_in(clinic.cast.carl).post(DESK, {"action": "claim_selected", "index": 0, **chosen})
    event = Event.objects.get(kind="refused")
    assert (event.actor, event.details) == (clinic.cast.carl, {"action": "claim_selected", "rows": 2})


# --- Sign-in --------------------------------------------------------------------------------------------------


def test_a_failed_sign_in_is_on_record_with_what_was_typed_and_from_where(cast, client, signed_in):
    attempt(client, username="cora")
    attempt(client, username="My own passphrase")
    events = Event.objects.filter(kind="sign_in_failed").order_by("pk")
    assert [event.details["typed"] for event in events] == ["cora", "My own passphrase"]
    assert {(event.actor, event.from_address) for event in events} == {(None, "198.51.100.1")}
    page = flat(signed_in(cast.olive).get(f"{RECORD}?kind__exact=sign_in_failed"))
    assert "typed as name: “My own passphrase”" in page and "198.51.100.1" in page
    attempt(client, username="cora", typed=RIGHT)
    assert events.count() == 2


def test_a_lock_out_is_on_record_once_in_five_minutes_from_each_address(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _each in range(30):
            response = attempt(client)
        assert TOO_MANY in flat(response)
        assert Event.objects.filter(kind="sign_in_failed").count() == 10
        assert Event.objects.filter(kind="sign_in_locked").count() == 1
        assert last().details == {"typed": "cora"}
        attempt(client, sender="198.51.100.2")  # the name is locked for others too
        assert Event.objects.filter(kind="sign_in_locked").count() == 2
        clock.shift(timedelta(minutes=5))
        attempt(client)
        assert Event.objects.filter(kind="sign_in_locked").count() == 3


def test_a_stranger_with_a_thousand_addresses_adds_a_hundred_and_one_lines(cast):
    with time_machine.travel(timezone.now(), tick=False):
        for number, sender in zip(range(1000), senders(), strict=False):
            attempt(Client(), username=f"somebody{number}", sender=sender)
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert (kinds.count("sign_in_failed"), kinds.count("sign_in_closed"), len(kinds)) == (100, 1, 101)


# --- Before it is shown ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [DESK, f"{DESK}?q=canarybird", ALERTS, "/admin/", RECORD, "/admin/treatments/tmsconsult/"]
)
def test_what_can_not_be_recorded_is_not_shown(address, clinic, signed_in, monkeypatch):
    clinic.consult("waiting", **{"about.last_name": "Canarybird"})
    clinic.new(**{"about.last_name": "Canarybird", "safety.harm_to_others": "yes"})
    role = "olive" if address == RECORD else "tess" if "consult" in address else "cora"
    client = signed_in(getattr(clinic.cast, role))
    shown = client.get(address)
    assert shown.status_code == 200
    assert address in ("/admin/", RECORD) or b"Canarybird" in shown.content

    def fail(self, *args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Event, "save", fail)
    response = client.get(address)
    assert response.status_code == 500
    assert b"Canarybird" not in response.content and b"Log out" not in response.content


def test_the_event_is_committed_by_itself(real_database, clinic, signed_in):
    """Another connection reads it, as whoever starts the server again after a kill would."""
    signed_in(clinic.cast.cora).get(DESK)
    assert at_once(lambda: Event.objects.filter(kind="listed").count()) == [1]


# --- What it costs --------------------------------------------------------------------------------------------


def statements(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in asked]


@pytest.mark.parametrize(
    "address", [DESK, f"{DESK}?q=lee", f"{DESK}?show=all&p=1", "/admin/treatments/tmsconsult/"]
)
def test_a_list_asks_eight_times_at_most_and_writes_once(address, real_database, clinic, signed_in):
    for _each in range(3):
        clinic.routed("tms")
        clinic.new()
    client = signed_in(clinic.cast.tess if "consult" in address else clinic.cast.cora)
    client.get(address)  # finds the key of the month, and whatever else is kept
    asked = statements(client, address)
    assert [sql.partition(" (")[0] for sql in asked if not sql.startswith(("SELECT", "(SELECT"))] == [
        'INSERT INTO "treatments_event"'
    ]
    assert len(asked) <= 9, asked
    # Of the keys only that of the chain is read, within the INSERT on SQLite.
    assert not any("intake_sharedkey" in sql for sql in asked if sql.startswith("SELECT"))


def test_the_lists_of_intakes_and_mail_are_counted_without_another_query(clinic, signed_in):
    clinic.awaiting_patient()
    adam = signed_in(clinic.cast.adam)
    for address in ("/admin/intake/submission/", "/admin/intake/outgoingmail/"):
        asked = statements(adam, address)
        assert last().details["rows"] == 1 or "mail" in address
        table = "intake_submission" if "submission" in address else "intake_outgoingmail"
        assert sum(f'FROM "{table}"' in sql for sql in asked) <= 2, asked  # counted, and read


def test_a_key_that_was_destroyed_is_noticed_soon_and_one_that_was_rolled_back_at_once(
    real_database, cast, signed_in, monkeypatch
):
    client = signed_in(cast.cora)
    client.get(DESK)
    sealing_keys().update(key=None)
    assert client.get(DESK).status_code == 200  # for a moment
    now = shared_key.monotonic() + shared_key.KEPT_FOR
    monkeypatch.setattr(shared_key, "monotonic", lambda: now)
    response = client.get(DESK)
    assert response.status_code == 500 and b"Worklist" not in response.content


def test_a_key_made_in_a_transaction_is_not_kept(cast, signed_in):
    signed_in(cast.cora).get(DESK)
    assert shared_key._kept == {}


def test_the_record_says_that_something_was_erased_where_its_key_is_gone(cast, signed_in):
    signed_in(cast.cora).get(f"{DESK}?q=marigold")
    olive = signed_in(cast.olive)
    SharedKey.objects.create(name="another month")
    assert "marigold" in flat(olive.get(RECORD))
    sealing_keys().update(key=None)
    with pytest.raises(Destroyed):
        _ = Event.objects.filter(kind="searched").get().details
    client = Client(raise_request_exception=False)
    client.force_login(cast.olive)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        client.force_login(cast.olive)
        page = client.get(f"{RECORD}?kind__exact=searched")
    assert page.status_code == 200
    assert "erased" in flat(page) and "marigold" not in flat(page)


# --- At rest, and what writes nothing ---------------------------------------------------------------------------


def test_what_was_searched_or_typed_as_a_name_stands_nowhere_in_plain_sight(real_database, clinic, signed_in):
    word, name = "kanarisearched", "kanaritypedname"
    clinic.new()
    signed_in(clinic.cast.cora).get(f"{DESK}?q={word}")
    signed_in(clinic.cast.cora).get(f"{DESK}export/csv/?q={word}")
    signed_in(clinic.cast.olive).get(f"{RECORD}?q={word}")
    attempt(Client(), username=name)
    told = " ".join(str(event.details) for event in Event.objects.all())
    assert (told.count(word), told.count(name)) == (3, 1)
    assert word.encode() not in files() and name.encode() not in files()
    assert b"198.51.100.1" in files()  # the search finds what is plain


def test_static_files_health_pages_and_patients_write_no_event(client):
    for address in (
        "/livez",
        "/readyz",
        "/static/treatments/idle.js",
        "/",
        "/intake/",
        "/status/",
        "/admin/login/",
    ):
        client.get(address)
    draft = pat.begin(client)
    pat.save(client, "consent")
    assert Submission.objects.filter(pk=draft.pk).exists()
    assert not Event.objects.exists()


def test_what_patients_do_is_recorded_without_their_address(client):
    pat.begin(client)
    for slug in pat.PAGES:
        pat.save(client, slug)
    client.post("/intake/send/")
    assert Event.objects.filter(kind="received").exists()
    assert not Event.objects.exclude(from_address=None).exists()
