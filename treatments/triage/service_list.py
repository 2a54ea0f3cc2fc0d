"""The clinic keeps its list of outside services: each change a version, and an event."""

import re
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.characters import writable
from treatments import permissions
from treatments.models import OutsideServiceVersion
from treatments.triage.versions import add_version, called, may_set, was
from treatments.workflow import Refused
from treatments.workflow.events import SERVICE_CHANGED
from treatments.workflow.outside_services import OUTSIDE_SERVICES, health_word_in

TEXTS = ("name", "phones", "address", "web", "languages", "hours")
SHOWN_TO_PATIENTS = ("name", "phones", "address", "languages", "hours")
FOUND_TWICE = gettext_lazy("Somebody else has added a service at the same moment. Look at the list again.")


@transaction.atomic
def change_service(
    *, actor: User, service: int | None, seen: int, wanted: OutsideServiceVersion, at: datetime | None = None
) -> None:
    """Store what is ``wanted``, not saved yet, of ``service``; None adds one."""
    may_set(actor, permissions.SET_CLINIC)
    for name in TEXTS:
        lines = str(writable(getattr(wanted, name))).splitlines()
        setattr(wanted, name, "\n".join(" ".join(line.split()) for line in lines).strip())
    if refused := next(iter(faults_of(wanted).values()), ""):
        raise Refused(refused)
    before = newest(service)
    wanted.service = before.service
    add_version(
        SERVICE_CHANGED,
        actor=actor,
        before=before,
        wanted=wanted,
        seen=seen,
        changes=what_changed(before, wanted),
        at=at or timezone.now(),
        **({"stale": FOUND_TWICE} if service is None else {}),
    )


def newest(service: int | None) -> OutsideServiceVersion:
    """What counts of it now; of a new one an unsaved row without a version."""
    if service is not None:
        found = OutsideServiceVersion.objects.filter(service=service).order_by("-version").first()
        if found is None:
            raise Refused(_("This service is not in the list."))
        return found
    last = OutsideServiceVersion.objects.aggregate(last=Max("service"))["last"] or 0
    return OutsideServiceVersion(service=last + 1, version=0)


def faults_of(service: OutsideServiceVersion) -> dict[str, str]:
    """What is wrong, by field."""
    faults = {}
    if not service.name:
        faults["name"] = _("Write the service's name.")
    if service.kind not in OUTSIDE_SERVICES:
        faults["kind"] = _("Choose a kind.")
    for line in service.phone_list:
        if not re.fullmatch(r"[0-9+()./ \-]{3,}(\s*(ext\.?|x)\s*[0-9]+)?", line, re.IGNORECASE):
            faults["phones"] = _("“%(line)s” is no phone number. One a line.") % {"line": line}
    if service.for_patients:
        for name in SHOWN_TO_PATIENTS:
            if found := health_word_in(getattr(service, name)):
                faults[name] = _(
                    "Patients may be shown this, and “%(word)s” tells whoever looks on what it is about. "
                    "Write it without, or take the tick away below."
                ) % {"word": found}
    return faults


def what_changed(before: OutsideServiceVersion, after: OutsideServiceVersion) -> list[str]:
    """A sentence for each thing that is not as it was."""
    if not before.version:
        return [_("Added: %(name)s") % {"name": after.name}]
    found = []
    for name in OutsideServiceVersion.SET:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            words = f"{before.name}, {called(OutsideServiceVersion, name)}"
            found.append(was(words, said(name, old), said(name, new)))
    return found


def said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind":
        return str(OUTSIDE_SERVICES[str(value)].label)
    return ", ".join(str(value).splitlines()) or "–"
