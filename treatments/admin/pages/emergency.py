"""The page on which a superuser breaks the glass, and mends it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.admin.forms.shared import note
from treatments.admin.pages.staff_user import user_of
from treatments.triage.emergency import break_glass, mend_glass
from treatments.workflow import Refused


class ReasonForm(forms.Form):
    use_required_attribute = False
    reason = note(gettext_lazy("Why must you read patients now? The privacy officers read this."))


def emergency_page(request: HttpRequest) -> HttpResponse:
    user, refused = user_of(request), ""
    if not getattr(user, "was_superuser", False):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.POST.get("do") == "break" else None)
    if request.POST.get("do") == "mend":
        mend_glass(actor=user)
        messages.success(request, _("Emergency access has ended."))
        return redirect("admin:index")
    if form.is_bound and form.is_valid():
        try:
            break_glass(actor=user, reason=form.cleaned_data["reason"])
        except Refused as fault:
            refused = str(fault)
        else:
            return redirect("admin:index")
    context = {**admin.site.each_context(request), "title": _("Emergency access"), "form": form}
    shown = {**context, "refused": refused}
    return TemplateResponse(request, "admin/treatments/emergency.html", shown, status=409 if refused else 200)
