"""What a clinician reads beside the form of a risk assessment: the answers, what was done since, earlier levels."""

from datetime import datetime
from typing import Any

from intake.fields import Answers
from intake.fields.lookup import answer
from intake.questionnaire.dangers import item_9
from treatments.models import Alert, Referral
from treatments.reading.alert import rows_behind, unsafe_answers, what_was_done
from treatments.reading.reaching import person_head
from treatments.reading.redaction import Redaction
from treatments.reading.risk import assessments_of
from treatments.reading.safety import SafetyRow, safety_rows
from treatments.reading.taken_back import ITEM_9


def assessing_view(redaction: Redaction, referral: Referral, now: datetime) -> dict[str, Any]:
    """The template's context: every safety answer once, and nothing folded away that is not a plain no."""
    submission = referral.submission
    alert = Alert.objects.filter(pk=referral.submission_id).first()
    rang = alert.in_order() if alert else []
    behind = {
        row.path
        for alarm in rang
        if not redaction.is_protected(alarm)
        for row in rows_behind(alarm, submission.current)
    }
    rows = [row for row in safety_rows(submission, redaction) if row.path not in behind]
    return {
        **person_head(submission, now),
        "unsafe": unsafe_answers(alert, redaction) if alert else [],
        "unanswered": [],  # they stand among the rows below
        "open_rows": [row for row in rows if not is_plain_no(row, submission.current)],
        "calm_rows": [row for row in rows if is_plain_no(row, submission.current)],
        "done": what_was_done(alert) if alert else [],
        "assessed_before": assessments_of(referral),
    }


def is_plain_no(row: SafetyRow, answers: Answers) -> bool:
    """Answered no and never otherwise, or not asked because of a no; an answer that is missing is none."""
    if row.changed or row.before:
        return False
    if row.path in ITEM_9.values():
        return bool(row.answer) and item_9(answers) == 0
    return row.unasked or answer(answers, row.path) == "no"
