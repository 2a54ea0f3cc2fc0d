"""The on-call rota as the clinic keeps it: a row says who hears of a safety alert, when, and by what."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.locations import settings_of
from treatments import permissions
from treatments.workflow.escalation import OnCall
from treatments.workflow.rota import CHANNEL_WORDS, RANK_WORDS, Channel, Rank, Turn

READ_ALERTS = "treatments.view_alert"
# A server may ask several places for rights; accounts and their groups are Django's own.
BACKEND = "django.contrib.auth.backends.ModelBackend"


# Functions, so that a rank or a channel more makes no migration.
def rank_choices() -> list[tuple[int, Text]]:
    return [(rank.value, words) for rank, words in RANK_WORDS.items()]


def channel_choices() -> list[tuple[str, Text]]:
    return [(channel.value, words) for channel, words in CHANNEL_WORDS.items()]


class ShiftQuerySet(models.QuerySet["Shift"]):
    def standing(self, now: datetime) -> "ShiftQuerySet":
        """What nobody has ended and what has not run out by its date, in the order of a week."""
        ahead = Q(last_day=None) | Q(last_day__gte=localdate(now))
        return self.filter(ahead, ended_at=None).order_by(
            F("first_day").asc(nulls_first=True), "weekday", "begins", "rank", "pk"
        )

    def that_reach_somebody(self) -> "ShiftQuerySet":
        """Rows whose person may still read alerts and can be notified; any other counts as nobody."""
        found = self.filter(person__in=responders())
        if not settings.SENDS_MAIL:
            return found.exclude(channel=Channel.MAIL)
        return found.exclude(channel=Channel.MAIL, person__email="")


class Shift(models.Model):
    """A row of the rota; ended, never deleted. ``treatments.workflow.rota.Turn`` says what its times mean."""

    PATIENT_DATA: frozenset[str] = frozenset()
    NOT_PATIENT_DATA = frozenset(
        {"id", "person", "rank", "weekday", "first_day", "last_day", "begins", "ends", "channel", "webhook"}
        | {"version", "changed_by", "ended_at"}
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("who")
    )
    rank = models.PositiveSmallIntegerField(_("first or second"), choices=rank_choices)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True)
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    channel = models.CharField(_("by"), max_length=8, choices=channel_choices)
    # Such an address often holds a key: it is shown nowhere and stands in no event.
    webhook = models.CharField(_("address of the webhook"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the on-call rota")
        verbose_name_plural = _("on-call rota")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                name="shift_is_weekly_or_by_dates",
                condition=Q(weekday__isnull=False, weekday__range=(0, 6), first_day=None, last_day=None)
                | Q(weekday=None, first_day__isnull=False, last_day__isnull=False),
                violation_error_message=_("A row is for a weekday or for dates."),
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_begins",
                condition=Q(first_day=None)
                | Q(last_day__gt=F("first_day"))
                | Q(last_day=F("first_day"), ends__gt=F("begins")),
                violation_error_message=_("A row ends after it begins."),
            ),
            models.CheckConstraint(
                name="shift_has_an_address_where_it_needs_one",
                condition=Q(channel=Channel.WEBHOOK.value) ^ Q(webhook=""),
                violation_error_message=_("A webhook has an address, and nothing else has."),
            ),
            models.UniqueConstraint(
                fields=["person", "rank", "channel", "weekday", "begins", "ends"],
                condition=Q(ended_at=None, first_day=None),
                name="shift_weekly_once",
                violation_error_message=_("This row is in the rota already."),
            ),
            models.UniqueConstraint(
                fields=["person", "rank", "channel", "first_day", "last_day", "begins", "ends"],
                condition=Q(ended_at=None, weekday=None),
                name="shift_by_dates_once",
                violation_error_message=_("This row is in the rota already."),
            ),
        ]

    def __str__(self) -> str:
        return f"shift {self.pk}"

    @property
    def turn(self) -> Turn:
        """What judging knows of it."""
        return Turn(
            key=self.pk,
            person=self.person_id,
            rank=Rank(self.rank),
            channel=Channel(self.channel),
            begins=self.begins,
            ends=self.ends,
            weekday=self.weekday,
            first_day=self.first_day,
            last_day=self.last_day,
        )


def _who_may(permission: str) -> models.QuerySet[User]:
    """By a group of theirs: a superuser reads no patient but in an emergency, and is on no rota."""
    found = User.objects.with_perm(permission, include_superusers=False, backend=BACKEND)
    return found.filter(is_staff=True)


def responders() -> models.QuerySet[User]:
    """The accounts that a notice's link leads to an alert: active, staff, with the right to read alerts."""
    return _who_may(READ_ALERTS)


def administrators() -> models.QuerySet[User]:
    """Who keeps the rota and can be notified by mail: they hear last."""
    return _who_may(permissions.KEEP_ROTA).exclude(email="").order_by("pk")


def on_call_now(now: datetime) -> OnCall:
    """The rota as it stands, and what else decides who hears of an alert."""
    here = settings_of(None)
    shifts = Shift.objects.standing(now).that_reach_somebody()
    address = {Channel.MAIL: settings.ON_CALL_EMAIL, Channel.WEBHOOK: settings.ON_CALL_WEBHOOK}
    return OnCall(
        turns=tuple(shift.turn for shift in shifts),
        administrators=tuple(administrators().values_list("pk", flat=True)) if settings.SENDS_MAIL else (),
        address=tuple(channel for channel, where in address.items() if where),
        working_time=here.working_time,
        escalate_after=timedelta(minutes=here.escalate_minutes),
    )
