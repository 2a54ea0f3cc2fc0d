"""What the worklist does beyond reading: marks of what is due, deeds on several referrals, and the way to the next."""

from collections.abc import Callable
from copy import copy

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treatments import permissions, triage
from treatments.admin.badges import badge
from treatments.admin.desk_forms import AssignSelectedForm
from treatments.models import CaringContact, Consult, ContactAttempt, Referral
from treatments.models.clock import hours_at_the_desk, worked
from treatments.workflow import ConsultState, Hold, ReferralState, Refused
from treatments.workflow.targets import TARGETS, is_over

MOST_AT_ONCE = 200  # referrals that one action takes


def targets() -> dict[str, int]:
    """The targets of this clinic, in working hours."""
    return {**TARGETS, **settings.TARGET_HOURS}


def is_over_target(referral: Referral) -> bool:
    return is_over(
        hours=hours_at_the_desk(referral, timezone.now()),
        state=ReferralState(referral.state),
        hold=Hold(referral.hold),
        targets=targets(),
    )


def consult_is_over_target(consult: Consult) -> bool:
    """A consult that nobody of its team has taken up within the queue's target."""
    if consult.state != ConsultState.WAITING or consult.is_postponed:
        return False
    return worked(consult.opened_at, timezone.now()) > targets()[consult.treatment]


def over_target_mark() -> SafeString:
    return badge("over-target", "✱", _("Over target"))


def due_marks(referral: Referral) -> list[SafeString]:
    """What is late or due on this referral; the caller has selected its ``caring_contact``."""
    marks = [over_target_mark()] if is_over_target(referral) else []
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    if caring and caring.is_overdue(timezone.now()):
        marks.append(badge("overdue", "✱", _("Caring contact overdue")))
    elif caring and caring.is_owed:
        marks.append(badge("due", "◇", _("Caring contact due")))
    if referral.contact_due_on:
        due = referral.contact_due_on <= timezone.localdate()
        words = _("Attempt due") if due else _("Attempt planned")
        marks.append(badge("due", "◆" if due else "◇", words))
    return marks


def with_marks(words: str, referral: Referral) -> SafeString:
    """A cell's words with the marks of what is due below them."""
    marks = format_html_join(
        "", '<span class="desk-mark">{}</span>', ((each,) for each in due_marks(referral))
    )
    return format_html("{}{}", words, marks)


def with_queue_mark(words: str, consult: Consult) -> SafeString:
    """The words of a queue's cell, with a mark below them where the consult is over its queue's target."""
    mark = over_target_mark() if consult_is_over_target(consult) else ""
    return (
        format_html('{}<span class="desk-mark">{}</span>', words, mark) if mark else format_html("{}", words)
    )


class DueFilter(admin.SimpleListFilter):
    """Contact attempts and caring contacts that are due by the end of today."""

    title = gettext_lazy("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("today", _("Due today"))]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.contact_due(timezone.localdate()) if self.value() == "today" else queryset


def desk_context(referral: Referral) -> dict:
    """What the desk reads on a referral's page beyond the account: tries, the caring contact, duplicates."""
    attempts = list(
        ContactAttempt.objects.filter(referral=referral).select_related("actor").newest_first()[:50]
    )
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    linked = triage.linked_with(referral)
    known = {other.pk for other in linked}
    return {
        "attempts": attempts,
        "tries": ContactAttempt.failed_of(attempts),
        "tries_of": settings.CONTACT_ATTEMPTS,
        "caring": caring,
        "caring_overdue": bool(caring and caring.is_overdue(timezone.now())),
        "over_target": is_over_target(referral),
        "linked": linked,
        "possible": [
            {"referral": other, "shared": [SHARED_WORDS[each] for each in shared]}
            for other, shared in triage.possible_duplicates(referral)
            if other.pk not in known
        ],
    }


SHARED_WORDS = {
    "name": gettext_lazy("birth date and name"),
    "phone": gettext_lazy("phone number"),
    "email": gettext_lazy("email"),
}


class Desk:
    """Adds to the worklist's admin the deeds on several referrals and the way to the next one."""

    actions = ("claim_selected", "assign_selected")

    def more_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.next_view)
        return [path("<int:object_id>/next/", view, name="treatments_referral_next"), *super().more_urls()]

    # --- Several at once ---------------------------------------------------------------------------

    def has_claim_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.REFERRAL_DEEDS["claim"])

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.REFERRAL_DEEDS["assign"])

    @admin.action(description=gettext_lazy("Claim the selected referrals"), permissions=["claim"])
    def claim_selected(self, request: HttpRequest, queryset: QuerySet[Referral]) -> None:
        def claim(referral: Referral) -> None:
            triage.claim(referral=referral, actor=request.user)

        done = self.each(request, queryset, claim)
        if done:
            words = ngettext("You now handle %(n)d referral.", "You now handle %(n)d referrals.", done)
            messages.success(request, words % {"n": done})

    @admin.action(description=gettext_lazy("Assign the selected referrals"), permissions=["assign"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet[Referral]) -> HttpResponse | None:
        """First asks to whom, then assigns each."""
        form = AssignSelectedForm(request.POST if "to" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": _("Assign the selected referrals"),
                "form": form,
                "referrals": list(queryset[:MOST_AT_ONCE]),
                "checkbox": ACTION_CHECKBOX_NAME,
                "back": request.get_full_path(),
            }
            return TemplateResponse(request, "admin/treatments/assign.html", context)
        to = form.cleaned_data["to"]

        def assign(referral: Referral) -> None:
            triage.assign(referral=referral, actor=request.user, to=to)

        done = self.each(request, queryset, assign)
        if done:
            name = to.get_full_name() or to.get_username()
            words = ngettext(
                "%(name)s now handles %(n)d referral.", "%(name)s now handles %(n)d referrals.", done
            )
            messages.success(request, words % {"n": done, "name": name})
        return None

    def each(
        self, request: HttpRequest, queryset: QuerySet[Referral], act: Callable[[Referral], None]
    ) -> int:
        """Do the deed on each referral by itself; say which were refused and why. How many were done."""
        rows = list(queryset[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            messages.error(request, _("Select at most %(most)d referrals.") % {"most": MOST_AT_ONCE})
            return 0
        refused: dict[str, list[str]] = {}
        done = 0
        for referral in rows:
            try:
                act(referral)
            except Refused as fault:
                refused.setdefault(str(fault), []).append(referral.reference)
            else:
                done += 1
        for sentence, references in refused.items():
            messages.warning(request, f"{', '.join(references)}: {sentence}")
        return done

    # --- The next one --------------------------------------------------------------------------------

    def next_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Go to the referral that follows this one in the worklist as it is filtered, or back to the list."""
        referral = self.row_or_404(request, object_id)
        if not request.user.has_perm("treatments.view_referral"):
            raise PermissionDenied
        following = self.following(request, referral)
        if following is None:
            messages.info(request, _("That was the last one of this list."))
            return redirect("admin:treatments_referral_changelist")
        return redirect(reverse("admin:treatments_referral_change", args=[following.pk]))

    def following(self, request: HttpRequest, referral: Referral) -> Referral | None:
        """In the list's own order, by place: the row itself may have left the list by now."""
        asked = copy(request)
        asked.GET = QueryDict(request.GET.get("_changelist_filters", ""), mutable=True)
        asked.GET.pop("p", None)
        try:
            rows = self.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters:
            rows = Referral.objects.for_user(request.user).needing_a_coordinator()
        later = Q(waiting_since__gt=referral.waiting_since) | Q(
            waiting_since=referral.waiting_since, pk__gt=referral.pk
        )
        # Two ranges of the same index, the rest of this hold's rows first.
        same = rows.filter(hold_rank=referral.hold_rank, waiting_since__gte=referral.waiting_since)
        same = same.filter(later).safest_first().first()
        return same or rows.filter(hold_rank__lt=referral.hold_rank).safest_first().first()
