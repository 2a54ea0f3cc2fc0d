"""The questions that the desk asks of all referrals: what needs a coordinator, what is due, what is over its target."""

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from intake.fields.urgency import RANK
from treatments import permissions
from treatments.models import desk_clock
from treatments.workflow import Hold
from treatments.workflow.desk import DeskGroup, places_of
from treatments.workflow.targets import RUNNING, target_of

if TYPE_CHECKING:
    from treatments.models.referral import Referral  # noqa: F401  (the rows of the QuerySet)

# Also the condition of the index ``referral_desk``: every group of treatments/workflow/desk.py.
ON_THE_DESK = Q(desk_rank__gt=0)


def is_over_target(now: datetime) -> Q:
    targets = desk_clock.targets()
    # One comparison and not an OR of six: PostgreSQL then guesses right how many rows there are.
    latest = Case(
        *(
            When(state=state, hold_rank=RANK[hold], then=desk_clock.moment_before(now, hours))
            for state, hold in product(RUNNING, Hold)
            if (hours := target_of(state, hold, targets)) is not None
        ),
        output_field=models.DateTimeField(),
    )
    return Q(state__in=RUNNING, counted_since__lt=latest)


def findings_column(user: User | AnonymousUser) -> str:
    """The column of a referral's findings that this person may read."""
    return "findings" if user.has_perm(permissions.READ_SUBSTANCE_USE) else "findings_masked"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def for_user(self, user: User | AnonymousUser) -> "ReferralQuerySet":
        """The referrals this person may know of: all for the desk, their queue's for a team."""
        if user.has_perm("treatments.view_referral"):
            return self
        Consult = apps.get_model("treatments", "Consult")
        return self.filter(Exists(Consult.objects.for_user(user).filter(referral=OuterRef("pk"))))

    def needing_a_coordinator(self) -> "ReferralQuerySet":
        """What the desk must act on, all four groups: safety, came back, new, in review.

        A hold keeps a referral here while the patient or a team has it, as does a clinician's high level. A
        closed one comes when its patient writes. Nothing closed is left as returned by a team.
        """
        return self.filter(ON_THE_DESK)

    def in_group(self, *groups: DeskGroup) -> "ReferralQuerySet":
        return self.filter(desk_rank__in=places_of(groups))

    def owners_on_the_desk(self) -> models.QuerySet[User]:
        """Whoever handles something that the desk must act on, also those who have left since."""
        theirs = self.model.objects.filter(ON_THE_DESK, owner=OuterRef("pk"))
        people = User.objects.filter(Exists(theirs)).order_by("first_name", "last_name", "username")
        return people.only("first_name", "last_name", "username", "is_active")

    def needing(self, user: User, today: date) -> "ReferralQuerySet":
        """What this person must act on: theirs or nobody's on the desk, or a contact that is due of theirs."""
        first, *others = (part.values("pk") for part in self.parts_of_needing(user, today))
        return self.filter(pk__in=first.union(*others))

    def parts_of_needing(self, user: User, today: date) -> list["ReferralQuerySet"]:
        """The same in parts of which none holds a row of another, each by a small index of its own."""
        planned, owed, _written = self._due_by(today)  # who wrote is on the desk
        due = planned.filter(owner=user).union(owed.filter(referral__owner=user))
        every = self.model.objects.all()
        desk = every.filter(ON_THE_DESK)
        return [
            desk.filter(owner=user),
            desk.filter(owner=None),
            every.filter(pk__in=due).exclude(ON_THE_DESK),
        ]

    def of_or_nobodys(self, user: User) -> "ReferralQuerySet":
        return self.filter(Q(owner=user) | Q(owner=None))

    def calls_due(self, today: date) -> "ReferralQuerySet":
        """By the end of ``today`` the person is to be called: a contact attempt that is planned, a caring contact."""
        planned, owed, _written = self._due_by(today)
        return self.filter(pk__in=planned.exclude(state="closed").union(owed))

    def due_by(self, today: date) -> "ReferralQuerySet":
        """By the end of ``today`` a contact attempt, a caring contact or a patient's message is due."""
        return self.filter(pk__in=models.QuerySet.union(*self._due_by(today)))

    def _due_by(self, today: date) -> tuple[models.QuerySet, models.QuerySet, models.QuerySet]:
        """The keys of each kind, for a union and not an OR: each kind has a small index of its own."""
        Caring = apps.get_model("treatments", "CaringContact")
        end = datetime.combine(today + timedelta(days=1), time.min, timezone.get_current_timezone())
        owed = Caring.objects.owed().filter(due_at__lt=end)
        planned = self.model.objects.filter(contact_due_on__lte=today)
        written = self.model.objects.filter(message_due_at__lt=end)
        return planned.values("pk"), owed.values("referral"), written.values("pk")

    def over_target(self, now: datetime) -> "ReferralQuerySet":
        """What has lain at the desk longer than the clinic's target for its state and hold."""
        return self.filter(is_over_target(now))

    def awaiting_answer(self) -> "ReferralQuerySet":
        """A question to the patient is open; ``answer_by`` is its last day."""
        return self.filter(answer_by__isnull=False)

    def safest_first(self) -> "ReferralQuerySet":
        """As the worklist: by group, within one urgent holds, then same-day holds, then the longest waiting."""
        return self.order_by("-desk_rank", "waiting_since", "pk")

    def supported(self, treatment: str, user: User | AnonymousUser) -> "ReferralQuerySet":
        """Those whose findings, as this person may read them, support the treatment."""
        return self.filter(**{f"{findings_column(user)}__{treatment}__state": "supports"})

    def erasable(self) -> "ReferralQuerySet":
        """Closed, with nothing left that anybody must act on, and under no legal hold.

        What else may keep a person longer, such as a payer's authorization, is a condition more here and a
        sentence more in ``why_kept`` of workflow/actions/patient_requests.py.
        """
        # Closed, no consult is open and no return waits; without a rank there is no hold and no open alert.
        return self.filter(state="closed", hold_rank=0, attention="", legal_hold_since=None, erased_at=None)

    def not_assessed(self) -> "ReferralQuerySet":
        return self.filter(assessed_at__isnull=True)
