"""The treatments a clinic offers: one row each, from which everything that exists once per treatment derives.

Permissions, groups, targets, queues, filters, columns, exports and the words of the rules. A new treatment is
a row here and the migration of its queue; its rules are clinical content of their own.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

LONGEST_KEY = 16  # letters that the columns of consults and queues hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """``key`` is the name in assessments, consults, settings and addresses.

    ``queue`` is what waits in its queue, in the plural; ``team`` the group that works through it;
    ``target_hours`` how many working hours a consult may wait there, where the clinic has set nothing else.
    """

    key: str
    name: Text
    short: Text
    queue: Text
    team: str
    target_hours: int

    def __post_init__(self) -> None:
        """Refuse a row that would fail later, in a list or a migration."""
        if not (self.key.isascii() and self.key.isalpha() and self.key.islower()):
            raise ValueError(f"treatment {self.key!r}: a key has small letters only")
        if len(self.key) > LONGEST_KEY:
            raise ValueError(f"treatment {self.key!r}: a key has at most {LONGEST_KEY} letters")
        if not (self.team and self.target_hours and self.target_hours > 0):
            raise ValueError(f"treatment {self.key!r}: it has no team or no target")


TREATMENTS: dict[str, Treatment] = {
    treatment.key: treatment
    for treatment in (
        Treatment(
            key="tms",
            name=_("TMS"),
            short=_("TMS"),
            queue=_("TMS consults"),
            team="TMS team",
            target_hours=40,
        ),
        Treatment(
            key="spravato",
            name=_("Spravato (esketamine)"),
            short=_("Spravato"),
            queue=_("Spravato consults"),
            team="Spravato team",
            target_hours=40,
        ),
        Treatment(
            key="psychotherapy",
            name=_("Psychotherapy"),
            short=_("Therapy"),
            queue=_("psychotherapy consults"),
            team="Psychotherapy team",
            target_hours=40,
        ),
    )
}


def choices() -> list[tuple[str, Text]]:
    """Each key with its name. A function, so that a treatment more makes no migration."""
    return [(treatment.key, treatment.name) for treatment in TREATMENTS.values()]
