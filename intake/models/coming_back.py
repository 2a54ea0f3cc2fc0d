"""What a draft knows for the way back to it: the language of its pages, and whether its owner is reminded of it."""

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models.alarm import Alarm
from intake.models.drafting import Drafting


class Channel(models.TextChoices):
    """By what a message goes out."""

    MAIL = "mail", _("Email")
    TEXT = "text", _("Text message")


def channel_choices():
    """A function, so that a channel more makes no migration."""
    return Channel.choices


class ComesBack(Drafting):
    """A draft that somebody may leave and come back to. Reminders are the draft's own and never part of the intake."""

    # By what, None where nobody asked for reminders or they were stopped.
    remind_by = models.CharField(_("remind by"), max_length=4, choices=channel_choices, null=True)  # noqa: DJ001
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), null=True)

    class Meta:
        abstract = True

    def read_in(self, code: str) -> None:
        """Its pages are read in ``code`` from now on; a language to speak that was given stays."""
        if self.is_draft and not self.spoken and self.language != code:
            self.language = code
            type(self)._default_manager.filter(pk=self.pk, **self.OPEN).update(**{"language": code})

    def remind(self, channel: str | None) -> None:
        """Remind by ``channel`` from now on; None: no more. What waits to be sent goes."""
        self.remind_by = channel
        type(self)._default_manager.filter(pk=self.pk, **self.OPEN).update(remind_by=channel)

    def note_reminder(self, at: datetime) -> None:
        """One more reminder was written."""
        self.reminded_at, self.reminders = at, (self.reminders or 0) + 1
        given = {"reminded_at": at, "reminders": self.reminders}
        type(self)._default_manager.filter(pk=self.pk, **self.OPEN).update(**given)

    @classmethod
    @transaction.atomic
    def save_phone(cls, pk: uuid.UUID, phone: str, *, at: datetime | None = None) -> Self:
        """Store the number that a link to come back goes to; the contact page shows it later."""
        draft = cls._draft(pk)
        draft.answers.setdefault("about", {})["phone"] = phone
        draft._store(at or timezone.now())
        return draft

    @classmethod
    @transaction.atomic
    def delete_for_owner(cls, pk: uuid.UUID) -> bool:
        """Delete a draft that its owner does not want any more; False where an alarm or a look at it is on record.

        Somebody may have to call them then: the clinic is asked instead.
        """
        draft = cls._default_manager.select_for_update().filter(pk=pk, **cls.OPEN).first()
        if draft is None or Alarm.objects.filter(submission_id=pk).exists():
            return False
        with suppress(ProtectedError), transaction.atomic():
            draft.delete()
            return True
        return False
