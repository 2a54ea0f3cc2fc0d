"""The clinic says who it is on paper: each change a version, and an event."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.fields.characters import writable
from treatments import permissions
from treatments.models import ClinicProfile
from treatments.triage.versions import add_version, called, may_set, was
from treatments.workflow import Refused
from treatments.workflow.clinic_numbers import is_npi, is_tin
from treatments.workflow.events import PROFILE_CHANGED

MOST_ADDRESS_LINES = 5


@transaction.atomic
def change_profile(*, actor: User, seen: int, wanted: ClinicProfile, at: datetime | None = None) -> None:
    """Store what is ``wanted``, not saved yet, as a new version; ``seen`` is the one the actor had before them."""
    may_set(actor, permissions.SET_CLINIC)
    for name in ClinicProfile.SET:
        setattr(wanted, name, str(writable(getattr(wanted, name))).replace("\r\n", "\n").strip())
    if refused := next(iter(faults_of(wanted).values()), ""):
        raise Refused(refused)
    before = ClinicProfile.newest()
    pairs = [
        (called(ClinicProfile, name), getattr(before, name), getattr(wanted, name))
        for name in ClinicProfile.SET
    ]
    add_version(
        PROFILE_CHANGED,
        actor=actor,
        before=before,
        wanted=wanted,
        seen=seen,
        changes=[was(name, old or "–", new or "–") for name, old, new in pairs if old != new],
        at=at or timezone.now(),
    )


def faults_of(profile: ClinicProfile) -> dict[str, str]:
    """What is wrong, by field."""
    faults = {}
    if not profile.legal_name:
        faults["legal_name"] = _("Write the clinic's legal name.")
    if not profile.phone:
        faults["phone"] = _("Write the clinic's phone.")
    if len(profile.address.splitlines()) > MOST_ADDRESS_LINES:
        faults["address"] = _("At most %(most)d lines: it stands on every paper.") % {
            "most": MOST_ADDRESS_LINES
        }
    if profile.npi and not is_npi(profile.npi):
        faults["npi"] = _("An NPI has ten digits, and the last one checks the others. Look at it again.")
    if profile.tin and not is_tin(profile.tin):
        faults["tin"] = _("A TIN has nine digits, for example 12-3456789.")
    return faults
