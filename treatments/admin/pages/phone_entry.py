"""The way from the worklist to the patient's pages and back, for staff who have a person on the phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.entry import enter_for, entered_here, entry_of, leave_entry
from intake.models import Submission
from treatments import permissions
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import row_url
from treatments.models import Referral
from treatments.triage.phone_entry import begin_entry, give_up_entry, open_entry
from treatments.workflow import Refused

HOME = "admin:treatments_referral_enter"


def enter(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    """Begin, go on or give up; after sending, the way to the referral."""
    if request.method != "POST":
        sent = sent_from_here(request)
        return redirect(sent) if sent else show_enter(admin, request)
    draft: Submission | None
    try:
        match request.POST.get("do"):
            case "begin":
                draft = begin_entry(actor=user_of(request), language=(get_language() or "en")[:2])
            case "go_on":
                draft = open_entry(actor=user_of(request))
            case "give_up":
                give_up_entry(actor=user_of(request))
                leave_entry(request)
                messages.success(request, _("The unfinished intake was given up."))
                return redirect(HOME)
            case _other:
                return redirect(HOME)
    except Refused as fault:
        return show_enter(admin, request, str(fault))
    if draft is None:
        return show_enter(admin, request, _("There is no unfinished intake to go on with."))
    enter_for(request, draft, needs=permissions.ENTER_INTAKE, home=reverse(HOME))
    return redirect("intake:tasks")


def sent_from_here(request: HttpRequest) -> str:
    """The page of the referral that this session has just sent, "" for none; then the entry is over."""
    entry = entry_of(request)
    sent: Submission | None = entered_here(request, entry) if entry else None
    if sent is None or sent.is_draft:
        return ""
    leave_entry(request)
    referral = Referral.objects.for_user(request.user).filter(submission=sent).first()
    return row_url(referral) if referral else ""


def show_enter(admin: ReadOnlyAdmin, request: HttpRequest, refused: str = "") -> HttpResponse:
    context = admin.page_context(
        request,
        title=_("Enter an intake"),
        unfinished=open_entry(actor=user_of(request)),
        refused=refused,
    )
    status = 409 if refused else 200
    return TemplateResponse(request, "admin/treatments/enter.html", context, status=status)


ENTER = Page("enter/", "enter", enter, permissions.ENTER_INTAKE, methods=WITH_FORM)
