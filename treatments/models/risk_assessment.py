"""A clinician's risk assessment: the level, the plan, the next check, and what became of the hold; written once."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from intake.fields.kinds import Text
from treatments.models.referral import Referral, risk_choices
from treatments.workflow.risk import HOLD_OUTCOMES, HOWS, RISK_LEVELS, HoldChoice, RiskLevel


# Functions, so that a row more in a table makes no migration.
def how_choices() -> list[tuple[str, Text]]:
    return [(how.value, words) for how, words in HOWS.items()]


def hold_choices() -> list[tuple[str, Text]]:
    return [(choice.value, words) for choice, words in HOLD_OUTCOMES.items()]


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def update(self, **kwargs):
        raise TypeError("Risk assessments are append-only.")

    def delete(self):
        raise TypeError("Risk assessments are append-only.")

    def of(self, referral: Referral) -> "RiskAssessmentQuerySet":
        """Those of this referral, newest first: the first one counts."""
        return referral.risk_assessments.order_by("-pk")

    def with_people(self) -> "RiskAssessmentQuerySet":
        return self.select_related("by", "next_check_by")


class RiskAssessment(models.Model):
    """Written once, never changed; a newer one replaces it.

    ``held`` is the hold that stood, ``hold`` what became of it. ``covers`` is what was decided so far: each rule
    that held, with the answers it was looked at with (see ``treatments.triage.releases``).
    """

    PATIENT_DATA = frozenset(
        {
            *("ideation", "plan", "intent", "behavior", "risk_factors", "protective_factors", "next_steps"),
            *("level", "how", "also_with", "held", "hold", "covers", "carried_by"),
        }
    )
    NOT_PATIENT_DATA = frozenset({"id", "referral", "by", "at", "next_check_at", "next_check_by"})

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="risk_assessments", verbose_name=_("referral")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))
    how = models.CharField(_("how"), max_length=8, choices=how_choices)
    also_with = SealedText(_("also spoke with"), null=True)
    ideation = SealedText(_("ideation"))
    plan = SealedText(_("plan"))
    intent = SealedText(_("intent"))
    behavior = SealedText(_("behavior"))
    risk_factors = SealedText(_("risk factors"))
    protective_factors = SealedText(_("protective factors"))
    level = models.CharField(_("level"), max_length=8, choices=risk_choices)
    next_steps = SealedText(_("plan to lower the risk"))
    next_check_at = models.DateTimeField(_("next check"), null=True)
    next_check_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who makes the next check"),
    )
    held = models.CharField(_("hold that stood"), max_length=8)
    hold = models.CharField(_("what became of the hold"), max_length=8, choices=hold_choices, blank=True)
    covers = SealedJSON(_("rules and answers looked at"), null=True, default=dict)
    carried_by = SealedText(_("who carries out the plan"), null=True)

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="risk_assessment_names_its_next_check",
                condition=Q(next_check_at__isnull=True, next_check_by__isnull=True, level="low")
                | Q(next_check_at__isnull=False, next_check_by__isnull=False),
                violation_error_message=_("A next check says when and who; above low there is one."),
            ),
            models.CheckConstraint(
                name="risk_assessment_high_release_names_who",
                condition=~Q(level="high", hold="release") | Q(carried_by__isnull=False),
                violation_error_message=_("A release at high names who carries out the plan."),
            ),
        ]

    def __str__(self) -> str:
        return f"risk assessment {self.pk}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Risk assessments are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Risk assessments are append-only.")

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission

    @property
    def shape(self) -> str:
        return RISK_LEVELS[RiskLevel(self.level)][0]

    @property
    def outcome(self) -> Text:
        """What became of the hold, in words; "" where none stood."""
        return HOLD_OUTCOMES[HoldChoice(self.hold)] if self.hold else ""

    def is_overdue(self, now: datetime) -> bool:
        return self.next_check_at is not None and self.next_check_at < now
