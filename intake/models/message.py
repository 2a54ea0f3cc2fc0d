"""What a person writes to the clinic after sending the form: a message, or that they take the form back."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import signals
from intake.encryption.columns import KeyHolder, SealedText
from intake.models.submission import Submission


class Message(models.Model):
    """One message; never changed. ``key`` is made with the page, so that a second click sends nothing more."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Message")
        WITHDRAWAL = "withdrawal", _("Takes the form back")

    PATIENT_DATA = frozenset({"text"})
    NOT_PATIENT_DATA = frozenset({"id", "submission", "kind", "key", "sent_at"})

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MESSAGE)
    text = SealedText(_("text"), null=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("message of a patient")
        verbose_name_plural = _("messages of patients")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="intake_message_says_something",
                condition=models.Q(kind="withdrawal") | models.Q(text__isnull=False),
                violation_error_message=_("A message has a text."),
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.submission

    @classmethod
    def write(cls, submission: Submission, *, text: str, key: UUID, at: datetime | None = None) -> None:
        """Send a message, once for each ``key``."""
        cls._send(submission, cls.Kind.MESSAGE, text, key, at or timezone.now())

    @classmethod
    def withdraw(cls, submission: Submission, *, reason: str, key: UUID, at: datetime | None = None) -> None:
        """Take the form back; twice is the same as once. A person at the clinic closes it."""
        try:
            cls._send(submission, cls.Kind.WITHDRAWAL, reason, key, at or timezone.now())
        except signals.TooLate:
            return

    @classmethod
    def _send(cls, submission: Submission, kind: str, text: str, key: UUID, at: datetime) -> None:
        try:
            with transaction.atomic():
                message = cls.objects.create(submission=submission, kind=kind, text=text, key=key, sent_at=at)
                signals.written.send(sender=cls, message=message, at=at)
        except IntegrityError:
            if not cls.objects.filter(submission=submission, key=key).exists():
                raise
