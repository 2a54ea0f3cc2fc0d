"""What people told and staff wrote stands nowhere in the database's files: a canary in each sealed value, then a search.

In the file of SQLite and its log of writes, or in a dump of PostgreSQL.
"""

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from intake.encryption.columns import SealedColumn
from intake.models import Amendment, Message, Question, Submission
from intake.questionnaire.intake import INTAKE
from tests import proving
from tests.conftest import Clinic, all_read, fresh
from tests.treatments import payer
from tests.treatments.alerts import alert_of, close
from treatments.models import Referral
from treatments.reading.letters import offers
from treatments.triage.access_log import exported
from treatments.triage.consults import book, give_feedback
from treatments.triage.contacts import log_contact, make_caring_contact
from treatments.triage.coverage import set_coverage
from treatments.triage.duplicates import link_duplicate
from treatments.triage.letters import write_letter
from treatments.triage.notes import add_note
from treatments.triage.record_requests import (
    print_request,
    receive_record,
    record_release,
    request_record,
    send_record_request,
)
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.workflow.risk import PARTS

PLAIN = "kanariplain"  # a name, which lists must read: the search finds it
OTHERS = INTAKE.by_slug["past"]


def sealed_columns() -> dict[str, SealedColumn]:
    """Every sealed column there is, by its table and name."""
    return {
        f"{model._meta.db_table}.{field.attname}": field
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, SealedColumn)
    }


def canary(column: str) -> str:
    """A word of its own for each column."""
    return "kanari" + column.replace("_", "").replace(".", "").replace("treatments", "").replace("intake", "")


# What is a code or made by the rules holds no word of ours: these pieces of it stand nowhere else.
CODED = {
    "intake_alarm.answer": '"harm_to_others": "yes"',
    "intake_alarmchange.answer": '"harm_to_others": "no"',
    "intake_question.fields": '"about.pronouns"',
    "treatments_recordrequest.to_role": "pharmacy",
    "treatments_recordrequest.paths": "antidepressants.trials[0]",
    "treatments_coverage.contracted": "not_sure",
    "treatments_coverage.line": "public_employees",
    "treatments_coverage.packs": '"GENERIC-TMS"',
    "treatments_coverage.payer": "western_health",
    "treatments_coverage.relation": "spouse",
    "treatments_entry.about": "antidepressants.trials[1]",
    "treatments_entry.key": "height_weight",
    "treatments_event.assessment": '"because"',
    "treatments_evidence.about": "antidepressants.trials[0]",
    "treatments_evidence.kind": "device_card",
    "treatments_score.said": '"madrs"',
    "treatments_riskassessment.covers": '"digest": "',
}


def walk(clinic: Clinic) -> None:
    """Everything that is sealed, written by the real actions."""
    cora, clara = clinic.cast.cora, clinic.cast.clara
    told = {"about.first_name": PLAIN, "reason.goals": canary("intake_submission.answers")}
    # A draft that says something unsafe, and takes it back.
    draft = Submission.begin()
    for answer in ("yes", "no"):
        Submission.save_page(draft.pk, OTHERS, {"safety": {"harm_to_others": answer}})
    words = {"history.first_episode_age": canary("intake_submission.unread")}
    Submission.save_page(draft.pk, OTHERS, {}, unread=words)
    close(alert_of(draft), clara, done=canary("treatments_alertentry.text"))
    # A form that is sent, asked about, written about, tried by phone, assessed and routed.
    held = clinic.in_review(
        **told,
        **{"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes", "q5": "no", "q6": "no"}},
    )
    asked = Question.ask(
        held.submission, message=canary("intake_question.message"), fields=["about.pronouns"]
    )
    asked.keep({"about.pronouns": canary("intake_amendment.changes")})
    Question.end_open(held.submission_id, Question.End.TAKEN_BACK)
    Amendment.tell(
        held.submission, {"health.stroke": "no"}, at=timezone.now(), said_at=timezone.now(), how="phone", by=cora,
        as_told_by="family", informant=canary("intake_amendment.informant"),
        notes={"health.stroke": canary("intake_amendment.notes")},
    )  # fmt: skip
    Message.write(held.submission, text=canary("intake_message.text"), key=uuid4())
    log_contact(
        referral=held, actor=cora, channel="call", outcome="no_answer",
        note=canary("treatments_contactattempt.note"),
    )  # fmt: skip
    make_caring_contact(referral=fresh(held), actor=clara, note=canary("treatments_caringcontact.note"))
    of_risk = {part: canary(f"treatments_riskassessment.{part}") for part in PARTS}
    tomorrow = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": clara}
    assess_risk(
        referral=fresh(held), actor=clara, recorded=of_risk, level="high", how="phone", hold="release",
        release_at_high=True, carried_by=canary("treatments_riskassessment.carried_by"),
        also_with=canary("treatments_riskassessment.also_with"), **tomorrow,
    )  # fmt: skip
    routed = clinic.in_review(**told)
    add_note(referral=routed, actor=cora, note=canary("treatments_event.note"))
    route(
        referral=fresh(routed), actor=cora, treatments=["tms"], reason=canary("treatments_consult.why"),
        read=all_read(cora, fresh(routed)),
    )  # fmt: skip
    give_feedback(
        consult=routed.consults.get(), actor=clinic.cast.tess, verdict="incomplete",
        note=canary("treatments_feedback.note"),
    )  # fmt: skip
    consult = clinic.move(routed.consults.get(), "accepted")
    of_visit = {key: canary(f"treatments_visit.{key}") for key in ("place", "with_whom", "bring", "message")}
    book(consult=consult, actor=clinic.cast.tess, day=timezone.localdate() + timedelta(days=1), **of_visit)
    link_duplicate(
        referral=fresh(held), actor=cora, other=fresh(routed), note=canary("treatments_duplicatelink.note")
    )
    on_paper(fresh(routed), cora)
    pays(routed, clinic)
    exported(referral=None, actor=cora, details={"form": canary("treatments_event.details")})


def on_paper(referral: Referral, actor: User) -> None:
    """A request for records that was answered, and a letter."""
    to, today = {"referral": referral, "actor": actor}, timezone.localdate()
    of_request = {
        key: canary(f"treatments_recordrequest.{key}") for key in ("to_name", "phone", "fax", "what")
    }
    request_record(**to, to_role="pharmacy", paths=["antidepressants.trials[0]"], **of_request)
    print_request(**to)
    record_release(**to, day=today)
    send_record_request(**to, day=today)
    came = {"came": canary("treatments_recordrequest.received"), "where": "folder", "seen_by": "Cora"}
    receive_record(**to, day=today, pages=1, **came)
    offer = offers(actor, referral)[0]
    of_letter = {key: canary(f"treatments_letter.{key}") for key in ("to_name", "to_place")}
    text = canary("treatments_letter.text") + canary("treatments_printedpaper.body")
    agreed = {"confirmed": True, "agreed": True, "agreed_on": today}
    write_letter(**to, occasion=offer.key, text=text, **of_letter, **agreed)


def pays(referral: Referral, clinic: Clinic) -> None:
    """What pays for somebody, and what supports their answers."""
    texts = ("plan", "member_id", "group_number", "subscriber", "payer_phone", "payer_fax", "benefits_note")
    said = {key: canary(f"treatments_coverage.{key}") for key in texts}
    coded = {"line": "public_employees", "contracted": "not_sure", "relation": "spouse"}
    set_coverage(
        referral=fresh(referral), actor=clinic.cast.cora, payer="other", packs={"tms": "GENERIC-TMS"},
        payer_name=canary("treatments_coverage.payer_name"), said=said | coded,
    )  # fmt: skip
    set_coverage(referral=fresh(referral), actor=clinic.cast.cora, payer="western_health", rank=2)
    told = {key: canary(f"treatments_evidence.{key}") for key in ("says", "informant", "place")}
    payer.seen(referral, clinic, kind="device_card", **told)
    payer.entered(referral, clinic, "height_weight", canary("treatments_entry.value"))
    payer.entered(referral, clinic, "madrs", "31")
    payer.judged(referral, clinic, "max_tolerated", "yes", about="antidepressants.trials[1]")


def files() -> bytes:
    """All that the database would leave to whoever takes the disk: without closing it, so with its log of writes."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        own = Path(told["NAME"])
        return b"".join(file.read_bytes() for file in sorted(own.parent.glob(f"{own.name}*")))
    address = ["-h", told["HOST"], "-p", str(told["PORT"] or 5432), "-U", told["USER"], told["NAME"]]
    return subprocess.run(["pg_dump", *address], capture_output=True, check=True).stdout


def values_of(column: SealedColumn) -> str:
    """What the rows of a sealed column say once they are opened."""
    return json.dumps([getattr(row, column.attname) for row in column.model._base_manager.all()])


@pytest.fixture
def stored(real_database, clinic) -> bytes:
    walk(clinic)
    return files()


def test_nothing_sealed_is_found_in_the_databases_files(stored):
    for name, column in sealed_columns().items():
        word = CODED.get(name, canary(name))
        assert json.dumps(word)[1:-1] in json.dumps(values_of(column)), f"{name}: no canary was written"
        for form in (word.encode(), word.encode().hex().encode(), json.dumps(word)[1:-1].encode()):
            assert form not in stored, name
    assert PLAIN.encode() in stored  # the search finds what is there
    proving.figure(
        f"a canary in each of {len(sealed_columns())} sealed columns: 0 hits in {len(stored):,} bytes of files"
    )


def test_the_search_would_find_a_value_that_was_stored_plain(real_database, clinic):
    referral = clinic.new()
    type(referral).objects.filter(pk=referral.pk).update(email=canary("treatments_event.note"))
    assert canary("treatments_event.note").encode() in files()
    proving.control("a value stored plain is found in the files")
