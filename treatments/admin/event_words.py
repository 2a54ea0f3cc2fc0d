"""What was read or taken away, in words that tell nothing of an answer: for the timeline and the officer's list."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text
from treatments.admin.pages.actions import CONSULT_ACTIONS, REFERRAL_ACTIONS

# Pages that are read, by the name that their event keeps; an action's page has the action's own words.
PAGES: dict[str, Text] = {
    "brief": gettext_lazy("one-page brief"),
    "then": gettext_lazy("assessment as it stood then"),
    "referral": gettext_lazy("whole referral"),
}
READ = ("page", "form", "rows")  # of an event's details


def words_of_reading(details: Mapping) -> list[str]:
    """The page that was open, or what an export was: its rows and its form."""
    told = []
    if page := details.get("page"):
        told.append(str(words_of_page(page)))
    if (rows := details.get("rows")) is not None:
        told.append(ngettext("%(rows)s row", "%(rows)s rows", int(rows)) % {"rows": rows})
    if form := details.get("form"):
        told.append(str(form))
    return told


def words_of_page(page: str) -> Text:
    action = REFERRAL_ACTIONS.get(page) or CONSULT_ACTIONS.get(page)
    return PAGES.get(page) or (_("page “%(action)s”") % {"action": action.label} if action else page)
