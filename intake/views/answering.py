"""Answering what the clinic asks after sending: one page with the asked fields, and help where an answer means danger."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.forms.asked_again import AskedForm
from intake.forms.pages import PageForm
from intake.forms.status import MessageForm
from intake.models import Alarm, Amendment, Question, Submission
from intake.questionnaire import amendments
from intake.questionnaire.dangers import BY_KEY
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import Page
from intake.signals import TooLate
from intake.views.pages import dated, offer_resources
from intake.views.status import READ_WRITE, with_sent

HELP_FOR = timedelta(hours=24)  # the interruption page stays within reach for so long


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
    sound = form.is_bound and form.is_valid()
    given = form.to_answers() if form.is_bound else {}
    if not sound and question.is_rung_by(given, timezone.now()):
        # Help does not wait for the answer that is missing or faulty: the rest stays asked.
        question.keep(given)
        return redirect("intake:status-help")
    if not sound:
        if form.is_bound:
            offer_resources(request, INTAKE, amendments.nested({**kept, **given}))
        context = {"form": form, "question": question, "kept": kept}
        return render(request, "intake/status/questions.html", context)
    try:
        question.answer(given)
    except TooLate:
        return _too_late(request, sent)
    return _after(request, given)


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


def _after(request: HttpRequest, given: dict) -> HttpResponse:
    """Where the answers lead: to help first if one means danger."""
    answers = amendments.nested(given)
    if INTAKE.dangers_in(dated(answers)):
        return redirect("intake:status-help")
    messages.success(request, _("Thank you. We have your answers."))
    offer_resources(request, INTAKE, answers)
    return redirect("intake:status")


def _too_late(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Nobody waits for this answer: it was sent already, or the clinic has gone on without it."""
    if _recent_alarms(sent).exists():
        return redirect("intake:status-help")
    messages.info(request, _("We no longer need an answer to this question. You can send us a message."))
    return redirect("intake:status")


def _recent_alarms(sent: Submission):
    return Alarm.objects.filter(
        submission=sent, amendment__isnull=False, raised_at__gt=timezone.now() - HELP_FOR
    )


@with_sent
@READ_WRITE
def help(request: HttpRequest, sent: Submission) -> HttpResponse:
    """Where to get help now, straight after an unsafe answer; nothing here has to be answered."""
    if not _recent_alarms(sent).exists():
        return redirect("intake:status")
    posted = request.POST if request.method == "POST" else None
    nothing_yet = {"today": timezone.localdate().isoformat()}
    form = PageForm(INTAKE.help_page, nothing_yet, sent.screen, posted)
    if form.is_bound and form.is_valid():
        filled = form.to_answers().get("safety", {})
        given = {f"safety.{key}": value for key, value in filled.items() if value is not None}
        if given:
            Amendment.make(sent, given)
        if Question.open_of(sent) is not None:
            return redirect("intake:questions")
        messages.success(request, _("Thank you. We have your answers."))
        return redirect("intake:status")
    context = {"form": form, "page": _page_of(sent), "number_known": sent.has_number}
    return render(request, "intake/help.html", context)


def _page_of(sent: Submission) -> Page:
    """The page of the answer that led here: its help is worded for the body or for the mind."""
    alarm = _recent_alarms(sent).order_by("-pk").first()
    owners = {path.split("[")[0] for path in BY_KEY[alarm.danger].paths}
    return next(
        (page for page in INTAKE.pages for field in page.fields if owners & {field.path}), INTAKE.help_page
    )
