"""An unsafe answer, on record from the moment it was saved."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.urgency import PRESSING
from intake.questionnaire.dangers import BY_KEY


class Alarm(models.Model):
    """An unsafe answer, written in the same transaction as the answer itself; never changed, never removed.

    One danger may ring several times for one draft: an answer that changes and is unsafe rings anew.

    The answer's own words stay in the submission: the alarm names the danger (``intake.questionnaire.dangers``).
    """

    PATIENT_DATA = frozenset({"danger", "urgency"})
    NOT_PATIENT_DATA = frozenset({"id", "submission", "amendment", "raised_at"})

    submission = models.ForeignKey("intake.Submission", on_delete=models.PROTECT, related_name="alarms")
    # None for an answer of the intake itself, else the amendment that holds the answer.
    amendment = models.ForeignKey(
        "intake.Amendment", on_delete=models.PROTECT, null=True, related_name="alarms"
    )
    danger = models.CharField(_("what"), max_length=40)
    urgency = models.CharField(_("urgency"), max_length=8, choices=PRESSING)
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
    def title(self) -> Text:
        return BY_KEY[self.danger].title if self.danger in BY_KEY else self.danger
