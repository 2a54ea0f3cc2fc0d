"""Applies the rules to a referral's answers and stores what lists need: hold, states, counts, ruleset.

A fault in a rule never loses a patient: the referral then stays "not assessed", which counts as a
same-day hold.
"""

import logging
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.utils import timezone

from intake.fields.urgency import RANK
from intake.models import Submission, compiled_queries
from treatments.models import Event, Referral
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import payer_state
from treatments.triage.contacts import CARING_RULES, owe_caring_contact
from treatments.triage.releases import asked_for
from treatments.workflow import Hold, ReferralState, Refused
from treatments.workflow.events import ASSESSED, HOLD_RAISED
from treatments.workflow.findings import differences_between, findings_of

log = logging.getLogger(__name__)

# Of a pass: the tick must come back to the alarms within a minute.
LONGEST_PASS = 20  # seconds
MOST = 5000


def assess_left_behind() -> int:
    """Assess what a kill or a fault left unassessed; how many were stored. One that fails holds up no other."""
    started, stored = monotonic(), 0
    for referral in list(Referral.objects.not_assessed().order_by("pk").only("reference")[:MOST]):
        if monotonic() - started > LONGEST_PASS:
            break
        stored += assess_referral(referral, once=True)
    return stored


def assess_referral(referral: Referral, *, at: datetime | None = None, once: bool = False) -> bool:
    """Assess and store as of ``at`` (None: now); False, and a line in the log, where that failed.

    With ``once`` what somebody else has assessed meanwhile is left as it is. The log holds no patient data.
    """
    try:
        with transaction.atomic():
            # Locked first and read after it: what the patient answers meanwhile is judged, or judged next.
            locked = compiled_queries.read(Referral, referral.pk, lock=True)
            locked.submission = Submission.read(locked.submission_id)
            if locked.is_erased or (once and locked.is_assessed):
                return False
            store(locked, assessment_to_keep(locked), at=at or timezone.now())
    except Refused:
        return False
    except Exception as fault:
        log.error("Referral %s could not be stored: %s.", referral.reference, type(fault).__name__)
        return False
    return True


def store(locked: Referral, assessment: dict, *, at: datetime) -> None:
    """Keep what lists need of ``assessment``, which has that for readers without a grant under ``masked``; raise the
    hold where its rules ask for more than was decided.

    The caller has locked the referral's row and read it after that.
    """
    amended = locked.assessed_at is None
    for column, value in columns(assessment).items():
        setattr(locked, column, value)
    locked.findings_masked = findings_of(assessment["masked"])
    if locked.submission.withholds_substance_use(at):
        locked.findings = locked.findings_masked
    locked.assessed_at = at
    payer_state.rewrite(locked, at)
    before = hold_before(locked)
    wanted, asking = asked_for(locked, assessment)
    # A standing hold is never lifted by a rule or an answer, only by a clinician: its rules stay named.
    level = Hold(max(wanted, before, key=RANK.__getitem__))
    added = [rule for rule in asking if rule not in locked.hold_rules]
    locked.hold_rules = [*locked.hold_rules, *added]
    if locked.hold != level and locked.state != ReferralState.NEW:  # no team has anything of a new one
        locked.consults.make_stale()
    if not amended and (added or locked.hold != level):  # nobody decides on a page that did not show them
        locked.version += 1
    locked.hold = level
    locked.save()
    raised = RANK[level] > RANK[before]
    owe_caring_contact(
        locked, locked.fired, at, amended=amended, raised=raised and not CARING_RULES.isdisjoint(asking)
    )
    Event.objects.create(
        referral=locked, kind=ASSESSED.key, at=at, details={"ruleset": assessment["ruleset"]}
    )
    if raised:
        Event.objects.create(
            referral=locked,
            kind=HOLD_RAISED.key,
            at=at,
            details={"hold": level, "rules": locked.hold_rules},
        )


def hold_before(referral: Referral) -> Hold:
    """The hold that rules raised. Without rules it is no finding: it only stands for "not assessed yet"."""
    return Hold(referral.hold) if referral.hold_rules else Hold.NONE


def columns(assessment: dict) -> dict:
    """The columns of a referral that an assessment fills, but for what readers without a grant may read."""
    return {
        "ruleset": assessment["ruleset"],
        "fired": fired_rules(assessment),
        "phq9": assessment["scores"]["phq9"]["total"],
        "cssrs": _screen(assessment["scores"]),
        "adequate_trials": assessment["trd"]["adequate_failures"],
        "antidepressants": _named(assessment["trials"]),
        "findings": findings_of(assessment),
    }


def fired_rules(assessment: dict) -> list[str]:
    """The ids of all rules that fired, sorted."""
    findings = [finding for found in assessment["treatments"].values() for finding in found["findings"]]
    noted = [note["rule"] for note in assessment["notes"]]
    return sorted({finding["rule"] for finding in findings} | set(assessment["hold"]["rules"]) | set(noted))


def differences(referral: Referral, assessment: dict) -> list[str]:
    """What storing this assessment would change, in words such as ``+S22`` and ``hold: none -> same_day (S22)``."""
    new = columns(assessment)
    found = [f"+{rule}" for rule in new["fired"] if rule not in referral.fired]
    found += [f"-{rule}" for rule in referral.fired if rule not in new["fired"]]
    found += differences_between(referral.findings, new["findings"])
    before, (wanted, asking) = hold_before(referral), asked_for(referral, assessment)
    if RANK[wanted] > RANK[before]:
        found.append(f"hold: {before.value} -> {wanted} ({', '.join(asking)})")
    elif RANK[wanted] < RANK[before]:
        found.append(f"hold: {before.value} stays until released, the rules ask for {wanted}")
    plain = ("phq9", "cssrs", "adequate_trials", "antidepressants")
    return found + [
        f"{column}: {getattr(referral, column)} -> {new[column]}"
        for column in plain
        if getattr(referral, column) != new[column]
    ]


def _screen(scores: dict) -> str:
    asq = scores.get("asq")
    return asq["result"] if asq else scores["cssrs"]["level"]


def _named(trials: list[dict]) -> int:
    """The different antidepressants among ``trials``; a name that nobody recognized may be one."""
    asked = [each for each in trials if each["kind"] not in ("augmentation", "other")]
    return len({each["drug"] or each["typed"].casefold() for each in asked})
