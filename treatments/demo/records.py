"""Requests for records and letters of stories: asked for, printed, released, sent, and what became of them."""

from typing import Any

from treatments.demo.step import Step, step

PHARMACY = {
    "to_name": "Corner Pharmacy (invented)",
    "to_role": "pharmacy",
    "phone": "+1 212 555 0161",
    "fax": "+1 212 555 0162",
    "what": "fills of all antidepressants since 2021: dose, dates",
}
HOSPITAL = {
    "to_name": "Riverbend Hospital (invented)",
    "to_role": "hospital",
    "phone": "+1 212 555 0163",
    "what": "discharge letters of the last five years",
}
NEUROLOGY = {
    "to_name": "Dr. Ima Sample, neurology (invented)",
    "to_role": "prescriber",
    "fax": "+1 212 555 0164",
    "what": "last visit note and opinion on magnetic stimulation",
}
THERAPIST = {
    "to_name": "Jo Placeholder, therapist (invented)",
    "to_role": "therapist",
    "what": "kind of therapy, number of sessions, dates",
}
CAME = {
    "came": "Printout of both stores, 2021 to now.",
    "pages": 6,
    "where": "Fax folder, page 3",
    "seen_by": "Carl Testa",
}


def asked(when: str, who: str, whom: dict[str, Any], **on: str) -> tuple[Step, ...]:
    """A request is begun, and it and the release are printed."""
    return (
        step(when, who, "request_record", **whom, **on),
        step("4 min", who, "print_request", **on),
        step("1 min", who, "print_release", purpose="planning care", until_in_days=365, **on),
    )


def sent(when: str, who: str, due_in_days: int | None = None, **on: str) -> tuple[Step, ...]:
    """The release came back signed, and the request was faxed."""
    due = {} if due_in_days is None else {"due_in_days": due_in_days}
    return (
        step(when, who, "record_release", in_days=0, **on),
        step(
            "3 min", who, "print_cover", about="R", office="The office", fax="+1 212 555 0162", pages=3, **on
        ),
        step("5 min", who, "send_record_request", in_days=0, **due, **on),
    )


def wrote_letter(when: str, who: str, occasion: str, **on: str) -> tuple[Step, ...]:
    """To the doctor who sent the person; it goes by fax."""
    doctor = {"to_name": "Dr. Alex Muster (invented)", "confirmed": True, "agreed": True, "agreed_in_days": 0}
    return (
        step(when, who, "write_letter", occasion=occasion, **doctor, **on),
        step(
            "3 min",
            who,
            "print_cover",
            about="L",
            office="Primary care",
            fax="+1 212 555 0166",
            pages=2,
            **on,
        ),
    )
