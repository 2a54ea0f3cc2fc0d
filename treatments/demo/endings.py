"""Invented people whose referral is closed, or was and is open again."""

from treatments.demo.records import PHARMACY, asked, wrote_letter
from treatments.demo.releases import NO_THOUGHTS
from treatments.demo.step import Step, answered, read_and_claimed, released, routed, step, taken_on

ENDED: dict[str, tuple[Step, ...]] = {
    "closed_not_reached": (
        *read_and_claimed("+1 10:05", "carl"),
        step("15 min", "carl", "log_contact", channel="call", outcome="no_answer", note="No voicemail."),
        *asked("10 min", "carl", PHARMACY),
        step("+2 09:40", "carl", "cancel_record_request", note="First the person must be reached."),
        step("+4 15:40", "carl", "log_contact", channel="call", outcome="no_answer"),
        step("5 min", "carl", "log_contact", channel="email", outcome="no_answer"),
        step("+9 09:30", "carl", "close", reason="not_reached", note="Two calls, one email, no answer."),
    ),
    "closed_duplicate": (
        step("+2 11:10", "carl", "open"),
        step("6 min", "carl", "close", reason="duplicate", note="Sent a newer form; go on with that one."),
    ),
    "emergency_then_closed": (
        *answered("15 min", "Called at once: shaking and feverish. Ambulance sent, partner there."),
        *released("+2 10:30", "Hospital has changed the medicines.", NO_THOUGHTS),
        step("40 min", "carl", "claim"),
        step("+3 09:15", "carl", "close", reason="cared_for_elsewhere", note="In hospital, team informed."),
    ),
    "completed_and_closed": (
        *read_and_claimed("+1 09:25"),
        *routed("30 min", "tms"),
        *taken_on("+2 10:35", "tess", "tms"),
        step("+3 11:15", "tess", "book", treatment="tms", in_days=9),
        step(
            "+12 14:50",
            "tess",
            "complete",
            treatment="tms",
            outcome="started_treatment",
            note="Starts on Monday, 30 sessions.",
        ),
        step("+13 09:05", "cora", "close", reason="care_started"),
        *wrote_letter("10 min", "cora", "closed"),
    ),
    "closed_and_reopened": (
        *answered("20 min", "Called: shaky, sweating. Brought to the detox unit by a friend.", "carl"),
        *released("+1 11:00", "Detox unit first, then depression care.", NO_THOUGHTS),
        *read_and_claimed("+1 14:15", "carl"),
        step("20 min", "carl", "close", reason="other", note="Inpatient detox. Will call when discharged."),
        step("+24 10:40", "cora", "reopen", note="Discharged last week and called: wants to go on."),
    ),
}
