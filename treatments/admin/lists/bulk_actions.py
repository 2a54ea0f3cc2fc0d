"""Actions on several referrals of the worklist at once, each by itself and as the page showed it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.admin import action
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treatments.admin.forms.assignment import AssignSelectedForm
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.staff_user import user_of
from treatments.models import Referral
from treatments.models.referral_lists import ReferralQuerySet
from treatments.triage import access_log, assignment
from treatments.workflow import Refused

MAX_AT_ONCE = 200  # referrals that one action takes
NOT_SHOWN = -1  # a version that no referral has


def seen_name(referral: Referral) -> str:
    """The field in which a page posts the version of this referral that it showed."""
    return f"seen-{referral.pk}"


def seen_version(request: HttpRequest, referral: Referral) -> int:
    posted = request.POST.get(seen_name(referral), "")
    return int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 10 else NOT_SHOWN


def refuse_odd_ticks(request: HttpRequest) -> None:
    """A ticked row that no page offered is a bad request: Django would look it up, and fail."""
    for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
        if not (key.isascii() and key.isdecimal() and len(key) < 19):
            raise BadRequest("A ticked row has no number.")


def tick_box(referral: Referral) -> SafeString:
    """With the version of the row: an action from a page that somebody has made stale is refused.

    Written out: Django renders the box through a template, which took a fifth of the list's time.
    """
    label = escape(_("Select this object for an action - {}").format(referral))
    return mark_safe(  # nosec B308, B703 # noqa: S308 numbers, and what was escaped just now
        f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="{referral.pk}" class="action-select" '
        f'aria-label="{label}">'
        f'<input type="hidden" name="{seen_name(referral)}" value="{referral.version}">'
    )


@action(description=gettext_lazy("Claim the selected referrals"), permissions=["claim"])
def claim_selected(admin: ReadOnlyAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    def claim(referral: Referral) -> None:
        assignment.claim(referral=referral, actor=user_of(request), seen=seen_version(request, referral))

    done = perform_on_chosen(admin, request, claim)
    if done:
        words = ngettext("You now handle %(n)d referral.", "You now handle %(n)d referrals.", done)
        messages.success(request, words % {"n": done})


@action(description=gettext_lazy("Assign the selected referrals"), permissions=["assign"])
def assign_selected(admin: ReadOnlyAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """First asks to whom, then assigns each."""
    form = AssignSelectedForm(request.POST if "to" in request.POST else None)
    if not form.is_valid():
        rows = chosen(admin, request)[:MAX_AT_ONCE]
        context = admin.page_context(
            request,
            title=_("Assign the selected referrals"),
            form=form,
            referrals=rows,
            hidden=[(ACTION_CHECKBOX_NAME, row.pk) for row in rows]
            + [(seen_name(row), seen_version(request, row)) for row in rows],
            back=request.get_full_path(),
        )
        return TemplateResponse(request, "admin/treatments/assign.html", context)
    to = form.cleaned_data["to"]

    def assign(referral: Referral) -> None:
        assignment.assign(
            referral=referral, actor=user_of(request), to=to, seen=seen_version(request, referral)
        )

    done = perform_on_chosen(admin, request, assign)
    if done:
        name = to.get_full_name() or to.get_username()
        words = ngettext(
            "%(name)s now handles %(n)d referral.", "%(name)s now handles %(n)d referrals.", done
        )
        messages.success(request, words % {"n": done, "name": name})
    return None


def chosen(admin: ReadOnlyAdmin, request: HttpRequest) -> list[Referral]:
    """The ticked ones of all that this user may see: one that has left the filtered list is named too."""
    keys = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    if len(keys) > MAX_AT_ONCE:
        messages.error(request, _("Select at most %(most)d referrals.") % {"most": MAX_AT_ONCE})
        return []
    rows = cast(ReferralQuerySet, admin.get_queryset(request))
    return list(rows.filter(pk__in=keys).safest_first())


def perform_on_chosen(admin: ReadOnlyAdmin, request: HttpRequest, perform: Callable[[Referral], None]) -> int:
    """Do the action on each referral by itself; say which were refused and why. How many were done."""
    refused: dict[str, list[str]] = {}
    done = 0
    for referral in chosen(admin, request):
        try:
            perform(referral)
        except Refused as fault:
            refused.setdefault(str(fault), []).append(referral.reference)
        else:
            done += 1
    if refused:
        details = {"action": request.POST.get("action", ""), "rows": sum(map(len, refused.values()))}
        access_log.refused(actor=user_of(request), details=details)
    for sentence, references in refused.items():
        messages.warning(request, f"{', '.join(references)}: {sentence}")
    return done
