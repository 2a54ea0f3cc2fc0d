"""The actions as small admin pages: one decision, a form, a Cancel link; refused ones say why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from intake.fields.kinds import Text
from treatments.admin.forms.shared import FORMS, ActionForm
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.erased import unless_erased
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.subject import row_url, subject_of
from treatments.models import Consult, Event, Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.risk import risk_view
from treatments.reading.timeline import events_after, last_event
from treatments.triage.access_log import opened
from treatments.triage.frame import FUNCTIONS
from treatments.triage.situation import situation_of
from treatments.triage.undo_state import last_team_move
from treatments.workflow import ConsultState, Refused
from treatments.workflow.actions.row import Action
from treatments.workflow.actions.table import BY_TEAMS, CONSULT_ACTIONS, REFERRAL_ACTIONS
from treatments.workflow.actions.undo import UNDO_CONSULT


@dataclass(frozen=True, slots=True)
class Button:
    """An action as the referral's page offers it; ``refusal`` is "" where it may happen now."""

    label: Text
    url: str
    refusal: str


def may(user, action: Action, consult: Consult | None) -> bool:
    return action.is_for(user, consult.treatment if consult else None)


def refusal(
    user, action: Action, referral: Referral, consult: Consult | None, open_consults: int | None = None
) -> str:
    """Why ``user`` may not do it now; "" where they may."""
    return button(user, action, referral, consult, open_consults).refusal


def button(
    user: User,
    action: Action,
    referral: Referral,
    consult: Consult | None,
    open_consults: int | None = None,
    **known: object,
) -> Button:
    """``known``: facts of the situation that the caller has read."""
    now = timezone.now()
    situation = situation_of(
        action, referral, user, consult, at=now, open_consults=open_consults, known=known
    )
    return Button(action.label_in(situation), f"{action.key}/", action.why_not(situation) or "")


def buttons(user: User, row: Referral | Consult, open_consults: int, **known: object) -> list[Button]:
    """The actions this user has the permission for, the refused ones with the reason."""
    referral, consult = subject_of(row)
    return [
        button(user, action, referral, consult, open_consults, **known)
        for action in actions_on(row).values()
        if may(user, action, consult)
    ]


def actions_on(row: Referral | Consult) -> dict[str, Action]:
    return CONSULT_ACTIONS | BY_TEAMS if isinstance(row, Consult) else REFERRAL_ACTIONS


def show_action(
    admin: ReadOnlyAdmin, request: HttpRequest, row: Referral | Consult, action: str
) -> HttpResponse:
    """The form of an action, and the action itself; a finished one leads on."""
    page = actions_on(row).get(action)
    if page is None:
        raise Http404
    referral, consult = subject_of(row)
    if not may(request.user, page, consult):
        raise PermissionDenied
    redaction = redaction_for(user_of(request), referral.submission)
    about: dict[str, Any] = {
        "referral": referral,
        "consult": consult,
        "seen_event": last_event(redaction, referral),
        "redaction": redaction,
    }
    asks_for_more = any(name in request.POST for name in FORMS[action].more_buttons)
    if FORMS[action].takes_need:
        about["need"] = request.GET.get("need", "")
    if asks_for_more:
        about["typed"] = request.POST
    sent = request.POST if request.method == "POST" and not asks_for_more else None
    form = FORMS[action](sent, **about)
    fault = perform(request, page, form, referral, consult) if form.is_bound and form.is_valid() else None
    if form.is_bound and form.is_valid() and fault is None:
        messages.success(request, form.when_done(row))
        return redirect(form.after(request, row) or row_url(row))
    changed: Iterable[Event] = ()
    if fault is not None and fault.stale:
        # Told what changed, with all that was typed kept: pressing again is then deliberate.
        last = form.cleaned_data["seen_event"]
        changed = events_after(redaction, referral, last) if last is not None else ()
        form = FORMS[action](as_of_now(request.POST, **about), **about)
    refused = str(fault or "")
    if fault is None or fault.stale:
        refused = refusal(request.user, page, referral, consult) or refused
    return render_action(admin, request, row, page, form, refused, changed)


def render_action(
    admin: ReadOnlyAdmin,
    request: HttpRequest,
    row: Referral | Consult,
    page: Action,
    form: ActionForm,
    refused: str,
    changed: Iterable[Event],
) -> HttpResponse:
    referral, consult = subject_of(row)
    asked_in_vain = bool(refused) and request.method == "POST"
    details = {"page": page.key, **({"refused": True} if asked_in_vain else {})}
    opened(referral=referral, actor=user_of(request), consult=consult, details=details)
    for other in form.beside_it():
        opened(referral=other, actor=user_of(request), details={"page": page.key})
    context = admin.page_context(
        request,
        title=page.label,
        referral=referral,
        consult=consult,
        page=page,
        form=form,
        refused=refused,
        changed=changed,
        row=row,
        back=form.after(request, row) if page.without_reading else row_url(row),
        answers_left_out=form.redaction.hides,
    )
    context |= risk_view(referral) | form.shows(referral)
    status = 409 if asked_in_vain else 200
    return TemplateResponse(request, form.template, context, status=status)


def perform(
    request: HttpRequest, action: Action, form: ActionForm, referral: Referral, consult: Consult | None
) -> Refused | None:
    """Do what the valid form asks for; the refusal where it may not happen."""
    subject = {"consult": consult} if consult else {} if action.names_consult else {"referral": referral}
    try:
        FUNCTIONS[action.key](
            actor=user_of(request), seen=form.cleaned_data["seen_version"], **subject, **form.asked()
        )
    except Refused as fault:
        return fault
    return None


def as_of_now(
    sent: QueryDict, *, referral: Referral, consult: Consult | None, seen_event: int | None, **_more
) -> QueryDict:
    """What was sent, as from a page made now."""
    sent = sent.copy()
    sent["seen_version"], sent["seen_event"] = str((consult or referral).version), str(seen_event or 0)
    return sent


# --- A queue: an action may take the consult out of it -----------------------------------------------------


def show_consult_action(
    admin: ReadOnlyAdmin, request: HttpRequest, consult: Consult | None, action: str
) -> HttpResponse:
    """An action that took the consult out of the queue, sent twice, leads where the first one led."""
    if consult is None:
        return redirect(f"admin:treatments_{admin.opts.model_name}_changelist")
    return show_action(admin, request, consult, action)


def find_consult(admin: ReadOnlyAdmin, request: HttpRequest, object_id: int, action: str) -> Consult | None:
    """The consult of an action's page; None where this user's own action has taken it out of the queue.

    One that this user has just returned is theirs to take back, though no longer theirs to read.
    """
    undoes = action == UNDO_CONSULT.key
    if undoes and admin.has_view_permission(request) and object_id < 2**63:
        returned = admin.model.objects.filter(pk=object_id, state=ConsultState.RETURNED)
        row = returned.select_related("referral__owner").first()
        if row is not None and last_team_move(row, user_of(request), timezone.now()):
            return row
    if request.method == "POST" and not undoes and gave_away(admin, request, object_id, action):
        return None
    return admin.row_or_404(request, object_id)


def gave_away(admin: ReadOnlyAdmin, request: HttpRequest, object_id: int, action: str) -> bool:
    """Whether this user's own ``action`` is why the consult is no longer theirs to see."""
    if admin.get_queryset(request).filter(pk=object_id).exists():
        return False
    own = Event.objects.filter(consult=object_id, consult__treatment=admin.model.TREATMENT)
    return own.filter(kind=action, actor=user_of(request)).exists()


def find_referral(admin: ReadOnlyAdmin, request: HttpRequest, object_id: int, action: str) -> Referral:
    """The referral of an action's page, which some open who may not read the referral itself."""
    row = REFERRAL_ACTIONS.get(action)
    if row is None or not row.without_reading or not may(request.user, row, None) or object_id >= 2**63:
        return admin.row_or_404(request, object_id)
    return unless_erased(get_object_or_404(Referral, pk=object_id))


ACTION = Page("<int:object_id>/<slug:action>/", "action", show_action, methods=WITH_FORM, find=find_referral)
CONSULT_ACTION = Page(ACTION.path, "action", show_consult_action, methods=WITH_FORM, find=find_consult)
