"""Answering what the clinic asks after sending: one page with the asked fields, and help where an answer means danger."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.forms.asked_again import AskedForm
from intake.forms.status import MessageForm
from intake.models import Alarm, Amendment, Question, Submission
from intake.questionnaire import amendments
from intake.questionnaire.dangers import BY_KEY, fields_in
from intake.questionnaire.help_kinds import Levels, levels_of
from intake.questionnaire.intake import INTAKE
from intake.signals import TooLate
from intake.views.guard import READ_WRITE
from intake.views.helping import call_for, context_of, dated, form_for, interrupts
from intake.views.status import late_of, sent_of, with_sent

PAGE = "intake/status/questions.html"
HELP_FOR = timedelta(hours=24)  # the interruption page stays within reach for so long


def rings_when_late(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An unsafe answer from a page that was open for too long is stored and rings before ``view`` asks who it was."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and sent_of(request) is None and (late := late_of(request)) is not None:
            request.rang_late = _ring(late, request.POST)  # type: ignore[attr-defined]  # the page says so
        return view(request)

    return guarded


@rings_when_late
@with_sent
@READ_WRITE
def questions(request: HttpRequest, sent: Submission) -> HttpResponse:
    """The asked fields as one form; its answers are an amended version of the intake."""
    question = Question.open_of(sent)
    if question is None:
        if request.method == "POST":
            return _too_late(request, sent)
        return redirect("intake:status")
    adding = request.method == "POST" and "add" in request.POST
    kept = question.kept()
    form = AskedForm(
        question.fields,
        sent.current,
        request.POST if request.method == "POST" and not adding else None,
        today=timezone.localdate(),
        typed=request.POST if adding else None,
        kept=kept,
    )
    if not form.is_bound:
        return render(request, PAGE, {"form": form, "question": question, "kept": kept})
    sound, shown = form.is_valid(), _helped_by(sent, kept)
    given = form.to_answers()
    if not sound:
        return _faulty(request, question, form, shown)
    try:
        question.answer(given)
    except TooLate:
        return _too_late(request, sent)
    return _after(request, sent, given, shown)


def _faulty(request: HttpRequest, question: Question, form: AskedForm, shown: Levels) -> HttpResponse:
    """Help does not wait for the answer that is missing or faulty: the rest stays asked."""
    given, kept = form.to_answers(), question.kept()
    rung = question.is_rung_by(given, timezone.now())
    if rung:
        question.keep(given)
    sent, said = question.submission, amendments.nested({**kept, **given})
    around = amendments.laid_over(sent.current, given)
    if interrupts(request, INTAKE, said, row=sent, shown=shown, anew=rung, around=around):
        return redirect("intake:status-help")
    return render(request, PAGE, {"form": form, "question": question, "kept": kept})


def _helped_by(sent: Submission, kept: dict[str, object]) -> Levels:
    """The help that the answers kept so far have shown."""
    return levels_of(INTAKE.dangers_in(dated(sent.current), fields_in(amendments.nested(kept))))


def again(page: str, sent: Submission, typed: QueryDict) -> dict | None:
    """What the status page named ``page`` needs to show again what was ``typed``, unjudged; None for others."""
    if page == "message":
        return {"form": MessageForm(typed)}
    question = Question.open_of(sent) if page == "questions" else None
    if question is None:
        return None
    kept = question.kept()
    form = AskedForm(question.fields, sent.current, today=timezone.localdate(), typed=typed, kept=kept)
    return {"form": form, "question": question, "kept": kept}


def _after(request: HttpRequest, sent: Submission, given: dict, shown: Levels) -> HttpResponse:
    """Where the answers lead: to help first if one means danger of a new kind, or more of it."""
    around = amendments.laid_over(sent.current, given)
    if interrupts(request, INTAKE, amendments.nested(given), row=sent, shown=shown, around=around):
        return redirect("intake:status-help")
    messages.success(request, _("Thank you. We have your answers."))
    return redirect("intake:status")


def _too_late(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Nobody waits for this answer: it was sent already, or the clinic has gone on without it.

    An unsafe one is stored and rings all the same.
    """
    _ring(sent, request.POST)
    if _recent_alarms(sent).exists():
        return redirect("intake:status-help")
    messages.info(request, _("We no longer need an answer to this question. You can send us a message."))
    return redirect("intake:status")


def _ring(sent: Submission, typed: QueryDict) -> bool:
    """Store the answers ``typed`` if one of them is unsafe, else none; whether they were stored."""
    question = Question.objects.filter(submission=sent).order_by("-pk").first()
    if question is None:
        return False
    form = AskedForm(question.fields, sent.current, typed, today=timezone.localdate(), kept={})
    form.is_valid()
    return Amendment.if_unsafe(sent, form.to_answers(), at=timezone.now()) is not None


def _recent_alarms(sent: Submission):
    return Alarm.objects.filter(
        submission=sent, amendment__isnull=False, raised_at__gt=timezone.now() - HELP_FOR
    )


@with_sent
@READ_WRITE
def help(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Where to get help now, straight after an unsafe answer; nothing here has to be answered."""
    levels = _levels(sent)
    if not levels:
        return redirect("intake:status")
    # What was written about where the person is stays out of sight: a date of birth opens this page.
    unseen = {**sent.context(timezone.localdate()), "safety": _number_alone(sent)}
    posted = request.POST if request.method == "POST" else None
    form = form_for(INTAKE, levels, unseen, sent.screen, posted)
    form.initial = {}
    if form.is_bound:
        sound = form.is_valid()
        filled = (form.to_answers() if sound else form.to_kept_answers()).get("safety", {})
        given = {f"safety.{key}": value for key, value in filled.items() if value is not None}
        if given:
            Amendment.make(sent, given, kind=Amendment.Kind.HELP)
        if sound:
            return _on_from_help(request, sent)
    more = {"change": _change(sent), "folded": _said_today(sent), "person": "", "stops": True}
    answers = {**sent.current, "safety": _number_alone(sent)}
    return render(request, "intake/help.html", context_of(request, levels, answers, form, **more))


def _on_from_help(request: HttpRequest, sent: Submission) -> HttpResponse:
    """To what is left of the question, or to the status page; who stops here reads there when we call."""
    if "stop" in request.POST:
        messages.info(request, call_for(request, sent.current).html)
        return redirect("intake:status")
    if Question.open_of(sent) is not None:
        return redirect("intake:questions")
    messages.success(request, _("Thank you. We have your answers."))
    return redirect("intake:status")


def _change(sent: Submission) -> str:
    """Where the answer can be changed: while the question is still open."""
    return reverse("intake:questions") if Question.open_of(sent) is not None else ""


def _number_alone(sent: Submission) -> dict[str, str]:
    number = sent.current.get("safety", {}).get("number_today")
    return {"number_today": number} if number else {}


def _said_today(sent: Submission) -> bool:
    """Whether the boxes were filled in while the page is within reach: they are folded then."""
    since = timezone.now() - HELP_FOR
    return any(
        made.made_at > since and not {"safety.where_now", "safety.number_today"}.isdisjoint(made.changes)
        for made in sent.made_amendments()
    )


def _levels(sent: Submission) -> Levels:
    """The kinds of the newest answers that rang, while their help is within reach."""
    newest = _recent_alarms(sent).order_by("-pk").first()
    if newest is None:
        return {}
    rang = newest.amendment.alarms.values_list("danger", flat=True)
    return levels_of(BY_KEY[key] for key in rang if key in BY_KEY)
