"""Mail and text messages to be sent: a row written together with what causes it, sent later by the tick.

Neither carries patient data: no name, no answer, no health words, neither in subject nor in body.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import retrying
from intake.models.batches import delete_in_batches
from intake.models.coming_back import Channel, channel_choices

if TYPE_CHECKING:
    from intake.models.submission import Submission


def purpose_choices() -> Sequence[tuple[Any, Any]]:
    """A function, so that a purpose more makes no migration."""
    return OutgoingMail.Purpose.choices


class OutgoingMailQuerySet(models.QuerySet):
    def unsent(self) -> "OutgoingMailQuerySet":
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        return self.unsent().filter(due_at__lte=now)

    def ended_before(self, moment: datetime) -> "OutgoingMailQuerySet":
        """Sent or given up before ``moment``."""
        return self.filter(models.Q(sent_at__lt=moment) | models.Q(given_up_at__lt=moment))


class OutgoingMail(models.Model):
    """One mail: due at a time, tried again with growing pauses, kept without its text once it is sent."""

    class Purpose(models.TextChoices):
        # In the order in which they are sent.
        ON_CALL = "on_call", _("Alert to the on-call address")
        COME_BACK = "come_back", _("Link to come back")
        RECEIVED = "received", _("Reference of a sent form")
        QUESTION = "question", _("A question waits")
        ACCOUNT = "account", _("Staff account")
        APPOINTMENT = "appointment", _("Appointment")
        NOTICE = "notice", _("Notices to staff")
        DRAFT = "draft", _("Reminder of an unfinished form")

    PATIENT_DATA = frozenset({"to"})
    NOT_PATIENT_DATA = frozenset(
        {
            "id",
            "purpose",
            "channel",
            "submission",
            "account",
            "about",
            "subject",
            "body",
            "created_at",
            "due_at",
            "attempts",
            "last_error",
            "sent_at",
            "given_up_at",
        }
    )

    purpose = models.CharField(_("purpose"), max_length=16, choices=purpose_choices)
    channel = models.CharField(_("channel"), max_length=4, choices=channel_choices, default=Channel.MAIL)
    # The draft that the mail's link leads to; mail of a deleted draft goes with it.
    submission = models.ForeignKey(
        "intake.Submission", on_delete=models.CASCADE, null=True, related_name="mail"
    )
    # The staff account that the mail is for; the link of one sets its password.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    # What it is about, in the words of the side that wrote it, so that it can be withdrawn.
    about = models.CharField(max_length=40, blank=True)
    to = models.CharField(_("to"), max_length=500, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    given_up_at = models.DateTimeField(_("given up"), null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["purpose", "due_at", "id"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="intake_mail_to_send",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="intake_mail_ends_once_without_its_text",
                condition=models.Q(sent_at=None, given_up_at=None)
                | ((models.Q(sent_at=None) | models.Q(given_up_at=None)) & models.Q(to="", body="")),
                violation_error_message=_("A mail is sent or given up, and then its text is not kept."),
            )
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @classmethod
    def put(
        cls,
        purpose: str,
        *,
        to: str,
        subject: str,
        body: str,
        submission: "Submission | None" = None,
        account: User | None = None,
        about: str = "",
        channel: str = Channel.MAIL,
        at: datetime | None = None,
        due_at: datetime | None = None,
    ) -> "OutgoingMail":
        """Put a mail or a text into the outbox; due at once unless ``due_at`` says when."""
        at = at or timezone.now()
        return cls.objects.create(
            purpose=purpose,
            channel=channel,
            submission=submission,
            account=account,
            about=about,
            to=to,
            subject=subject,
            body=body,
            created_at=at,
            due_at=due_at or at,
        )

    @classmethod
    def hurry(cls, purpose: str, *, submission: "Submission", to: str, at: datetime) -> bool:
        """Let a mail of this kind that still waits go out now; False if there is none."""
        waiting = cls.objects.unsent().filter(purpose=purpose, submission=submission, to=to)
        return bool(waiting.update(due_at=at))

    @classmethod
    def withdraw_all(cls, purpose: str, *, submission: "Submission") -> None:
        """Nobody wants what of this kind still waits."""
        cls.objects.unsent().filter(purpose=purpose, submission=submission).delete()

    @classmethod
    def withdraw_about(cls, about: str, *, submission: "Submission") -> bool:
        """Nobody wants what still waits and is about this; False where nothing waited."""
        waiting = cls.objects.unsent().filter(submission=submission, about=about)
        return waiting.delete()[0] > 0

    def withdraw(self) -> None:
        """Nobody wants this one any more: it is not sent."""
        self.delete()

    @classmethod
    def forget_ended(cls, before: datetime) -> None:
        """Delete what was sent or given up ``before`` that moment."""
        delete_in_batches(cls.objects.ended_before(before))

    @classmethod
    @transaction.atomic
    def take(cls, purpose: str, now: datetime, channels: Collection[str] = Channel.values) -> Self | None:
        """The next due row of this ``purpose`` and of ``channels``, held for this sender; None when nothing is due.

        Taking moves it out of reach for a moment instead of locking it while a mail server answers: on
        SQLite a lock would stop everybody else's writing. Whoever is killed in between leaves it due again.
        """
        due = (
            cls.objects.select_for_update(skip_locked=True)
            .due(now)
            .filter(purpose=purpose, channel__in=channels)
        )
        mail = due.order_by("due_at", "pk").first()
        if mail is not None:
            mail.attempts += 1
            mail.due_at = now + retrying.HOLD
            mail.save(update_fields=["attempts", "due_at"])
        return mail

    def mark_sent(self, now: datetime) -> None:
        self.sent_at = now
        self.last_error = ""
        self._forget_text()

    def mark_failed(
        self, now: datetime, error: str, *, pauses: tuple, give_up_after: timedelta | None
    ) -> None:
        """Try again after a pause; give up when it is older than ``give_up_after`` (None: never)."""
        self.last_error = error
        self.due_at = now + retrying.pause(pauses, self.attempts)
        if give_up_after is not None and now - self.created_at >= give_up_after:
            self.given_up_at = now
            return self._forget_text()
        self.save(update_fields=["last_error", "due_at"])

    def _forget_text(self) -> None:
        self.to = self.body = ""
        self.save(update_fields=["to", "body", "last_error", "due_at", "sent_at", "given_up_at"])
