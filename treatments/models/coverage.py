"""What pays for a person's treatment, as staff have set it: a row for each plan, which a newer one ends."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from treatments.models.referral import Referral


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def current(self) -> "CoverageQuerySet":
        return self.filter(ended__isnull=True)

    def of(self, referral: Referral, rank: int = 1) -> "Coverage | None":
        """The one that counts now; what it says is sealed by the form's key, which is at hand."""
        row = (
            self.current()
            .select_related("by", "benefits_checked_by")
            .filter(referral=referral, rank=rank)
            .first()
        )
        if row is not None:
            row.referral = referral
        return row


class Coverage(models.Model):
    """``payer`` is a key of ``treatments/payers/payers.toml``, or "other" with its name typed; ``packs`` the pack
    that a person chose, by treatment. What it says never changes: what is set anew is a row more.
    """

    SAID = (
        *("payer", "payer_name", "line", "packs", "plan", "member_id", "group_number", "subscriber"),
        *("relation", "payer_phone", "payer_fax", "contracted", "benefits_note"),
    )
    PATIENT_DATA = frozenset(SAID)
    NOT_PATIENT_DATA = frozenset(
        {"id", "referral", "rank", "by", "started", "ended", "benefits_checked_on", "benefits_checked_by"}
    )

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="coverages", verbose_name=_("referral")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    started = models.DateTimeField(_("since"))
    ended = models.DateTimeField(_("until"), null=True)
    payer = SealedText(_("payer"))
    payer_name = SealedText(_("payer's name"), null=True)
    line = SealedText(_("line of business"), null=True)
    packs = SealedJSON(_("policies"), null=True, default=dict)
    plan = SealedText(_("plan"), null=True)
    member_id = SealedText(_("member ID"), null=True)
    group_number = SealedText(_("group number"), null=True)
    subscriber = SealedText(_("subscriber"), null=True)
    relation = SealedText(_("relation"), null=True)
    payer_phone = SealedText(_("payer's phone"), null=True)
    payer_fax = SealedText(_("payer's fax"), null=True)
    contracted = SealedText(_("contract with the payer"), null=True)
    benefits_checked_on = models.DateField(_("benefits checked on"), null=True)
    benefits_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    benefits_note = SealedText(_("what the benefits check said"), null=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "rank"],
                condition=Q(ended__isnull=True),
                name="coverage_one_current_of_a_rank",
                violation_error_message=_("One coverage of a rank counts at a time."),
            ),
            models.CheckConstraint(
                name="coverage_is_primary_or_secondary",
                condition=Q(rank__in=(1, 2)),
                violation_error_message=_("A coverage is the primary or the secondary one."),
            ),
            models.CheckConstraint(
                name="coverage_benefits_checked_by_somebody",
                condition=Q(benefits_checked_on__isnull=True, benefits_checked_by__isnull=True)
                | Q(benefits_checked_on__isnull=False, benefits_checked_by__isnull=False),
                violation_error_message=_("A benefits check says who made it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"coverage {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission
