"""One intake and everything that may happen to it on the patient's side.

Only ``Submission``'s own methods change it. What was sent is locked: a correction is an amended version of its own.
"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import document, signals
from intake.fields.characters import seen
from intake.fields.kinds import SHORT
from intake.models.alarm import Alarm
from intake.models.answered import Signed
from intake.models.drafting import SPOKEN
from intake.models.erasure import NOTHING_LEFT, Erasable
from intake.models.for_another import FilledInForAnother
from intake.models.overlay import overlay
from intake.models.reference import save_with_new_reference
from intake.models.submission_lists import SubmissionQuerySet
from intake.models.substance_sharing import SharesSubstanceUse
from intake.questionnaire import amendments, kept_answers
from intake.questionnaire.dangers import Danger, changed, fields_in
from intake.questionnaire.intake import INTAKE


# Functions, so that a language or a source more makes no migration.
def language_choices() -> Sequence[tuple[Any, Any]]:
    return settings.LANGUAGES


def source_choices() -> Sequence[tuple[Any, Any]]:
    return Submission.Source.choices


class Submission(Erasable, SharesSubstanceUse, FilledInForAnother):
    """One intake: a draft while it is being filled in, locked once it is sent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    class Source(models.TextChoices):
        WEB = "web", _("Filled in online")
        CROWD = "crowd", _("Filled in online, begun while very many were: check that a person sent it")
        PAPER = "paper", _("Entered from paper")
        PHONE = "phone", _("Entered by staff on the phone")
        DEMO = "demo", _("Invented for the demonstration")

    questionnaire = INTAKE
    OPEN: ClassVar = {"state": State.DRAFT.value, "expired_at": None}
    STORED = ("answers", "progress", "unread", "language", "saved_at", "surname", "born_on")

    PATIENT_DATA = frozenset({"answers", "progress", "unread", "surname", "born_on"})
    NOT_PATIENT_DATA = frozenset(
        [
            *("id", "key", "reference", "state", "source", "entered_by", "language", "created_at"),
            *("saved_at", "submitted_at", "submitted_on", "expired_at", "erased_at", "substance_use_until"),
            *("remind_by", "reminded_at", "reminders"),
        ]
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True, null=True, editable=False)  # noqa: DJ001
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    source = models.CharField(_("source"), max_length=5, choices=source_choices, default=Source.WEB)
    # Who enters, or entered, it for a person on the phone; None again for a draft they gave up.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    # Blank when a paper form did not say.
    language = models.CharField(_("language"), max_length=2, choices=language_choices, blank=True)
    # Answers that look-ups ask for: a reference's second factor, and whose draft somebody opened.
    surname = models.CharField(_("surname"), max_length=SHORT, blank=True)
    born_on = models.DateField(_("born on"), null=True)
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    submitted_at = models.DateTimeField(_("received"), null=True)
    submitted_on = models.DateField(_("date sent"), null=True)
    # Set on an expired draft that could not be deleted, because an alarm is on record.
    expired_at = models.DateTimeField(_("expired"), null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        indexes = [
            # Drafts by when they were last saved: where people stop, and what has expired.
            models.Index("saved_at", name="intake_drafts", condition=models.Q(state="draft"))
        ]
        constraints = [
            models.CheckConstraint(
                name="intake_submitted_has_reference_and_time",
                condition=models.Q(
                    state="draft",
                    reference__isnull=True,
                    submitted_at__isnull=True,
                    submitted_on__isnull=True,
                )
                | models.Q(
                    state="submitted",
                    reference__isnull=False,
                    submitted_at__isnull=False,
                    submitted_on__isnull=False,
                ),
                violation_error_message=_("A sent intake has a reference and the time it was sent."),
            ),
            models.CheckConstraint(
                name="intake_only_drafts_expire",
                condition=models.Q(expired_at=None) | models.Q(state="draft"),
                violation_error_message=_("Only a draft expires, never an intake that was sent."),
            ),
            models.CheckConstraint(
                name="intake_erased_holds_nothing",
                condition=models.Q(erased_at=None) | NOTHING_LEFT,
                violation_error_message=_("Of somebody who was erased nothing is kept."),
            ),
            models.CheckConstraint(
                name="intake_entered_on_the_phone",
                condition=models.Q(entered_by=None) | models.Q(source="phone"),
                violation_error_message=_("Staff enter an intake only for a person on the phone."),
            ),
            models.UniqueConstraint(
                fields=["entered_by"],
                condition=models.Q(state="draft", entered_by__isnull=False, expired_at=None),
                name="intake_one_entered_at_a_time",
                violation_error_message=_("You are entering another intake already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"draft {str(self.id)[:8]}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def date_of_birth(self) -> str:
        """As an ISO date, "" before it was given."""
        return self.answers.get("about", {}).get("date_of_birth", "")

    @property
    def email(self) -> str:
        return seen(self.answers.get("about", {}).get("email", ""))

    @property
    def current(self) -> dict:
        """The answers as they stand now: a draft's own, and what was sent with every amendment laid over it."""
        if self.is_draft:
            return self.answers
        made = self.made_amendments()
        return amendments.overlay(self.answers, [each.changes for each in made]) if made else self.answers

    def made_amendments(self) -> list:
        """The amendments in the order in which they were said; read once and kept."""
        models.prefetch_related_objects([self], "amendments__by")
        return sorted(self.amendments.all(), key=lambda each: (each.moment, each.pk))

    def forget_amendments(self) -> None:
        """Read the amendments anew when they are asked for again."""
        getattr(self, "_prefetched_objects_cache", {}).pop("amendments", None)

    @property
    def spoken(self) -> str:
        """The language to speak, "" where nobody said it; a page ``home`` that once asked it noted nothing more."""
        return self.language if self.progress.get(SPOKEN) or "home" in self.saved_pages() else ""

    def derive(self) -> None:
        about = self.answers.get("about", {})
        self.surname = about.get("last_name", "")[:SHORT]
        self.born_on = date.fromisoformat(about["date_of_birth"]) if about.get("date_of_birth") else None

    def alarm(self, danger: Danger, at: datetime) -> Alarm:
        return Alarm(submission=self, danger=danger.key, urgency=danger.urgency, raised_at=at)

    @classmethod
    def begin(
        cls, *, language: str = "", source: str = Source.WEB, at: datetime | None = None, **more: Any
    ) -> Self:
        """A new draft in ``language``, the one of its pages."""
        at = at or timezone.now()
        draft = cls(source=source, language=language, created_at=at, saved_at=at, **more)
        draft.derive()
        draft.save(force_insert=True)
        return draft

    @classmethod
    def begin_entering(cls, *, by: AbstractBaseUser, language: str, at: datetime | None = None) -> Self:
        """A draft that a staff member fills in for a person on the phone."""
        return cls.begin(source=cls.Source.PHONE, entered_by=by, language=language, at=at)

    @classmethod
    @transaction.atomic
    def give_up_entering(cls, pk: uuid.UUID) -> None:
        """Nobody enters this draft any more: it is kept and expires like any other."""
        draft = cls._draft(pk)
        draft.entered_by = None
        draft.save(update_fields=["entered_by"])

    @classmethod
    @transaction.atomic
    def save_email(cls, pk: uuid.UUID, email: str, *, at: datetime | None = None) -> Self:
        """Store the address that a link to come back goes to; the contact page shows it later."""
        draft = cls._draft(pk)
        draft.answers.setdefault("about", {})["email"] = email
        draft._store(at or timezone.now())
        return draft

    @classmethod
    @transaction.atomic
    def expire(cls, pk: uuid.UUID, *, at: datetime | None = None) -> bool:
        """Delete a draft that has expired; True if it, or all that may go of it, is gone now.

        Alarms are never removed, nor is the record of who read a draft: of one that has either only the
        answers that its alarms name are kept, without a name. The caller has checked that its alert is closed.
        """
        at = at or timezone.now()
        draft = cls.objects.select_for_update(skip_locked=True).expired(at).filter(pk=pk).first()
        if draft is None:
            return False
        with suppress(ProtectedError):
            draft.delete()
            return True
        dangers = draft.alarms.values_list("danger", flat=True)
        draft.answers = kept_answers.answers_named(draft.answers, dangers)
        draft.progress, draft.unread = {}, {}
        draft.expired_at = at
        draft.derive()
        draft.save(update_fields=["answers", "progress", "unread", "expired_at", "surname", "born_on"])
        draft.resume_keys.all().delete()
        draft.mail.all().delete()
        return True

    @classmethod
    def submit(cls, pk: uuid.UUID, *, signed: Signed | None = None, at: datetime | None = None) -> Self:
        """Lock the answers, give the reference, and tell the clinic's side, in one transaction.

        Sending twice is the same as once: the second call returns the first one's reference. The caller
        has checked that every page that applies is valid, and that nothing ``signed`` is unsafe.
        """
        return cls._send(pk, None, at or timezone.now(), signed or {})

    @classmethod
    @transaction.atomic
    def _send(cls, pk: uuid.UUID, submitted_on: date | None, at: datetime, signed: Signed) -> Self:
        if (submission := cls.read(pk, lock=True)) is None:
            raise cls.DoesNotExist
        if not submission.is_draft:
            return submission
        submission.answers, today = overlay(submission.answers, signed), timezone.localdate(at)
        if submission.source in (cls.Source.WEB, cls.Source.CROWD, cls.Source.PHONE):
            before = submission.answers
            submission.answers = INTAKE.without_unasked(submission.context(today), submission.screen)
            gone = changed(INTAKE.dangers, submission.answers, before, fields_in(before))
            submission._note_changes(gone, at)  # an unsafe answer that is no longer asked for goes
        submission.derive()
        submission.state = cls.State.SUBMITTED
        submission.submitted_at, submission.submitted_on = at, submitted_on or today
        submission.record_consent(submission.answers, at)
        save_with_new_reference(submission)
        signals.submitted.send(sender=cls, submission=submission, at=at)
        return submission

    @classmethod
    @transaction.atomic
    def from_document(cls, parsed: dict, source: str, *, at: datetime | None = None) -> "Submission":
        """Store a sound ``clinic-intake/1`` document as a sent intake, with its alarms and referral."""
        at, answers = at or timezone.now(), document.answers_of(parsed)
        submission = cls.begin(source=source, language=parsed.get("language", ""), at=at, answers=answers)
        submission._raise_alarms(INTAKE.dangers_in(submission.context(timezone.localdate(at))), at)
        return cls._send(submission.pk, date.fromisoformat(parsed["submitted_on"]), at, {})

    def faults(self, today: date) -> list[str]:
        return document.validate(self.to_document(today=today))

    def to_document(self, *, today: date | None = None) -> dict:
        """The intake as it stands, amendments included, as a ``clinic-intake/1`` document.

        A draft is dated ``today``. An amended one is dated by its last amendment: a date given in it may lie
        after the day of sending.
        """
        day = self.submitted_on or today
        if day is None:
            raise ValueError("the document of a draft needs a day")
        if not self.is_draft and (made := self.made_amendments()):
            day = max(day, *(timezone.localdate(each.made_at) for each in made))
        return document.dump(self.current, submitted_on=day, language=self.language)
