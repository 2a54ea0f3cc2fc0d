"""The hold ``ALARM``: at least a same-day one while the alert of a form is open, beside what the rules ask for.

It begins with an alarm and ends by itself with the closing; a hold of the rules does not end with it.
"""

from intake.models import Alarm
from treatments.models import Alert, Referral


def update(referral: Referral) -> bool:
    """Set whether the alert is open on a referral whose row the caller has locked and saves; whether that changed."""
    # Most forms have no alarm at all, which is cheaper to see.
    rang = Alarm.objects.filter(submission=referral.submission_id).exists()
    is_open = rang and Alert.objects.open().filter(pk=referral.submission_id).exists()
    if is_open == referral.alert_open:
        return False
    referral.alert_open = is_open
    referral.consults.make_stale()
    return True
