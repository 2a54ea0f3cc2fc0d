"""What ``check --deploy`` asks of a clinic before real people use it."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def somebody_hears_of_an_alarm(app_configs, **kwargs) -> list[Warning]:
    if settings.DEBUG or settings.DEMO or settings.ON_CALL_EMAIL or settings.ON_CALL_WEBHOOK:
        return []
    return [
        Warning(
            "Nobody hears of a safety alarm outside the app.",
            hint="Set ON_CALL_EMAIL or ON_CALL_WEBHOOK, so that on-call staff hear of it within a minute.",
            id="treatments.W001",
        )
    ]


@register(Tags.security, deploy=True)
def staff_have_a_second_factor(app_configs, **kwargs) -> list[Error]:
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [
        Error(
            "Staff read patients with a password alone.",
            hint="Set STAFF_SECOND_FACTOR=1. Without it only invented people may be here.",
            id="treatments.E001",
        )
    ]
