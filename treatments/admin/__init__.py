"""The coordinators' desk and the consult queues, in Django's admin: pages that read, and one page per action."""

from treatments.admin import alerts, events, on_call, queue_settings, queues, referrals, staff

__all__ = ["alerts", "events", "on_call", "queue_settings", "queues", "referrals", "staff"]
