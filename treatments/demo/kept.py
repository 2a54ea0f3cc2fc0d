"""Stories of two who were closed: one asked to be erased, and was; of the other a legal hold keeps everything."""

from treatments.demo.step import Step, read_and_claimed, step

KEPT: dict[str, tuple[Step, ...]] = {
    "closed_declined": (
        *read_and_claimed("+1 09:35"),
        step(
            "+2 10:10", "cora", "note", note="Explained that psilocybin is for trials only, gave the finder."
        ),
        step("+6 11:20", "cora", "close", reason="patient_declined"),
        step(
            "+9 10:05",
            "cora",
            "give_copy",
            how="post",
            note="To the address on the form, birth date confirmed.",
        ),
        step(
            "10 min", "cora", "ask_erasure", note="Asked in a signed letter, called back on the known number."
        ),
        step("+11 14:30", "olive", "erase"),
    ),
    "closed_elsewhere": (
        *read_and_claimed("+1 13:20"),
        step("+2 09:50", "cora", "export"),
        step(
            "10 min",
            "cora",
            "close",
            reason="cared_for_elsewhere",
            note="Mood disorders clinic has taken over, papers sent.",
        ),
        step("+12 15:10", "olive", "set_legal_hold", note="Subpoena of the county court, case 26-0417."),
    ),
}
