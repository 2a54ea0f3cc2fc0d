"""On PostgreSQL the app runs as a role that owns nothing: it can do all its work, and can't change the record."""

import os
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Submission
from intake.models.purge_guard import guards_lifted
from tests.append_only import guarded_tables
from tests.conftest import fresh, seed_groups
from tests.intake import pat
from tests.test_sign_in import RIGHT, attempt, is_in
from tests.trust.test_canaries_at_rest import walk
from treatments.management.commands import tick
from treatments.models import Event, Referral, run_role
from treatments.triage.assignment import claim
from treatments.triage.consults import accept
from treatments.triage.draft_expiry import expire_drafts
from treatments.triage.purge_record import purge_events

ROLE = f"clinic_run_{os.getpid()}"  # roles are known to all databases of a server
pytestmark = pytest.mark.django_db(transaction=True)


def as_owner(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def connect_as(user: str, password: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict |= {"USER": user, "PASSWORD": password}


def grant() -> str:
    out = StringIO()
    call_command("grant_app_role", ROLE, stdout=out)
    return out.getvalue()


@pytest.fixture
def role(db) -> Iterator[None]:
    """A role of its own, gone again at the end; the connection is the owner's."""
    own = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    as_owner(f"DROP ROLE IF EXISTS {ROLE}", f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER PASSWORD 'run'")
    seed_groups()
    grant()
    yield
    connect_as(*own.values())
    as_owner(f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")


@pytest.fixture
def running(role) -> None:
    """The app's own connection is that of the role from now on."""
    connect_as(ROLE, "run")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == (ROLE, ROLE)


@pytest.mark.postgres
def test_it_can_do_all_the_work_of_the_app(running, clinic, signed_in, settings, tmp_path, capsys):
    # A patient, page by page, who comes back, sends and writes.
    client = Client()
    pat.fill(client)
    pat.send(client)
    sent = Submission.objects.get()
    assert sent.state == "submitted"
    # The desk and a team.
    cora, adam = clinic.cast.cora, clinic.cast.adam
    referral = Referral.objects.get()
    claim(referral=referral, actor=cora)
    accept(consult=clinic.routed("tms").consults.get(), actor=clinic.cast.tess)
    walk(clinic)
    desk = signed_in(cora)
    for name in ("admin:index", "admin:treatments_referral_changelist", "admin:treatments_alert_changelist"):
        assert desk.get(reverse(name)).status_code == 200
    assert desk.get(reverse("admin:treatments_referral_change", args=[referral.pk])).status_code == 200
    assert signed_in(adam).get(reverse("admin:auth_user_changelist")).status_code == 200
    # By a password, which counts tries in the cache and makes a session.
    browser = Client()
    attempt(browser)
    attempt(browser, typed=RIGHT)
    assert is_in(browser)
    browser.post(reverse("admin:logout"))
    # What happens by itself.
    old = timezone.now() - timedelta(days=400)
    Submission.begin(language="en", at=old)
    assert tick.run_pass(tick.jobs())
    Submission.begin(language="en", at=old)
    assert expire_drafts(at=timezone.now()) == 1
    settings.SEALING_KEYS = ("AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", *settings.SEALING_KEYS)
    call_command("rotate_keys", stdout=StringIO())
    assert fresh(sent).answers == sent.answers
    call_command("backup", new_key=tmp_path / "key.txt")
    settings.BACKUP_KEYS = capsys.readouterr().out.strip().removeprefix("BACKUP_KEYS=")
    call_command("backup", tmp_path / "backups", stdout=StringIO())
    assert list((tmp_path / "backups").glob("*.age"))
    call_command("verify_record", stdout=StringIO(), stderr=StringIO())


TRIES = (
    "UPDATE treatments_event SET asked = 'x'",
    "DELETE FROM treatments_event",
    "TRUNCATE treatments_event CASCADE",
    "ALTER TABLE treatments_event DISABLE TRIGGER ALL",
    "ALTER TABLE treatments_event DISABLE TRIGGER USER",
    "DROP TRIGGER treatments_event_never_changed ON treatments_event",
    f"ALTER TABLE treatments_event OWNER TO {ROLE}",
    "CREATE OR REPLACE FUNCTION treatments_event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
    "CREATE TRIGGER mine BEFORE INSERT ON treatments_event FOR EACH ROW EXECUTE FUNCTION "
    "suppress_redundant_updates_trigger()",
    "SET session_replication_role = replica",
    "CREATE TABLE treatments_more (id int)",
    "CREATE TEMPORARY TABLE treatments_event (id int)",
    "DROP TABLE treatments_event CASCADE",
    "SELECT set_config('clinic.purging', 'treatments_event', true); DELETE FROM treatments_event",
    "UPDATE auth_group SET name = 'x'",
    "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT g.id, p.id FROM auth_group g, auth_permission p",
)


@pytest.mark.postgres
def test_it_can_not_change_an_event_whatever_it_tries(running, clinic):
    clinic.new()
    before = list(Event.objects.order_by("pk").values())
    for tried in TRIES:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(tried)
    with pytest.raises(ProgrammingError):
        purge_events(timezone.now())
    assert list(Event.objects.order_by("pk").values()) == before


@pytest.mark.postgres
def test_who_was_granted_too_much_still_lifts_no_guard(role, clinic):
    """The triggers believe only the owner that it purges."""
    clinic.new()
    before = Event.objects.count()
    as_owner(f"GRANT UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
    connect_as(ROLE, "run")
    for tried in ("DELETE FROM treatments_event", "UPDATE treatments_event SET asked = 'x'"):
        with pytest.raises(IntegrityError, match="append-only"), guards_lifted(Event):
            as_owner(tried)
    assert Event.objects.count() == before


@pytest.mark.postgres
def test_it_can_not_lift_the_lock_of_what_was_sent(running, clinic):
    sent = clinic.new().submission
    for change in (
        lambda rows: rows.update(language="es"),
        lambda rows: rows._raw_delete("default"),
    ):
        with pytest.raises(Error, match="never changed"), guards_lifted(Submission):
            change(Submission.objects.filter(pk=sent.pk))
    assert fresh(sent).language == sent.language


@pytest.mark.postgres
def test_the_checks_say_who_owns_the_tables_and_what_was_not_granted(role, settings, monkeypatch):
    settings.DEBUG = settings.DEMO = False

    def said(deploy: bool = False) -> list[str]:
        checks = (run_role.the_app_owns_no_table,) if deploy else (run_role.another_role_runs_the_app,)
        return [each.id for check in checks for each in check(None, databases=["default"])]

    # The owner, who migrates for another role, and who runs the app nevertheless.
    assert said() == [] and said(deploy=True) == ["treatments.W003"]
    as_owner(f"REVOKE INSERT ON treatments_event FROM {ROLE}")
    assert said() == ["treatments.W003"] and said(deploy=True) == []
    as_owner(f"GRANT UPDATE ON treatments_event TO {ROLE}")
    connect_as(ROLE, "run")
    assert said() == ["treatments.E002", "treatments.W004"] and said(deploy=True) == []


@pytest.mark.postgres
def test_what_was_granted_too_much_is_taken_back(role, settings):
    settings.DEBUG = settings.DEMO = False
    as_owner(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
    assert grant() == f"{ROLE} may run the app: rights on {len(run_role.rights())} tables.\n"
    connect_as(ROLE, "run")
    assert run_role.another_role_runs_the_app(None, databases=["default"]) == []


@pytest.mark.postgres
def test_no_role_gets_the_rights_that_could_act_as_the_owner(role):
    for name, words in (
        ("nobody_at_all", "There is no role"),
        (connection.settings_dict["USER"], "can act as"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("grant_app_role", name)


def test_the_tables_that_are_only_added_to_are_those_with_triggers():
    append_only = {run_role.table_of(label) for label in run_role.APPEND_ONLY}
    assert guarded_tables() == append_only | {"intake_submission"}
    rights = run_role.rights()
    assert {rights[table] for table in append_only} == {("SELECT", "INSERT")}


def test_every_table_of_the_database_has_its_rights():
    with connection.cursor() as cursor:
        assert set(connection.introspection.table_names(cursor)) == set(run_role.rights())
