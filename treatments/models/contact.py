"""Tries to reach the person: each call, text, mail and letter, and the caring contact that is owed after S01-S03."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedText
from intake.fields.kinds import Text
from treatments.models.referral import Referral
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES, tries_since_reached


# Functions, so that a row more in a table makes no migration.
def channel_choices() -> list[tuple[str, Text]]:
    return [(channel.value, label) for channel, label in CHANNELS.items()]


def outcome_choices() -> list[tuple[str, Text]]:
    return [(outcome.value, label) for outcome, label in CONTACT_OUTCOMES.items()]


class ContactAttemptQuerySet(models.QuerySet):
    def newest_first(self) -> "ContactAttemptQuerySet":
        return self.order_by("-at", "-pk")


class ContactAttempt(models.Model):
    """One try to reach the person; ``next_due`` is the day of the next one, as planned then."""

    PATIENT_DATA = frozenset({"outcome", "note"})
    NOT_PATIENT_DATA = frozenset({"id", "referral", "actor", "at", "channel", "next_due"})

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="contact_attempts", verbose_name=_("referral")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    channel = models.CharField(_("channel"), max_length=8, choices=channel_choices)
    outcome = models.CharField(_("outcome"), max_length=16, choices=outcome_choices)
    note = SealedText(_("note"), null=True)
    next_due = models.DateField(_("next attempt due"), null=True)

    objects = ContactAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact attempt")
        default_permissions = ()
        indexes = [models.Index(fields=["referral", "at"], name="contact_of_referral")]
        constraints = [
            models.CheckConstraint(
                name="contact_reached_needs_no_next",
                condition=~Q(outcome="reached") | Q(next_due__isnull=True),
                violation_error_message=_("Somebody who was reached is not due for another attempt."),
            )
        ]

    def __str__(self) -> str:
        return f"contact attempt {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission

    @staticmethod
    def failed_of(attempts: list["ContactAttempt"]) -> int:
        """The tries since the person was last reached; ``attempts`` newest first."""
        return tries_since_reached([each.outcome for each in attempts])


class CaringContactQuerySet(models.QuerySet):
    def owed(self) -> "CaringContactQuerySet":
        """Not made yet, and nobody else has taken over."""
        return self.filter(done_at__isnull=True, taken_over_at__isnull=True)


class CaringContact(models.Model):
    """A caring contact that is owed within 48 hours of S01, S02 or S03.

    One row per referral: what an amended answer makes owed again stands in the row anew, and each that was
    made in the timeline.
    """

    PATIENT_DATA = frozenset({"note", "rules"})
    NOT_PATIENT_DATA = frozenset(
        {"id", "referral", "raised_at", "due_at", "done_at", "done_by", "taken_over_at"}
    )

    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, related_name="caring_contact", verbose_name=_("referral")
    )
    rules = models.JSONField(_("rules"), default=list)
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("made"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    note = SealedText(_("note"), null=True)
    # The referral was closed because somebody else cares for the person; opened again, it is owed again.
    taken_over_at = models.DateTimeField(_("taken over elsewhere"), null=True)

    objects = CaringContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("caring contact")
        default_permissions = ()
        indexes = [
            models.Index(fields=["due_at"], name="caring_contact_due", condition=Q(done_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(
                name="caring_contact_made_by_somebody",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                violation_error_message=_("A caring contact that was made names who made it, and when."),
            )
        ]

    def __str__(self) -> str:
        return f"caring contact {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission

    @property
    def is_owed(self) -> bool:
        return self.done_at is None and self.taken_over_at is None

    def is_overdue(self, now: datetime) -> bool:
        return self.is_owed and self.due_at < now
