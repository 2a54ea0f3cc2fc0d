"""The words of what is printed, each on one sheet: made of the clinic's texts and of no answer but name and birth date."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext, override

from intake.fields.lookup import answer
from intake.models import Submission
from intake.times.moments import day_on_paper
from treatments.models import Letter, PrintedPaper, RecordRequest, Referral
from treatments.models.paper import PaperQuerySet
from treatments.reading.clinic_texts import clinic_values, text_of
from treatments.reading.reaching import name_of
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.reading.responders import name_of as name_of_staff
from treatments.workflow.clinic_texts import fill
from treatments.workflow.papers import beside_release

# What a letter's text keeps open until it is printed.
RECIPIENT = "{recipient}"


def kept_papers(user: User, referral: Referral) -> PaperQuerySet:
    """What was printed, as far as this person may read it, newest first."""
    rows = PrintedPaper.objects.filter(referral=referral).for_user(user)
    return rows.select_related("by", "letter", "request", "referral__submission").order_by("-pk")


def number_of(about: RecordRequest | Letter) -> str:
    """The clinic's own number of it, which leads to nobody but here."""
    return f"{'R' if isinstance(about, RecordRequest) else 'L'}-{about.pk}"


def person_values(submission: Submission, language: str = "en") -> dict[str, str]:
    """Name and birth date, all that papers say of who somebody is."""
    answers = WITHOUT_GRANTS.readable(submission.current)
    born: Any = answer(answers, "about.date_of_birth")
    with override(language):
        unknown = gettext("not given")
    return {
        "patient": name_of(submission),
        "birth_date": day_on_paper(date.fromisoformat(born), language) if born else unknown,
    }


def paper_values(user: User, today: date, language: str = "en") -> dict[str, str]:
    return {**clinic_values(), "today": day_on_paper(today, language), "writer": name_of_staff(user)}


def request_text(request: RecordRequest, *, by: User, today: date, language: str = "en") -> str:
    """To whom, whose records, exactly what, and by when."""
    values = {
        **paper_values(by, today, language),
        **person_values(request.referral.submission, language),
        "recipient": request.to_name,
        "what": request.what,
        "request_number": number_of(request),
    }
    text = fill(text_of("record_request", language), values)
    if request.due_on is None:
        return text
    with override(language):
        needed = gettext("We need them by %(day)s.") % {"day": day_on_paper(request.due_on, language)}
    return f"{text}\n\n{needed}"


def release_text(
    request: RecordRequest,
    *,
    by: User,
    today: date,
    purpose: str,
    until: date,
    substance_use: bool,
    language: str = "en",
) -> str:
    """The authorization to sign; records of substance-use treatment only by a consent of its own, which is ticked."""
    values = {
        **paper_values(by, today, language),
        **person_values(request.referral.submission, language),
        "recipient": request.to_name,
        "what": request.what,
        "request_number": number_of(request),
        "purpose": purpose,
        "until": day_on_paper(until, language),
    }
    before, after = beside_release(language, substance_use=substance_use)
    parts = (before, text_of("release", language), after)
    return "\n".join(fill(part, values) for part in parts)


def cover_text(
    about: RecordRequest | Letter, *, to: str, fax: str, phone: str, pages: int, by: User, today: date
) -> str:
    """Names nobody: whoever stands at the machine reads it."""
    head = [
        gettext("To: %(to)s") % {"to": to},
        gettext("Fax: %(fax)s") % {"fax": fax},
        *([gettext("Phone: %(phone)s") % {"phone": phone}] if phone else []),
        gettext("Pages, this one included: %(pages)d") % {"pages": pages},
    ]
    text = fill(text_of("fax_cover"), {**paper_values(by, today), "request_number": number_of(about)})
    return "\n".join([*head, "", text])
