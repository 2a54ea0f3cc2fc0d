"""The timeline: everything that happened to a referral, and everyone who looked."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.encryption.columns import KeyHolder, SealedJSON, SealedText
from intake.fields.kinds import Text
from intake.models import SharedKey, Submission
from treatments import permissions
from treatments.models import record_chain, staff_request
from treatments.models.consult import Consult
from treatments.models.referral import Referral
from treatments.workflow.events import EVENT_KINDS


def kind_choices() -> list[tuple[str, Text]]:
    """A function, so that an event kind more makes no migration."""
    return [(key, row.event) for key, row in EVENT_KINDS.items()]


def kinds_that_are(column: str) -> tuple[str, ...]:
    """The kinds of whose row this ``column`` is true; not every row has it."""
    return tuple(key for key, row in EVENT_KINDS.items() if getattr(row, column, False))


class EventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("Events are append-only.")

    def delete(self):
        raise TypeError("Events are append-only.")

    def bulk_create(self, objs, *args, **kwargs):
        """One after the other: each follows the one before."""
        for each in objs:
            each.save()
        return objs

    def for_user(self, user: User) -> "EventQuerySet":
        """What this person may read of a timeline: a team its own consults, and nothing that names others."""
        if user.has_perm("treatments.view_referral"):
            return self
        shared = Q(consult__isnull=True, kind__in=Event.SHARED)
        return self.filter(shared | Q(consult__treatment__in=permissions.queues_of(user)))


class Event(models.Model):
    """Something that happened: who, when, what, from which state to which; written once, never changed.

    ``version`` is the referral's version the actor acted on and ``asked`` a digest of what was asked: the
    same action sent twice is recognized by them. ``assessment`` is the account the actor had before them.
    """

    # What every reader of the referral may see. Routing, notes and closing may name another queue.
    SHARED = kinds_that_are("shared")
    BY_PATIENT = kinds_that_are("by_patient")
    # Somebody read, or took away what they read.
    READS = kinds_that_are("is_reading")
    # They were shown a list or a page of several.
    LISTINGS = kinds_that_are("is_listing")
    # Where somebody decides, the account of the rules that they had before them is kept.
    DECIDING = kinds_that_are("keeps_assessment")

    PATIENT_DATA = frozenset({"note", "details", "assessment"})
    NOT_PATIENT_DATA = frozenset(
        {
            "id",
            "referral",
            "consult",
            "submission",
            "actor",
            "account",
            "from_address",
            "kind",
            "at",
            "from_state",
            "to_state",
            "version",
            "asked",
            "before",
            "shared_key",
            "link",
        }
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="events")
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, null=True, related_name="events")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    # Whose staff account it is about, where it is about one.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Of what staff did and of tries to sign in; never a patient's.
    from_address = models.GenericIPAddressField(_("from where"), null=True)
    kind = models.CharField(_("what"), max_length=32, choices=kind_choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    from_state = models.CharField(_("from"), max_length=16, blank=True)
    to_state = models.CharField(_("to"), max_length=16, blank=True)
    note = SealedText(_("note"), null=True)
    details = SealedJSON(_("details"), null=True, default=dict)
    assessment = SealedJSON(_("assessment"), null=True)
    version = models.PositiveIntegerField(default=0)
    asked = models.CharField(max_length=64, blank=True)
    # What an undo of this move restores; None for an action that can't be undone.
    before = models.JSONField(null=True)
    # Of an event that is about nobody, or about somebody erased before it: the key of its month.
    shared_key = models.ForeignKey(
        SharedKey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )

    # On SQLite: see treatments.models.record_chain.
    link = models.BinaryField(null=True, editable=False)

    objects = EventQuerySet.as_manager()

    # What treatments.reading sets on the events that it shows to somebody; none of it is stored.
    about: list[str]
    changes: Sequence[object]
    words: str
    source: str
    risk: object | None

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["referral", "at"], name="event_timeline"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
            models.Index(fields=["at", "id"], name="event_newest"),
            models.Index(fields=["actor", "at"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Events are append-only.")
        about_nobody = self.referral_id is None and self.submission_id is None
        if about_nobody or (self.says_something and self._about.is_erased):
            self.shared_key = SharedKey.of_month(self.at)
        answering = staff_request.current()
        if answering and self.from_address is None:
            self.from_address = answering.address
        record_chain.chain(self, connection)
        super().save(*args, **kwargs)
        self.__dict__.pop("link", None)  # read it from the row, which has it from the database
        if answering and self.kind in self.READS:
            answering.on_record = True

    def delete(self, *args, **kwargs):
        raise TypeError("Events are append-only.")

    @property
    def key_holder(self) -> KeyHolder:
        """Whom it is about; of an event about nobody, or about somebody who was erased before it, its month."""
        return self.shared_key or self._about

    @property
    def _about(self) -> Submission:
        about = self.submission or (self.referral.submission if self.referral else None)
        assert about is not None  # nosec B101 # noqa: S101 save() sees to it
        return about

    @property
    def says_something(self) -> bool:
        """Whether anything of it is sealed."""
        return bool(self.note or self.details or self.assessment)

    @property
    def is_erased(self) -> bool:
        """Whether what it said is gone with the person."""
        return self.key_holder.is_erased

    @property
    def is_by_patient(self) -> bool:
        return self.kind in self.BY_PATIENT

    @property
    def keeps_assessment(self) -> bool:
        """Known without reading the assessment itself."""
        return self.kind in self.DECIDING
