"""What consult teams say of the referrals they were sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments import catalog
from treatments.models.consult import Consult
from treatments.workflow import VERDICTS


class FeedbackQuerySet(models.QuerySet):
    def counts(self) -> dict[str, dict[str, int]]:
        """How often each verdict was given: treatment -> verdict -> number, zeros included."""
        counted = {key: dict.fromkeys(VERDICTS, 0) for key in catalog.TREATMENTS}
        rows = self.order_by().values_list("consult__treatment", "verdict")
        for treatment, verdict, number in rows.annotate(number=models.Count("pk")):
            counted[treatment][verdict] = number
        return counted


class Feedback(models.Model):
    """One team's word on one referral: once for each consult, never changed."""

    PATIENT_DATA = frozenset({"note"})
    NOT_PATIENT_DATA = frozenset({"id", "consult", "by", "verdict", "at"})

    consult = models.OneToOneField(
        Consult, on_delete=models.PROTECT, related_name="feedback", verbose_name=_("consult")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    verdict = models.CharField(_("verdict"), max_length=16)
    note = SealedText(_("note"), null=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="feedback_at")]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.consult.key_holder

    @property
    def verdict_label(self) -> Text:
        return VERDICTS[self.verdict].label
