"""The record of events across all referrals, for the privacy officer: who did or opened what, and when."""

from itertools import islice

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from intake.admin import moment_of
from intake.fields.kinds import Text
from intake.models import Submission
from treatments.admin.lists.event_filters import (
    DayFilter,
    GroupFilter,
    HourFilter,
    HowFilter,
    KindFilter,
    StaffFilter,
    WithinFilter,
)
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.entry_words import about_whom, what_it_says
from treatments.admin.pages.keeping import KEEPING
from treatments.admin.pages.people import PEOPLE
from treatments.admin.pages.review import REVIEW
from treatments.admin.pages.volume import VOLUME, name_of
from treatments.models import Event, Referral
from treatments.search import joined, named_whole, surnames

MAX_FOUND = 200  # referrals, drafts or people that one search takes


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """A list only: notes, answers and assessments stay on the referral's own page and aren't read here.

    Of an event's details those in ``entry_words.READ`` alone.
    """

    pages = (PEOPLE, REVIEW, VOLUME, KEEPING)
    list_display = (
        moment_of("at", _("when")),
        "who",
        "from_address",
        "kind",
        "reference",
        "treatment",
        "what_was_read",
    )
    list_display_links = None
    list_filter = (StaffFilter, WithinFilter, DayFilter, HourFilter, GroupFilter, KindFilter, HowFilter)
    search_fields = ("pk",)  # get_search_results says what is searched
    search_help_text = _(
        "A reference, a patient's surname (with the first name, if you like) or date of birth, or a staff member's name"
    )
    change_list_template = "admin/treatments/events.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        if not request.user.has_perm("treatments.view_event"):
            return Event.objects.none()
        shown = (
            *("id", "at", "kind", "from_address", "actor__first_name", "actor__last_name", "actor__username"),
            *("account__first_name", "account__last_name", "account__username"),
            *("referral__reference", "submission__reference", "consult__treatment"),
            *("details", "referral__submission__key", "submission__key", "shared_key__key"),
            *("referral__submission__erased_at", "submission__erased_at"),
        )
        return Event.objects.select_related(*RELATED).only(*shown)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Record of access"), **(extra_context or {})})

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-at", "-pk")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Event], search_term: str):
        return queryset.filter(about(search_term)) if search_term.strip() else queryset, False

    @admin.display(description=_("who"))
    def who(self, event: Event) -> str:
        return name_of(event.actor) if event.actor else "–"

    @admin.display(description=_("referral or account"))
    def reference(self, event: Event) -> Text:
        return about_whom(event)

    @admin.display(description=_("queue"))
    def treatment(self, event: Event) -> str:
        return event.consult.get_treatment_display() if event.consult else "–"

    @admin.display(description=_("details"))
    def what_was_read(self, event: Event) -> Text:
        return what_it_says(event)


RELATED = ("actor", "account", "referral__submission", "consult", "submission", "shared_key")


def about(words: str) -> Q:
    """The events about the referral or the person, or by or about the staff member, that is called so.

    A name must be whole, so that nothing is spelled out letter by letter. Sent or not: the forms of that person
    count too.
    """
    term = words.replace("\x00", "").strip()[:200]
    referrals = list(
        Referral.objects.filter(named_whole(term)).values_list("pk", "submission_id")[:MAX_FOUND]
    )
    called = surnames(term)
    opened_drafts = Submission.objects.filter(
        Q(alarms__isnull=False) | Q(entered_by__isnull=False), ~Q(surname=""), state=Submission.State.DRAFT
    )
    drafts = opened_drafts.values_list("pk", "surname").distinct().iterator()
    forms = [form for _pk, form in referrals]
    forms += list(islice((pk for pk, surname in drafts if joined(surname) in called), MAX_FOUND))
    staff = get_user_model().objects.all()
    for word in term.split():
        staff = staff.filter(
            Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
        )
    people = list(staff.values_list("pk", flat=True)[:MAX_FOUND])
    return (
        Q(referral__in=[pk for pk, _form in referrals])
        | Q(submission__in=forms)
        | Q(actor__in=people)
        | Q(account__in=people)
    )
