"""Two referrals of the same person, tied together by a coordinator."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from treatments.models.referral import Referral


class DuplicateLinkQuerySet(models.QuerySet):
    def of(self, referral: Referral) -> "DuplicateLinkQuerySet":
        """The links in which this referral stands, on either side."""
        return self.filter(Q(first=referral) | Q(second=referral))

    def between(self, one: Referral, other: Referral) -> "DuplicateLinkQuerySet":
        low, high = sorted((one.pk, other.pk))
        return self.filter(first_id=low, second_id=high)


class DuplicateLink(models.Model):
    """``first`` is the older row. Untying removes the row; the events of both referrals keep what happened."""

    PATIENT_DATA = frozenset({"note"})
    NOT_PATIENT_DATA = frozenset({"id", "first", "second", "actor", "at"})

    first = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = SealedText(_("note"), null=True)

    objects = DuplicateLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between duplicates")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="duplicate_linked_once",
                violation_error_message=_("These two referrals are linked already."),
            ),
            models.CheckConstraint(
                name="duplicate_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("A referral is not a duplicate of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"duplicate link {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.first.submission

    def other_than(self, referral: Referral) -> Referral:
        return self.second if self.first_id == referral.pk else self.first
