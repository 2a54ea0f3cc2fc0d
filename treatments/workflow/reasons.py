"""Why a referral is closed or a consult returned, and how a consult ended.

Each reason says who acts next and what the patient reads. What comes after an outcome the coordinators decide.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.own_words import own
from treatments.workflow.states import NextActor


class Coded(Protocol):
    """A row of a table of codes that may ask for a note."""

    @property
    def label(self) -> Text: ...

    @property
    def note_required(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """``next_actor`` acts next. ``taken_over``: it says that somebody else cares for the person now, so that no
    caring contact stays owed here. ``after_attempts``: only once the clinic has tried as often as it tries
    everyone. ``offers`` are the actions that it asks for, the first one first. ``says_when``: with it may be said
    from which day on it no longer holds.
    """

    code: str
    label: Text
    next_actor: NextActor
    note_required: bool
    public: Text
    taken_over: bool = False
    after_attempts: bool = False
    offers: tuple[str, ...] = ()
    says_when: bool = False


CLOSE_REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "care_started",
            own("close.care_started", _("Treatment has started or is planned")),
            NextActor.NOBODY,
            False,
            _("Your treatment team will be in touch, or already is."),
            taken_over=True,
        ),
        Reason(
            "cared_for_elsewhere",
            own("close.cared_for_elsewhere", _("Cared for elsewhere")),
            NextActor.NOBODY,
            True,
            _("We agreed that another service will care for you."),
            taken_over=True,
        ),
        Reason(
            "patient_declined",
            own("close.patient_declined", _("The patient does not want to go on")),
            NextActor.NOBODY,
            False,
            _("You told us that you do not want to go on. You can start again at any time."),
        ),
        Reason(
            "not_reached",
            own("close.not_reached", _("The patient could not be reached")),
            NextActor.PATIENT,
            True,
            _("We could not reach you. Please call us, or send a new form."),
            after_attempts=True,
        ),
        Reason(
            "duplicate",
            own("close.duplicate", _("A second form of the same person")),
            NextActor.NOBODY,
            True,
            _("We had two forms from you and go on with the other one."),
        ),
        Reason(
            "other",
            own("close.other", _("Another reason")),
            NextActor.NOBODY,
            True,
            _("Please call us if you have questions."),
        ),
    )
}

RETURN_REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "more_information",
            own("return.more_information", _("More information is needed")),
            NextActor.COORDINATORS,
            True,
            _("The team has a question. We will call you."),
            offers=("ask_patient", "log_contact"),
        ),
        Reason(
            "another_treatment",
            own("return.another_treatment", _("Another treatment fits better")),
            NextActor.COORDINATORS,
            True,
            _("We are looking at which treatment fits you best."),
            offers=("route",),
        ),
        Reason(
            "unsafe_now",
            own("return.unsafe_now", _("Not safe at this time")),
            NextActor.CLINICIANS,
            True,
            _("We are looking at which treatment fits you best."),
            offers=("assess_risk",),
        ),
        Reason(
            "patient_declined",
            own("return.patient_declined", _("The patient does not want this treatment")),
            NextActor.COORDINATORS,
            False,
            _("You told us that you do not want this treatment."),
            offers=("close", "withdraw"),
        ),
        Reason(
            "not_reached",
            own("return.not_reached", _("The patient could not be reached")),
            NextActor.COORDINATORS,
            False,
            _("We could not reach you. Please call us."),
            offers=("log_contact",),
        ),
        Reason(
            "no_capacity",
            own("return.no_capacity", _("The team has no room")),
            NextActor.COORDINATORS,
            False,
            _("We are looking for the soonest place for you."),
            offers=("route",),
            says_when=True,
        ),
        Reason(
            "other",
            own("return.other", _("Another reason")),
            NextActor.COORDINATORS,
            True,
            _("We are looking at what comes next for you."),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a consult that took place ended, or one that never will."""

    code: str
    label: Text
    note_required: bool


OUTCOMES: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        Outcome("started_treatment", own("outcome.started_treatment", _("Treatment started")), False),
        Outcome("not_suitable", own("outcome.not_suitable", _("This treatment is not suitable")), True),
        Outcome(
            "patient_declined",
            own("outcome.patient_declined", _("The patient does not want this treatment")),
            False,
        ),
        Outcome("other", own("outcome.other", _("Another outcome")), True),
    )
}
# What consults and events of before have; none is given any more.
ONCE_OUTCOMES: dict[str, Outcome] = {"no_show": Outcome("no_show", _("The patient did not come"), False)}


def outcome_label(code: str) -> Text:
    return (OUTCOMES.get(code) or ONCE_OUTCOMES[code]).label


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a team says of a referral it was sent."""

    code: str
    label: Text
    note_required: bool


VERDICTS: dict[str, Verdict] = {
    verdict.code: verdict
    for verdict in (
        Verdict("useful", own("verdict.useful", _("Useful")), False),
        Verdict("incomplete", own("verdict.incomplete", _("Incomplete")), True),
        Verdict("wrong_queue", own("verdict.wrong_queue", _("Wrong queue")), False),
    )
}
