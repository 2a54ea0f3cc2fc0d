"""The page on which staff write down what somebody says: safety saved by its own button, all else kept as typed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import Alarm, Message
from treatments.admin.forms.record_answer import RecordAnswerForm
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.actions import as_of_now, may, refusal
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import row_url
from treatments.models import Alert, Referral
from treatments.reading.reaching import person_head
from treatments.reading.redaction import redaction_for
from treatments.reading.rota import names_on_duty
from treatments.reading.timeline import events_after, last_event
from treatments.triage.access_log import opened
from treatments.triage.alerts import take_alert
from treatments.triage.record_answer import record_answer
from treatments.workflow import Refused
from treatments.workflow.actions.alerts import TAKE_ALERT
from treatments.workflow.actions.record_answer import RECORD_ANSWER

AGAIN = ("show", "add")  # buttons that only ask for more of the page


def _about(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    redaction = redaction_for(user_of(request), referral.submission)
    return {
        "referral": referral,
        "redaction": redaction,
        "seen_event": last_event(redaction, referral),
        "now": timezone.now(),
    }


def _message(request: HttpRequest, referral: Referral) -> Message | None:
    """The message that is written out, where the page was opened from one."""
    number = request.GET.get("message", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return referral.submission.messages.filter(pk=int(number)).first()


def _save(
    request: HttpRequest, referral: Referral, form: RecordAnswerForm, given: dict[str, object]
) -> Refused | None:
    """Record what is ``given``; whoever wrote down an unsafe answer is on its alert, unless somebody else is."""
    seen = form.cleaned_data["seen_version"]
    try:
        with transaction.atomic():
            record_answer(actor=user_of(request), referral=referral, seen=seen, **form.asked_with(given))
            if rang_by(form) and request.user.has_perm(TAKE_ALERT.permission_on()):
                _take(request, referral)
    except Refused as fault:
        return fault
    return None


def _take(request: HttpRequest, referral: Referral) -> None:
    try:
        with transaction.atomic():
            take_alert(actor=user_of(request), alert=Alert.objects.get(pk=referral.submission_id))
    except Refused:
        return  # a colleague is on it, or it is closed again: nobody is taken over unasked


def rang_by(form: RecordAnswerForm) -> list[Alarm]:
    """What the talk of this form has raised so far."""
    form.referral.submission.forget_amendments()
    own = [made.pk for made in form.saved_here()]
    return list(Alarm.objects.filter(amendment__in=own).order_by("pk"))


def _again(
    admin: ReadOnlyAdmin,
    request: HttpRequest,
    referral: Referral,
    form: RecordAnswerForm,
    *,
    judged: bool,
    fault: Refused | None = None,
) -> HttpResponse:
    """The page as of now, with all that was typed; ``judged``: what is wrong in it is marked.

    From a stale page what changed meanwhile is told, and pressing again is deliberate.
    """
    now = admin.row_or_404(request, referral.pk)
    about, changed = _about(request, now), []
    last = form.cleaned_data.get("seen_event")
    if fault is not None and fault.stale and last is not None:
        changed = events_after(about["redaction"], now, last)
    sent = as_of_now(request.POST, consult=None, **about)
    again = RecordAnswerForm(sent if judged else None, typed=None if judged else sent, **about)
    rang = [] if fault else rang_by(form)
    return _page(admin, request, now, again, fault=fault, rang=rang, saved=form.saved_here(), changed=changed)


def _page(
    admin: ReadOnlyAdmin,
    request: HttpRequest,
    referral: Referral,
    form: RecordAnswerForm,
    *,
    fault: Refused | None = None,
    rang: Sequence[Alarm] = (),
    **more: Any,
) -> HttpResponse:
    refused = str(fault or "") or refusal(request.user, RECORD_ANSWER, referral, None)
    in_vain = bool(refused) and request.method == "POST"
    details = {"page": RECORD_ANSWER.key, **({"refused": True} if in_vain else {})}
    opened(referral=referral, actor=user_of(request), details=details)
    now = timezone.now()
    context = admin.page_context(
        request,
        title=_("Record answers, referral %(reference)s") % {"reference": referral.reference},
        page=RECORD_ANSWER,
        referral=referral,
        row=referral,
        form=form,
        refused=refused,
        back=row_url(referral),
        referral_url=row_url(referral),
        answers_left_out=form.redaction.hides,
        on_duty=names_on_duty(now),
        message=form.message,
        rang=[form.redaction.alarm_title(alarm) for alarm in rang],
        rang_at=rang[-1].raised_at if rang else None,
        alert=Alert.objects.filter(pk=referral.submission_id).first(),
        **person_head(referral.submission, now),
        **more,
    )
    return TemplateResponse(request, form.template, context, status=409 if in_vain else 200)


# --- The view -------------------------------------------------------------------------------------------


def show_record(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> HttpResponse:
    """The open questions, or what came of saving some of the answers.

    What is sound of the safety answers and unsafe is saved whatever is wrong beside it.
    """
    if not may(request.user, RECORD_ANSWER, None):
        raise PermissionDenied
    about = _about(request, referral)
    if request.method != "POST":
        form = RecordAnswerForm(message=_message(request, referral), **about)
        return _page(admin, request, referral, form)
    if any(button in request.POST for button in AGAIN):
        return _page(admin, request, referral, RecordAnswerForm(typed=request.POST, **about))
    form, safety = RecordAnswerForm(request.POST, **about), "safety" in request.POST
    sound = form.sound(safety=safety)
    given = form.given(safety=safety or not sound)
    if not form.errors and (sound or form.rings(given)) and (given or not form.saved_here()):
        if fault := _save(request, referral, form, given):
            return _again(admin, request, referral, form, judged=False, fault=fault)
    elif not sound:
        return _page(admin, request, referral, form)
    if sound and not safety:
        messages.success(request, str(RECORD_ANSWER.done))
        return redirect(row_url(referral))
    return _again(admin, request, referral, form, judged=not sound)


RECORD = Page(f"<int:object_id>/{RECORD_ANSWER.key}/", RECORD_ANSWER.key, show_record, methods=WITH_FORM)
