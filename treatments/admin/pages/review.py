"""One thing that a privacy officer has to review: its entries, and the reason that closes it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.entry_words import about_whom, what_it_says
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.volume import name_of
from treatments.figures.record_hours import words_of
from treatments.figures.to_review import Item, ToReview, to_review
from treatments.figures.to_review import name_of as closing_name
from treatments.models import Event
from treatments.permissions import VIEW_EVENTS
from treatments.search import joined
from treatments.triage.access_review import LONGEST_REASON, SHORTEST_REASON, review
from treatments.workflow.event_words import TO_REVIEW, account_words, reading_words, review_words
from treatments.workflow.events import ACCESS_REVIEWED

MOST_ENTRIES = 200


class ReviewForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Why this is in order, or what came of it"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the record. Write nothing of anybody's health here."),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """An item in words; ``before`` says what other officers have closed it with."""

    item: Item
    why: Text
    who: Text
    what: str
    url: str


def show_review(admin: ReadOnlyAdmin, request: HttpRequest, event: Event, why: str) -> HttpResponse:
    if why not in TO_REVIEW:
        raise Http404
    open_now = to_review(user_of(request))
    item = open_now.find(why, event.pk)
    form = ReviewForm(request.POST if request.method == "POST" else None, label_suffix="")
    if item and form.is_bound and form.is_valid():
        events = item.events if why == "rights" else (item.newest,)
        review(actor=user_of(request), why=why, events=events, reason=form.cleaned_data["reason"])
        messages.success(request, _("Closed, with your reason on record."))
        return redirect("admin:treatments_event_people")
    closings = closings_of(why, item.events if item else (event.pk,))
    if item is None and not closings:
        raise Http404  # it never stood there
    shown = item.events[:MOST_ENTRIES] if item else (event.pk,)
    entries = admin.get_queryset(request).filter(pk__in=shown).order_by("-at", "-pk")
    context = admin.page_context(
        request,
        title=TO_REVIEW[why],
        row=rows_of(ToReview([item], open_now.since, open_now.parts))[0] if item else None,
        form=form,
        entries=[(each, about_whom(each), what_it_says(each)) for each in entries],
        more=max(0, len(item.events) - MOST_ENTRIES) if item else 0,
        closings=closings,
    )
    late = request.method == "POST" and item is None
    return TemplateResponse(request, "admin/treatments/review.html", context, status=409 if late else 200)


REVIEW = Page("<int:object_id>/review/<slug:why>/", "review", show_review, VIEW_EVENTS, WITH_FORM)


def closings_of(why: str, events: tuple[int, ...]) -> list[tuple[Event, str]]:
    names = [closing_name(why, event) for event in events]
    closings = Event.objects.filter(kind=ACCESS_REVIEWED.key, asked__in=names).select_related("actor")
    return [(each, ", ".join(review_words(each.details))) for each in closings.order_by("-pk")]


def rows_of(found: ToReview) -> list[Row]:
    """The items in words: names of staff, references of people, and no word of anybody's health."""
    keys = {key for item in found.items for key in (item.actor, item.account) if key is not None}
    people = get_user_model().objects.in_bulk(keys)
    words = rights_words([item for item in found.items if item.why == "rights"])
    words |= export_words([item for item in found.items if item.why == "export"])
    return [
        Row(
            item,
            TO_REVIEW[item.why],
            name_of(people[item.actor]) if item.actor else _("at the server's command line"),
            words.get(item.newest) or looks_words(item, found, people),
            reverse("admin:treatments_event_review", args=[item.newest, item.why]),
        )
        for item in found.items
    ]


def rights_words(items: list[Item]) -> dict[int, str]:
    """By the item's newest event: what was done to whose account."""
    newest = {event: item.newest for item in items for event in item.events}
    told: dict[int, list[str]] = {}
    whose: dict[int, str] = {}
    events = Event.objects.filter(pk__in=newest).select_related("account", "shared_key").order_by("pk")
    for event in events.defer("assessment"):
        key, kind = newest[event.pk], str(event.get_kind_display())
        said = (
            [_("erased")] if event.is_erased else [*account_words(event.details), *filter(None, [event.note])]
        )
        told.setdefault(key, []).append(f"{kind} ({', '.join(said)})" if said else kind)
        if event.account:
            whose[key] = name_of(event.account)
    return {
        key: _("account of %(whose)s: %(what)s") % {"whose": whose.get(key, "–"), "what": "; ".join(parts)}
        for key, parts in told.items()
    }


def export_words(items: list[Item]) -> dict[int, str]:
    events = Event.objects.filter(pk__in=[item.newest for item in items]).select_related(
        "referral__submission", "shared_key"
    )
    found = {}
    for event in events.defer("assessment", "note"):
        details = {} if event.is_erased else event.details
        said = [_("erased")] if event.is_erased else reading_words(details)
        if event.referral or "page" not in details:
            said.insert(0, event.referral.reference if event.referral else _("worklist"))
        found[event.pk] = ", ".join(said)
    return found


def looks_words(item: Item, found: ToReview, people: dict[int, User]) -> str:
    times = len(item.events)
    if item.referral is None:
        loud, calm = words_of(item.kinds)
        of = ngettext("of %(n)s person", "of %(n)s people", item.people) % {"n": item.people}
        return ", ".join([*loud, *calm, *([of] if item.people else [])])
    known = found.parts.referrals[item.referral]
    words = [
        ngettext("opened %(of)s once", "opened %(of)s %(n)s times", times)
        % {"of": known.reference, "n": times},
        _("no part in it"),
    ]
    actor = people.get(item.actor or 0)
    if actor and actor.last_name and joined(actor.last_name) == known.surname:
        words.append(_("same surname"))
    return ", ".join(words)
