"""An entry of the record of access in words: what it was about, and what its details say of reading and rights."""

from django.utils.translation import gettext as _

from intake.encryption.sealing import Destroyed
from intake.fields.kinds import Text
from treatments.admin.pages.volume import name_of
from treatments.models import Event
from treatments.workflow.event_words import (
    account_words,
    changes_words,
    reading_words,
    review_words,
    rota_words,
)

# Of an event's details: what they say of reading, of an account, of the rota and the hours, and nothing of an answer.
READ = (
    *("page", "form", "rows", "filters", "searched", "number", "action", "status", "refused", "typed"),
    *("given", "taken", "changed", "how", "rota", "row", "before", "changes", "review", "because"),
)


def about_whom(event: Event) -> Text:
    if event.account:
        return name_of(event.account)
    if event.referral:
        return event.referral.reference
    if event.submission:
        return event.submission.reference or _("A form not sent")
    return "–"


def what_it_says(event: Event) -> Text:
    """Of the details those in ``READ`` alone."""
    try:
        read = {key: event.details[key] for key in READ if key in event.details}
    except Destroyed:
        return _("erased")
    words = reading_words(read) + account_words(read) + rota_words(read) + changes_words(read)
    return ", ".join(words + review_words(read)) or "–"
