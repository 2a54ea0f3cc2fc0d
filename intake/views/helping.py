"""The interruption pages: straight after an unsafe answer, the help that fits its kind; nothing has to be answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.entry import entry_of
from intake.fields import Answers
from intake.fields.lookup import answer
from intake.forms.help_page import HelpForm
from intake.locations import EVERY, location_of, settings_of
from intake.models import Drafting, Submission
from intake.models.answered import Answered
from intake.questionnaire.dangers import MEDICAL, fields_in, old_very_high_pressure
from intake.questionnaire.help_kinds import (
    GENERAL,
    HELP_OF,
    Levels,
    dangers_on,
    highest,
    levels_of,
    of_the_body_alone,
    rises,
)
from intake.questionnaire.page import Page
from intake.questionnaire.shape import Questionnaire
from intake.views.call_line import CallLine, call_line, end_of, number_of
from intake.views.guard import READ_WRITE, address, page_or_404, with_draft
from intake.views.help_sections import dated, reading_of, sections_of
from intake.views.ways import leaving_after_help, next_page, way_out, with_return

HELP_BOX = "help"  # the tag of a message that stands instead of a page of help
STOPPED = "stopped"  # in the address of the page to save and leave: it says when we call


def call_for(request: HttpRequest, answers: Answers) -> CallLine:
    here = settings_of(location_of(request))
    return call_line(here, timezone.now(), number_of(answers))


def interrupts(
    request: HttpRequest,
    asked_of: Questionnaire,
    given: Answers,
    *,
    row: Answered,
    shown: Levels,
    anew: bool = True,
    changed: bool = True,
    around: Answers | None = None,
) -> bool:
    """Whether help for what was ``given`` comes as a page of its own; else the box instead stands on the next page.

    ``row`` holds all answers, ``shown`` is the help that was shown before. Not ``anew``: the same answer was saved
    before, beside the fault that brings its page up again. Not ``changed``: the page was left as it stood, so only
    help that nobody has seen yet comes up. ``around`` are all answers, where ``given`` are a few of them that may be
    unsafe only beside others.
    """
    fields = fields_in(given)
    if fields.isdisjoint(asked_of.of_concern):
        return False
    given = dated(given)
    levels = levels_of(asked_of.dangers_in(dated(around) if around else given, fields))
    every = changed and settings_of(location_of(request)).help_pages == EVERY
    if levels and anew and (rises(levels, shown) or every):
        return True
    if not changed:
        return False
    if levels:
        messages.info(request, box(levels, call_for(request, row.current)), HELP_BOX)
    else:
        offer_resources(request, asked_of, given)
    return False


def box(levels: Levels, call: CallLine) -> str:
    """What stands instead of a second page of the same kind; at most 40 words."""
    if MEDICAL in levels and of_the_body_alone(levels):
        return _("If this is happening now: call 911. Do not finish this form first.")
    thanks = (
        _("Thank you for telling us this too. If it gets worse, call 911.")
        if of_the_body_alone(levels)
        else _(
            "Thank you for telling us this too. Help is here at any time: call or text 988. In danger now: 911."
        )
    )
    return f"{thanks} {call.short}"


def offer_resources(request: HttpRequest, asked_of: Questionnaire, given: Answers) -> None:
    """A box for who tells of a concern, prefers not to answer, or writes a very high blood pressure of long ago.

    ``given`` has the day beside it.
    """
    if asked_of.needs_resources(given):
        messages.info(
            request,
            _("If any of this is hard right now, you can call or text 988 at any time. It is free."),
            HELP_BOX,
        )
    if old_very_high_pressure(given):
        messages.info(
            request,
            _(
                "That blood pressure was very high. Have it measured again today or tomorrow. "
                "Call 911 for chest pain, weakness, or trouble seeing or speaking."
            ),
            HELP_BOX,
        )


# --- The page ------------------------------------------------------------------------------------------


def form_for(asked_of: Questionnaire, levels: Levels, answers: Answers, screen: str, data=None) -> HelpForm:
    """The boxes that help for ``levels`` asks for, filled in from ``answers``, which name the day."""
    kinds = list(levels) or [GENERAL]
    number = number_of(answers)
    asks = any(HELP_OF[kind].boxes for kind in kinds)
    return HelpForm(
        asked_of.help_page,
        answers,
        screen,
        data,
        boxes=asks,
        number=number or ("" if any(HELP_OF[kind].call for kind in kinds) else "not asked"),
        end=end_of(number),
    )


def context_of(request: HttpRequest, levels: Levels, answers: Answers, form: HelpForm, **more) -> dict:
    """What the page needs: ``more`` are ``change`` (where the answer can be changed), ``folded`` and ``person``."""
    kinds = list(levels) or [GENERAL]
    return {
        "form": form,
        "sections": sections_of(levels),
        "title": HELP_OF[kinds[0]].heading,
        "stop_first": HELP_OF[kinds[0]].stop_first,
        "first": kinds[0],
        "call": call_for(request, answers) if any(HELP_OF[kind].call for kind in kinds) else None,
        "reading": reading_of(answers),
        "helped": answer(answers, "about.filled_by") in ("family", "professional"),
        **more,
    }


def levels_on(draft: Drafting, page: Page) -> tuple[Levels, bool]:
    """What help the page calls for, and True; where nothing on it does, what the whole form calls for, and False."""
    answers = draft.context(timezone.localdate())
    own = levels_of(dangers_on(draft.questionnaire, page, answers))
    return (own, True) if own else (levels_of(draft.questionnaire.dangers_in(answers)), False)


def draft_context(request: HttpRequest, draft: Drafting, page: Page, data=None) -> dict:
    """The context of the page after ``page`` of a draft."""
    answers = draft.context(timezone.localdate())
    levels, of_page = levels_on(draft, page)
    every = settings_of(location_of(request)).help_pages == EVERY
    about = answers.get("about", {})
    return context_of(
        request,
        levels,
        answers,
        form_for(draft.questionnaire, levels, answers, draft.screen, data),
        change=with_return(request, "page", page.slug) if of_page else "",
        folded=every and bool(draft.helped),
        person=about.get("preferred_name") or about.get("first_name") or "",
        stops=not entry_of(request),
    )


@with_draft
@READ_WRITE
def help(request: HttpRequest, draft: Drafting, slug: str) -> HttpResponse:
    """Help after ``slug``; leaving it, by either button, saves the boxes and remembers what was shown."""
    page = page_or_404(draft, slug)
    context = draft_context(request, draft, page, request.POST if request.method == "POST" else None)
    form = context["form"]
    if not (form.is_bound and form.is_valid()):
        if form.is_bound and (kept := form.to_kept_answers()):
            page_of_help = draft.questionnaire.help_page
            type(draft).save_page(draft.pk, page_of_help, kept, seen=draft, done=False)
        return render(request, "intake/help.html", context)
    levels, _of_page = levels_on(draft, page)
    type(draft).save_page(
        draft.pk,
        draft.questionnaire.help_page,
        form.to_answers(),
        seen=draft,
        helped=highest(levels, draft.helped),
    )
    if "stop" in request.POST:
        return _stop(request, draft)
    today = timezone.localdate()
    if to := leaving_after_help(request):
        return redirect(way_out(request, draft, page, to, today))
    if page.slug not in draft.saved_pages():
        return redirect(with_return(request, "page", page.slug))
    return next_page(request, draft, page, today)


def _stop(request: HttpRequest, draft: Drafting) -> HttpResponse:
    """To the page with the ways to come back; who has none there, to the parts of the form."""
    if isinstance(draft, Submission) and not entry_of(request):
        return redirect(f"{reverse('intake:later')}?{STOPPED}=1")
    return redirect(address(request, "tasks"))
