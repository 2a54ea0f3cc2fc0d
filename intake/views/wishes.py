"""What the pages ask besides the answers of a form: of whom it is asked, and where it is noted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from intake.fields import LANGUAGE
from intake.forms.pages import PageForm
from intake.forms.wishes import YES
from intake.locations import settings_of
from intake.mail import reminders
from intake.mail.safe_ways import may_send
from intake.models import Drafting, Submission
from intake.questionnaire.page import REMIND
from intake.views.later import remind_ways


def asked(draft: Drafting) -> dict[str, Any]:
    """What is asked of whoever fills in ``draft``, with what its page shows.

    On the phone the language to speak: elsewhere the pages' own says it. To be reminded: who fills in their own form,
    where reminders can be sent.
    """
    if not isinstance(draft, Submission):
        return {}
    if draft.entered_by_id:
        return {LANGUAGE.key: draft.spoken}
    if draft.helped_person is not None or not (may_send() and reminders.days(settings_of(None).draft_days)):
        return {}
    return {REMIND: [YES] if draft.remind_by else []}


def note(request: HttpRequest, draft: Drafting, form: PageForm, *, leaving: bool) -> None:
    """Remind of ``draft`` or not, as the page that was saved says; who leaves it takes nothing back."""
    if not isinstance(draft, Submission) or REMIND not in form.cleaned_data:
        return
    if not form.cleaned_data[REMIND]:
        if draft.remind_by and not leaving:
            reminders.choose(draft, None)
        return
    ways = remind_ways(draft)
    if draft.remind_by in ways:
        return
    reminders.choose(draft, next(iter(ways), None))
    if not ways:
        messages.warning(
            request, _("We can't remind you yet: we have no phone or email that is safe to write to.")
        )
