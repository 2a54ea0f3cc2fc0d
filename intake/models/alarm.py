"""An unsafe answer, on record from the moment it was saved, and every change of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON
from intake.fields import Answers
from intake.fields.kinds import Text
from intake.fields.urgency import PRESSING
from intake.questionnaire.dangers import BY_KEY, Danger
from intake.questionnaire.kept_answers import answers_at


class Alarm(models.Model):
    """An unsafe answer, written in the same transaction as the answer itself; never changed, never removed.

    One danger may ring several times for one draft: an answer that changes and is unsafe rings anew.

    ``answer`` is what was said when it rang, in its place among the answers (section -> key -> value), whatever
    becomes of it there. None: it rang before alarms kept it.
    """

    PATIENT_DATA = frozenset({"danger", "urgency", "answer"})
    NOT_PATIENT_DATA = frozenset({"id", "submission", "amendment", "raised_at"})

    submission = models.ForeignKey("intake.Submission", on_delete=models.PROTECT, related_name="alarms")
    # None for an answer of the intake itself, else the amendment that holds the answer.
    amendment = models.ForeignKey(
        "intake.Amendment", on_delete=models.PROTECT, null=True, related_name="alarms"
    )
    danger = models.CharField(_("what"), max_length=40)
    urgency = models.CharField(_("urgency"), max_length=8, choices=PRESSING)
    answer = SealedJSON(_("answer"), null=True)
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)

    class Meta:
        verbose_name = _("alarm")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "danger"],
                name="intake_one_alarm_per_amendment_and_danger",
                violation_error_message=_("This alarm has been raised already."),
            ),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.submission

    @property
    def title(self) -> Text:
        return BY_KEY[self.danger].title if self.danger in BY_KEY else self.danger


class AlarmChange(models.Model):
    """The answer behind an alarm became another one, safe or not; never changed, never removed.

    ``answer`` as in ``Alarm``; {} where there is none any more.
    """

    PATIENT_DATA = frozenset({"answer"})
    NOT_PATIENT_DATA = frozenset({"id", "alarm", "at"})

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="changes")
    answer = SealedJSON(_("answer"), default=dict)
    at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("change of an unsafe answer")
        default_permissions = ()

    def __str__(self) -> str:
        return f"change {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.alarm.submission

    @classmethod
    def note(cls, submission_id: UUID, dangers: Iterable[Danger], answers: Answers, at: datetime) -> None:
        """The answers behind these ``dangers`` are now those in ``answers``: a row for each that ever rang.

        Called before a changed answer rings again, in the transaction that stores it.
        """
        changed = {danger.key: danger for danger in dangers}
        if not changed or not Alarm.objects.filter(submission=submission_id).exists():
            return  # so with most forms, which is cheaper to see
        rang = Alarm.objects.filter(submission=submission_id, danger__in=changed).order_by("pk")
        rang = rang.select_related("submission")
        newest = {alarm.danger: alarm for alarm in rang}
        AlarmChange.objects.bulk_create(
            AlarmChange(alarm=alarm, answer=answers_at(answers, changed[key].paths), at=at)
            for key, alarm in newest.items()
        )
