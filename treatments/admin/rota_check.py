"""What ``check --deploy`` asks of the on-call rota: whether somebody is first in every hour of the week to come."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from treatments.reading.rota import gaps_ahead


@register(Tags.security, deploy=True)
def every_hour_has_somebody_first(app_configs: object, **kwargs: object) -> list[Warning]:
    """Silent where there is no database yet, as before the first ``migrate``."""
    try:
        found = gaps_ahead(timezone.now())
    except DatabaseError:
        return []
    if not found:
        return []
    address = settings.ON_CALL_EMAIL or settings.ON_CALL_WEBHOOK
    hears = (
        "The on-call address hears then."
        if address
        else "The second, or the administrators, hear at once then."
    )
    return [
        Warning(" ".join(found), hint=f"Fill the on-call rota in the admin. {hears}", id="treatments.W002")
    ]
