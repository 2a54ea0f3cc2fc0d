"""The page on which staff choose how often mail of their notices comes, and mark all of them as read."""

from datetime import time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.locations import settings_of
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.models import NoticeSetting
from treatments.reading.notice_defaults import deliveries_for
from treatments.triage.notices import mark_all_read, set_delivery
from treatments.workflow.notice_defaults import DELIVERIES
from treatments.workflow.notices import DELIVERY_WORDS, KIND_WORDS, Delivery


class DeliveryForm(forms.Form):
    delivery = forms.ChoiceField(
        label=gettext_lazy("Mail about your notices"),
        choices=[
            ("", gettext_lazy("As the clinic has set it for your role")),
            *((delivery.value, words) for delivery, words in DELIVERY_WORDS.items()),
        ],
        widget=forms.RadioSelect,
        required=False,
    )


class ReadForm(forms.Form):
    newest = forms.IntegerField(min_value=0, max_value=2**63 - 1)


def notices_page(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    user = user_of(request)
    if "newest" in request.POST:
        read = ReadForm(request.POST)
        if read.is_valid():
            mark_all_read(user=user, newest=read.cleaned_data["newest"])
            messages.success(request, _("All that stood there is marked as read."))
        return redirect("admin:index")
    setting = NoticeSetting.objects.filter(user=user).first() or NoticeSetting()
    form = DeliveryForm(request.POST or None, initial={"delivery": setting.delivery})
    if form.is_valid():
        chosen = form.cleaned_data["delivery"]
        set_delivery(user=user, delivery=Delivery(chosen) if chosen else None)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = admin.page_context(
        request,
        title=_("Notices"),
        form=form,
        as_set=[(KIND_WORDS[kind], DELIVERIES[how]) for kind, how in deliveries_for(user).items()],
        hour=time(settings_of(None).notice_hour),
        has_address=bool(user.email),
    )
    return TemplateResponse(request, "admin/treatments/notices.html", context)


NOTICES = Page("notices/", "notices", notices_page, methods=WITH_FORM)
