"""The timeline: everything that happened to a referral, and everyone who looked."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.models import Submission
from treatments import permissions
from treatments.models.consult import Consult
from treatments.models.referral import Referral


def kind_choices() -> list[tuple[str, Text]]:
    """A function, so that an event kind more makes no migration."""
    return Event.Kind.choices


class EventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("Events are append-only.")

    def delete(self):
        raise TypeError("Events are append-only.")

    def first_that_stood(self, *kinds: str) -> "EventQuerySet":
        """Of each referral the first event of these kinds that was not undone, if it is among these.

        An undo acts on the version that its move made, so it names the move without reading any details.
        """
        undone = Event.objects.filter(
            kind=Event.Kind.UNDO, referral=OuterRef("referral"), version=OuterRef("version") + 1
        )
        stood = Event.objects.filter(~Exists(undone), kind__in=kinds)
        earlier = stood.filter(referral=OuterRef("referral"), pk__lt=OuterRef("pk"))
        return self.filter(~Exists(undone), ~Exists(earlier), kind__in=kinds)

    def for_user(self, user: AbstractBaseUser) -> "EventQuerySet":
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

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        ASSESSED = "assessed", _("Assessed")
        HOLD_RAISED = "hold_raised", _("Hold raised")
        OPENED = "opened", _("Opened")
        CLAIM = "claim", _("Claimed")
        ROUTE = "route", _("Routed")
        ASK_PATIENT = "ask_patient", _("Patient asked")
        CANCEL_QUESTION = "cancel_question", _("Question canceled")
        CHASED = "chased", _("Patient reminded")
        EXPIRED = "ask_expired", _("Question not answered in time")
        ANSWERED = "answered", _("Patient answered")
        MESSAGE = "message", _("Message from the patient")
        PATIENT_WITHDREW = "patient_withdrew", _("Patient withdrew")
        NOTE = "note", _("Note")
        CLOSE = "close", _("Closed")
        REOPEN = "reopen", _("Reopened")
        RELEASE_HOLD = "release_hold", _("Hold released")
        ACCEPT = "accept", _("Accepted")
        RETURN = "return", _("Returned")
        BOOK = "book", _("Booked")
        RESCHEDULE = "reschedule", _("Visit rescheduled")
        COMPLETE = "complete", _("Completed")
        POSTPONE = "postpone", _("Postponed")
        TRANSFER = "transfer", _("Transferred to another queue")
        FEEDBACK = "feedback", _("Feedback on the referral")
        QUEUE_SETTING = "queue_setting", _("Queue changed")
        ENTRY_BEGUN = "entry_begun", _("Entering an intake begun")
        ENTRY_LEFT = "entry_left", _("Entering an intake given up")
        WITHDRAW = "withdraw", _("Withdrawn")
        ASSIGN = "assign", _("Assigned")
        RELEASE = "release", _("Unassigned")
        UNDO = "undo", _("Last move undone")
        UNDO_CONSULT = "undo_consult", _("Team's last move undone")
        CONTACT = "contact", _("Contact attempt")
        CARING_DUE = "caring_due", _("Caring contact due")
        CARING_CONTACT = "caring_contact", _("Caring contact made")
        REFER_ELSEWHERE = "refer_elsewhere", _("Referred to another service")
        LINK_DUPLICATE = "link_duplicate", _("Linked to a duplicate")
        UNLINK_DUPLICATE = "unlink_duplicate", _("Link to a duplicate removed")
        EXPORTED = "exported", _("Exported")
        ACKNOWLEDGE = "acknowledge", _("Alert acknowledged")

    # What every reader of the referral may see. Routing, notes and closing may name another queue.
    SHARED = (
        Kind.RECEIVED,
        Kind.ASSESSED,
        Kind.HOLD_RAISED,
        Kind.RELEASE_HOLD,
        Kind.ACKNOWLEDGE,
        Kind.ANSWERED,
        Kind.PATIENT_WITHDREW,
    )

    BY_PATIENT = (Kind.ANSWERED, Kind.MESSAGE, Kind.PATIENT_WITHDREW)

    # Somebody read, or took away what they read.
    READS = (Kind.OPENED, Kind.EXPORTED)

    # Where somebody decides, the account of the rules that they had before them is kept.
    DECIDING = (Kind.ROUTE, Kind.RELEASE_HOLD, Kind.ACCEPT, Kind.TRANSFER)

    PATIENT_DATA = frozenset({"note", "details", "assessment"})
    NOT_PATIENT_DATA = frozenset(
        {
            "id",
            "referral",
            "consult",
            "submission",
            "actor",
            "kind",
            "at",
            "from_state",
            "to_state",
            "version",
            "asked",
            "before",
        }
    )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="events")
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, null=True, related_name="events")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    kind = models.CharField(_("what"), max_length=32, choices=kind_choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    from_state = models.CharField(_("from"), max_length=16, blank=True)
    to_state = models.CharField(_("to"), max_length=16, blank=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(_("details"), default=dict)
    assessment = models.JSONField(_("assessment"), null=True)
    version = models.PositiveIntegerField(default=0)
    asked = models.CharField(max_length=64, blank=True)
    # What an undo of this move restores; None for an action that can't be undone.
    before = models.JSONField(null=True)

    objects = EventQuerySet.as_manager()

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
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Events are append-only.")

    @property
    def is_by_patient(self) -> bool:
        return self.kind in self.BY_PATIENT

    @property
    def keeps_assessment(self) -> bool:
        """Told without reading the assessment itself."""
        return self.kind in self.DECIDING
