"""The hold ``ALARM``: at least a same-day one while the alert of a form is open, beside what the rules ask for.

It begins with an alarm and ends by itself with the closing; a hold of the rules does not end with it.
"""

from intake.models import Alarm
from treatments.models import Alert, Referral


def update(referral: Referral) -> bool:
    """Set whether the alert is open, and who is on it, on a referral whose row the caller has locked and saves.

    Whether it opened or closed by that.
    """
    # Most forms have no alarm at all, which is cheaper to see.
    rang = Alarm.objects.filter(submission=referral.submission_id).exists()
    alert = Alert.objects.filter(pk=referral.submission_id).first() if rang else None
    is_open = alert is not None and alert.open_now
    referral.need = {key: said for key, said in referral.need.items() if key != "alert"}
    if alert is not None and is_open:
        referral.need["alert"] = _of_alert(alert)
    if is_open == referral.alert_open:
        return False
    referral.alert_open = is_open
    referral.consults.make_stale()
    return True


def _of_alert(alert: Alert) -> dict[str, object]:
    """How many alarms keep it open, since when, and who is on it."""
    found: dict[str, object] = {"answers": len(alert.ringing), "since": alert.open_since.isoformat()}
    if taken := alert.taken:
        found |= {"by": taken.who, "taken": taken.at.isoformat()}
    return found
