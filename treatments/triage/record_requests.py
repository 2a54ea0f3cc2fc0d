"""Requests for records: asked, released, sent, chased and ended; what is printed for them. The app sends nothing."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from intake.locations import settings_of
from treatments.models import RecordRequest
from treatments.reading.papers import release_text, request_text
from treatments.reading.records import askable
from treatments.reading.redaction import redaction_for
from treatments.triage.frame import ActionContext, performs
from treatments.triage.moves import move
from treatments.triage.papers import keep_paper
from treatments.triage.payer_state import settle
from treatments.workflow import Refused, RequestState
from treatments.workflow.actions.record_requests import (
    CANCEL_REQUEST,
    CHASE_REQUEST,
    PRINT_RELEASE,
    PRINT_REQUEST,
    RECEIVE_RECORD,
    RECORD_RELEASE,
    REFUSE_REQUEST,
    REQUEST_RECORD,
    SEND_REQUEST,
    leading_to,
    not_signed,
)
from treatments.workflow.papers import RELEASE_LINES, PaperKind
from treatments.workflow.record_requests import (
    CHASE_DAYS,
    DUE_DAYS,
    LATEST_DUE_DAYS,
    OLDEST_YEARS,
    RECORD_HOLDERS,
    due_after,
)
from treatments.workflow.states import OPEN_REQUEST_STATES


@performs(REQUEST_RECORD)
def request_record(
    this: ActionContext,
    *,
    to_name: str,
    to_role: str,
    what: str,
    phone: str = "",
    fax: str = "",
    paths: Collection[str] = (),
) -> None:
    """Begin a request for records; nothing goes out yet."""
    if not (to_name.strip() and what.strip()) or to_role not in RECORD_HOLDERS:
        raise Refused(_("Say who is asked, what they are, and for what."))
    known = dict(askable(redaction_for(this.actor, this.referral.submission), this.referral.submission))
    if not known.keys() >= set(paths):
        raise Refused(_("Choose from the answers that stand there."))
    request = RecordRequest.objects.create(
        referral=this.referral,
        consult=this.event.consult,
        by=this.actor,
        at=this.at,
        to_name=to_name.strip(),
        to_role=to_role,
        phone=phone,
        fax=fax,
        what=what.strip(),
        paths=list(paths),
    )
    this.event.details = {"request": request.pk}


@performs(RECORD_RELEASE)
def record_release(this: ActionContext, *, day: date, request: int | None = None) -> None:
    """The person has signed that these records may be released."""
    about = one_of(this, request, OPEN_REQUEST_STATES)
    refuse_future(this, day)
    if about.sent_on and day > about.sent_on:
        raise Refused(_("It was sent before that day. Record the release that it was sent with."))
    about.release_signed_on = day
    about.save(update_fields=["release_signed_on"])
    this.event.details = {"request": about.pk, "day": day.isoformat()}


@performs(SEND_REQUEST)
def send_record_request(
    this: ActionContext, *, day: date, due: date | None = None, request: int | None = None
) -> None:
    """Somebody has faxed, mailed or handed over the request; ``due`` is ten working days later where none is said."""
    about = one_of(this, request, leading_to(RequestState.SENT))
    if about.release_signed_on is None:
        raise Refused(not_signed())
    refuse_future(this, day)
    if day < about.release_signed_on:
        raise Refused(_("It can't have been sent before the release was signed."))
    about.sent_on, about.due_on = day, due_day(this, day, due, DUE_DAYS)
    _moved(this, about, RequestState.SENT, day=day, due=about.due_on)


@performs(CHASE_REQUEST)
def chase_record_request(
    this: ActionContext, *, note: str = "", due: date | None = None, request: int | None = None
) -> None:
    """They were asked again: an answer is due five working days from today where nothing else is said."""
    about = one_of(this, request, leading_to(RequestState.CHASED))
    about.due_on = due_day(this, this.today, due, CHASE_DAYS)
    this.event.note = note
    _moved(this, about, RequestState.CHASED, due=about.due_on)


@performs(RECEIVE_RECORD)
def receive_record(
    this: ActionContext,
    *,
    day: date,
    came: str,
    pages: int,
    where: str,
    seen_by: str,
    request: int | None = None,
) -> None:
    """Records came: what, how many pages, where they lie, and who has seen them."""
    about = one_of(this, request, leading_to(RequestState.RECEIVED))
    if not (came.strip() and where.strip() and seen_by.strip()) or pages < 1:
        raise Refused(_("Say what came, how many pages, where they lie and who has seen them."))
    refuse_future(this, day)
    if about.sent_on and day < about.sent_on:
        raise Refused(_("It can't have come before it was asked for."))
    about.received_on = day
    about.received = {"came": came, "pages": pages, "where": where, "seen_by": seen_by}
    this.event.note = came
    _moved(this, about, RequestState.RECEIVED, day=day, pages=pages)


@performs(REFUSE_REQUEST)
def refuse_record_request(this: ActionContext, *, note: str, request: int | None = None) -> None:
    """Whoever was asked sends nothing."""
    about = one_of(this, request, leading_to(RequestState.REFUSED))
    _end_with_note(this, about, RequestState.REFUSED, note)


@performs(CANCEL_REQUEST)
def cancel_record_request(this: ActionContext, *, note: str, request: int | None = None) -> None:
    """The clinic asks no longer."""
    about = one_of(this, request, leading_to(RequestState.CANCELED))
    _end_with_note(this, about, RequestState.CANCELED, note)


# --- On paper ----------------------------------------------------------------------------------------------------


@performs(PRINT_REQUEST)
def print_request(this: ActionContext, *, language: str = "en", request: int | None = None) -> None:
    about = one_of(this, request, OPEN_REQUEST_STATES)
    refuse_language(language)
    body = request_text(about, by=this.actor, today=this.today, language=language)
    keep_paper(this, PaperKind.REQUEST, body, request=about)


@performs(PRINT_RELEASE)
def print_release(
    this: ActionContext,
    *,
    purpose: str,
    until: date,
    substance_use: bool = False,
    language: str = "en",
    request: int | None = None,
) -> None:
    """The form that the person signs; ``substance_use``: with the consent of its own for such records."""
    about = one_of(this, request, OPEN_REQUEST_STATES)
    refuse_language(language)
    if not purpose.strip() or until <= this.today:
        raise Refused(_("Say what the records are for, and a day after today on which the release ends."))
    body = release_text(
        about,
        by=this.actor,
        today=this.today,
        purpose=purpose.strip(),
        until=until,
        substance_use=substance_use,
        language=language,
    )
    keep_paper(this, PaperKind.RELEASE, body, request=about)


# --- What they share ---------------------------------------------------------------------------------------------


def one_of(this: ActionContext, key: int | None, states: Collection[str]) -> RecordRequest:
    """The request that an action is about, among those of the actor; the newest where it names none."""
    own = this.referral.record_requests.for_user(this.actor).filter(state__in=states)
    found: RecordRequest | None = (own if key is None else own.filter(pk=key)).order_by("-pk").first()
    if found is None:
        raise Refused(_("Choose one of the requests for records that this fits."))
    return found


def refuse_future(this: ActionContext, day: date) -> None:
    """Refused too: a day so long ago that its year was mistyped."""
    if day > this.today:
        raise Refused(_("This day is still to come."))
    if day.year < this.today.year - OLDEST_YEARS:
        raise Refused(_("This day is more than ten years ago. Look at its year again."))


def refuse_language(language: str) -> None:
    if language not in RELEASE_LINES:
        raise Refused(_("Choose a language of the clinic."))


def due_day(this: ActionContext, since: date, said: date | None, working_days: int) -> date:
    if said is None:
        return due_after(since, working_days, settings_of(None).working_time)
    if not this.today < said <= this.today + timedelta(days=LATEST_DUE_DAYS):
        raise Refused(_("Choose a due day after today, within a year."))
    return said


def _end_with_note(this: ActionContext, about: RecordRequest, to: RequestState, note: str) -> None:
    if not note.strip():
        raise Refused(_("Write why."))
    this.event.note = note
    _moved(this, about, to)


def _moved(this: ActionContext, about: RecordRequest, to: RequestState, **said: date | int) -> None:
    """Set the state, who is waited for before a payer, and say in the event what became of it."""
    move(about, to, at=this.at)
    about.save()
    settle(this.referral)
    days = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
    this.event.details = {"request": about.pk, **days}
