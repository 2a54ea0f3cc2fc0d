"""A request for a person's records to somebody outside the clinic, and what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from intake.fields.kinds import Text
from treatments import permissions
from treatments.models.consult import Consult
from treatments.models.referral import Referral
from treatments.workflow import REQUEST_STATES, RequestState
from treatments.workflow.record_requests import RECORD_HOLDERS, RecordHolder
from treatments.workflow.states import OPEN_REQUEST_STATES, REQUESTS_OUT


def request_states() -> list[tuple[str, Text]]:
    """A function, so that a state more makes no migration."""
    return [(state.value, label) for state, label in REQUEST_STATES.items()]


class OfDeskOrTeamQuerySet(models.QuerySet[Any]):
    """Of rows that the desk made of a referral, or a team of its consult."""

    def for_user(self, user: User | AnonymousUser) -> Any:
        """All for the desk; for a team its own: what others made may name their queue."""
        if user.has_perm("treatments.view_referral"):
            return self
        return self.filter(consult__treatment__in=permissions.queues_of(user))


class RecordRequestQuerySet(OfDeskOrTeamQuerySet):
    def overdue(self, today: date) -> "RecordRequestQuerySet":
        return self.filter(state__in=REQUESTS_OUT, due_on__lt=today)

    def in_order(self) -> "RecordRequestQuerySet":
        return self.order_by("-pk")


class RecordRequest(models.Model):
    """``consult`` is the team's that asks, None for the desk. ``paths`` of the document may be none; ``what`` is for
    whoever is asked. ``received`` says what ``came``, how many ``pages``, ``where`` it lies and who has ``seen_by``.
    """

    PATIENT_DATA = frozenset({"to_name", "to_role", "phone", "fax", "what", "paths", "received"}) | {
        *("state", "release_signed_on", "sent_on", "due_on", "received_on")
    }
    NOT_PATIENT_DATA = frozenset({"id", "referral", "consult", "by", "at"})

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="record_requests")
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, null=True, related_name="record_requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    to_name = SealedText(_("who is asked"))
    to_role = SealedText(_("what they are"))
    phone = SealedText(_("phone"), null=True)
    fax = SealedText(_("fax"), null=True)
    what = SealedText(_("what is asked for"))
    paths = SealedJSON(_("answers that it is about"), null=True, default=list)
    state = models.CharField(
        _("state"), max_length=8, choices=request_states, default=RequestState.DRAFT.value
    )
    release_signed_on = models.DateField(_("release signed"), null=True)
    sent_on = models.DateField(_("sent"), null=True)
    due_on = models.DateField(_("due"), null=True)
    received_on = models.DateField(_("received"), null=True)
    received = SealedJSON(_("what came"), null=True, default=dict)

    objects = RecordRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for records")
        verbose_name_plural = _("requests for records")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["due_on"], name="record_request_due", condition=Q(state__in=("sent", "chased"))
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="record_request_sent_is_released",
                condition=Q(state__in=("draft", "canceled"))
                | Q(release_signed_on__isnull=False, sent_on__isnull=False, due_on__isnull=False),
                violation_error_message=_(
                    "A request that was sent says when, and when the release was signed."
                ),
            ),
            models.CheckConstraint(
                name="record_request_received_has_a_day",
                condition=Q(state="received", received_on__isnull=False)
                | (~Q(state="received") & Q(received_on__isnull=True)),
                violation_error_message=_("What was received has a day, and only that."),
            ),
        ]

    def __str__(self) -> str:
        return f"request for records {self.pk}"

    @property
    def key_holder(self) -> KeyHolder:
        return self.referral.submission

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST_STATES

    @property
    def state_label(self) -> Text:
        return REQUEST_STATES[RequestState(self.state)]

    @property
    def role_label(self) -> Text:
        return RECORD_HOLDERS[RecordHolder(self.to_role)] if self.to_role else ""

    @property
    def stands(self) -> tuple[RequestState, bool]:
        """Where it stands, and whether the release is signed."""
        return RequestState(self.state), self.release_signed_on is not None

    @property
    def what_came(self) -> Mapping[str, Any]:
        return self.received or {}

    def is_overdue(self, today: date) -> bool:
        return self.state in REQUESTS_OUT and self.due_on is not None and self.due_on < today
