"""The consent to share substance-use answers ends: by the person, by staff for them, or by its time.

From then on lists have what readers without the right have; what the rules concluded before stays as it is, and
so does a hold.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import SubstanceConsent
from intake.signals import consent_revoked
from treatments.models import Referral
from treatments.triage.frame import ActionContext, performs
from treatments.triage.patient_updates import heard
from treatments.workflow import Refused
from treatments.workflow.actions.consents import REVOKE_CONSENT
from treatments.workflow.events import CONSENT_REVOKED

BATCH = 200


@performs(REVOKE_CONSENT)
def revoke_consent(this: ActionContext, *, note: str) -> None:
    """Put on record that the person takes the consent back, and how they said so."""
    if not note.strip():
        raise Refused(_("Write who asked for it, and how."))
    SubstanceConsent.revoke(this.referral.submission, at=this.at, by=this.actor)
    withhold(this.referral)
    this.referral.consults.make_stale()
    this.event.note = note


@receiver(consent_revoked, dispatch_uid="treatments.consent_revoked")
def take_revocation(sender, consent: SubstanceConsent, **kwargs) -> None:
    """The person has revoked it: pages that staff have open are stale."""
    with heard(consent.submission_id, CONSENT_REVOKED.key, consent.at) as (referral, _event):
        withhold(referral)
        referral.consults.make_stale()


def withhold(referral: Referral) -> None:
    """Leave lists what readers without the right have of it."""
    referral.findings = referral.findings_masked


def sweep_expired_consents(at: datetime | None = None) -> int:
    """Do so where a consent has expired; how many. Pages need no sweep: they ask for the time."""
    over = Referral.objects.filter(submission__substance_use_until__lte=at or timezone.now())
    done = 0
    for pk in list(
        over.exclude(findings=F("findings_masked")).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            referral = Referral.objects.select_for_update().get(pk=pk)
            withhold(referral)
            referral.version += 1
            referral.save(update_fields=["findings", "version"])
        done += 1
    return done
