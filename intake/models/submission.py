"""One intake and everything that may happen to it on the patient's side.

Only ``Submission``'s own methods change it. ``draft -> submitted`` is one way: submitted answers are
locked, and a correction is an amended version of its own.
"""

import secrets
import uuid
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from intake import document, signals
from intake.locations import settings_of
from intake.models import compiled_queries, overlay
from intake.models.alarm import Alarm
from intake.questionnaire import amendments, kept_answers
from intake.questionnaire import dangers as unsafe
from intake.questionnaire import intake as steps

# No vowels (no words), no look-alikes (0/O, 1/I/L, 5/S, 2/Z, U/V): it is read out on the telephone.
REFERENCE_ALPHABET = "BCDFGHJKMNPQRTVWXY346789"


def new_reference() -> str:
    """A reference such as ``K7MW-4QXB``: 24**8, about 10**11 of them."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


# Functions, so that a language or a source more makes no migration.
def language_choices() -> list[tuple[str, str]]:
    return settings.LANGUAGES


def source_choices() -> list[tuple[str, str]]:
    return Submission.Source.choices


class Locked(Exception):
    """The submission has been sent: its answers can't be changed any more."""


class Changed(Exception):
    """The draft is no longer as it was read: nothing was stored, and what is to be saved must be judged anew."""


class SubmissionQuerySet(models.QuerySet):
    def read(self, pk: uuid.UUID | str, *, lock: bool = False) -> "Submission | None":
        """The one with this id, or None; with ``lock`` its row is locked as ``select_for_update`` does.

        Raises ``ValidationError`` for what is no UUID.
        """
        return compiled_queries.read(self.model, self.db, pk, lock=lock)

    def expired(self, now: datetime) -> "SubmissionQuerySet":
        """Drafts not saved for so long that they must go, those already reduced left out."""
        oldest = now - Submission.kept_for()
        return self.filter(state=Submission.State.DRAFT, expired_at=None, saved_at__lte=oldest)

    def being_entered_by(self, staff: AbstractBaseUser) -> "SubmissionQuerySet":
        """The draft that this staff member enters for a person on the phone: one at most."""
        return self.filter(entered_by=staff, state=Submission.State.DRAFT, expired_at=None)


class Submission(models.Model):
    """One intake: a draft while it is being filled in, locked once it is sent.

    ``answers`` is the one home of what was said: section -> key -> value, as in the interchange format.
    ``progress`` is bookkeeping of the pages: ``saved`` (slugs) and ``entries`` (list path -> keys of its
    entries, so that a page sent twice or out of order changes the entry it means).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    class Source(models.TextChoices):
        WEB = "web", _("Filled in online")
        PAPER = "paper", _("Entered from paper")
        PHONE = "phone", _("Entered by staff on the phone")
        DEMO = "demo", _("Invented for the demonstration")

    PATIENT_DATA = frozenset({"answers"})
    NOT_PATIENT_DATA = frozenset(
        {
            "id",
            "reference",
            "state",
            "source",
            "entered_by",
            "language",
            "progress",
            "created_at",
            "saved_at",
            "submitted_at",
            "submitted_on",
            "expired_at",
        }
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
    answers = models.JSONField(_("answers"), default=dict)
    progress = models.JSONField(_("progress"), default=dict)
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now)
    submitted_at = models.DateTimeField(_("received"), null=True)
    submitted_on = models.DateField(_("date sent"), null=True)
    # Set on an expired draft that could not be deleted, because an alarm is on record.
    expired_at = models.DateTimeField(_("expired"), null=True)

    objects = SubmissionQuerySet.as_manager()

    #: whether the save that gave this instance raised an alarm
    has_rung = False

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

    @staticmethod
    def kept_for() -> timedelta:
        """How long a draft is kept after it was last saved."""
        return timedelta(days=settings_of(None).draft_days)

    @property
    def expires_at(self) -> datetime:
        """When this draft expires if it is not saved again."""
        return self.saved_at + self.kept_for()

    @property
    def is_alive(self) -> bool:
        """A draft that has not expired: it can be filled in and come back to."""
        return self.is_draft and self.expired_at is None and timezone.now() < self.expires_at

    @property
    def date_of_birth(self) -> str:
        """As an ISO date, "" before it was given."""
        return self.answers.get("about", {}).get("date_of_birth", "")

    @property
    def email(self) -> str:
        return self.answers.get("about", {}).get("email", "").strip()

    @property
    def current(self) -> dict:
        """The answers as they stand now: a draft's own, and what was sent with every amendment laid over it."""
        if self.is_draft:
            return self.answers
        made = self.made_amendments()
        return amendments.overlay(self.answers, [each.changes for each in made]) if made else self.answers

    def made_amendments(self) -> list:
        """The amendments, first to last; read once and kept."""
        models.prefetch_related_objects([self], "amendments")
        return list(self.amendments.all())

    def forget_amendments(self) -> None:
        """Read the amendments anew when they are asked for again."""
        getattr(self, "_prefetched_objects_cache", {}).pop("amendments", None)

    @property
    def context(self) -> dict:
        """The answers as they stand, with today's date beside them: what conditions read."""
        return {**self.current, "today": self._day_asked}

    @cached_property
    def _day_asked(self) -> str:
        return _today()

    def pages(self) -> list[steps.Page]:
        """The pages this person is asked, in order."""
        return steps.pages_for(self.context, settings_of(None).suicide_screen)

    def saved_pages(self) -> list[str]:
        return self.progress.get("saved", [])

    def entry_keys(self, page: steps.Page) -> list[str]:
        """The key of each entry of the page's list, in step with the entries themselves."""
        return self.progress.get("entries", {}).get(page.entries.path, [])

    def entries(self, page: steps.Page) -> list[dict] | None:
        """The entries of the page's list; None when the question was not answered yet."""
        return self.answers.get(page.entries.section, {}).get(page.entries.key)

    # --- Changing a draft: one transaction on the locked row, or one statement on the row as it was read. ---

    @classmethod
    def _draft(cls, pk: uuid.UUID) -> "Submission":
        draft = cls.objects.read(pk, lock=True)
        if draft is None or draft.expired_at:
            raise cls.DoesNotExist
        if not draft.is_draft:
            raise Locked
        return draft

    @classmethod
    def save_page(
        cls,
        pk: uuid.UUID,
        page: steps.Page,
        answers: dict[str, dict],
        *,
        seen: "Submission | None" = None,
        language: str = "",
        done: bool = True,
    ) -> "Submission":
        """Store what one page said and raise an alarm for each answer that is unsafe now, together.

        ``answers`` as in ``overlay.overlay``. A page that is not ``done`` counts as unfinished from now
        on. ``seen`` is the draft as the caller read it: it is not read and locked again, but changed in
        place and returned, and ``Changed`` is raised if it was saved, sent or removed meanwhile. Without
        it raises ``Locked`` and ``DoesNotExist``.
        """
        if seen is not None:
            seen._put_page(page, answers, language, done, seen._swap)
            return seen
        with transaction.atomic():
            draft = cls._draft(pk)
            draft._put_page(page, answers, language, done, draft._store)
        return draft

    @classmethod
    @transaction.atomic
    def save_entry(
        cls, pk: uuid.UUID, page: steps.Page, key: str, entry: dict, *, done: bool = True
    ) -> "Submission":
        """Add ``entry`` to the page's list under ``key``, or replace the one that has this key.

        With one that is not ``done`` the page counts as unfinished.
        """
        draft = cls._draft(pk)
        keys, entries = draft._list(page)
        if key in keys:
            entries[keys.index(key)] = entry
        elif len(entries) < document.MOST_ENTRIES:
            keys.append(key)
            entries.append(entry)
        if not done:
            draft._mark(page, False)
        draft._store()
        return draft

    @classmethod
    @transaction.atomic
    def remove_entry(cls, pk: uuid.UUID, page: steps.Page, key: str) -> "Submission":
        """Take the entry with ``key`` out of the page's list; nothing happens if it is gone already."""
        draft = cls._draft(pk)
        keys, entries = draft._list(page)
        if key in keys:
            place = keys.index(key)
            del keys[place], entries[place]
            if not entries:
                # An empty list says "none". Taking the last one back says nothing yet.
                del draft.answers[page.entries.section][page.entries.key]
            draft._store()
        return draft

    @classmethod
    @transaction.atomic
    def save_email(cls, pk: uuid.UUID, email: str) -> "Submission":
        """Store the address that a link to come back goes to; the contact page shows it later."""
        draft = cls._draft(pk)
        draft.answers.setdefault("about", {})["email"] = email
        draft._store()
        return draft

    @classmethod
    def begin_entering(cls, *, by: AbstractBaseUser, language: str) -> "Submission":
        """A draft that a staff member fills in for a person on the phone."""
        return cls.objects.create(source=cls.Source.PHONE, entered_by=by, language=language)

    @classmethod
    @transaction.atomic
    def give_up_entering(cls, pk: uuid.UUID) -> None:
        """Nobody enters this draft any more: it is kept and expires like any other."""
        draft = cls._draft(pk)
        draft.entered_by = None
        draft.save(update_fields=["entered_by"])

    @classmethod
    @transaction.atomic
    def expire(cls, pk: uuid.UUID) -> bool:
        """Delete a draft that has expired; True if it, or all that may go of it, is gone now.

        Alarms are never removed, nor is the record of who read a draft: of one that has either only the
        answers that its alarms name are kept, without a name. The caller has checked that each of its
        alarms is acknowledged.
        """
        expired = cls.objects.select_for_update(skip_locked=True).expired(timezone.now())
        draft = expired.filter(pk=pk).first()
        if draft is None:
            return False
        with suppress(ProtectedError):
            draft.delete()
            return True
        dangers = draft.alarms.values_list("danger", flat=True)
        draft.answers = kept_answers.answers_named(draft.answers, dangers)
        draft.progress = {}
        draft.expired_at = timezone.now()
        draft.save(update_fields=["answers", "progress", "expired_at"])
        draft.resume_keys.all().delete()
        draft.mail.all().delete()
        return True

    def _list(self, page: steps.Page) -> tuple[list[str], list[dict]]:
        field = page.entries
        entries = self.answers.setdefault(field.section, {}).setdefault(field.key, [])
        keys = self.progress.setdefault("entries", {}).setdefault(field.path, [])
        return keys, entries

    def _put_page(
        self,
        page: steps.Page,
        page_answers: dict[str, dict],
        language: str,
        done: bool,
        store: Callable[[], None],
    ) -> None:
        """``save_page`` by ``store``; where that raises, this object holds what was never stored: let it go."""
        answers = overlay.overlay(self.answers, page_answers)
        asked = unsafe.fields_in(page_answers)
        dangers = unsafe.newly_unsafe(answers, unsafe.unsafe_answers(self.answers, asked), asked)
        self.answers, self.language = answers, language or self.language
        self._mark(page, done)
        # One statement needs no transaction around it.
        with transaction.atomic() if dangers else nullcontext():
            store()
            self._raise_alarms(dangers)

    def _mark(self, page: steps.Page, done: bool) -> None:
        saved = self.progress.setdefault("saved", [])
        if done and page.slug not in saved:
            saved.append(page.slug)
        elif not done and page.slug in saved:
            saved.remove(page.slug)

    def _store(self) -> None:
        """Store a draft whose row is locked."""
        self._saved_now()
        if not compiled_queries.store(self):
            raise Changed

    def _swap(self) -> None:
        """Store a draft unless it is no longer as it was read, which ``saved_at`` tells; then ``Changed``."""
        if not compiled_queries.store(self, self._saved_now()):
            raise Changed

    def _saved_now(self) -> datetime:
        """Set ``saved_at``, of which no two are the same, and return the one before."""
        before, self.saved_at = self.saved_at, max(timezone.now(), self.saved_at + timedelta.resolution)
        return before

    def _raise_alarms(self, dangers: list[unsafe.Danger]) -> None:
        self.has_rung = bool(dangers)
        if dangers:
            Alarm.objects.bulk_create(
                Alarm(submission=self, danger=danger.key, urgency=danger.urgency) for danger in dangers
            )

    # --- Sending -------------------------------------------------------------------------------------

    @classmethod
    def submit(cls, pk: uuid.UUID) -> "Submission":
        """Lock the answers, give the reference, and tell the clinic's side, in one transaction.

        Sending twice is the same as once: the second call returns the first one's reference. The caller
        has checked that every page that applies is valid.
        """
        return cls._send(pk, None)

    @classmethod
    @transaction.atomic
    def _send(cls, pk: uuid.UUID, submitted_on: date | None) -> "Submission":
        submission = cls.objects.select_for_update().get(pk=pk)
        if not submission.is_draft:
            return submission
        if submission.source in (cls.Source.WEB, cls.Source.PHONE):
            submission.answers = steps.without_unasked(
                submission.answers | {"today": _today()}, settings_of(None).suicide_screen
            )
        submission.state = cls.State.SUBMITTED
        submission.submitted_at = timezone.now()
        submission.submitted_on = submitted_on or timezone.localdate()
        submission._save_with_new_reference()
        signals.submitted.send(sender=cls, submission=submission)
        return submission

    def _save_with_new_reference(self) -> None:
        for attempt in range(5):
            self.reference = new_reference()
            try:
                with transaction.atomic():
                    return self.save()
            except IntegrityError:
                if attempt == 4:
                    raise

    @classmethod
    @transaction.atomic
    def from_document(cls, parsed: dict, source: str) -> "Submission":
        """Store a sound ``clinic-intake/1`` document as a sent intake, with its alarms and referral."""
        submission = cls.objects.create(
            source=source, language=parsed.get("language", ""), answers=document.answers_of(parsed)
        )
        submission._raise_alarms(unsafe.dangers_in(submission.answers))
        return cls._send(submission.pk, date.fromisoformat(parsed["submitted_on"]))

    def to_document(self) -> dict:
        """The intake as it stands, amendments included, as a ``clinic-intake/1`` document.

        An amended one is dated by its last amendment: a date given in it may lie after the day of sending.
        """
        day = self.submitted_on or timezone.localdate()
        if not self.is_draft and (made := self.made_amendments()):
            day = max(day, timezone.localdate(made[-1].made_at))
        return document.dump(self.current, submitted_on=day, language=self.language)


def _today() -> str:
    return timezone.localdate().isoformat()
