"""The tick: does what is due, survives faults and kill -9, and ends with the server it runs beside."""

import io
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from intake.models import Alarm, OutgoingMail, Submission
from intake.questionnaire import kept_answers
from intake.questionnaire.dangers import DANGERS
from tests import servers
from tests.conftest import fresh, sent_intake
from tests.intake import pat
from tests.machine import ROOT, Machine, alive, kill, of_make_run, wait_for
from tests.treatments.alerts import alert_of, close
from treatments.management.commands import tick as command
from treatments.models import Referral
from treatments.triage import assessment
from treatments.triage.draft_expiry import expire_drafts
from treatments.workflow import Refused


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


def tick() -> None:
    call_command("tick", "--once", stdout=io.StringIO())


# --- One pass -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_pass_assesses_what_a_kill_left_unassessed_and_nothing_else(a_referral):
    """Assessing follows the commit of the form, which a test never makes: so it looks after a kill between them."""
    left = Referral.objects.get(submission=sent_intake())
    assert not left.is_assessed
    assessed = a_referral()
    tick()
    assert [fresh(each).events.filter(kind="assessed").count() for each in (left, assessed)] == [1, 1]
    assert fresh(left).is_assessed and fresh(left).findings


@pytest.mark.django_db
def test_a_pass_ends_in_time_for_the_alarms_however_many_were_left(monkeypatch):
    left = [Referral.objects.get(submission=sent_intake()) for _each in range(2)]
    monkeypatch.setattr(assessment, "MOST", 1)
    assert assessment.assess_left_behind() == 1
    monkeypatch.setattr(assessment, "LONGEST_PASS", -1)
    assert assessment.assess_left_behind() == 0
    assert [fresh(each).is_assessed for each in left] == [True, False]


@pytest.mark.django_db
def test_a_referral_that_cannot_be_assessed_holds_up_neither_the_others_nor_the_pass(monkeypatch):
    broken, sound = (Referral.objects.get(submission=sent_intake()) for _ in range(2))
    real = assessment.assessment_to_keep

    def fails(referral: Referral) -> dict:
        if referral.pk == broken.pk:
            raise Refused("a rule fails")
        return real(referral)

    monkeypatch.setattr(assessment, "assessment_to_keep", fails)
    tick()
    assert [fresh(each).is_assessed for each in (broken, sound)] == [False, True]


@pytest.mark.django_db
def test_what_somebody_else_assessed_meanwhile_is_not_assessed_again(a_referral):
    referral = a_referral()
    assert not assessment.assess_referral(referral, once=True)
    assert referral.events.filter(kind="assessed").count() == 1


@pytest.mark.django_db
def test_one_pass_sends_mail_tells_on_call_staff_and_deletes_what_has_expired(client, settings, clock):
    pat.begin(client)
    clock.shift(timedelta(days=30))
    client.session.flush()
    pat.begin(client)
    pat.save(client, "name")
    pat.save(client, "contact")
    pat.save(client, "past", safety__harm_to_others="yes")
    client.post(reverse("intake:mail-link"))
    settings.ON_CALL_EMAIL = "on-call@clinic.example"
    tick()
    assert [each.to for each in mail.outbox] == [["on-call@clinic.example"], ["pat@example.org"]]
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_sweep_that_fails_keeps_no_other_from_its_work_and_is_tried_again_at_the_next_pass(
    monkeypatch, caplog
):
    OutgoingMail.objects.create(purpose="come_back", to="pat@example.org", subject="Hello", body="Text")
    tried = []

    def broken():
        tried.append(1)
        raise DatabaseError("pat@example.org stands in these words")

    todo = command.jobs()
    todo[0].sweep = todo[2].sweep = broken
    with caplog.at_level(logging.DEBUG):
        assert not command.run_pass(todo)
        assert not command.run_pass(todo)
    assert len(mail.outbox) == 1
    assert len(tried) == 4
    assert "on-call notices failed: DatabaseError" in caplog.text
    assert "pat@example.org" not in caplog.text


@pytest.mark.django_db
def test_expiry_is_swept_once_an_hour_and_alarms_and_mail_at_every_pass(monkeypatch):
    made = []
    todo = command.jobs()
    for job in todo:
        job.sweep = lambda job=job: made.append(job.name)
    for _number in range(3):
        command.run_pass(todo)
    assert made.count("on-call notices") == made.count("mail") == 3
    assert made.count("expired drafts") == made.count("old rows") == 1


# --- Expired drafts with alarms ---------------------------------------------------------------------


@pytest.fixture
def alarmed(client, db) -> Submission:
    """A draft with an alarm, abandoned."""
    pat.begin(client)
    pat.save(client, "name")
    pat.save(client, "contact")
    pat.save(client, "thoughts", safety__cssrs__q1="yes", safety__cssrs__q2="no")
    client.post(reverse("intake:make-code"))
    client.post(reverse("intake:mail-link"))
    return pat.draft_of(client)


def test_a_draft_with_an_alarm_stays_whole_until_its_alert_is_closed(alarmed, cast, clock):
    clock.shift(timedelta(days=400))
    call_command("expire_drafts", stdout=io.StringIO())
    assert Submission.objects.get().answers == alarmed.answers
    close(alert_of(alarmed), cast.clara)
    told = io.StringIO()
    call_command("expire_drafts", stdout=told)
    assert told.getvalue().startswith("1 ")
    kept = Submission.objects.get()
    assert kept.answers == {"safety": {"cssrs": {"q1": "yes"}}}
    assert (kept.surname, kept.born_on) == ("", None)
    assert expire_drafts() == 0


def test_of_an_expired_draft_with_alarms_staff_keep_the_alert_and_nobody_can_open_the_rest(
    alarmed, cast, clock, client, signed_in
):
    close(alert_of(alarmed), cast.clara)
    clock.shift(timedelta(days=30))
    expire_drafts()
    assert not alarmed.resume_keys.exists() and not alarmed.mail.exists()
    assert client.get(reverse("intake:tasks")).status_code == 404
    with pytest.raises(Submission.DoesNotExist):
        Submission.save_email(alarmed.pk, "pat@example.org")
    page = reverse("admin:treatments_alert_change", args=[Alarm.objects.get().pk])
    seen = signed_in(cast.clara).get(page)
    assert seen.status_code == 200
    assert "Called, is safe." in seen.content.decode()
    assert "Lee" not in seen.content.decode()


def test_a_draft_saved_again_while_the_sweep_runs_is_not_deleted(client, db, clock):
    draft = pat.begin(client)
    clock.shift(timedelta(days=30))
    assert list(Submission.objects.expired(timezone.now())) == [draft]
    Submission.objects.filter(pk=draft.pk).update(saved_at=timezone.now())
    assert Submission.expire(draft.pk) is False


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: danger.key)
def test_what_is_kept_for_an_alarm_is_what_it_names_and_no_more(danger):
    everything = {
        "about": {"first_name": "Pat", "date_of_birth": "1984-05-14"},
        "mood": {"phq9": [1] * 9, "phq9_difficulty": 2},
        "safety": {
            "cssrs": {f"q{number}": "yes" for number in (1, 2, 3, 4, 5, 6)} | {"q6_recent": "yes"},
            "asq": {f"q{number}": "yes" for number in (1, 2, 3, 4, 5)},
            "harm_to_others": "yes",
        },
        "history": {"voices_command": "yes", "not_eating_or_moving": "yes", "high_now": "no"},
        "substances": {"withdrawal_symptoms": "yes", "stopped_heavy_use_last_7_days": "yes"},
        "health": {
            "new_symptoms": ["fever", "tremor"],
            "chest_pain_or_stroke_signs_now": "yes",
            "bp_systolic": 190,
            "bp_diastolic": 130,
            "bp_date": "2026-11-20",
        },
    }
    kept = kept_answers.answers_named(everything, [danger.key])
    assert danger.is_met(kept)
    leaves = [f"{section}.{key}" for section, values in kept.items() for key in values]
    assert sorted(leaves) == sorted({".".join(path.split(".")[:2]) for path in danger.paths})


def test_answers_of_several_alarms_are_kept_together():
    answers = {"safety": {"cssrs": {"q1": "yes", "q2": "yes", "q3": "no"}}}
    assert kept_answers.answers_named(answers, ["cssrs_q1", "cssrs_q2", "gone"]) == {
        "safety": {"cssrs": {"q1": "yes", "q2": "yes"}}
    }


# --- kill -9 --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Machine:
    made = Machine(tmp_path_factory.mktemp("clinic"))
    made.migrate()
    return made


A_MAIL = """
from intake.models import OutgoingMail
OutgoingMail.objects.create(purpose="come_back", to="pat@example.org", subject="Hello", body="Text")
"""
AN_ALARM = """
from intake.questionnaire.intake import INTAKE
from intake.models import Alarm, Submission
draft = Submission.objects.create()
Submission.save_page(draft.pk, INTAKE.by_slug["past"], {"safety": {"harm_to_others": "yes"}})
alarm = Alarm.objects.latest("pk")
print(alarm.pk, alarm.raised_at.timestamp())
"""

# Killed after the commit that the patient hears of, before the rules run.
A_FORM = """
import os, signal
from intake.models import Submission
from tests.documents import worked_example
from treatments.triage import intake_received
def killed(*given, **more): os.kill(os.getpid(), signal.SIGKILL)
intake_received.assess_referral = killed
Submission.from_document(worked_example("v01")["document"], Submission.Source.PAPER)
"""


def let_holds_end(machine: Machine) -> None:
    """Instead of waiting for the hold of the killed process to end."""
    now = f"{timezone.now():%Y-%m-%d %H:%M:%S}"
    machine.write("UPDATE intake_outgoingmail SET due_at = ? WHERE sent_at IS NULL", now)
    machine.write("UPDATE treatments_oncallnotice SET due_at = ?", now)


def left(machine: Machine) -> tuple[int, int]:
    """How many mails were not sent, and how many alarms nobody was told of."""
    (mails,) = machine.read(
        "SELECT count(*) FROM intake_outgoingmail WHERE sent_at IS NULL AND given_up_at IS NULL"
    )
    (notices,) = machine.read("SELECT count(*) FROM treatments_oncallnotice WHERE times = 0")
    return *mails, *notices


def test_a_tick_killed_while_the_mail_server_takes_a_mail_loses_none(machine):
    with servers.mailbox() as box:
        smtp = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(box.port)}
        machine.python(A_MAIL * 2)
        box.hanging = True
        killed = machine.command("tick", "--once", **smtp)
        assert box.arrived.wait(30)
        kill(killed)
        assert left(machine) == (2, 0)
        box.hanging = False
        box.go_on.set()
        let_holds_end(machine)
        machine.run("tick", "--once", **smtp)
        assert left(machine) == (0, 0)
    # The mail that was under way came twice: never not at all.
    assert len(box.got) == 3


def test_a_tick_killed_while_it_tells_on_call_staff_tells_them_again(machine):
    with servers.receiver() as receiver:
        machine.python(AN_ALARM)
        receiver.hanging = True
        killed = machine.command("tick", "--once", ON_CALL_WEBHOOK=receiver.url)
        assert receiver.arrived.wait(30)
        kill(killed)
        assert left(machine) == (0, 1)
        receiver.hanging = False
        receiver.go_on.set()
        let_holds_end(machine)
        machine.run("tick", "--once", ON_CALL_WEBHOOK=receiver.url)
        assert left(machine) == (0, 0)
    assert receiver.got[0] == receiver.got[1]


def test_a_form_whose_server_was_killed_before_the_rules_ran_is_assessed_within_a_minute(machine):
    for _each in range(3):
        killed = machine.command("shell", "--no-imports", "-c", A_FORM)
        killed.communicate(timeout=60)
        assert killed.returncode == -signal.SIGKILL
    unassessed = "SELECT count(*) FROM treatments_referral WHERE assessed_at IS NULL"
    assert machine.read(unassessed) == [(3,)]
    began = time.monotonic()
    running = machine.command("tick")
    try:
        wait_for(lambda: machine.read(unassessed) == [(0,)], seconds=60)
        assert time.monotonic() - began < 60
    finally:
        running.terminate()
        running.communicate(timeout=30)
    assert machine.read("SELECT count(*) FROM treatments_event WHERE kind = 'assessed'") == [(3,)]


def test_a_running_tick_tells_on_call_staff_within_a_minute_of_the_answer(machine):
    """Timed for real, over both ways: the alarm is written by one process and heard of through another."""
    with servers.receiver() as receiver, servers.mailbox() as box:
        running = machine.command(
            "tick",
            ON_CALL_WEBHOOK=receiver.url,
            ON_CALL_EMAIL="on-call@clinic.example",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(box.port),
        )
        try:
            alarm, raised_at = machine.python(AN_ALARM).split()
            until = float(raised_at) + 60
            link = f"/alert/{alarm}/"
            posted = mailed = False
            while time.time() < until and not (posted and mailed):
                posted = any(link in each["url"] for each in receiver.got)
                mailed = any(link in each for each in box.got)
                time.sleep(0.05)
            assert (posted, mailed) == (True, True)
            assert time.time() < until
        finally:
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=30) == 0
            running.stdout.close()


@pytest.fixture
def beside_a_server(machine, tmp_path):
    """The shell's part of ``make run``: the tick in its loop, and a process that stands for the server."""
    note = tmp_path / "pid"
    tick = of_make_run(r"\{ while [^\n]*tick[^\n]* & \}").replace(" --beside", " --every 1 --beside")
    noted = tick.replace(
        f"{sys.executable} ", f'sh -c \'echo $$ > "{note}"; exec "$0" "$@"\' {sys.executable} '
    )
    server = subprocess.Popen(["sh", "-c", f"{noted} && exec sleep 60"], cwd=ROOT, env=machine.environment)
    yield server, lambda: int(note.read_text()) if note.exists() and note.read_text().strip() else 0
    server.kill()
    server.wait(timeout=30)


def test_a_tick_that_is_killed_is_started_again(beside_a_server):
    _server, number = beside_a_server
    wait_for(lambda: number() and alive(number()))
    killed = number()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: number() != killed and alive(number()))


def test_a_tick_beside_a_server_ends_when_the_server_is_killed(beside_a_server):
    server, number = beside_a_server
    wait_for(lambda: number() and alive(number()))
    server.kill()
    server.wait(timeout=30)
    ended = number()
    wait_for(lambda: not alive(ended))
    time.sleep(1.5)  # longer than the pause after which a killed one is started again
    assert number() == ended
