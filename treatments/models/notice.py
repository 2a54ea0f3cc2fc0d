"""Notices to staff that something is theirs to look at, and how often each person gets mail of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.models.consult import Consult
from treatments.models.event import Event
from treatments.models.referral import Referral
from treatments.workflow.events import OPENED
from treatments.workflow.notices import DELIVERY_WORDS, KIND_WORDS

MAILED_WITHIN = timedelta(days=7)  # what nobody could mail by then stands on the home page alone


def kind_choices() -> list[tuple[str, Text]]:
    """A function, so that a kind more makes no migration."""
    return [(kind.value, words) for kind, words in KIND_WORDS.items()]


def delivery_choices() -> list[tuple[str, Text]]:
    return [(delivery.value, words) for delivery, words in DELIVERY_WORDS.items()]


def openings() -> models.QuerySet[Event]:
    """For a subquery of notices: their person opened the referral since."""
    return Event.objects.filter(
        referral=OuterRef("referral"), actor=OuterRef("person"), kind=OPENED.key, at__gte=OuterRef("at")
    )


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_user(self, user: User) -> "NoticeQuerySet":
        """This person's, of what they may read now: a team's of its own consults alone."""
        theirs = self.filter(person=user, person__is_active=True)
        if user.has_perm("treatments.view_referral"):
            return theirs
        return theirs.filter(consult__in=Consult.objects.for_user(user))

    def unread(self) -> "NoticeQuerySet":
        """Neither marked as read nor opened since. A GET writes nothing: an opening is on record as an event, and
        the tick marks the notice.
        """
        return self.filter(~Exists(openings()), read_at=None)

    def to_mail(self, at: datetime) -> "NoticeQuerySet":
        return self.filter(sent_at=None, at__gte=at - MAILED_WITHIN)


class Notice(models.Model):
    """Something for one person to look at. ``consult``: under which a team member reads the referral.

    One of a kind, person and referral while it is unread: what comes meanwhile adds none.
    """

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "person", "kind", "referral", "consult", "at", "read_at", "sent_at"})

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("what"), max_length=9, choices=kind_choices)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notices")
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)
    sent_at = models.DateTimeField(_("mailed"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        default_permissions = ()
        indexes = [
            models.Index(fields=["read_at"], name="notice_read", condition=Q(read_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "referral", "kind"],
                condition=Q(read_at=None),
                name="notice_one_of_a_kind_while_unread",
                violation_error_message=_("This person has such a notice, and has not read it."),
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class NoticeSetting(models.Model):
    """How often somebody gets mail of their notices: as they chose, "" as the clinic has set it for their role.

    ``day_on`` is the last day for which the day's notices were made and mailed, ``mailed_at`` the last mail.
    """

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset({"id", "user", "delivery", "day_on", "mailed_at"})

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_setting"
    )
    delivery = models.CharField(_("mail"), max_length=7, choices=delivery_choices, blank=True, default="")
    day_on = models.DateField(_("last day"), null=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True)

    class Meta:
        verbose_name = _("mail of notices")
        default_permissions = ()

    def __str__(self) -> str:
        return f"notices of {self.user_id}"
