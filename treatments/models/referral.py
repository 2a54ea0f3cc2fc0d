"""A sent intake on the coordinators' desk."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.lookup import age_on
from intake.fields.urgency import RANK
from intake.models import Submission
from intake.models.submission import language_choices
from treatments.models.desk_place import DeskPlace
from treatments.models.json_type import JsonType
from treatments.models.keeping import CONSTRAINTS, INDEXES, Keeping
from treatments.models.payer_state import PAYER_CONSTRAINTS, PAYER_INDEXES, PayerState
from treatments.models.referral_lists import ON_THE_DESK, ReferralQuerySet
from treatments.search import phone_digits
from treatments.workflow import ATTENTION_WORDS, HOLD_WORDS, REFERRAL_STATES, Attention, Hold, ReferralState
from treatments.workflow.flags import in_order
from treatments.workflow.risk import RISK_LEVELS


# Functions, so that a row more in a table makes no migration.
def state_choices() -> list[tuple[str, Text]]:
    return [(state.value, row.label) for state, row in REFERRAL_STATES.items()]


def attention_choices() -> list[tuple[str, Text]]:
    return [(attention.value, label) for attention, label in ATTENTION_WORDS.items() if attention]


def hold_choices() -> list[tuple[str, Text]]:
    return [(hold.value, label) for hold, label in HOLD_WORDS.items()]


def risk_choices() -> list[tuple[str, Text]]:
    return [(level.value, words) for level, (_shape, words) in RISK_LEVELS.items()]


class Referral(Keeping, DeskPlace, PayerState):
    """A sent intake on the coordinators' desk.

    The person's columns are copies for lists and search; the answers stay in the submission. The
    assessment's columns are copies of the last assessment for the same reason.
    """

    PATIENT_DATA = frozenset(
        {
            "first_name",
            "last_name",
            "date_of_birth",
            "phone",
            "email",
            "hold",
            "hold_rules",
            *("hold_rank", "alert_open", "check_due", "desk_rank", "need", "antidepressants"),
            "fired",
            "findings",
            "findings_masked",
            "phq9",
            "cssrs",
            "adequate_trials",
            "clinician_level",
            *("payer_state", "payer_state_masked"),
            "search",
            *("phone_digits", "channel"),
        }
    )
    NOT_PATIENT_DATA = frozenset(
        {
            "id",
            "submission",
            "reference",
            "language",
            "state",
            "close_reason",
            "owner",
            "version",
            "received_at",
            "waiting_since",
            "returned_at",
            "attention",
            "flags",
            "message_due_at",
            *("chase_at", "answer_by", "contact_due_on", "paused_since", "counted_since"),
            *("assessed_at", "ruleset", "hold_released_at", "hold_released_ruleset", "next_check_at"),
            *("newest_risk", "closed_at", "legal_hold_since", "erasure_asked_at", "erased_at"),
            "payer_changes_on",
        }
    )

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="referral", verbose_name=_("submission")
    )
    reference = models.CharField(_("reference"), max_length=9, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=language_choices, blank=True)
    # By oneself, helped, by staff: intake.models.Channel. Of a referral from before it was kept, and erased: "".
    channel = models.CharField(_("how the form came"), max_length=6, blank=True)
    first_name = models.CharField(_("first name"), max_length=500)
    last_name = models.CharField(_("last name"), max_length=500)
    # None once the person was erased, and only then.
    date_of_birth = models.DateField(_("date of birth"), null=True)
    phone = models.CharField(_("phone"), max_length=500, blank=True)
    email = models.CharField(_("email"), max_length=500, blank=True)
    phone_digits = models.CharField(max_length=10, blank=True, editable=False)
    search = models.TextField(_("search words"), blank=True, editable=False)

    state = models.CharField(
        _("state"), max_length=16, choices=state_choices, default=ReferralState.NEW.value
    )
    close_reason = models.CharField(_("reason for closing"), max_length=32, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="referrals",
        verbose_name=_("assigned to"),
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    received_at = models.DateTimeField(_("received"))
    waiting_since = models.DateTimeField(_("waiting since"))
    returned_at = models.DateTimeField(_("returned by a team"), null=True)

    # What waits for somebody, each with its time (ISO); ``attention`` is the first of them, for the desk's
    # index. A return has ``returned_at``. Only treatments/triage/flags.py sets them.
    flags = models.JSONField(_("flags"), default=dict)
    attention = models.CharField(
        _("needs a look"), max_length=9, choices=attention_choices, blank=True, default=""
    )
    message_due_at = models.DateTimeField(_("message due"), null=True)
    # While a question to the patient is open: when they are reminded, and until when the desk waits.
    chase_at = models.DateTimeField(_("remind the patient"), null=True)
    answer_by = models.DateTimeField(_("answer by"), null=True)

    contact_due_on = models.DateField(_("next contact attempt due"), null=True)
    # The desk's clock: see treatments/models/desk_clock.py.
    paused_since = models.DateTimeField(_("clock stopped"), null=True)
    counted_since = models.DateTimeField(_("clock counts from"))

    # The last assessment, and the hold that stands. Until the first one: a same-day hold.
    assessed_at = models.DateTimeField(_("assessed"), null=True)
    ruleset = models.CharField(_("ruleset"), max_length=16, blank=True)
    hold = models.CharField(_("hold"), max_length=8, choices=hold_choices, default=Hold.SAME_DAY.value)
    hold_rules = models.JSONField(_("rules that hold"), default=list)
    hold_released_at = models.DateTimeField(_("hold released"), null=True)
    # Of a release from before there were risk assessments, until an answer is amended; never set any more.
    hold_released_ruleset = models.CharField(max_length=16, blank=True)
    # Of the newest risk assessment; all else is read from its row.
    clinician_level = models.CharField(_("clinician's level"), max_length=8, choices=risk_choices, blank=True)
    next_check_at = models.DateTimeField(_("next check"), null=True)
    # For lists, which show its plan: one join instead of the newest of many rows.
    newest_risk = models.ForeignKey(
        "treatments.RiskAssessment", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    fired = models.JSONField(_("rules that fired"), default=list)
    # Of each treatment what treatments.workflow.findings says; masked, as for readers without the grant.
    findings = models.JSONField(_("findings"), default=dict)
    findings_masked = models.JSONField(_("findings without protected answers"), default=dict)
    phq9 = models.SmallIntegerField(_("PHQ-9"), null=True)
    cssrs = models.CharField(_("suicide screen"), max_length=12, blank=True)
    adequate_trials = models.SmallIntegerField(_("adequate trials without benefit"), null=True)
    # The different ones that the person named, adequate or not.
    antidepressants = models.SmallIntegerField(_("antidepressants named"), null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        default_permissions = ("view",)
        indexes = [
            # With what the desk is filtered by, so that PostgreSQL filters it without reading its rows.
            models.Index(
                fields=[
                    *("-desk_rank", "waiting_since", "id"),
                    *("state", "hold_rank", "received_at", "counted_since", "language"),
                    *("owner", "findings", "findings_masked", "payer_state", "payer_state_masked"),
                ],
                name="referral_desk",
                condition=ON_THE_DESK,
            ),
            models.Index("owner", "id", name="referral_desk_of", condition=ON_THE_DESK),
            models.Index("answer_by", name="referral_asked", condition=Q(answer_by__isnull=False)),
            models.Index(F("desk_rank").desc(), "waiting_since", "id", name="referral_by_place"),
            models.Index("state", F("desk_rank").desc(), "waiting_since", "id", name="referral_by_state"),
            models.Index("hold_rank", name="referral_held", condition=Q(hold_rank__gt=0)),
            models.Index("next_check_at", name="referral_check", condition=Q(check_due=False)),
            models.Index("received_at", name="referral_received"),
            models.Index(
                "contact_due_on", name="referral_contact_due", condition=Q(contact_due_on__isnull=False)
            ),
            models.Index(
                "message_due_at", name="referral_message_due", condition=Q(message_due_at__isnull=False)
            ),
            models.Index("id", name="referral_not_assessed", condition=Q(assessed_at__isnull=True)),
            models.Index("date_of_birth", name="referral_born"),
            models.Index("phone_digits", name="referral_phone"),
            models.Index(Lower("email"), name="referral_email"),
            *INDEXES,
            *PAYER_INDEXES,
        ]
        constraints = [
            *CONSTRAINTS,
            *PAYER_CONSTRAINTS,
            models.CheckConstraint(
                name="referral_asks_while_it_is_handled",
                condition=Q(state__in=("in_review", "awaiting_patient", "routed"))
                | Q(chase_at=None, answer_by=None),
                violation_error_message=_(
                    "Only a referral that is handled has a date for the patient’s answer."
                ),
            ),
            models.CheckConstraint(
                name="referral_message_is_due_until_dealt_with",
                condition=Q(attention="message") ^ Q(message_due_at=None),
                violation_error_message=_(
                    "A message has a time until which it is dealt with, and only a message."
                ),
            ),
            models.CheckConstraint(
                name="referral_closed_has_a_reason",
                condition=Q(state="closed") ^ Q(close_reason=""),
                violation_error_message=_("A closed referral has a reason, and only a closed one."),
            ),
            models.CheckConstraint(
                name="referral_clock_stands_away_from_the_desk",
                condition=Q(paused_since__isnull=True) | ~Q(state__in=("new", "in_review")),
                violation_error_message=_("The clock of a referral that lies at the desk runs."),
            ),
            models.CheckConstraint(
                name="referral_in_review_was_claimed",
                condition=~Q(state="new", owner__isnull=False),
                violation_error_message=_("A referral that someone handles is no longer new."),
            ),
            models.CheckConstraint(
                name="referral_unassessed_is_held",
                condition=Q(assessed_at__isnull=False) | ~Q(hold="none"),
                violation_error_message=_("A referral that was not assessed is held."),
            ),
            *(
                models.CheckConstraint(
                    name=f"referral_{column}_are_an_object",
                    condition=Exact(JsonType(column), Value("object")),
                    violation_error_message=_("Findings are kept by the treatment."),
                )
                for column in ("findings", "findings_masked")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args, **kwargs) -> None:
        self.phone_digits = phone_digits(self.phone)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.erased_at is None else self.erased_words

    def age(self, today: date) -> int | None:
        """In whole years; None once the person was erased."""
        return age_on(self.date_of_birth, today) if self.date_of_birth else None

    @property
    def state_label(self) -> Text:
        return REFERRAL_STATES[ReferralState(self.state)].label

    @property
    def standing_hold(self) -> Hold:
        """The hold that stands, as lists show it: the rules' own, and at least same day while the alert is open."""
        return max(Hold(self.hold), Hold.SAME_DAY if self.alert_open else Hold.NONE, key=RANK.__getitem__)

    @property
    def standing_flags(self) -> list[tuple[Attention, datetime]]:
        """What came from the patient or a team and nobody has dealt with, each with its time; a message first."""
        since = {Attention(key): datetime.fromisoformat(at) for key, at in self.flags.items()}
        if self.returned_at:
            since[Attention.RETURNED] = self.returned_at
        return [(flag, since[flag]) for flag in in_order(since)]

    @property
    def flag_words(self) -> list[Text]:
        return [ATTENTION_WORDS[flag] for flag, _since in self.standing_flags]

    @property
    def is_withdrawn(self) -> bool:
        """The patient took the form back; a coordinator has yet to close it."""
        return Attention.WITHDRAWN.value in self.flags

    @property
    def is_assessed(self) -> bool:
        return self.assessed_at is not None
