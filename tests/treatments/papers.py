"""Requests for records, letters and papers that tests are about, made by the real actions."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from tests.conftest import Clinic, fresh
from treatments.models import Consult, PrintedPaper, RecordRequest, Referral
from treatments.reading.letters import offers
from treatments.triage.letters import write_letter
from treatments.triage.record_requests import (
    cancel_record_request,
    chase_record_request,
    print_request,
    receive_record,
    record_release,
    refuse_record_request,
    request_record,
    send_record_request,
)

ASKED = {
    "to_name": "Corner Pharmacy",
    "to_role": "pharmacy",
    "phone": "+1 212 555 0141",
    "fax": "+1 212 555 0142",
    "what": "fills of sertraline since 2024: dose, dates",
}
CAME = {"came": "Printout of two years", "pages": 3, "where": "fax folder, page 3", "seen_by": "Cora"}
LETTER = {"to_name": "Dr. Robin Sample", "confirmed": True, "agreed": True}
# What is done for a request to stand there.
WALK = {
    "signed": (),
    "sent": ("sent",),
    "chased": ("sent", "chased"),
    "received": ("sent", "received"),
    "refused": ("sent", "refused"),
    "canceled": ("canceled",),
}


def page_of(row: Referral | Consult, part: str = "") -> str:
    """Of the desk or of a team; ``part`` is what lies below it."""
    model = f"{row.treatment}consult" if isinstance(row, Consult) else "referral"
    return reverse(f"admin:treatments_{model}_change", args=[row.pk]) + part


def on(row: Referral | Consult) -> dict[str, Any]:
    row = fresh(row)
    return {"consult": row} if isinstance(row, Consult) else {"referral": row}


def request_of(row: Referral | Consult) -> RecordRequest:
    referral = row.referral if isinstance(row, Consult) else row
    return referral.record_requests.latest("pk")


def ask(row: Referral | Consult, actor: User, state: str = "draft", **more) -> RecordRequest:
    """A request for records in this ``state``; "signed": a draft whose release is signed."""
    today = timezone.localdate()
    request_record(**on(row), actor=actor, **{**ASKED, **more})
    if state != "draft":
        record_release(**on(row), actor=actor, day=today)
    for step in WALK.get(state, ()):
        if step == "sent":
            send_record_request(**on(row), actor=actor, day=today)
        if step == "chased":
            chase_record_request(**on(row), actor=actor)
        if step == "received":
            receive_record(**on(row), actor=actor, day=today, **CAME)
        if step == "refused":
            refuse_record_request(**on(row), actor=actor, note="no release on file")
        if step == "canceled":
            cancel_record_request(**on(row), actor=actor, note="not needed")
    return request_of(row)


def requested(clinic: Clinic, state: str = "draft", **changes) -> Referral:
    """In review by Cora, with one request of the desk."""
    referral = clinic.in_review(**changes)
    ask(referral, clinic.cast.cora, state)
    return fresh(referral)


def print_one_of(row: Referral | Consult, actor: User) -> PrintedPaper:
    ask(row, actor)
    print_request(**on(row), actor=actor)
    return PrintedPaper.objects.latest("pk")


def letter_on(
    row: Referral | Consult, actor: User, text: str = "Dear {recipient}, thank you."
) -> PrintedPaper:
    """About the newest occasion."""
    offer = offers(actor, row.referral if isinstance(row, Consult) else row)[0]
    agreed = {"agreed_on": timezone.localdate() - timedelta(days=1)}
    write_letter(**on(row), actor=actor, occasion=offer.key, text=text, **LETTER, **agreed)
    return PrintedPaper.objects.latest("pk")
