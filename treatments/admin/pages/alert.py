"""The page of a safety alert, and what is done on it: take, note, close."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.admin.forms.alerts import AlertForm
from treatments.admin.forms.shared import FORMS
from treatments.admin.lists.badges import urgency_badge
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.models import Alert, Referral
from treatments.reading.alert import alert_view
from treatments.reading.redaction import redaction_for
from treatments.triage.access_log import opened
from treatments.triage.frame import FUNCTIONS
from treatments.workflow import Refused
from treatments.workflow.actions.alerts import CLOSE_ALERT, HANDLE
from treatments.workflow.actions.row import Action
from treatments.workflow.actions.table import ALERT_ACTIONS
from treatments.workflow.alerts import EntryKind, Reached


def act_on_alert(admin: ReadOnlyAdmin, request: HttpRequest, alert: Alert, action: str) -> HttpResponse:
    """Do one thing on it; the page again with all that was typed where that may not happen."""
    row = ALERT_ACTIONS.get(action)
    if row is None:
        raise Http404
    if not request.user.has_perm(row.permission_on()):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(url_of(alert))
    form = form_of(action, alert, user_of(request), request.POST)
    if "seen_version" in form.errors:
        form = form_of(action, alert, user_of(request), as_seen_now(request.POST, alert))
        return show_alert(admin, request, alert, row, form, not_done(row, unseen=True))
    if not form.is_valid():
        return show_alert(admin, request, alert, row, form)
    try:
        FUNCTIONS[action](
            alert=alert, actor=user_of(request), seen=form.cleaned_data["seen_version"], **form.asked()
        )
    except Refused as fault:
        alert = Alert.objects.get(pk=alert.pk)
        return show_alert(admin, request, alert, row, form, str(fault))
    say_what_became(request, row, Alert.objects.get(pk=alert.pk))
    return redirect(url_of(alert))


ALERT_ACTION = Page("<int:object_id>/<slug:action>/", "action", act_on_alert, methods=WITH_FORM)


def form_of(action: str, alert: Alert, actor: User, sent: QueryDict | None = None) -> AlertForm:
    return cast(type[AlertForm], FORMS[action])(sent, alert=alert, actor=actor)


def as_seen_now(sent: QueryDict, alert: Alert) -> QueryDict:
    """What was sent, as from a page made now."""
    sent = sent.copy()
    sent["seen_version"] = str(alert.newest.pk)
    return sent


def not_done(action: Action, *, unseen: bool = False) -> str:
    """Why nothing happened: a part is missing, or the page did not say which answers its reader had seen."""
    what = _("The alert was not closed.") if action is CLOSE_ALERT else _("Nothing was done yet.")
    if not unseen:
        return f"{what} {_('Please correct what is marked below.')}"
    unknown = _("The page you sent did not say which answers you had seen.")
    kept = _("What you typed is kept below: read the answers and press the button again.")
    return f"{what} {unknown} {kept}"


def url_of(alert: Alert) -> str:
    return reverse("admin:treatments_alert_change", args=[alert.number])


def say_what_became(request: HttpRequest, action: Action, alert: Alert) -> None:
    """Who did not close it, although they pressed the button, reads why."""
    own = [entry for entry in alert.staff_entries() if entry.by_id == user_of(request).pk]
    if action is not CLOSE_ALERT or not own or own[-1].kind == EntryKind.TAKEN:
        messages.success(request, str(action.done))
    elif own[-1].reached == Reached.NOBODY:
        messages.success(request, _("Your note was kept with the alert. The alert stays open."))
    elif own[-1].kind == EntryKind.NOTE:
        first = {"who": alert.closings[-1].who}
        kept = _("%(who)s closed this alert first. What you wrote was kept as a note.") % first
        again = _("New unsafe answers keep the alert open.") if alert.open_now else ""
        messages.warning(request, f"{kept} {again}".strip())
    elif alert.open_now:
        messages.warning(
            request,
            _(
                "What you wrote was kept, and closes the answers you had seen. New unsafe answers keep it open."
            ),
        )
    else:
        messages.success(request, str(action.done))


def show_alert(
    admin: ReadOnlyAdmin,
    request: HttpRequest,
    alert: Alert,
    action: Action | None = None,
    form: AlertForm | None = None,
    refused: str = "",
) -> TemplateResponse:
    """Who is on it, whom to call, the unsafe answers, and the forms; looking at it is an event, written first."""
    referral: Referral | None = getattr(alert, "referral", None)
    reader, now = user_of(request), timezone.now()
    opened(referral=referral, actor=reader, submission=alert, details={"refused": True} if refused else {})
    forms: dict[str, Any] = {
        key: form if action is row else form_of(key, alert, reader) for key, row in ALERT_ACTIONS.items()
    }
    faulty = action is not None and form is not None and form.is_bound and not form.is_valid()
    context = admin.page_context(
        request,
        title=_("Safety alert"),
        forms=forms,
        problem=refused or (not_done(action) if action and faulty else ""),
        failed=action.key if action else "",
        may_handle=request.user.has_perm(f"treatments.{HANDLE.codename}"),
        urgency=urgency_badge(alert.urgency),
        referral=referral,
        referral_url=referral and reverse("admin:treatments_referral_change", args=[referral.pk]),
        address=url_of(alert),
        **alert_view(redaction_for(reader, alert), alert, now),
    )
    return TemplateResponse(request, "admin/treatments/alert.html", context, status=409 if refused else 200)
