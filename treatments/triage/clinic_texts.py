"""The clinic writes a text in its own words, or puts it back as shipped: each change a version, and an event."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.fields.characters import writable
from treatments import permissions
from treatments.models import ClinicTextVersion
from treatments.triage.versions import add_version, may_set, was
from treatments.workflow import Refused
from treatments.workflow.clinic_texts import (
    CLINIC_TEXTS,
    ClinicText,
    Kind,
    has_single_brace,
    placeholders_of,
    unknown_placeholders,
)
from treatments.workflow.events import TEXT_CHANGED
from treatments.workflow.papers import TEXT_OF, lines_on_paper, never_in_letters, room_on_a_sheet

LANGUAGE_WORDS = {"en": "English", "es": "Spanish"}


@transaction.atomic
def change_text(
    *, actor: User, key: str, language: str, body: str, seen: int, at: datetime | None = None
) -> None:
    """Store ``body`` as what ``key`` says in ``language``; "" puts it back as shipped.

    ``seen`` is the version that the actor had before them, 0 where there was none.
    """
    may_set(actor, permissions.SET_CLINIC)
    row = CLINIC_TEXTS[key]
    if language not in row.default:
        raise Refused(_("This text is not kept in that language."))
    body = plain(body, row)
    if refused := why_not(row, language, body):
        raise Refused(refused)
    before = ClinicTextVersion.newest(key, language)
    shipped = row.default_in(language)
    if body == plain(shipped, row):
        body = ""
    add_version(
        TEXT_CHANGED,
        actor=actor,
        before=before,
        wanted=ClinicTextVersion(key=key, language=language, body=body),
        seen=seen,
        changes=[] if body == before.body else [what_changed(row, language, before.body, body)],
        at=at or timezone.now(),
        text=key,
        language=language,
    )


def plain(body: str, row: ClinicText) -> str:
    """As it is kept: one kind of line end, no blanks around it, words on one line."""
    text = str(writable(body)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split()) if row.kind is Kind.WORDS else text


def why_not(row: ClinicText, language: str, body: str) -> str:
    """Why the clinic can't write it like that, "" where it can; an empty one is as shipped."""
    if not body:
        return ""
    if not any(character.isalnum() for character in body):
        return _("Write words, or leave it empty to have it as shipped.")
    if len(body) > row.longest:
        return _("At most %(most)d characters; these are %(many)d.") % {
            "most": row.longest,
            "many": len(body),
        }
    if row.kind is Kind.WORDS and (placeholders_of(body) or has_single_brace(body)):
        return _("Words of a reason hold no placeholder and no brace.")
    if unknown := unknown_placeholders(body, row.placeholders):
        named = ", ".join(f"{{{name}}}" for name in unknown)
        return _("This text may not hold %(unknown)s. See the list of what may stand in it.") % {
            "unknown": named
        }
    if has_single_brace(body):
        return _("A brace has no partner. A placeholder is written {like_this}; write {{ or }} for a brace.")
    if row.kind is not Kind.LETTER:
        return ""
    return speaks_of_what_it_never_may(row, body) or too_long_for_a_sheet(row, language, body)


def speaks_of_what_it_never_may(row: ClinicText, body: str) -> str:
    """Why no letter could begin with it."""
    word = never_in_letters(body) if row.key in TEXT_OF.values() else ""
    if not word:
        return ""
    return _("Take “%(word)s” out: a letter says nothing of suicide or substance use.") % {"word": word}


def too_long_for_a_sheet(row: ClinicText, language: str, body: str) -> str:
    """Why no such paper could be printed: what takes a second sheet is refused when somebody prints it."""
    room, takes = room_on_a_sheet(row.key, language), lines_on_paper(row.with_examples(body, language))
    if takes <= room:
        return ""
    return _("It takes %(takes)d lines, and a page has room for %(room)d of it. Make it shorter.") % {
        "takes": takes,
        "room": room,
    }


def what_changed(row: ClinicText, language: str, old: str, new: str) -> str:
    """Of a letter only that it was changed: its versions hold the words."""
    if row.kind is Kind.WORDS:
        shipped = row.default_in(language)
        return was(row.label, old or shipped, new or shipped)
    named = {"text": row.label, "language": LANGUAGE_WORDS[language]}
    if not new:
        again = _("%(text)s (%(language)s): as shipped again")
        return (again if row.default_in(language) else _("%(text)s (%(language)s): taken out")) % named
    return _("%(text)s (%(language)s): new words") % named
