"""What staff note on a safety alert, and whom they reached."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class EntryKind(StrEnum):
    TAKEN = "taken"
    ASKED = "asked"
    LET_GO = "let_go"
    NOTE = "note"
    CLOSED = "closed"


class Reached(StrEnum):
    PERSON = "person"
    CONTACT = "contact"
    SERVICES = "services"
    NOBODY = "nobody"


ENTRY_WORDS: dict[EntryKind, Text] = {
    EntryKind.TAKEN: _("Is on it"),
    EntryKind.ASKED: _("Hands it over"),
    EntryKind.LET_GO: _("Let go: is no longer on it"),
    EntryKind.NOTE: _("Note"),
    EntryKind.CLOSED: _("Closed"),
}
REACHED_WORDS: dict[Reached, Text] = {
    Reached.PERSON: _("Spoke with the person"),
    Reached.CONTACT: _("Spoke with the emergency contact"),
    Reached.SERVICES: _("Emergency services called"),
    Reached.NOBODY: _("Nobody reached"),
}
