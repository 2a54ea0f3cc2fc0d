"""How long a referral is kept: when it was closed, what keeps it longer, and that it was erased."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from intake.models.erasure import erased_words

# Plain strings: constraints and indexes are written into migrations.
NOTHING_LEFT = (
    Q(state="closed", legal_hold_since=None, erasure_asked_at=None)
    & Q(first_name="", last_name="", date_of_birth=None, phone="", email="", phone_digits="")
    & Q(hold_rules=[], fired=[], findings={}, findings_masked={}, clinician_level="", phq9=None, cssrs="")
    & Q(payer_state={}, payer_state_masked={}, payer_changes_on=None)
)


class Keeping(models.Model):
    """A referral, as far as it is kept or erased."""

    closed_at = models.DateTimeField(gettext_lazy("closed at"), null=True, editable=False)
    # While it stands nothing of the person is erased; why, and by whom, stands in the timeline.
    legal_hold_since = models.DateTimeField(gettext_lazy("legal hold since"), null=True, editable=False)
    # The person has asked to be erased, and nobody has done or dropped it yet.
    erasure_asked_at = models.DateTimeField(gettext_lazy("erasure asked for"), null=True, editable=False)
    # The form is a skeleton from here on: dates, states and outcomes for counts.
    erased_at = models.DateTimeField(gettext_lazy("erased"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def erased_words(self) -> str:
        return erased_words(self.erased_at)


INDEXES = (
    models.Index("closed_at", name="referral_to_purge", condition=Q(state="closed", erased_at=None)),
    models.Index("legal_hold_since", name="referral_legal_hold", condition=Q(legal_hold_since__isnull=False)),
    models.Index("erasure_asked_at", name="referral_erasure", condition=Q(erasure_asked_at__isnull=False)),
)
CONSTRAINTS = (
    models.CheckConstraint(
        name="referral_closed_at_a_time",
        condition=Q(state="closed") ^ Q(closed_at=None),
        violation_error_message=gettext_lazy(
            "A closed referral has the time it was closed, and only a closed one."
        ),
    ),
    models.CheckConstraint(
        name="referral_erased_holds_nothing",
        condition=Q(erased_at=None, date_of_birth__isnull=False)
        | (Q(erased_at__isnull=False) & NOTHING_LEFT),
        violation_error_message=gettext_lazy(
            "Of somebody who was erased nothing is kept, and whoever is kept has a birth date."
        ),
    ),
)
