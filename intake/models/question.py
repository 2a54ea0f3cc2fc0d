"""What the clinic asks after an intake was sent, and the amended versions that the answers make."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import signals
from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from intake.fields import Answers
from intake.fields.lookup import answer
from intake.models.alarm import Alarm, AlarmChange
from intake.models.rung import rung_by
from intake.models.said import SaidToStaff
from intake.models.submission import Submission
from intake.questionnaire import amendments
from intake.questionnaire.dangers import Danger, changed, fields_in
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.kept_answers import answers_at


class Question(models.Model):
    """A message to the patient and the fields that reopen for the answer; open until it ends in one way.

    ``fields`` are paths of the dictionary (``section.key``). Asked by the clinic's side only.
    """

    class End(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        TAKEN_BACK = "taken_back", _("Taken back")
        EXPIRED = "expired", _("Not answered in time")

    PATIENT_DATA = frozenset({"message", "fields"})
    NOT_PATIENT_DATA = frozenset({"id", "submission", "asked_at", "ended_at", "end"})

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="questions")
    message = SealedText(_("message to the patient"))
    fields = SealedJSON(_("asked"), default=list)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    end = models.CharField(_("end"), max_length=10, choices=End, blank=True)

    class Meta:
        verbose_name = _("question to a patient")
        verbose_name_plural = _("questions to patients")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(ended_at=None),
                name="intake_one_open_question",
                violation_error_message=_("This person has a question to answer already."),
            ),
            models.CheckConstraint(
                name="intake_question_ends_in_one_way",
                condition=models.Q(ended_at=None, end="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(end="")),
                violation_error_message=_("A question that has ended says how."),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.submission

    @classmethod
    def ask(
        cls, submission: Submission, *, message: str, fields: Iterable[str], at: datetime | None = None
    ) -> "Question":
        asked = amendments.in_order(fields)
        return cls.objects.create(
            submission=submission, message=message, fields=asked, asked_at=at or timezone.now()
        )

    @classmethod
    def open_of(cls, submission: Submission) -> "Question | None":
        question = cls.objects.filter(submission=submission, ended_at=None).first()
        if question is not None:
            question.submission = submission  # with the amendments it has read
        return question

    @classmethod
    def end_open(cls, submission_id: UUID, end: str, *, at: datetime | None = None) -> None:
        """End the open question of this intake, if there is one."""
        still_open = cls.objects.filter(submission_id=submission_id, ended_at=None)
        still_open.update(ended_at=at or timezone.now(), end=end)

    def answer(self, given: Mapping[str, object], *, at: datetime | None = None) -> "Amendment":
        """Keep the answers (leaf path -> answer) as an amended version, with its alarms, and end the question.

        Sent twice is the same as once. Raises ``signals.TooLate`` where the question is no longer open.
        """
        try:
            return Amendment.make(
                self.submission, self._asked(given), question=self, known=self.kept(), at=at
            )
        except IntegrityError:
            first = Amendment.objects.filter(question=self).first()
            if first is None:
                raise
            return first

    def keep(self, given: Mapping[str, object], *, at: datetime | None = None) -> "Amendment":
        """Keep answers that stood beside a fault, with their alarms; the question stays open for the rest."""
        return Amendment.make(self.submission, self._asked(given), known=self.kept(), at=at)

    def is_rung_by(self, given: Mapping[str, object], at: datetime) -> bool:
        """Whether an unsafe answer is in ``given`` that was not kept already."""
        return bool(rung_by(self._asked(given), self.kept(), self.submission.current, at))

    def kept(self) -> dict[str, object]:
        """What was kept so far: leaf path -> answer."""
        return {
            path: after
            for amendment in self.submission.made_amendments()
            if amendment.question_id is None and amendment.made_at >= self.asked_at
            for path, (_before, after) in amendment.changes.items()
            if path in self._leaves()
        }

    def _asked(self, given: Mapping[str, object]) -> dict[str, object]:
        leaves = self._leaves()
        return {path: value for path, value in given.items() if path in leaves}

    def _leaves(self) -> set[str]:
        return set(amendments.leaves(self.fields))


def kind_choices() -> Sequence[tuple[Any, Any]]:
    """A function, so that a kind more makes no migration."""
    return Amendment.Kind.choices


class Amendment(SaidToStaff):
    """Answers given after sending: they lie over those that were sent, which stay as they are.

    ``changes``: leaf path -> [the answer before, the answer given], for every question that was answered.
    Without a ``question`` they are the two of the interruption page, those kept beside a fault, those of
    part two, or those told to staff. ``kind`` is None in rows from before it was kept.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", _("Answered what staff asked")
        HELP = "help", _("Told on the help page")
        ADDED = "added", _("Added")
        TOLD = SaidToStaff.TOLD, _("Recorded by staff")

    PATIENT_DATA = frozenset({"changes", *SaidToStaff.PATIENT_DATA})
    NOT_PATIENT_DATA = frozenset(
        {"id", "submission", "question", "kind", "made_at", *SaidToStaff.NOT_PATIENT_DATA}
    )

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="amendments")
    question = models.OneToOneField(Question, on_delete=models.PROTECT, null=True, related_name="amendment")
    kind = models.CharField(_("kind"), max_length=5, choices=kind_choices, null=True)  # noqa: DJ001
    changes = SealedJSON(_("changes"))
    made_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("amendment")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [SaidToStaff.SAYS_WHO]

    def __str__(self) -> str:
        return f"amendment {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.submission

    @classmethod
    @transaction.atomic
    def make(
        cls,
        submission: Submission,
        given: Mapping[str, object],
        *,
        question: Question | None = None,
        known: Mapping[str, object] | None = None,
        kind: str = Kind.ASKED,
        at: datetime | None = None,
    ) -> "Amendment":
        """Store ``given``, raise an alarm for each unsafe answer in it, and tell the clinic's side, together.

        ``known`` answers of the same question have rung already.

        Of two at the same moment the database lets one insert (one amendment a question), and the clinic's
        side, which locks its own row first, tells the other it is too late.
        """
        at = at or timezone.now()
        # One after the other, so that a later alarm of an intake always has the higher number.
        Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
        before = submission.current
        changes = amendments.changes_of(before, given)
        amendment = cls.objects.create(
            submission=submission, question=question, kind=kind, changes=changes, made_at=at
        )
        amendment._raise_alarms(before, rung_by(given, known or {}, before, at))
        submission.forget_amendments()
        signals.amended.send(sender=cls, amendment=amendment, at=at)
        if question is not None:
            still_open = Question.objects.filter(pk=question.pk, ended_at=None)
            if not still_open.update(ended_at=at, end=Question.End.ANSWERED):
                raise signals.TooLate
        return amendment

    @classmethod
    @transaction.atomic
    def add(
        cls, submission: Submission, given: Mapping[str, object], *, at: datetime | None = None
    ) -> "Amendment | None":
        """Store what the person tells unasked; None where all of it is known: sent twice is the same as once."""
        Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
        submission.forget_amendments()
        known = submission.current
        new = {path: value for path, value in given.items() if answer(known, path) != value}
        return cls.make(submission, new, kind=cls.Kind.ADDED, at=at) if new else None

    @classmethod
    def if_unsafe(
        cls, submission: Submission, given: Mapping[str, object], *, at: datetime
    ) -> "Amendment | None":
        """Store ``given``, for which no question is open any more, if an answer is unsafe that was not so before."""
        submission.forget_amendments()  # the same answer may have been stored a moment ago
        rings = rung_by(given, given, submission.current, at)
        return cls.make(submission, given, known=given, at=at) if rings else None

    @classmethod
    @transaction.atomic
    def tell(
        cls, submission: Submission, given: Mapping[str, object], *, at: datetime, **said: Any
    ) -> "Amendment":
        """Store what somebody told staff, with its alarms; ``said`` are the columns of ``SaidToStaff``.

        It lies among the others by the time when it was said. What was saved already of the same
        talk rings no more. The caller has found no fault in it, and is the clinic's side: nobody else is told.
        """
        Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
        submission.forget_amendments()
        made = submission.made_amendments()
        earlier = [each.changes for each in made if each.moment <= said["said_at"]]
        later = [each.changes for each in made if each.moment > said["said_at"]]
        before = amendments.overlay(submission.answers, earlier)
        amendment = cls(
            submission=submission,
            kind=cls.Kind.TOLD,
            changes=amendments.changes_of(before, given),
            made_at=at,
            **said,
        )
        amendment.save()
        known = {path: None for each in made if amendment.continues(each) for path in each.changes}
        amendment._raise_alarms(before, rung_by(given, known, before, at), later)
        submission.forget_amendments()
        return amendment

    def _raise_alarms(
        self, before: Answers, dangers: Iterable[Danger], later: Sequence[amendments.Changes] = ()
    ) -> None:
        """Asked again and unsafe again rings again, also where the alert of an earlier alarm was closed.

        ``later`` are the changes that lie over these.
        """
        answers = amendments.overlay(before, [self.changes])
        now, then = (
            (amendments.overlay(each, later) for each in (answers, before)) if later else (answers, before)
        )
        moved = changed(INTAKE.dangers, now, then, fields_in(now) | fields_in(then))
        AlarmChange.note(self.submission_id, moved, now, self.made_at)
        Alarm.objects.bulk_create(
            Alarm(
                submission=self.submission,
                amendment=self,
                danger=danger.key,
                urgency=danger.urgency,
                answer=answers_at(answers, danger.paths),
                raised_at=self.made_at,
            )
            for danger in dangers
        )
