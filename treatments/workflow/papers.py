"""What may be printed, and on which occasions a clinician outside is written to; the fixed lines beside the clinic's texts.

A letter says what was decided, when, why something ended and what comes next. Its reasons have words of their own:
those for staff may tell of safety. Pure.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

# What a sheet of letter size holds in the type of our papers.
LINES_OF_A_SHEET, LETTERS_OF_A_LINE = 54, 86


class PaperKind(StrEnum):
    LETTER = "letter"
    REQUEST = "request"
    RELEASE = "release"
    COVER = "cover"


PAPERS: dict[PaperKind, Text] = {
    PaperKind.LETTER: _("Letter"),
    PaperKind.REQUEST: _("Request for records"),
    PaperKind.RELEASE: _("Release to sign"),
    PaperKind.COVER: _("Fax cover"),
}


class Occasion(StrEnum):
    ROUTED = "routed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    VISIT = "visit"
    OUTCOME = "outcome"
    CLOSED = "closed"


OCCASIONS: dict[Occasion, Text] = {
    Occasion.ROUTED: _("Sent to a consult"),
    Occasion.ACCEPTED: _("Accepted by a team"),
    Occasion.RETURNED: _("Returned by a team"),
    Occasion.VISIT: _("First visit held"),
    Occasion.OUTCOME: _("The consult ended"),
    Occasion.CLOSED: _("Referral closed"),
}
# The clinic's text for each, in ``treatments.workflow.clinic_texts``.
TEXT_OF = {
    **{each: f"letter_{each}" for each in Occasion},
    Occasion.VISIT: "letter_first_visit",
}

_CALL_US = _("Please call us about the reason.")
RETURN_IN_LETTERS: dict[str, Text] = {
    "more_information": _("The team needs more information first."),
    "another_treatment": _("Another treatment fits better."),
    "unsafe_now": _("This is not the time for this treatment."),
    "patient_declined": _("The patient does not want this treatment."),
    "not_reached": _("The patient could not be reached."),
    "no_capacity": _("The team has no room at present."),
    "other": _CALL_US,
}
CLOSE_IN_LETTERS: dict[str, Text] = {
    "care_started": _("Treatment has started or is planned."),
    "cared_for_elsewhere": _("Another service cares for the patient now."),
    "patient_declined": _("The patient does not want to go on."),
    "not_reached": _("The patient could not be reached."),
    "duplicate": _("We had two forms of this patient and go on with the other one."),
    "other": _CALL_US,
}
OUTCOME_IN_LETTERS: dict[str, Text] = {
    "started_treatment": _("treatment started"),
    "not_suitable": _("this treatment is not suitable"),
    "patient_declined": _("the patient does not want this treatment"),
    "no_show": _("the patient did not come"),
    "other": _("please call us about the outcome"),
}

NEXT_STEP: dict[Occasion, Text] = {
    Occasion.ROUTED: _("The team arranges a first visit with the patient."),
    Occasion.ACCEPTED: _("The team sees the patient and writes again."),
    Occasion.RETURNED: _("We talk with the patient about what comes next."),
    Occasion.VISIT: _("The team goes on with the consult and writes again."),
    Occasion.OUTCOME: _("We talk with the patient about what comes next."),
    Occasion.CLOSED: _("You may refer the patient again at any time."),
}


# What no letter says, in either language: answers about suicide and substance use, and the screens that ask them.
NEVER_IN_LETTERS = re.compile(
    r"suicid\w*|self[- ]?harm\w*|c-?ssrs|asq\b|audit(?:-c)?\b|alcohol\w*|drink(?:s|ing)\b|cannabis|marijuana|marihuana"
    r"|cocain\w*|opioid\w*|heroin\w*|substance (?:use|abuse)|uso de sustancias|drogas?\b|(?:street|illegal) drugs?",
    re.IGNORECASE,
)


def never_in_letters(text: str) -> str:
    """The first such word, "" where there is none."""
    found = NEVER_IN_LETTERS.search(text)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class ReleaseLines:
    """What a release must say beside the clinic's own text, by 45 CFR 164.508(c); ``substance_use``, by 42 CFR 2.31,
    is a consent of its own.
    """

    head: str
    more: str
    without_substance_use: str
    substance_use: str


RELEASE_LINES: Mapping[str, ReleaseLines] = {
    "en": ReleaseLines(
        head="""AUTHORIZATION TO RELEASE HEALTH RECORDS

Whose records: {patient}, born {birth_date}
Who may release them: {recipient}
Who may receive them: {clinic}
Which records: {what}
Why: {purpose}
This authorization ends on: {until}
""",
        more="""If somebody signs for the person: name ____________________ authority ____________________
Whoever receives these records may pass them on, and then they may no longer be protected.
Notes of psychotherapy that are kept apart are not released by this form.
""",
        without_substance_use="Records of treatment for alcohol or drug use are not included.",
        substance_use="""ONLY IF YOU AGREE, A CONSENT OF ITS OWN (42 CFR Part 2):
[  ] I also agree that {recipient} releases my records of treatment for alcohol or drug use to
{clinic}, for the purpose and until the day above. I may take this back at any time, but for
what was released before. My care does not depend on it.
Signed: ______________________________   Day: ______________""",
    ),
    "es": ReleaseLines(
        head="""AUTORIZACIÓN PARA ENTREGAR DOCUMENTOS DE SALUD

De quién: {patient}, fecha de nacimiento {birth_date}
Quién puede entregarlos: {recipient}
Quién puede recibirlos: {clinic}
Qué documentos: {what}
Para qué: {purpose}
Esta autorización termina el: {until}
""",
        more="""Si firma otra persona: nombre ____________________ en calidad de ____________________
Quien reciba estos documentos puede entregarlos a otros, y entonces pueden dejar de estar protegidos.
Las notas de psicoterapia que se guardan aparte no se entregan con este formulario.
""",
        without_substance_use="No se incluyen documentos de tratamiento por alcohol o drogas.",
        substance_use="""SOLO SI ESTÁ DE ACUERDO, UN CONSENTIMIENTO APARTE (42 CFR Parte 2):
[  ] También acepto que {recipient} entregue a {clinic} mis documentos de tratamiento por
alcohol o drogas, para el fin y hasta el día de arriba. Puedo retirarlo en cualquier momento,
salvo lo que ya se entregó. Mi atención no depende de esto.
Firma: ______________________________   Fecha: ______________""",
    ),
}


def lines_on_paper(text: str) -> int:
    """How many lines it takes on a sheet."""
    return sum(max(1, len(textwrap.wrap(line, LETTERS_OF_A_LINE))) for line in text.splitlines())


def beside_release(language: str, *, substance_use: bool) -> tuple[str, str]:
    """The fixed lines before and after the clinic's own text of a release."""
    lines = RELEASE_LINES[language]
    last = lines.substance_use if substance_use else lines.without_substance_use
    return lines.head, f"{lines.more}\n{last}"


def room_on_a_sheet(key: str, language: str) -> int:
    """How many lines the clinic's text ``key`` may take: those of a sheet without what is always printed with it."""
    beside = 0
    if key == "release":
        beside = sum(map(lines_on_paper, beside_release(language, substance_use=True))) + 1
    if key == "fax_cover":
        beside = 5  # to whom, its numbers, how many pages, and a line between
    if key == "record_request":
        beside = 2  # by when
    return LINES_OF_A_SHEET - beside


def fits_a_sheet(text: str) -> bool:
    return lines_on_paper(text) <= LINES_OF_A_SHEET
