"""Invented people whose consult a team gave back."""

from treatments.demo.records import CAME, NEUROLOGY, PHARMACY, THERAPIST, asked, sent
from treatments.demo.step import Step, read_and_claimed, routed, step

SENT_BACK: dict[str, tuple[Step, ...]] = {
    "returned_unsafe": (
        *read_and_claimed("+1 10:00"),
        *routed("30 min", "tms", why="Epilepsy, well controlled: please judge the risk."),
        step("+4 14:20", "tess", "open", treatment="tms"),
        step(
            "20 min",
            "tess",
            "return",
            treatment="tms",
            reason="unsafe_now",
            note="Not before neurology has written. Please ask for the letter.",
        ),
        *asked("+5 10:15", "cora", NEUROLOGY),
    ),
    "returned_for_information": (
        *read_and_claimed("+1 11:30", "carl"),
        *routed("25 min", "spravato", who="carl", why="Two medicines not tolerated."),
        step(
            "+4 09:50",
            "sam",
            "return",
            treatment="spravato",
            reason="more_information",
            note="Payer wants pharmacy records for both medicines.",
        ),
        *asked("40 min", "carl", PHARMACY),
        *sent("+5 10:30", "carl"),
        step("+9 14:05", "carl", "receive_record", in_days=0, **CAME),
    ),
    "returned_and_rerouted": (
        *read_and_claimed("+1 09:45"),
        *routed("35 min", "tms", why="Wants TMS; pacemaker clinic has been asked."),
        step(
            "+4 11:10",
            "tess",
            "return",
            treatment="tms",
            reason="another_treatment",
            note="Pacemaker: not with our coil. Therapy would fit.",
        ),
        step("+5 10:15", "cora", "open"),
        *asked("5 min", "cora", THERAPIST),
        *sent("5 min", "cora"),
        step("+7 11:10", "cora", "refuse_record_request", note="Notes are older than they keep."),
        *routed("25 min", "psychotherapy", why="TMS team advises therapy; the person agrees."),
    ),
    "returned_no_room": (
        *read_and_claimed("+1 14:45"),
        *routed("30 min", "psychotherapy"),
        step("+5 09:10", "pia", "return", treatment="psychotherapy", reason="no_capacity", again_in_days=25),
        step(
            "+6 10:25",
            "cora",
            "note",
            note="Told the person. Kept on the waiting list, a group is offered meanwhile.",
        ),
    ),
    "returned_one_of_two": (
        *read_and_claimed("+1 10:55", "carl"),
        *routed("30 min", "spravato", "psychotherapy", who="carl", why="Young adult, both to look."),
        step("+5 13:25", "sam", "return", treatment="spravato", reason="patient_declined"),
    ),
}
