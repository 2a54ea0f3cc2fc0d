"""What coordinators and clinicians do with a referral."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from treatments import catalog
from treatments.models import Consult, Referral
from treatments.reading.redaction import assessment_to_keep, redaction_for
from treatments.triage.frame import action, back_to_review_without_a_team, once
from treatments.triage.moves import move
from treatments.triage.queue_settings import refuse_paused
from treatments.workflow import Attention, ConsultState, Hold, ReferralState, Refused
from treatments.workflow.priorities import Priority


def claim(
    *, referral: Referral, actor: AbstractBaseUser, seen: int | None = None, at: datetime | None = None
) -> None:
    """Take the referral on: the actor handles it from now."""
    if Referral.objects.filter(pk=referral.pk, owner=actor).exists():
        return
    with once(), action("claim", referral=referral, actor=actor, seen=seen, at=at) as this:
        this.referral.owner = actor
        if this.referral.state == ReferralState.NEW:
            move(this.referral, ReferralState.IN_REVIEW, at=this.at)


def route(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    treatments: Iterable[str],
    reason: str = "",
    priority: int = Priority.ROUTINE,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Open a consult in each treatment's queue.

    A reason is required when a finding says that a clinician must look first. The assessment the actor
    had before them is kept with the event.
    """
    chosen = sorted(set(treatments))
    asked = {"treatments": chosen, "reason": reason, "priority": int(priority)}
    with once(), action("route", referral=referral, actor=actor, seen=seen, at=at, asked=asked) as this:
        if not chosen or any(treatment not in catalog.TREATMENTS for treatment in chosen):
            raise Refused(_("Choose at least one consult queue."))
        if priority not in set(Priority):
            raise Refused(_("Choose a priority."))
        refuse_paused(chosen)
        there = set(this.referral.consults.open().values_list("treatment", flat=True))
        if there & set(chosen):
            names = ", ".join(str(catalog.TREATMENTS[key].name) for key in sorted(there & set(chosen)))
            raise Refused(_("This referral waits in that queue already: %(names)s.") % {"names": names})
        assessment = assessment_to_keep(this.referral)
        if not reason.strip() and clinician_first(redaction_for(actor).part_of(assessment), chosen):
            raise Refused(
                _("A finding says “clinician first” for a treatment you chose. Write why you route it there.")
            )
        for treatment in chosen:
            Consult.objects.create(
                referral=this.referral,
                treatment=treatment,
                priority=priority,
                why=reason,
                opened_by=actor,
                opened_at=this.at,
            )
        if this.referral.state != ReferralState.ROUTED:
            move(this.referral, ReferralState.ROUTED, at=this.at)
        this.referral.returned_at = None
        this.referral.attention = Attention.NONE
        this.event.note = reason
        this.event.details = {"treatments": chosen}
        if priority != Priority.ROUTINE:
            this.event.details["priority"] = int(priority)
        this.event.assessment = assessment


def clinician_first(assessment: dict, treatments: Iterable[str]) -> list[str]:
    """Those of ``treatments`` for which a clinician-first finding stands."""
    return [key for key in treatments if assessment["treatments"][key]["state"] == "clinician_first"]


def add_note(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Write a note into the timeline; what came from a team or the patient counts as looked at.

    That the patient withdrew stays until the referral is closed.
    """
    with (
        once(),
        action("note", referral=referral, actor=actor, seen=seen, at=at, asked={"note": note}) as this,
    ):
        if not note.strip():
            raise Refused(_("Write a note."))
        this.event.note = note
        if actor.has_perm("treatments.route_referral"):
            this.referral.returned_at = None
            if not this.referral.is_withdrawn:
                this.referral.attention = Attention.NONE


def withdraw(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Take a consult out of its queue again; with no other one open the referral is back in review."""
    with (
        once(),
        action(
            "withdraw",
            referral=consult.referral,
            consult=consult,
            actor=actor,
            seen=seen,
            at=at,
            asked={"note": note},
        ) as this,
    ):
        if not note.strip():
            raise Refused(_("Write why you withdraw this consult."))
        move(this.consult, ConsultState.WITHDRAWN, at=this.at)
        this.consult.ended_at = this.at
        this.event.note = note
        back_to_review_without_a_team(this)


def release_hold(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    recorded: dict[str, str],
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Release the safety hold by recording a clinician's assessment.

    ``recorded`` has the keys of ``RECORDED``, all filled in; the account of the rules that the clinician
    had before them is kept with it.
    """
    with (
        once(),
        action("release_hold", referral=referral, actor=actor, seen=seen, at=at, asked=recorded) as this,
    ):
        if set(recorded) != set(RECORDED) or not all(text.strip() for text in recorded.values()):
            raise Refused(_("Record every part of the assessment before you release the hold."))
        this.event.details = {
            "recorded": recorded,
            "hold": this.referral.hold,
            "rules": this.referral.hold_rules,
        }
        this.event.assessment = assessment_to_keep(this.referral)
        this.referral.hold = Hold.NONE
        this.referral.hold_rules = []
        this.referral.hold_released_at = this.at
        this.referral.hold_released_ruleset = this.referral.ruleset
        this.referral.consults.make_stale()


# What a clinician writes down before a hold is released (Joint Commission NPSG.15.01.01, EP 3 and 4).
RECORDED = (
    "ideation",
    "plan",
    "intent",
    "behavior",
    "risk_factors",
    "protective_factors",
    "level",
    "next_steps",
)
