"""Where a referral stands on the desk: the hold that stands, and the one number by which the worklist groups and sorts.

The database derives both from what triage sets; only where nothing but time passes does the tick set ``check_due``.
"""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from intake.fields.urgency import LEVELS, RANK, SAME_DAY, URGENT
from treatments.workflow.desk import Place

# Plain strings: they are written into migrations. A hold or a level of a closed referral calls nobody by itself.
_CAME = Q(returned_at__isnull=False) | Q(attention__gt="")
_STANDS = ~Q(state="closed") | _CAME
_HIGH = Q(clinician_level="high") | Q(clinician_level="moderate", check_due=True)

HOLD_RANK = Case(
    *(When(hold=level.value, then=Value(level.rank)) for level in reversed(LEVELS) if level.rank),
    When(alert_open=True, then=Value(RANK[SAME_DAY])),
    default=Value(0),
)
DESK_RANK = Case(
    When(_STANDS & Q(hold=URGENT), then=Value(Place.URGENT.value)),
    When(_STANDS & (Q(hold=SAME_DAY) | Q(alert_open=True)), then=Value(Place.SAME_DAY.value)),
    When(~Q(state="closed") & _HIGH, then=Value(Place.LEVEL.value)),
    When(_CAME, then=Value(Place.CAME_BACK.value)),
    When(state="new", then=Value(Place.NEW.value)),
    When(state="in_review", then=Value(Place.IN_REVIEW.value)),
    default=Value(Place.AWAY.value),
)


class DeskPlace(models.Model):
    """A referral, as far as the desk sorts it."""

    # Nobody has closed the safety alert of the form: at least a same-day hold, outside the rules.
    alert_open = models.BooleanField(_("alert open"), default=False)
    # Of what stands: the stronger of the rules' hold and the alert's.
    hold_rank = models.GeneratedField(
        expression=HOLD_RANK, output_field=models.SmallIntegerField(_("hold rank")), db_persist=True
    )
    # The day of the clinician's next check has come; treatments/triage/desk_place.py.
    check_due = models.BooleanField(_("check due"), default=False)
    # A ``Place`` of treatments/workflow/desk.py: group and urgency in one number.
    desk_rank = models.GeneratedField(
        expression=DESK_RANK, output_field=models.SmallIntegerField(_("place on the desk")), db_persist=True
    )
    # For the list's rows, by codes and names of staff: who is on the alert, what was returned and why, which
    # visit the person did not come to. Of a flag that stands no longer it says nothing any more.
    need = models.JSONField(_("what is needed"), default=dict, editable=False)

    class Meta:
        abstract = True
