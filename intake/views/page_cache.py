"""A page of questions without anybody's answers: its HTML is made once, and each request fills its own in.

What a frame depends on are the arguments of ``frame``: the location, all that is set for it and the language
among them, nothing of a person. No request or draft reaches the template. The form's token is a slot, and so are
the stem of the keys that a list's page gives, each question once one was answered, and the name of whom somebody
answers for.
"""

from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from intake.forms.follow_ups import NONE, follow_ups_of
from intake.forms.more import MoreForm, more_field
from intake.forms.names import NamesForm
from intake.forms.pages import QUESTIONS, PageForm
from intake.forms.rendered import SLOT, ClinicBoundField, ClinicForm, fill, split
from intake.forms.rows import RowsForm
from intake.forms.stand_ins import folded_on, shown_fields
from intake.locations import LocationSettings, location_of, settings_of
from intake.questionnaire.for_another import ONLY_THE_PERSON, note_on, worded
from intake.questionnaire.page import Page
from intake.questionnaire.places import Place
from intake.questionnaire.shape import Questionnaire
from intake.views.guard import space_of
from intake.views.joined_gzip import Piece, accepts_gzip, compressed, joined, uncompressed

TOKEN = "token"  # nosec B105 # noqa: S105 the name of a slot
STEM, PERSON = "stem", "person"  # those of others
TEMPLATE = "intake/page.html"
# The pages on which a list begins, before anything was told of it: each is the same for everybody.
LISTS: dict[str, type[NamesForm | RowsForm]] = {
    "intake/names.html": NamesForm,
    "intake/rows_of_list.html": RowsForm,
}


class SlotBoundField(ClinicBoundField):
    def render(self, template_name=None, context=None, renderer=None):
        return mark_safe(SLOT.format(self.name))  # nosec B308, B703 # noqa: S308 a slot, split out again at once


class SlotField(forms.Field):
    def get_bound_field(self, form, field_name):
        return SlotBoundField(form, self, field_name)


class FrameForm(ClinicForm):
    """The questions ``names`` of a page that nobody has answered; with ``slots`` as many slots instead.

    ``{% crispy %}`` places either as it would a person's own.
    """

    def __init__(self, page: Page, names: tuple[str, ...], *, slots: bool):
        super().__init__()
        known = {"more": more_field(page, False)} if page.entries else shown_fields(page)
        self.fields = {name: SlotField() if slots else known[name] for name in names}
        self.helper = QUESTIONS
        self.folded, self.fold_words = folded_on(page)
        self.following = NONE if page.entries else follow_ups_of(page)


def _form(page: Page, template: str, names: tuple[str, ...], *, slots: bool) -> ClinicForm:
    """The form of a page that nobody has answered."""
    if template not in LISTS:
        return FrameForm(page, names, slots=slots)
    form = RowsForm(page, answers={}) if LISTS[template] is RowsForm else NamesForm(page)
    form.stem = SLOT.format(STEM)
    return form


class Frame(NamedTuple):
    """``html`` is split at its slots; ``pieces`` are the texts between them where these hold nothing of a person."""

    html: tuple[str, ...]
    pieces: tuple[Piece, ...]


def who_reads(page: Page, place: Place, person: str | None) -> dict[str, object]:
    """What a page says to who answers for ``person``, whose name may be ""; to everybody else nothing more."""
    if person is None:
        return {"helped": False}
    only = page.slug in ONLY_THE_PERSON
    return {"helped": True, "person": person, "note": note_on(page, place, person), "only_the_person": only}


def _nobodys(slug: str, space: str, returning: str, location: object) -> HttpRequest:
    """What stands around a page may ask for its address, and finds nobody."""
    nobodys = HttpRequest()
    nobodys.location = location  # type: ignore[attr-defined]
    nobodys.current_app = space
    nobodys.method = "GET"
    nobodys.path = nobodys.path_info = reverse("intake:page", args=[slug], current_app=space)
    nobodys.META["QUERY_STRING"] = f"return={returning}" if returning else ""
    nobodys.GET = QueryDict(nobodys.META["QUERY_STRING"])
    return nobodys


# Pages, times the steps and ways back that differ with a person's branches.
@lru_cache(maxsize=2048)
def frame(
    asked_of: Questionnaire,
    slug: str,
    template: str,
    space: str,
    names: tuple[str, ...],
    place: Place,
    returning: str,
    language: str,
    slots: bool,
    helped: bool,
    named: bool,
    location: object,
    here: LocationSettings,
) -> Frame:
    """The HTML of a page of ``asked_of`` with ``names`` as its questions; ``language`` is the active one.

    ``space`` is the namespace of its address.

    With ``slots`` the questions are slots, else they stand there unanswered. ``helped``: somebody answers for
    another person, whose name is a slot if it is known (``named``). ``here`` is what is set for ``location``:
    two that differ in anything set share no frame.
    """
    page = worded(asked_of.by_slug[slug]) if helped else asked_of.by_slug[slug]
    person = (SLOT.format(PERSON) if named else "") if helped else None
    context = {
        "csrf_token": SLOT.format(TOKEN),
        "page": page,
        "place": place,
        "form": _form(page, template, names, slots=slots),
        **who_reads(page, place, person),
    }
    html = tuple(split(render_to_string(template, context, _nobodys(slug, space, returning, location))))
    return Frame(html, () if slots or named else tuple(map(compressed, html[::2])))


def token_of(request: HttpRequest, *, masked: bool) -> str:
    """The token of the page's form. Unmasked it may only stand where nothing is compressed together with it."""
    cookie, meta = request.COOKIES.get(settings.CSRF_COOKIE_NAME), request.META
    if not masked and cookie and cookie == meta.get("CSRF_COOKIE"):
        return cookie
    token = get_token(request)
    if cookie == meta["CSRF_COOKIE"]:
        # The browser has it: ``keep_session`` renews the cookie, which lasts a year, on each day of saving.
        meta["CSRF_COOKIE_NEEDS_UPDATE"] = False
    return token


def framed(
    request: HttpRequest,
    asked_of: Questionnaire,
    form: PageForm | MoreForm | NamesForm | RowsForm,
    place: Place,
    returning: str,
    person: str | None = None,
    template: str = TEMPLATE,
) -> HttpResponse:
    """The page of ``form``, which nobody has posted yet; ``person`` as in ``who_reads``."""
    answered = template not in LISTS and not form.initial.keys().isdisjoint(form.fields)
    location = location_of(request)
    kept = frame(
        asked_of,
        form.page.slug,
        template,
        space_of(request),
        tuple(form.fields),
        place,
        returning,
        get_language(),
        answered,
        person is not None,
        bool(person),
        location,
        settings_of(location),
    )
    in_pieces = bool(kept.pieces) and accepts_gzip(request)
    token, stem = token_of(request, masked=not in_pieces), getattr(form, "stem", "")
    given = {TOKEN: token, STEM: stem, PERSON: person or ""}
    if in_pieces:
        between = [uncompressed(given[name]) for name in kept.html[1::2]]
        pieces = [each for pair in zip_longest(kept.pieces, between) for each in pair if each]
        return HttpResponse(joined(pieces), headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
    on_their_own = (name for name in form.fields if not form.is_follow_up(name))
    words = {name: form[name].render() for name in on_their_own} if answered else {}
    return HttpResponse(fill(kept.html, {**words, **given}))
