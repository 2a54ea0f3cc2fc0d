"""What stood in the database of an earlier release, and what the migrations make of it."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.conftest import RECORD
from tests.machine import Machine
from treatments.models import Referral
from treatments.triage.risk import assess_risk

NOW = "2026-11-01 10:{:02}:00"
FORM = "0123456789abcdef0123456789abcdef"
LATER_FORM = "fedcba9876543210fedcba9876543210"


def insert(machine: Machine, table: str, **columns: object) -> None:
    places = ", ".join("?" * len(columns))
    machine.write(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", *columns.values())  # noqa: S608


def an_unsent_form(machine: Machine, key: str) -> None:
    texts = {"state": "draft", "source": "web", "language": "en", "surname": "Lee"}
    times = {"saved_at": NOW.format(0), "created_at": NOW.format(0)}
    insert(machine, "intake_submission", id=key, answers="{}", progress="{}", **texts, **times)


def an_alarm(machine: Machine, pk: int, form: str) -> None:
    row = {"danger": "phq9.item9", "urgency": "same_day", "raised_at": NOW.format(pk)}
    insert(machine, "intake_alarm", id=pk, submission_id=form, **row)


def acknowledged(machine: Machine, alarm: int, at: int, done: str) -> None:
    insert(machine, "treatments_acknowledgement", alarm_id=alarm, actor_id=1, at=NOW.format(at), done=done)


@pytest.mark.sqlite
@pytest.mark.walk
def test_acknowledged_alarms_close_an_alert_only_as_far_as_none_stays_open(tmp_path):
    machine = Machine(tmp_path)
    machine.run("migrate", "-v0", "auth")
    machine.run("migrate", "-v0", "treatments", "0004_alert_entries")
    machine.python("from django.contrib.auth.models import User; User.objects.create(username='cora')")
    an_unsent_form(machine, FORM)
    for pk in (1, 2, 3, 4):
        an_alarm(machine, pk, FORM)
    an_unsent_form(machine, LATER_FORM)
    an_alarm(machine, 5, LATER_FORM)
    acknowledged(machine, 2, 20, "Called again, safe at home.")
    acknowledged(machine, 1, 30, "Spoke with the sister.")
    acknowledged(machine, 4, 40, "Left a message.")  # the third is still open
    machine.run("migrate", "-v0")
    entries = machine.python(
        "from treatments.models import Alert, AlertEntry\n"
        "for row in AlertEntry.objects.order_by('at'): print(row.kind, row.newest_alarm_id, row.text, row.by)\n"
        "for row in Alert.objects.order_by('pk'): print(row.pk.hex, row.open_now)"
    )
    assert entries.splitlines() == [
        "note 2 Called again, safe at home. cora",
        "closed 2 Spoke with the sister. cora",
        "note 4 Left a message. cora",
        f"{FORM} True",
        f"{LATER_FORM} True",
    ]


def test_a_referral_that_was_assessed_names_its_newest_assessment(clinic):
    referral, other = clinic.in_review(), clinic.in_review()
    for _time in range(2):
        assess_risk(referral=referral, actor=clinic.cast.clara, recorded=RECORD, level="low", how="phone")
    Referral.objects.update(newest_risk=None)
    import_module("treatments.migrations.0026_newest_risk").name_the_newest(apps, None)
    referral.refresh_from_db()
    other.refresh_from_db()
    assert referral.newest_risk == referral.risk_assessments.order_by("-pk").first()
    assert other.newest_risk is None
