"""Safety alerts as tests meet them: whose they are, and closing them as staff do."""

from django.contrib.auth.models import User

from intake.models import Submission
from treatments.models import Alert
from treatments.triage.alerts import close_alert

LIST = "/admin/treatments/alert/"


def alert_of(submission: Submission) -> Alert:
    return Alert.objects.get(pk=submission.pk)


def page(alert: Alert) -> str:
    return f"{LIST}{alert.number}/"


def close(alert: Alert, by: User, done: str = "Called, is safe.", **more: object) -> Alert:
    """Close it, for all that rang until now; the alert as it stands then."""
    close_alert(alert=alert, actor=by, reached="person", done=done, **more)
    return Alert.objects.get(pk=alert.pk)
