"""The way from the worklist to the patient's pages and back, for staff who have a person on the phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.entry import enter_for, entered_here, entry_of, leave_entry
from intake.models import Submission
from treatments import permissions
from treatments.models import Referral
from treatments.triage.phone_entry import begin_entry, give_up_entry, open_entry
from treatments.workflow import Refused

HOME = "admin:treatments_referral_enter"


class Entering:
    """Adds "Enter an intake" to the worklist's admin."""

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter)
        return [path("enter/", view, name="treatments_referral_enter"), *super().more_urls()]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        may = request.user.has_perm(permissions.ENTER_INTAKE)
        told = {"enter_url": reverse(HOME) if may else "", **(extra_context or {})}
        return super().changelist_view(request, told)

    def enter(self, request: HttpRequest) -> HttpResponse:
        """Begin, go on or give up; after sending, the way to the referral."""
        if request.method not in ("GET", "HEAD", "POST"):
            raise Http404
        if not request.user.has_perm(permissions.ENTER_INTAKE):
            raise PermissionDenied
        if request.method != "POST":
            sent = self.sent_from_here(request)
            return redirect(sent) if sent else self.show_enter(request)
        try:
            match request.POST.get("do"):
                case "begin":
                    draft = begin_entry(actor=request.user, language=(get_language() or "en")[:2])
                case "go_on":
                    draft = open_entry(actor=request.user)
                case "give_up":
                    give_up_entry(actor=request.user)
                    leave_entry(request)
                    messages.success(request, _("The unfinished intake was given up."))
                    return redirect(HOME)
                case _other:
                    return redirect(HOME)
        except Refused as fault:
            return self.show_enter(request, str(fault))
        if draft is None:
            return self.show_enter(request, _("There is no unfinished intake to go on with."))
        enter_for(request, draft, needs=permissions.ENTER_INTAKE, home=reverse(HOME))
        return redirect("intake:tasks")

    def sent_from_here(self, request: HttpRequest) -> str:
        """The page of the referral that this session has just sent, "" for none; then the entry is over."""
        entry = entry_of(request)
        sent: Submission | None = entered_here(request, entry) if entry else None
        if sent is None or sent.is_draft:
            return ""
        leave_entry(request)
        referral = Referral.objects.for_user(request.user).filter(submission=sent).first()
        return reverse("admin:treatments_referral_change", args=[referral.pk]) if referral else ""

    def show_enter(self, request: HttpRequest, refused: str = "") -> HttpResponse:
        told = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Enter an intake"),
            "unfinished": open_entry(actor=request.user),
            "refused": refused,
        }
        status = 409 if refused else 200
        return TemplateResponse(request, "admin/treatments/enter.html", told, status=status)
