"""A sent intake on the coordinators' desk, and the questions the desk asks of all of them."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from intake.models import Submission
from treatments.workflow import HOLD_WORDS, REFERRAL_STATES, Hold, ReferralState

STATE_CHOICES = tuple((state.value, row.label) for state, row in REFERRAL_STATES.items())
HOLD_CHOICES = tuple((hold.value, label) for hold, label in HOLD_WORDS.items())


class ReferralQuerySet(models.QuerySet):
    def for_user(self, user: AbstractBaseUser) -> "ReferralQuerySet":
        """The referrals this person may know of: all for the desk, their queue's for a team."""
        if user.has_perm("treatments.view_referral"):
            return self
        Consult = self.model._meta.get_field("consults").related_model
        return self.filter(Exists(Consult.objects.for_user(user).filter(referral=OuterRef("pk"))))

    def needing_a_coordinator(self) -> "ReferralQuerySet":
        """What the desk must act on: new, in review, or returned by a team and not looked at since."""
        return self.filter(
            Q(state__in=(ReferralState.NEW, ReferralState.IN_REVIEW)) | Q(returned_at__isnull=False)
        ).exclude(state=ReferralState.CLOSED)

    def safest_first(self) -> "ReferralQuerySet":
        """Urgent holds, then same-day holds, then the longest waiting."""
        return self.order_by("-hold_rank", "waiting_since", "pk")

    def not_assessed(self) -> "ReferralQuerySet":
        return self.filter(assessed_at__isnull=True)


class Referral(models.Model):
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
            "hold_rank",
            "fired",
            "tms",
            "spravato",
            "psychotherapy",
            "tms_open",
            "spravato_open",
            "psychotherapy_open",
            "phq9",
            "cssrs",
            "adequate_trials",
            "search",
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
            "assessed_at",
            "ruleset",
            "hold_released_at",
            "hold_released_ruleset",
        }
    )

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="referral", verbose_name=_("submission")
    )
    reference = models.CharField(_("reference"), max_length=9, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    first_name = models.CharField(_("first name"), max_length=500)
    last_name = models.CharField(_("last name"), max_length=500)
    date_of_birth = models.DateField(_("date of birth"))
    phone = models.CharField(_("phone"), max_length=500, blank=True)
    email = models.CharField(_("email"), max_length=500, blank=True)
    search = models.TextField(_("search words"), blank=True, editable=False)

    state = models.CharField(
        _("state"), max_length=16, choices=STATE_CHOICES, default=ReferralState.NEW.value
    )
    close_reason = models.CharField(_("reason for closing"), max_length=32, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="referrals",
        verbose_name=_("handled by"),
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    received_at = models.DateTimeField(_("received"))
    waiting_since = models.DateTimeField(_("waiting since"))
    returned_at = models.DateTimeField(_("returned by a team"), null=True)

    # The last assessment, and the hold that stands. Until the first one: a same-day hold.
    assessed_at = models.DateTimeField(_("assessed"), null=True)
    ruleset = models.CharField(_("ruleset"), max_length=16, blank=True)
    hold = models.CharField(_("hold"), max_length=8, choices=HOLD_CHOICES, default=Hold.SAME_DAY.value)
    hold_rules = models.JSONField(_("rules that hold"), default=list)
    hold_rank = models.GeneratedField(
        expression=Case(
            When(hold="urgent", then=Value(2)), When(hold="same_day", then=Value(1)), default=Value(0)
        ),
        output_field=models.SmallIntegerField(_("hold rank")),
        db_persist=True,
    )
    hold_released_at = models.DateTimeField(_("hold released"), null=True)
    hold_released_ruleset = models.CharField(max_length=16, blank=True)
    fired = models.JSONField(_("rules that fired"), default=list)
    tms = models.CharField(_("TMS"), max_length=16, blank=True)
    spravato = models.CharField(_("Spravato"), max_length=16, blank=True)
    psychotherapy = models.CharField(_("psychotherapy"), max_length=16, blank=True)
    tms_open = models.CharField(max_length=16, blank=True)
    spravato_open = models.CharField(max_length=16, blank=True)
    psychotherapy_open = models.CharField(max_length=16, blank=True)
    phq9 = models.SmallIntegerField(_("PHQ-9"), null=True)
    cssrs = models.CharField(_("suicide screen"), max_length=12, blank=True)
    adequate_trials = models.SmallIntegerField(_("adequate trials without benefit"), null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        permissions = [
            ("claim_referral", _("Can claim a referral")),
            ("route_referral", _("Can route a referral to consult queues")),
            ("close_referral", _("Can close a referral")),
            ("reopen_referral", _("Can reopen a referral")),
            ("note_referral", _("Can add a note to a referral")),
            ("release_hold", _("Can release a safety hold")),
            ("withdraw_consult", _("Can withdraw a consult")),
            ("export_referral", _("Can export a referral")),
            ("read_substance_use", _("Can read substance-use answers")),
        ]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                F("hold_rank").desc(),
                "waiting_since",
                "id",
                name="referral_desk",
                condition=Q(state__in=("new", "in_review")) | Q(returned_at__isnull=False),
            ),
            models.Index(F("hold_rank").desc(), "waiting_since", "id", name="referral_by_hold"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_closed_has_a_reason",
                condition=Q(state="closed") ^ Q(close_reason=""),
                violation_error_message=_("A closed referral has a reason, and only a closed one."),
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
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def state_label(self) -> str:
        return REFERRAL_STATES[ReferralState(self.state)].label

    @property
    def is_assessed(self) -> bool:
        return self.assessed_at is not None
