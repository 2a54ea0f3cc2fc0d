"""Two forms that were begun and left after an unsafe answer: the pages they saved, and what staff did."""

from dataclasses import dataclass

from treatments.demo.profiles.answers import screen
from treatments.demo.step import Step, answered


@dataclass(frozen=True, slots=True)
class Draft:
    """``pages`` are (slug, what the page saved), in the order they were sent; ``came_back``: after the story."""

    language: str
    arrived: str
    pages: tuple[tuple[str, dict], ...]
    story: tuple[Step, ...]
    came_back: tuple[tuple[str, dict], ...] = ()


def consent(substance_use: str) -> tuple[str, dict]:
    answers = {"privacy_notice": "2026-11", "agreed": True, "substance_use_agreed": substance_use}
    return "consent", {"consent": answers}


DRAFTS: tuple[Draft, ...] = (
    Draft(
        "en",
        "1 day ago 07:30",
        (
            consent("yes"),
            (
                "name",
                {
                    "about": {
                        "first_name": "Perry",
                        "last_name": "Halfway",
                        "date_of_birth": "1991-03-08",
                    }
                },
            ),
            ("contact", {"about": {"phone": "+1 212 555 0196", "contact_by": ["call"]}}),
            ("mood", {"mood": {"phq9": [3, 3, 3, 3, 3, 3, 2, 1, 2], "phq9_difficulty": 3}}),
            ("thoughts", {"safety": {"cssrs": screen("yy-----")}}),
            ("plans", {"safety": {"cssrs": screen("--yyn--")}}),
            (
                "help",
                {"safety": {"where_now": "At my sister's place.", "number_today": "+1 212 555 0196"}},
            ),
        ),
        (
            *answered(
                "+0 08:10",
                "Called at the number given. With family, agreed to be seen today; "
                "walked over to the emergency department together with the sister.",
            ),
        ),
    ),
    Draft(
        "es",
        "2 hours ago",
        (
            consent("no"),
            (
                "name",
                {
                    "about": {
                        "first_name": "Valentina",
                        "last_name": "Borrador",
                        "date_of_birth": "1998-10-19",
                    }
                },
            ),
            ("contact", {"about": {"email": "valentina.borrador@example.org", "contact_by": ["email"]}}),
            ("mood", {"mood": {"phq9": [2, 3, 2, 3, 2, 3, 2, 0, 1], "phq9_difficulty": 2}}),
        ),
        answered(
            "30 min", "Wrote by email as agreed; answered at once, is with her mother. Will go on later."
        ),
        (("mood", {"mood": {"phq9": [2, 3, 2, 3, 2, 3, 2, 0, 2], "phq9_difficulty": 2}}),),
    ),
)
