"""Letters to clinicians outside, and covers of faxes: written, kept as they were printed, and never sent by the app."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from intake.fields.characters import seen
from treatments.models import Letter, RecordRequest
from treatments.reading.clinic_texts import clinic_values
from treatments.reading.letters import may_write, offers
from treatments.reading.papers import RECIPIENT, cover_text
from treatments.triage.frame import ActionContext, performs
from treatments.triage.papers import keep_paper
from treatments.triage.record_requests import refuse_future
from treatments.workflow import Refused
from treatments.workflow.actions.letters import PRINT_COVER, WRITE_LETTER
from treatments.workflow.papers import PaperKind, never_in_letters


@performs(WRITE_LETTER)
def write_letter(
    this: ActionContext,
    *,
    occasion: str,
    to_name: str,
    text: str,
    confirmed: bool,
    to_place: str = "",
    agreed: bool = False,
    agreed_on: date | None = None,
) -> None:
    """Keep a letter and the paper of it; ``occasion`` is the key of an offer, ``agreed_on`` when the person agreed."""
    offer = next((each for each in offers(this.actor, this.referral) if each.key == occasion), None)
    if offer is None:
        raise Refused(_("Choose what the letter is about, of what has happened."))
    if not (to_name.strip() and text.strip() and confirmed):
        raise Refused(_("Say who it goes to, and that this is the right clinician."))
    _refuse_what_no_letter_says(text)
    letter = Letter.objects.create(
        referral=this.referral,
        consult=this.event.consult,
        by=this.actor,
        at=this.at,
        occasion=offer.occasion,
        to_name=to_name.strip(),
        to_place=to_place.strip(),
        text=text.replace(RECIPIENT, to_name.strip()),
        agreed_on=_agreed(this, agreed, agreed_on),
    )
    keep_paper(this, PaperKind.LETTER, letter.text, letter=letter)
    this.event.details["occasion"] = offer.key


def _refuse_what_no_letter_says(text: str) -> None:
    """The clinic's own name and address aside, whatever they hold."""
    for own in filter(None, clinic_values().values()):
        text = text.replace(own, "")
    if word := never_in_letters(text):
        said = _("Take “%(word)s” out: a letter says nothing of suicide or substance use.")
        raise Refused(said % {"word": word})


def _agreed(this: ActionContext, agreed: bool, on: date | None) -> date | None:
    """The day on which the person agreed; None where their form says so. Refused where they did not."""
    said = may_write(this.referral.submission)
    if said is False:
        raise Refused(_("The person does not want the clinic to write to their clinicians."))
    if said is None and not (agreed and on):
        raise Refused(_("Nobody has asked the person yet. Tick that they agreed, and on which day."))
    if on is not None:
        refuse_future(this, on)
    return on if agreed else None


@performs(PRINT_COVER)
def print_cover(
    this: ActionContext, *, about: str, office: str, fax: str, pages: int, phone: str = ""
) -> None:
    """The first page of a fax; it names nobody. ``about`` is the number of a request or a letter."""
    letter, request = _about(this, about)
    said = _words(f"{office} {phone} {fax}")
    if not (office.strip() and fax.strip()) or pages < 1:
        raise Refused(_("Say who the fax goes to, its number, and how many pages."))
    if said & _words(f"{this.referral.first_name} {this.referral.last_name}"):
        raise Refused(_("A cover names no patient: whoever stands at the machine reads it."))
    one: RecordRequest | Letter | None = request or letter
    assert one is not None  # nosec B101 # noqa: S101 _about() sees to it
    body = cover_text(
        one,
        to=office.strip(),
        fax=fax.strip(),
        phone=phone.strip(),
        pages=pages,
        by=this.actor,
        today=this.today,
    )
    keep_paper(this, PaperKind.COVER, body, letter=letter, request=request)
    this.event.details["fax"] = fax.strip()


def _about(this: ActionContext, key: str) -> tuple[Letter | None, RecordRequest | None]:
    """The letter or the request of this number, of those that the actor may read."""
    kind, _dash, number = key.partition("-")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    letters = Letter.objects.filter(referral=this.referral).for_user(this.actor)
    requests = this.referral.record_requests.for_user(this.actor)
    found = (letters if kind == "L" else requests).filter(pk=pk).first()
    if found is None:
        raise Refused(_("Choose the letter or the request that the fax goes with."))
    return (found, None) if isinstance(found, Letter) else (None, found)


def _words(text: str) -> set[str]:
    """Each by itself, whatever stands beside it: a comma, a hyphen, what no eye sees."""
    return set(re.findall(r"\w+", seen(unicodedata.normalize("NFKC", text)).casefold()))
