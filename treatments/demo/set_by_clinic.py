"""What the demonstration's administrator has set without code: profile, words, texts, outside services, who hears what."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User

from treatments.demo.rota import KEPT_SINCE
from treatments.models import ClinicProfile, OutsideServiceVersion
from treatments.reading.notice_defaults import ROLES
from treatments.triage.clinic_profile import change_profile
from treatments.triage.clinic_texts import change_text
from treatments.triage.notice_defaults import change_defaults
from treatments.triage.service_list import change_service
from treatments.workflow.actions.shared import CLINICIANS
from treatments.workflow.notice_defaults import SHIPPED_DELIVERY
from treatments.workflow.notices import Delivery, NoticeKind

# Numbers and addresses that belong to nobody; the NPI is right by its check digit alone.
PROFILE = {
    "legal_name": "Sample Clinic, a demonstration",
    "address": "1 Example Street\nSampletown, NY 10000",
    "phone": "(555) 010-0100",
    "fax": "(555) 010-0101",
    "npi": "1234567893",
    "tin": "00-0000000",
}
# Key, language, and one version after the other; "" is as shipped again.
TEXTS = (
    ("question_medicines", "en", "Please read us the names and doses on your bottles. A guess is fine."),
    (
        "question_medicines",
        "es",
        "Por favor díganos los nombres y las dosis de sus frascos. Puede ser aproximado.",
    ),
    ("question_own_1", "en", "Could we talk on the phone this week? Tell us which times are good for you."),
    (
        "question_own_1",
        "es",
        "¿Podemos hablar por teléfono esta semana? Díganos qué horas le convienen.",
    ),
    ("letter_closed", "en", "To {recipient}: we have closed the referral of {patient}. {reason}. {clinic}"),
    ("letter_closed", "en", ""),
    ("close.duplicate", "en", "Sent twice by the same person"),
    ("return.no_capacity", "en", "No room in the team at present"),
)
WALK_IN = {
    "name": "Sampletown Walk-in Center",
    "kind": "crisis_service",
    "phones": "(555) 010-0110\n(555) 010-0111",
    "address": "2 Example Street\nSampletown, NY 10000",
    "languages": "English, Spanish",
    "hours": "Every day, 8 am to 10 pm",
    "for_patients": True,
}
ECT = {
    "name": "Example University ECT",
    "kind": "ect_center",
    "phones": "(555) 010-0120",
    "web": "ect.example.org",
}
FAMILY = {
    "name": "Example Family Practice",
    "kind": "primary_care",
    "phones": "(555) 010-0130",
    "for_patients": True,
}
# The walk-in center is the first of the list: stories name it by this number.
SERVICES = (WALK_IN, ECT, FAMILY)
WALK_IN_NUMBER = 1


def set_without_code(staff: Mapping[str, User], now: datetime) -> None:
    actor, at = staff["adam"], now - KEPT_SINCE
    change_profile(actor=actor, seen=0, wanted=ClinicProfile(**PROFILE), at=at)
    versions: dict[tuple[str, str], int] = {}
    for key, language, body in TEXTS:
        seen = versions.get((key, language), 0)
        change_text(actor=actor, key=key, language=language, body=body, seen=seen, at=at)
        versions[key, language] = seen + 1
    for each in SERVICES:
        change_service(actor=actor, service=None, seen=0, wanted=OutsideServiceVersion(**each), at=at)
    deliveries = {role: {kind.value: SHIPPED_DELIVERY.value for kind in NoticeKind} for role in ROLES}
    deliveries[CLINICIANS][NoticeKind.ASSIGNED] = Delivery.AT_ONCE.value
    change_defaults(actor=actor, seen=0, deliveries=deliveries, at=at)
