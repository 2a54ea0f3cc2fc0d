"""Where a referral stands before its payer, as far as lists sort and filter by it; nothing of it is worked out there."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from treatments import permissions
from treatments.models.json_type import JsonType


def payer_column(user: User | AnonymousUser) -> str:
    """The column that this person may read: a need that rests on protected answers is not counted in the other."""
    return "payer_state" if user.has_perm(permissions.READ_SUBSTANCE_USE) else "payer_state_masked"


class PayerState(models.Model):
    """``payer_state``: by treatment its ``state`` and how many needs are ``open``; under ``waits`` who is waited for,
    under ``due_on`` the day on which something is due. {}: not worked out yet. ``payer_state_masked``: the same for
    readers without the grant.
    """

    payer_state = models.JSONField(_("payer"), default=dict, editable=False)
    payer_state_masked = models.JSONField(_("payer without protected answers"), default=dict, editable=False)
    # The next day on which it changes by itself: a score grows stale, an entry expires, a call is due.
    payer_changes_on = models.DateField(_("payer changes on"), null=True, editable=False)

    class Meta:
        abstract = True


PAYER_INDEXES = (
    models.Index(
        "payer_changes_on", name="referral_payer_changes", condition=Q(payer_changes_on__isnull=False)
    ),
)
PAYER_CONSTRAINTS = tuple(
    models.CheckConstraint(
        name=f"referral_{column}_is_an_object",
        condition=Exact(JsonType(column), Value("object")),
        violation_error_message=_("What is known of the payer is kept by the treatment."),
    )
    for column in ("payer_state", "payer_state_masked")
)
