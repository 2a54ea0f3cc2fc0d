"""The separate consent to share substance-use answers, on record: given with the form, and taken back later.

Rows are only added, and the database refuses to change one. Until when it holds stands on the submission too, so
that no page asks for it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from intake import signals
from intake.models.submission import Submission
from intake.questionnaire.consents import SCOPES


# Functions, so that a row more makes no migration.
def step_choices() -> Sequence[tuple[Any, Any]]:
    return SubstanceConsent.Step.choices


def scope_choices() -> Sequence[tuple[Any, Any]]:
    return list(SCOPES.items())


class SubstanceConsent(models.Model):
    """One step: given, until ``expires_at``, or revoked. ``by``: who of the staff put it on record, None for the person."""

    class Step(models.TextChoices):
        GIVEN = "given", _("Given")
        REVOKED = "revoked", _("Revoked")

    PATIENT_DATA = frozenset({"step"})
    NOT_PATIENT_DATA = frozenset({"id", "submission", "version", "scope", "at", "expires_at", "by"})

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="substance_consents")
    step = models.CharField(_("step"), max_length=7, choices=step_choices)
    version = models.CharField(_("version of the text"), max_length=20, blank=True)
    scope = models.CharField(_("scope"), max_length=20, choices=scope_choices)
    at = models.DateTimeField(_("at"))
    expires_at = models.DateTimeField(_("expires"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("substance-use consent")
        verbose_name_plural = _("substance-use consents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "step"],
                name="intake_substance_consent_once",
                violation_error_message=_("This consent is given once and revoked once."),
            ),
            models.CheckConstraint(
                name="intake_substance_consent_given_expires",
                condition=models.Q(step="given", expires_at__isnull=False)
                | models.Q(step="revoked", expires_at=None),
                violation_error_message=_("A consent that is given has a day on which it expires."),
            ),
        ]

    def __str__(self) -> str:
        return f"substance-use consent {self.pk}"

    @classmethod
    @transaction.atomic
    def revoke(cls, submission: Submission, *, at: datetime, by: AbstractBaseUser | None = None) -> bool:
        """Take the consent back from ``at`` on; False where none stands then. It is never given again to this form."""
        locked = Submission.objects.select_for_update().get(pk=submission.pk)
        if not locked.shares_substance_use(at):
            return False
        given = cls.objects.get(submission=locked, step=cls.Step.GIVEN)
        row = cls.objects.create(
            submission=locked, step=cls.Step.REVOKED, version=given.version, scope=given.scope, at=at, by=by
        )
        locked.substance_use_until = submission.substance_use_until = at
        locked.save(update_fields=["substance_use_until"])
        if by is None:
            signals.consent_revoked.send(sender=cls, consent=row, at=at)
        return True
