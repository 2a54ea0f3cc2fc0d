"""One referral as staff read it: safety answers first, then scores, findings, all answers."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.models import Alert, Consult, Event, Referral
from treatments.reading.alert import on_record
from treatments.reading.answers import answer_blocks, asks, contact
from treatments.reading.redaction import Redaction
from treatments.reading.risk import release_view, risk_view
from treatments.reading.safety import safety_rows
from treatments.reading.timeline import timeline
from treatments.reading.trial_history import history
from treatments.workflow import ATTENTION_WORDS, RETURN_REASONS, Attention, Reason
from treatments.workflow.actions.consults import RETURN
from treatments.workflow.actions.shared import alert_bars
from treatments.workflow.actions.team_questions import ASK_DESK
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT
from treatments.workflow.events import MESSAGE, PATIENT_WITHDREW
from treatments.workflow.flags import ANSWERS

# The events whose words a flag is about.
SAID_BY = {
    Attention.MESSAGE: MESSAGE.key,
    Attention.WITHDRAWN: PATIENT_WITHDREW.key,
    Attention.TEAM_ASKS: ASK_DESK.key,
}
EFFECTS = ("clinician_first", "caution", "supports")


def referral_view(redaction: Redaction, referral: Referral, consult: Consult | None = None) -> dict[str, Any]:
    """The template's context for one referral, as this reader may have it."""
    submission = referral.submission
    events = timeline(redaction, referral)
    assessment = arranged(redaction.assessment(referral))
    return {
        "referral": referral,
        "consult": consult,
        "submission": submission,
        "blocks": answer_blocks(submission, redaction),
        "contact": contact(submission),
        "history": history(submission.current) if referral.is_assessed else None,
        "assessment": assessment,
        "events": events,
        "substance_consents": list(submission.substance_consents.order_by("pk")),
        "flags": flags(referral, events),
        **safety_view(redaction, referral),
        **risk_view(referral),
        **release_view(referral, assessment),
        **consults(redaction, referral),
    }


def flags(referral: Referral, events: list[Event]) -> list[dict[str, Any]]:
    """What waits for somebody, a message first and in the person's words, as far as the reader has its events."""
    return [
        {
            "flag": flag.value,
            "label": ATTENTION_WORDS[flag],
            "since": since,
            "events": [event for event in events if event.kind == SAID_BY.get(flag) and event.at >= since],
            "returns": returns(events) if flag is Attention.RETURNED else [],
        }
        for flag, since in referral.standing_flags
    ]


def returns(events: list[Event]) -> list[tuple[Event, Reason]]:
    """What teams gave back since an action has answered that, newest first, each with its reason; ``events`` are too."""
    found, undone = [], set()
    for event in events:
        if event.kind in (UNDO.key, UNDO_CONSULT.key):
            undone.add(event.details["event"])
        elif event.pk in undone:
            continue
        elif event.kind == RETURN.key:
            found.append((event, RETURN_REASONS[event.details["reason"]]))
        elif Attention.RETURNED in ANSWERS.get(event.kind, event.details.get("flags", ())):
            break
    return found


def hold_view(redaction: Redaction, referral: Referral) -> dict[str, Any]:
    """What whoever releases the hold reads: why it stands, what is open, and the safety answers verbatim."""
    hold = arranged(redaction.assessment(referral))
    given = {finding["rule"] for finding in hold["hold_findings"]} if hold else set()
    earlier = redaction.known_rules(referral.hold_rules) if hold else []
    return {
        "hold": hold,
        # A hold outlives its rule: the answer may have been amended, or the rule changed, since.
        "held_earlier": [rule for rule in earlier if rule not in given],
        **release_view(referral, hold),
        **safety_view(redaction, referral),
    }


def safety_view(redaction: Redaction, referral: Referral) -> dict[str, Any]:
    """The alarms and the safety answers, and whether any are left out."""
    alert = Alert.of(referral.submission)
    return {
        "alert": alert,
        "alarms": on_record(alert, redaction) if alert else [],
        "alarm_reason": "".join(alarm_reason(referral)),
        "safety_rows": safety_rows(referral.submission, redaction),
        "answers_left_out": redaction.hides,
    }


def alarm_reason(referral: Referral) -> list[str]:
    """Why there is a hold outside the rules: the sentence that refuses routing and closing too."""
    return [alert_bars()] if referral.alert_open else []


def arranged(assessment: dict[str, Any] | None) -> dict[str, Any] | None:
    """The rules' account as the page shows it: a column a treatment, what to ask in words; None for none."""
    if assessment is None:
        return None
    columns = []
    for key, treatment in TREATMENTS.items():
        found = assessment["treatments"][key]
        by_effect = [
            (effect, [finding for finding in found["findings"] if finding["effect"] == effect])
            for effect in EFFECTS
        ]
        columns.append(
            {
                "key": key,
                "name": treatment.name,
                "state": found["state"],
                "undecided": found["undecided"],
                "findings": by_effect,
                "ask": asks(found["ask"]),
                "also_sedating": found.get("also_sedating"),  # not in accounts frozen before ruleset 2026.2
            }
        )
    return {
        **assessment,
        "medicines": _each_once(assessment["medicines"]),
        "columns": columns,
        "hold_ask": asks(assessment["hold"]["ask"]),
        "other_ask": asks(assessment["ask"]),
    }


def _each_once(medicines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One that is still taken stands in the list and among those tried."""
    return list({row["drug"] or row["typed"].casefold(): row for row in medicines[::-1]}.values())[::-1]


def consults(redaction: Redaction, referral: Referral) -> dict[str, Any]:
    """All consults for the desk, but for those of an undone routing; for a team its own, and only that the person is seen elsewhere too."""
    user = redaction.user
    rows = referral.consults.standing().select_related("opened_by", "feedback")
    every = list(rows.order_by("opened_at", "pk"))
    prefetch_related_objects([consult for consult in every if consult.may_have_visits], "visits")
    desk = user.has_perm("treatments.view_referral")
    for consult in every:
        consult.routed_by = consult.opened_by.get_full_name() or consult.opened_by.get_username()
        if not desk:  # it may have been a member of another team, who handed the person over
            consult.routed_by = _("the clinic")
    open_consults = sum(consult.is_open for consult in every)
    if desk:
        return {"consults": every, "seen_elsewhere": False, "open_consults": open_consults}
    queues = permissions.queues_of(user)
    return {
        "consults": [consult for consult in every if consult.treatment in queues],
        "seen_elsewhere": any(consult.is_open and consult.treatment not in queues for consult in every),
        "open_consults": open_consults,
    }
