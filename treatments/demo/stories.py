"""What staff did with a form after it arrived, story by story: who, when, which action, in what words."""

from treatments.demo.endings import ENDED
from treatments.demo.kept import KEPT
from treatments.demo.notices import NAMED
from treatments.demo.payers import ANOTHER, DIFFERS, GATHERING, JUDGED, UNREAD
from treatments.demo.records import HOSPITAL, PHARMACY, THERAPIST, asked, sent, wrote_letter
from treatments.demo.releases import CALLED_SAFE, NO_THOUGHTS, PASSIVE, RELEASES
from treatments.demo.sent_back import SENT_BACK
from treatments.demo.set_by_clinic import WALK_IN_NUMBER
from treatments.demo.step import (
    Step,
    added,
    answered,
    kept_at_high,
    read_and_claimed,
    released,
    routed,
    said_by_phone,
    step,
    taken_on,
    wrote,
)
from treatments.demo.visits import FIRST_DOSE, MAPPING
from treatments.workflow.outside_services import place_of

STARTING: dict[str, tuple[Step, ...]] = {
    "new": (),
    "looked_at": (step("+0 09:30", "carl", "open"),),
    "alert_seen": answered(
        "25 min",
        "Called within the hour and sent to urgent care with a relative. Will call back tomorrow morning.",
    ),
    # No clinician has read it: it is to be read before routing.
    "low_closed_by_carl": (
        *answered("20 min", CALLED_SAFE, "carl"),
        *read_and_claimed("+1 10:05", "carl"),
    ),
    "alert_handed_over": (
        step("12 min", "cora", "take_alert"),
        step("4 min", "cora", "note_alert", note="Today's number: line busy twice. Trying the sister."),
        step("3 min", "cora", "hand_over_alert", to="clara"),
    ),
    "held_in_review": (
        *answered("20 min", CALLED_SAFE, "carl"),
        *read_and_claimed("+1 09:05", "carl"),
        step("30 min", "carl", "note", note="Asked Clara to call today and to record her assessment."),
        *kept_at_high("+1 10:40", "Thinks of it most evenings."),
    ),
    "held_to_call": (
        *read_and_claimed("+1 10:20", "carl"),
        step(
            "25 min",
            "carl",
            "note",
            note="The safety questions are still open. @clara, please look; call at 4 pm.",
        ),
    ),
    "asking_for_records": (
        *added("6 min", practical__plan="Community PPO", practical__member_id="T 204 118"),
        *added("2 min", practical__best_times="Mornings, not Tuesdays", reason__referred_by="My pharmacist"),
        *read_and_claimed("+1 13:15"),
        step(
            "10 min",
            "cora",
            "refer_elsewhere",
            where=place_of(WALK_IN_NUMBER),
            note="Told of the walk-in center for evenings and weekends.",
            show=True,
        ),
        # The hospital's answer is overdue.
        *asked("35 min", "cora", HOSPITAL),
        *sent("20 min", "cora", due_in_days=2),
        *asked("10 min", "cora", PHARMACY),
        *sent("10 min", "cora"),
        step("+3 10:05", "cora", "chase_record_request", note="Answered for one of two stores: asked again."),
        *said_by_phone(
            "20 min",
            {"health.stroke": "no", "health.fainting": "yes"},
            health__fainting="Once, at the dentist.",
        ),
    ),
    "waiting_for_the_patient": (
        *read_and_claimed("+1 13:20"),
        step(
            "25 min",
            "cora",
            "ask_patient",
            fields=["antidepressants.trials", "health.bp_systolic", "health.bp_diastolic"],
            message="Please tell us the highest dose of each medicine, and your last blood pressure.",
        ),
    ),
    # Nobody has said yet what they did with it: by now it is overdue.
    "message_overdue": (
        *read_and_claimed("+0 16:10"),
        step("25 min", "cora", "revoke_consent", note="Called: nobody is to read what he told of alcohol."),
        *wrote("+1 09:05", "I have a new phone and lost my pharmacy's list. Whom do I send it to?"),
    ),
}

ROUTED: dict[str, tuple[Step, ...]] = {
    "routed_to_tms": (*read_and_claimed("+1 09:50"), *routed("25 min", "tms"), *JUDGED),
    "routed_to_spravato": (
        *read_and_claimed("+1 14:10"),
        *routed("30 min", "spravato", why="Asks for Spravato, ride home confirmed by phone."),
        *UNREAD,
    ),
    "routed_to_psychotherapy": (*read_and_claimed("+1 10:30"), *routed("20 min", "psychotherapy")),
    "routed_to_two": (
        *read_and_claimed("+2 09:35"),
        *asked("5 min", "cora", THERAPIST),
        *sent("+3 09:30", "cora"),
        *routed("40 min", "spravato", "psychotherapy", why="TMS is out for now; open to either of these."),
    ),
    "routed_to_three": (
        *read_and_claimed("+1 09:20"),
        step(
            "45 min", "cora", "note", note="Long call with the interpreter line. Wants to hear every option."
        ),
        *routed(
            "+2 10:40", "tms", "spravato", "psychotherapy", why="Every team please: many trials, severe."
        ),
        *wrote_letter("20 min", "cora", "routed"),
    ),
    "one_withdrawn": (
        *read_and_claimed("+1 11:15", "carl"),
        *routed("30 min", "spravato", "psychotherapy", who="carl", why="Not sure which; both to look."),
        step(
            "+4 15:20", "carl", "withdraw", treatment="spravato", note="Called back: does not want Spravato."
        ),
    ),
    "released_then_routed": (
        *read_and_claimed("+1 09:10"),
        *released("+1 13:00", "Prescriber called: the medicine is being changed.", NO_THOUGHTS),
        *routed("+2 09:45", "psychotherapy", why="While the prescriber changes the medicine."),
    ),
    "released_then_two": (
        *answered("30 min", CALLED_SAFE),
        *read_and_claimed("+1 09:25"),
        *released("+1 10:50", "Weekly call until the first visit.", PASSIVE),
        *routed("+1 14:30", "tms", "psychotherapy", why="Prefers no medicine now; obstetrics informed."),
    ),
}

WITH_A_TEAM: dict[str, tuple[Step, ...]] = {
    "accepted_by_tms": (
        *read_and_claimed("+1 11:10", "carl"),
        *routed("25 min", "tms", who="carl"),
        *GATHERING,
        *taken_on("+3 10:20", "tess", "tms"),
        step(
            "25 min",
            "tess",
            "ask_desk",
            treatment="tms",
            note="Any metal in the head or neck? It is left open.",
        ),
    ),
    "accepted_by_psychotherapy": (
        *read_and_claimed("+1 15:05"),
        step("30 min", "cora", "note", note="Spoke with the guardian, who agrees to a first visit."),
        *routed("+2 09:30", "psychotherapy", why="Minor: therapy first, guardian agrees."),
        *taken_on("+4 11:40", "pia", "psychotherapy"),
    ),
    "accepted_by_spravato": (
        *read_and_claimed("+1 09:30"),
        *routed("35 min", "spravato", why="IV ketamine helped before; payer asks for Spravato."),
        *taken_on("+4 14:15", "sam", "spravato"),
        *asked("20 min", "sam", HOSPITAL, treatment="spravato"),
        *DIFFERS,
        *sent("+5 11:20", "sam", treatment="spravato"),
    ),
    "released_then_accepted": (
        *answered("40 min", CALLED_SAFE),
        *read_and_claimed("+1 09:20", "carl"),
        *released("+1 11:15", "Safety plan kept, calls weekly.", PASSIVE),
        *routed(
            "+2 10:05", "spravato", "psychotherapy", who="carl", why="Two adequate trials; open to both."
        ),
        *taken_on("+5 13:35", "sam", "spravato"),
    ),
    "booked_by_tms": (
        *read_and_claimed("+1 10:10"),
        *routed("30 min", "tms"),
        *taken_on("+3 09:25", "tess", "tms"),
        # Tomorrow.
        step("+5 11:00", "tess", "book", in_days=12, **MAPPING),
    ),
    "booked_by_spravato": (
        *read_and_claimed("+1 13:40"),
        *routed("40 min", "spravato", why="Combination so far; the team decides whether it counts."),
        *ANOTHER,
        *taken_on("+4 10:45", "sam", "spravato"),
        # In three days: a reminder is due.
        step("+6 15:10", "sam", "book", in_days=15, **FIRST_DOSE),
    ),
    "did_not_come": (
        *read_and_claimed("+1 09:55", "carl"),
        *routed("20 min", "psychotherapy", who="carl"),
        *taken_on("+2 14:35", "pia", "psychotherapy"),
        step("15 min", "pia", "book", treatment="psychotherapy", in_days=7),
        step(
            "+10 09:05", "pia", "no_show", treatment="psychotherapy", note="Called twice, left a voicemail."
        ),
    ),
    "one_completed_one_booked": (
        *read_and_claimed("+1 10:35"),
        *routed("30 min", "tms", "psychotherapy", why="Head injury long ago, TMS team to judge."),
        *taken_on("+3 13:10", "pia", "psychotherapy"),
        step("+4 09:20", "pia", "book", treatment="psychotherapy", in_days=7),
        *taken_on("+6 10:50", "tess", "tms"),
        step(
            "+11 16:10",
            "pia",
            "complete",
            treatment="psychotherapy",
            outcome="started_treatment",
            note="Starts weekly trauma therapy.",
        ),
        # It was five days ago, and nobody has said how it ended.
        step("+13 11:25", "tess", "book", in_days=8, **MAPPING),
    ),
    "completed_by_tms": (
        *read_and_claimed("+1 09:15"),
        *routed("45 min", "tms"),
        *taken_on("+4 10:05", "tess", "tms"),
        step("+5 09:40", "tess", "book", treatment="tms", in_days=12),
        step(
            "+17 15:30",
            "tess",
            "complete",
            treatment="tms",
            outcome="started_treatment",
            note="Mapping planned, payer asked.",
        ),
        *wrote_letter("25 min", "tess", "outcome", treatment="tms"),
    ),
}

STORIES: dict[str, tuple[Step, ...]] = (
    STARTING | RELEASES | ROUTED | WITH_A_TEAM | SENT_BACK | ENDED | KEPT | NAMED
)
