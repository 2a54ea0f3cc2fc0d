"""The coordinators' desk and the consult queues, in Django's admin: pages that read, and one page per action."""

from treatments.admin import (
    action_check,
    alerts,
    clinic_hours,
    clinic_profile,
    clinic_texts,
    events,
    notice_defaults,
    on_call,
    outside_services,
    packs,
    queue_settings,
    queues,
    referrals,
    rota,
    rota_check,
    staff,
)

__all__ = [
    "action_check",
    "alerts",
    "clinic_hours",
    "clinic_profile",
    "clinic_texts",
    "events",
    "notice_defaults",
    "on_call",
    "outside_services",
    "packs",
    "queue_settings",
    "queues",
    "referrals",
    "rota",
    "rota_check",
    "staff",
]
