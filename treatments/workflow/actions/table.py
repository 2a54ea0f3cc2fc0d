"""All actions, gathered from their subjects; in this order they stand on the pages."""

from treatments.workflow.actions import (
    alerts,
    assignment,
    closing,
    consents,
    consults,
    contacts,
    coverage,
    duplicates,
    evidence,
    legal_hold,
    letters,
    notes,
    outside_services,
    patient_requests,
    questions,
    record_answer,
    record_requests,
    risk,
    routing,
    team_questions,
    undo,
    visits,
)
from treatments.workflow.actions.row import Action, Permission, Subject
from treatments.workflow.situation import Situation

FILES = (
    *(
        assignment,
        routing,
        questions,
        record_answer,
        risk,
        notes,
        closing,
        contacts,
        outside_services,
        duplicates,
    ),
    *(record_requests, letters),
    *(coverage, evidence),
    *(consents, patient_requests, legal_hold, consults, visits, team_questions, alerts, undo),
)
ACTIONS: dict[str, Action] = {row.key: row for file in FILES for row in file.ROWS}


def actions_on(subject: Subject) -> dict[str, Action]:
    return {key: row for key, row in ACTIONS.items() if row.subject is subject}


REFERRAL_ACTIONS = actions_on(Subject.REFERRAL)
CONSULT_ACTIONS = actions_on(Subject.CONSULT)
# What a team does on the page of its consult, and the desk on the referral's.
BY_TEAMS = {key: row for key, row in REFERRAL_ACTIONS.items() if row.by_teams}
ALERT_ACTIONS = actions_on(Subject.ALERT)
PERMISSIONS: dict[str, Permission] = {
    row.permission.codename: row.permission for row in ACTIONS.values() if row.permission
}


def why_not(action: str, situation: Situation) -> str | None:
    """The sentence that refuses ``action`` as things stand, or None where it may happen."""
    return ACTIONS[action].why_not(situation)
