"""The account of one referral that staff read: safety answers first, then scores, findings, all answers."""

from django.utils.translation import gettext as _

from intake.fields import Reader
from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Referral
from treatments.reading.answers import answer_blocks, asks, contact
from treatments.reading.assessment import assessment_of, hold_findings_of
from treatments.reading.redaction import alarms, mask_substance_use, readers_of
from treatments.reading.safety import safety_rows
from treatments.reading.timeline import timeline
from treatments.reading.trial_history import history
from treatments.workflow import Refused

EFFECTS = ("clinician_first", "caution", "supports")


def referral_view(user, referral: Referral, consult: Consult | None = None) -> dict:
    """The template's context for one referral, as ``user`` may read it."""
    submission = referral.submission
    readers = readers_of(user)
    blocks = answer_blocks(submission, readers)
    return {
        "referral": referral,
        "consult": consult,
        "submission": submission,
        "safety_rows": safety_rows(submission, readers),
        "blocks": blocks,
        "substance_use_hidden": Reader.SUBSTANCE_USE not in readers,
        "alarms": alarms(submission),
        "contact": contact(submission),
        "history": history(submission.current) if referral.is_assessed else None,
        "assessment": assessment(referral, substance_use=Reader.SUBSTANCE_USE in readers),
        "events": timeline(user, referral, readers),
        **consults(user, referral),
    }


def hold_view(user, referral: Referral) -> dict:
    """What whoever releases the hold reads: why it stands, what is open, and the safety answers verbatim."""
    readers = readers_of(user)
    told = assessment(referral, substance_use=Reader.SUBSTANCE_USE in readers)
    now = {finding["rule"] for finding in told["hold_findings"]} if told else set()
    return {
        "hold": told,
        # A hold outlives its rule: the answer may have been amended, or the rule changed, since.
        "held_earlier": [rule for rule in referral.hold_rules if rule not in now] if told else [],
        "alarms": alarms(referral.submission),
        "safety_rows": safety_rows(referral.submission, readers),
        "substance_use_hidden": Reader.SUBSTANCE_USE not in readers,
    }


def assessment(referral: Referral, *, substance_use: bool) -> dict | None:
    """The rules' account, arranged for the page; None when the referral could not be assessed.

    Without the grant to read ``substance_use`` answers, findings that rest on one say only that.
    """
    told = assessment_for(referral, substance_use=substance_use)
    if told is None:
        return None
    columns = [
        {
            "name": treatment.name,
            "state": told["treatments"][key]["state"],
            "undecided": told["treatments"][key]["undecided"],
            "findings": [
                (effect, [f for f in told["treatments"][key]["findings"] if f["effect"] == effect])
                for effect in EFFECTS
            ],
            "ask": asks(told["treatments"][key]["ask"]),
        }
        for key, treatment in TREATMENTS.items()
    ]
    return {**told, "columns": columns, "hold_ask": asks(told["hold"]["ask"]), "other_ask": asks(told["ask"])}


def assessment_for(referral: Referral, *, substance_use: bool) -> dict | None:
    """The rules' account as this reader may have it; None where they have not run, or one fails now."""
    if not referral.is_assessed:
        return None
    try:
        told = assessment_of(referral)
        told["hold_findings"] = hold_findings_of(referral)
    except Refused:
        return None
    if not substance_use:
        mask_substance_use(told)
    return told


def consults(user, referral: Referral) -> dict:
    """All consults for the desk; for a team its own, and only that the person is seen elsewhere too."""
    every = list(referral.consults.select_related("opened_by", "feedback").order_by("opened_at", "pk"))
    desk = user.has_perm("treatments.view_referral")
    for each in every:
        each.routed_by = each.opened_by.get_full_name() or each.opened_by.get_username()
        if not desk:  # it may have been a member of another team, who handed the person over
            each.routed_by = _("the clinic")
    if desk:
        return {"consults": every, "seen_elsewhere": False, "open_consults": sum(c.is_open for c in every)}
    queues = permissions.queues_of(user)
    return {
        "consults": [each for each in every if each.treatment in queues],
        "seen_elsewhere": any(each.is_open and each.treatment not in queues for each in every),
        "open_consults": sum(each.is_open for each in every),
    }
