"""Letters and forms on paper as they are shipped, in English and Spanish.

A letter says what was decided and what comes next. It says nothing of suicide or of substance use, and the cover of
a fax names no person: whoever stands at the machine reads it.
"""

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.clinic_texts.text import ENGLISH, SPANISH, ClinicText

CLINIC = ("clinic", "clinic_address", "clinic_phone", "clinic_fax", "today")
PERSON = ("patient", "birth_date", "recipient", "writer")

HEAD = {
    ENGLISH: """{clinic}
{clinic_address}
Phone {clinic_phone}, fax {clinic_fax}

{today}

To {recipient}
About {patient}, born {birth_date}

""",
    SPANISH: """{clinic}
{clinic_address}
Teléfono {clinic_phone}, fax {clinic_fax}

{today}

Para {recipient}
Sobre {patient}, fecha de nacimiento {birth_date}

""",
}
FOOT = {
    ENGLISH: "\n\nPlease call us at {clinic_phone} with any questions.\n\n{writer}\n{clinic}",
    SPANISH: "\n\nSi tiene preguntas, llámenos al {clinic_phone}.\n\n{writer}\n{clinic}",
}


def letter(key: str, label: Text, *own: str, en: str, es: str) -> ClinicText:
    """A letter about one person; ``own`` are the placeholders beside those that every letter has."""
    bodies = {ENGLISH: en, SPANISH: es}
    default = {language: HEAD[language] + body + FOOT[language] for language, body in bodies.items()}
    return ClinicText(key, label, (*CLINIC, *PERSON, *own), default)


LETTERS = (
    letter(
        "letter_routed",
        _("Letter: sent to a consult"),
        *("decided", "next_step"),
        en="Thank you for this referral. We have reviewed it and arranged {decided}.\n\n{next_step}",
        es="Gracias por esta remisión. La revisamos y organizamos {decided}.\n\n{next_step}",
    ),
    letter(
        "letter_accepted",
        _("Letter: accepted by a team"),
        *("decided", "dates", "next_step"),
        en="Our team has accepted this referral: {decided}.\n\nVisits: {dates}\n\n{next_step}",
        es="Nuestro equipo aceptó esta remisión: {decided}.\n\nCitas: {dates}\n\n{next_step}",
    ),
    letter(
        "letter_returned",
        _("Letter: returned by a team"),
        *("decided", "reason", "next_step"),
        en="Our team has not accepted this referral for now: {decided}.\n\nReason: {reason}\n\n{next_step}",
        es="Por ahora nuestro equipo no aceptó esta remisión: {decided}.\n\nMotivo: {reason}\n\n{next_step}",
    ),
    letter(
        "letter_first_visit",
        _("Letter: after the first visit"),
        *("decided", "dates", "next_step"),
        en="We have seen your patient: {decided}.\n\nVisits: {dates}\n\n{next_step}",
        es="Ya atendimos a su paciente: {decided}.\n\nCitas: {dates}\n\n{next_step}",
    ),
    letter(
        "letter_outcome",
        _("Letter: how the consult ended"),
        *("decided", "dates", "next_step"),
        en="The consult has ended: {decided}.\n\nVisits: {dates}\n\n{next_step}",
        es="La consulta terminó: {decided}.\n\nCitas: {dates}\n\n{next_step}",
    ),
    letter(
        "letter_closed",
        _("Letter: referral closed"),
        *("decided", "reason", "next_step"),
        en="We have closed this referral.\n\nReason: {reason}\n\n{next_step}",
        es="Cerramos esta remisión.\n\nMotivo: {reason}\n\n{next_step}",
    ),
    letter(
        "record_request",
        _("Request for records"),
        *("what", "request_number"),
        en="Please send us these records: {what}.\n\n"
        "The patient's signed release is enclosed. Please put our number {request_number} on your answer.",
        es="Por favor envíenos estos documentos: {what}.\n\n"
        "Adjuntamos la autorización firmada. Por favor escriba nuestro número {request_number} en su respuesta.",
    ),
    ClinicText(
        "fax_cover",
        _("Cover of a fax (names no person)"),
        (*CLINIC, "request_number"),
        {
            ENGLISH: """Fax from {clinic}
{clinic_address}
Phone {clinic_phone}, fax {clinic_fax}

{today}
Our number: {request_number}

CONFIDENTIAL. The pages that follow are for the office to which this fax was addressed and for nobody else.
If they reached you by mistake, please call {clinic_phone} and destroy them. Do not copy or pass them on.""",
            SPANISH: """Fax de {clinic}
{clinic_address}
Teléfono {clinic_phone}, fax {clinic_fax}

{today}
Nuestro número: {request_number}

CONFIDENCIAL. Las páginas que siguen son solo para el consultorio al que se dirige este fax.
Si le llegaron por error, llame al {clinic_phone} y destrúyalas. No las copie ni las entregue a otros.""",
        },
    ),
    ClinicText(
        "release",
        _("Release of information, for the person to sign"),
        (*CLINIC, *PERSON, "what", "request_number"),
        {
            ENGLISH: """{clinic}
{clinic_address}
Phone {clinic_phone}, fax {clinic_fax}

My name: {patient}
My birth date: {birth_date}

I allow {recipient} to send {clinic} these records about me: {what}.

I can change my mind at any time. I tell {clinic} in writing. What was sent before then can't be taken back.
My care here does not depend on my signing. I can have a copy of this page.

Signed: ______________________________   Day: ______________""",
            SPANISH: """{clinic}
{clinic_address}
Teléfono {clinic_phone}, fax {clinic_fax}

Mi nombre: {patient}
Mi fecha de nacimiento: {birth_date}

Permito que {recipient} envíe a {clinic} estos documentos sobre mí: {what}.

Puedo cambiar de opinión en cualquier momento. Se lo digo a {clinic} por escrito. Lo que ya se envió no se puede retirar.
Mi atención aquí no depende de que yo firme. Puedo tener una copia de esta página.

Firma: ______________________________   Fecha: ______________""",
        },
    ),
)
