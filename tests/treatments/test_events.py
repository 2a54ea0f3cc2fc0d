"""The timeline: written once, never changed, and nothing that happens is missing from it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import ProtectedError

from intake.models import Submission
from intake.models.purge_guard import guards_lifted
from tests.conftest import URGENT, fresh
from tests.treatments import alerts
from treatments.admin import referrals
from treatments.admin.pages import actions
from treatments.models import Event, Referral
from treatments.triage import access_log
from treatments.triage.closing import close, reopen
from treatments.triage.consults import return_consult
from treatments.triage.notes import add_note
from treatments.workflow.actions.table import CONSULT_ACTIONS, REFERRAL_ACTIONS


def kinds(referral: Referral) -> list[str]:
    return list(referral.events.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def event(clinic) -> Event:
    return clinic.new().events.order_by("pk").first()


def test_an_event_is_never_saved_again(event):
    event.note = "something else"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        Event.objects.update_or_create(pk=event.pk, defaults={"note": "something else"})
    assert fresh(event).note == ""


def test_an_event_is_never_removed(event):
    for remove in (event.delete, Event.objects.all().delete, Event.objects.filter(pk=event.pk).delete):
        with pytest.raises(TypeError):
            remove()
    assert Event.objects.filter(pk=event.pk).exists()


def test_events_are_never_changed_together(event):
    with pytest.raises(TypeError):
        Event.objects.update(note="something else")
    with pytest.raises(TypeError):
        Event.objects.bulk_update([event], ["note"])


# What somebody with the database in hand might type; each would work on another table.
SQL = [
    "UPDATE treatments_event SET asked = 'something else'",
    "UPDATE treatments_event SET actor_id = NULL WHERE id = {pk}",
    "DELETE FROM treatments_event",
    "DELETE FROM treatments_event WHERE id = {pk}",
]
OF_SQLITE = ["INSERT OR REPLACE INTO treatments_event SELECT * FROM treatments_event WHERE id = {pk}"]
OF_POSTGRESQL = [
    "TRUNCATE treatments_event",
    "TRUNCATE treatments_event CASCADE",
    "INSERT INTO treatments_event SELECT * FROM treatments_event WHERE id = {pk} "
    "ON CONFLICT (id) DO UPDATE SET note = 'something else'",
]


@pytest.mark.parametrize("sql", SQL + (OF_POSTGRESQL if connection.vendor == "postgresql" else OF_SQLITE))
def test_the_database_itself_refuses_to_change_or_remove_an_event(event, sql):
    before = list(Event.objects.values_list("pk", "note", "actor"))
    connection.check_constraints()  # nothing else is left that could refuse
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(pk=event.pk))
    assert list(Event.objects.values_list("pk", "note", "actor")) == before


def test_the_way_past_the_model_is_closed_too(event):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_after_a_test_that_committed_the_events_are_guarded_again(time, clinic):
    assert not Event.objects.exists()  # the one before was cleared away
    event = clinic.new().events.order_by("pk").first()
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM treatments_event WHERE id = %s", [event.pk])


@pytest.mark.django_db(transaction=True)
def test_the_guard_of_the_events_can_be_taken_off_and_put_back(event):
    """The migration and its reverse, on the table as it stands now."""
    guard = MigrationLoader(connection).disk_migrations["treatments", "0002_append_only"].operations[0]
    with connection.schema_editor() as editor:
        guard.reverse_code(None, editor)
        editor.execute("UPDATE treatments_event SET asked = 'before the guard'")
        guard.code(None, editor)
    assert fresh(event).asked == "before the guard"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk)._raw_delete("default")
    with guards_lifted(Event):  # tests that come after this one purge too
        assert Event.objects.filter(pk=event.pk)._raw_delete("default") == 1


def test_what_an_event_is_about_is_never_removed(clinic):
    consult = clinic.consult("accepted")
    referral = consult.referral
    for row in (consult, referral, referral.submission, clinic.cast.cora, clinic.cast.tess):
        with pytest.raises(ProtectedError):
            row.delete()


def test_the_whole_way_of_a_referral_stands_in_its_timeline(clinic):
    referral = clinic.consult("completed", **URGENT).referral
    close(referral=referral, actor=clinic.cast.cora, reason="care_started")
    reopen(referral=referral, actor=clinic.cast.cora, note="called again")
    assert kinds(referral) == [
        "received",
        "assessed",
        "hold_raised",
        "claim",
        "assess_risk",
        "route",
        "accept",
        "book",
        "complete",
        "close",
        "reopen",
    ]


def test_every_event_of_staff_names_who_did_it_and_those_of_the_system_nobody(clinic):
    referral = clinic.consult("completed", **URGENT).referral
    for event in referral.events.all():
        assert (event.actor is None) == (event.kind in ("received", "assessed", "hold_raised"))


PAGES = [
    ("cora", "treatments/referral", lambda consult: consult.referral_id),
    ("clara", "treatments/referral", lambda consult: consult.referral_id),
    ("tess", "treatments/tmsconsult", lambda consult: consult.pk),
]


@pytest.mark.parametrize(("name", "where", "key"), PAGES)
def test_whoever_opens_a_referral_stands_in_its_timeline_each_time(name, where, key, clinic, signed_in):
    consult = clinic.consult("waiting")
    reader = getattr(clinic.cast, name)
    client = signed_in(reader)
    for times in (1, 2):
        assert client.get(f"/admin/{where}/{key(consult)}/").status_code == 200
        opened = consult.referral.events.filter(kind="opened")
        assert opened.count() == times
        assert opened.latest("pk").actor == reader
        assert opened.latest("pk").consult_id == (consult.pk if name == "tess" else None)


@pytest.mark.parametrize("action", [key for key, row in REFERRAL_ACTIONS.items() if not row.without_reading])
def test_the_page_of_a_action_names_the_person_and_is_an_opening_too(action, clinic, signed_in):
    referral = clinic.in_review()
    reader = clinic.cast.clara if action in ("assess_risk", "add_clinical_entry") else clinic.cast.cora
    page = signed_in(reader).get(f"/admin/treatments/referral/{referral.pk}/{action}/")
    assert referral.name in page.content.decode()
    event = referral.events.get(kind="opened")
    assert (event.actor, event.consult, event.details) == (reader, None, {"page": action})


@pytest.mark.parametrize("action", list(CONSULT_ACTIONS))
def test_the_page_of_a_teams_action_is_an_opening_of_that_consult(action, clinic, signed_in):
    consult = clinic.consult("waiting")
    signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/{action}/")
    event = consult.referral.events.get(kind="opened")
    assert (event.actor, event.consult_id, event.details) == (clinic.cast.tess, consult.pk, {"page": action})


def test_a_action_sent_with_a_fault_shows_the_person_again_and_one_that_is_done_shows_nothing(
    clinic, signed_in
):
    referral = clinic.in_review()
    client, address = signed_in(clinic.cast.cora), f"/admin/treatments/referral/{referral.pk}/note/"
    assert client.post(address, {"seen_version": referral.version, "note": ""}).status_code == 200
    assert client.post(address, {"seen_version": referral.version, "note": "called"}).status_code == 302
    assert [each.details for each in referral.events.filter(kind="opened")].count({"page": "note"}) == 1


def test_a_actions_page_that_can_not_be_recorded_shows_nothing(clinic, signed_in, monkeypatch):
    referral = clinic.in_review(**{"about.last_name": "Canarybird"})

    def fail(**details):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "opened", fail)
    response = signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/route/")
    assert response.status_code == 500
    assert b"Canarybird" not in response.content


def test_an_opening_that_can_not_be_recorded_shows_nothing(clinic, signed_in, monkeypatch):
    referral = clinic.new(**{"about.last_name": "Canarybird"})

    def fail(**details):
        raise OSError("disk full")

    monkeypatch.setattr(referrals, "opened", fail)
    response = signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/")
    assert response.status_code == 500
    assert b"Canarybird" not in response.content


def test_a_page_that_is_refused_is_no_opening(clinic, signed_in):
    consult = clinic.consult("waiting")
    for person in (clinic.cast.sid, clinic.cast.olive, clinic.cast.sam, clinic.cast.adam):
        signed_in(person).get(f"/admin/treatments/referral/{consult.referral_id}/")
        signed_in(person).get(f"/admin/treatments/tmsconsult/{consult.pk}/")
    assert not Event.objects.filter(kind="opened").exists()


def test_an_export_at_the_command_line_is_an_event(clinic, capsys):
    from django.core.management import call_command

    referral = clinic.new()
    call_command("export_intake", referral.reference)
    assert '"clinic-intake/1"' in capsys.readouterr().out
    assert kinds(referral)[-1] == "exported"


def test_the_answers_of_a_draft_are_opened_on_record_too(clinic, signed_in):
    from tests.treatments.test_alerts import abandoned_draft

    alert = abandoned_draft()
    signed_in(clinic.cast.cora).get(alerts.page(alert))
    event = Event.objects.get(kind="opened")
    assert (event.referral, event.submission, event.actor) == (
        None,
        Submission.objects.get(),
        clinic.cast.cora,
    )


# --- What a team reads of it --------------------------------------------------------------------------


def test_a_team_reads_its_own_consults_in_the_timeline_and_nothing_of_another_queue(clinic):
    referral = clinic.routed("tms", "spravato", **URGENT)
    tms, spravato = referral.consults.get(treatment="tms"), referral.consults.get(treatment="spravato")
    clinic.move(tms, "accepted")
    return_consult(
        consult=spravato, actor=clinic.cast.sam, reason="unsafe_now", note="not with this blood pressure"
    )
    add_note(referral=referral, actor=clinic.cast.cora, note="Spravato says no")
    access_log.opened(referral=referral, actor=clinic.cast.cora)
    seen = Event.objects.for_user(clinic.cast.tess).filter(referral=referral)
    assert {event.consult_id for event in seen} == {None, tms.pk}
    assert {event.kind for event in seen} == {
        "received",
        "assessed",
        "hold_raised",
        "assess_risk",
        "accept",
    }
    assert not any("Spravato" in event.note or "pressure" in event.note for event in seen)


def test_the_desk_reads_the_whole_timeline(clinic):
    referral = clinic.consult("accepted").referral
    assert set(Event.objects.for_user(clinic.cast.cora).filter(referral=referral)) == set(
        referral.events.all()
    )


def test_nobody_else_reads_any_consults_events(clinic):
    clinic.consult("accepted")
    for person in (clinic.cast.sid, clinic.cast.adam, clinic.cast.pia):
        assert not Event.objects.for_user(person).filter(consult__isnull=False).exists()


def test_a_draft_has_no_referral_and_no_timeline(db):
    Submission.objects.create()
    assert not Referral.objects.exists()
    assert not Event.objects.exists()
