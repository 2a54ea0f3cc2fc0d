"""After sending: how the form stands, a message, taking it back. Reached with reference and date of birth.

The session then knows one sent intake, for a while; of its answers these pages show nothing but the
entries of a list that the clinic asks about.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.forms.status import LookUpForm, MessageForm, WithdrawForm
from intake.locations import location_of, settings_of
from intake.models import Message, Question, Submission, SubstanceConsent, Try
from intake.models.resume import after_work
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.part_two import left_in
from intake.resume_secrets import LIFTED_BY_WORK
from intake.status import status_of
from intake.views import work
from intake.views.guard import READ_WRITE, SESSION_KEY, STATUS_KEY, public
from intake.views.help_sections import levels_said, reading_of, said_in, sections_of
from intake.views.network import address_of
from intake.views.steps import steps_of

OPEN_FOR = 2 * 60 * 60  # seconds: long enough to answer many questions, not for the next person
NOT_TYPED = {"csrfmiddlewaretoken", "continue", "key", "shown", "add", "leave"}


def sent_of(request: HttpRequest) -> Submission | None:
    """The sent intake that this session has proved to be its own, while that holds."""
    _pk, until = request.session.get(STATUS_KEY) or (None, 0)
    return None if until <= timezone.now().timestamp() else late_of(request)


def late_of(request: HttpRequest) -> Submission | None:
    """The sent intake that this session has proved to be its own, however long ago: nothing of it is shown."""
    pk, _until = request.session.get(STATUS_KEY) or (None, 0)
    if pk is None:
        return None
    try:
        return Submission.objects.filter(pk=pk, state=Submission.State.SUBMITTED, erased_at=None).first()
    except (ValidationError, ValueError, TypeError):
        return None


def knows(request: HttpRequest, pk: UUID) -> None:
    """From now on, for a while, this session may see how the sent intake stands."""
    request.session[STATUS_KEY] = [str(pk), int(timezone.now().timestamp()) + OPEN_FOR]


def with_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the session's sent intake to ``view``; without one ask again who it is, and give back what was typed."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sent = sent_of(request)
        if sent is not None:
            return view(request, sent, *args, **kwargs)
        if request.method != "POST":
            return redirect("intake:status")
        typed = [
            value
            for name, values in request.POST.lists()
            if name not in NOT_TYPED and not name.endswith("-count")
            for value in values
            if len(value.strip()) > 3
        ]
        said = said_in(INTAKE, request.POST, timezone.localdate())
        levels = levels_said(INTAKE, said)
        context = {
            "saved": getattr(request, "rang_late", False),
            "typed": typed,
            "late": late_of(request) is not None,
            "sections": sections_of(levels) if levels else [],
            "reading": next(filter(None, map(reading_of, said)), ""),
        }
        return render(request, "intake/status/gone.html", context, status=410)

    return guarded


# --- Who are you? -------------------------------------------------------------------------------------


@public
@READ_WRITE
def status(request: HttpRequest) -> HttpResponse:
    """How the form stands; before that, reference and date of birth. What is wrong with them is not said."""
    sent = sent_of(request)
    if request.method != "POST":
        return (
            _show(request, sent)
            if sent is not None
            else _ask(request, LookUpForm(today=timezone.localdate()))
        )
    form = LookUpForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _ask(request, form)
    reference, born = form.reference_and_birth()
    counted = _counted(request, reference)
    if work.is_done(request, work.ENTERING):
        counted = after_work(counted)
    if over := Try.over(at=timezone.now(), **counted):
        if over <= LIFTED_BY_WORK and not work.is_asked_for(request):
            return work.ask(request, work.ENTERING, without=False)
        return _ask(request, form, 429, too_many=True)
    pk = _find(reference, born)
    if pk is None:
        return _ask(request, form, not_found=True)
    Try.forgive(**counted)
    request.session.cycle_key()
    knows(request, pk)
    return redirect("intake:status")


def _counted(request: HttpRequest, reference: str) -> dict[str, str]:
    """What a look-up is counted under."""
    network = address_of(request)
    counted = {"reference": f"{reference} {network}", "address": network}
    if _sent_it(request, reference):
        return counted
    return {**counted, "reference_in_all": reference, "in_all": ""}


def _sent_it(request: HttpRequest, reference: str) -> bool:
    """Whether this browser has sent the form with this reference, or has looked it up before."""
    known = [request.session.get(SESSION_KEY), (request.session.get(STATUS_KEY) or (None,))[0]]
    try:
        return (
            any(known) and Submission.objects.filter(pk__in=filter(None, known), reference=reference).exists()
        )
    except (ValidationError, ValueError, TypeError):
        return False


def _find(reference: str, born: date):
    """The sent intake with both; one query for right, wrong and unknown, so that time tells nothing."""
    found = Submission.objects.filter(reference=reference, state=Submission.State.SUBMITTED, born_on=born)
    return found.values_list("pk", flat=True).first()


def _ask(request: HttpRequest, form: LookUpForm, status: int = 200, **failed) -> HttpResponse:
    return render(request, "intake/status/look_up.html", {"form": form, **failed}, status=status)


# --- How it stands ------------------------------------------------------------------------------------


def _show(request: HttpRequest, sent: Submission) -> HttpResponse:
    status, here = status_of(sent), settings_of(location_of(request))
    context = {
        "sent": sent,
        "status": status,
        "steps": steps_of(sent, here, timezone.now(), at_step=status.at_step, since=status.since),
        "question": Question.open_of(sent),
        "part_two": left_in(sent.current),
        "later": "intake:status-later",
        "written": list(sent.messages.filter(kind=Message.Kind.MESSAGE).order_by("-pk")[:20]),
    }
    return render(request, "intake/status/status.html", context)


@with_sent
@READ_WRITE
def message(request: HttpRequest, sent: Submission) -> HttpResponse:
    """A message to the coordinators: something new, or a correction in words."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not Try.allowed(message=str(sent.pk)):
            return render(request, "intake/status/message.html", {"form": form, "too_many": True}, status=429)
        Message.write(sent, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
        messages.success(request, read_when(request))
        return redirect("intake:status")
    return render(request, "intake/status/message.html", {"form": form})


def read_when(request: HttpRequest) -> str:
    """When a message is read, and whom to call instead: nobody looks for danger in its words."""
    here = settings_of(location_of(request))
    sentences = _(
        "We have your message. We read it within %(count)d working hours (%(hours)s). "
        "If you might hurt yourself, or are in danger now, call 911. Or call or text 988, day or night."
    )
    return sentences % {"count": here.message_hours, "hours": here.hours}


@with_sent
@READ_WRITE
def withdraw(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Ask once, with a reason for who wants to give one; a person at the clinic then closes the form."""
    current = status_of(sent)
    if current.closed or current.withdrawn:
        return redirect("intake:status")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        Message.withdraw(sent, reason=form.cleaned_data["reason"], key=form.cleaned_data["key"])
        return redirect("intake:status")
    return render(request, "intake/status/withdraw.html", {"form": form})


@with_sent
@READ_WRITE
def substance_use(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Take back the consent to share answers about alcohol and drugs. Whether one was given is said to nobody here."""
    if request.method != "POST":
        return render(request, "intake/status/substance_use.html")
    SubstanceConsent.revoke(sent, at=timezone.now())
    messages.success(
        request, _("It is done. Nobody here can open your answers about alcohol and drugs any more.")
    )
    return redirect("intake:status")
