"""One entry of a list between its form and what is stored: a medicine, a therapy, an allergy."""

import copy
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.document import is_before
from intake.fields import Field, Kind
from intake.fields.days import latest_anywhere
from intake.fields.kinds import Text
from intake.forms.checking import not_yet
from intake.forms.fields import NONE, stored_value
from intake.forms.typed_fields import TypedNumber
from intake.forms.widgets import Said, parts_of
from intake.questionnaire.amounts import in_micrograms, reading_of
from intake.typed import written

Entry = Mapping[str, Any]


def shown_entry(owner: Field, entry: Entry) -> dict[str, Any]:
    """A stored entry as its form shows it: a number as it was typed, where that still reads as the number."""
    shown = {key: [NONE] if value == [] else value for key, value in entry.items()}
    for part in owner.parts:
        typed, value = entry.get(part.typed_as), entry.get(part.key)
        if typed and value is None:
            shown[part.key] = typed
        elif typed and value is not None and (reading := reading_of(part, typed, entry)).value == value:
            shown[part.key] = Said(written(value), typed) if reading.confirm else typed
    return shown


def kept_texts(form: forms.Form, names: Mapping[str, str]) -> dict[str, str]:
    """What was typed beside the numbers of an entry; ``names`` are the form's names of its questions."""
    meant = getattr(form, "meant", ())
    return {
        key: parts_of(form[name].data)[0].strip() if name in meant else made.kept_text(form[name].data)
        for key, name in names.items()
        if isinstance(made := form.fields[name], TypedNumber)
    }


def entry_of(
    owner: Field,
    cleaned: Entry,
    texts: Mapping[str, str],
    known: Entry,
    asked: Collection[str] | None = None,
) -> dict[str, Any]:
    """The entry as stored; amounts left blank are null, other blanks are left out.

    So is what hangs on an answer of the same entry that plainly says no to it. ``texts`` are what numbers were
    read from; what stood beside a number of the entry that was ``known`` stays while the number does. With
    ``asked``, keys of parts, all else stays as it was ``known``.
    """
    own = [part for part in owner.parts if asked is None or part.key in asked]
    entry: dict[str, Any] = {}
    for part in own:
        value = stored_value(cleaned.get(part.key), part)
        if value is not None or part.nullable:
            entry[part.key] = value
    for part in own:
        if part.typed_as and entry.get(part.key) is None and texts.get(part.key):
            entry[part.typed_as] = texts[part.key]  # what could not be read, and was meant
        elif part.typed_as and entry.get(part.key) is not None:
            beside = {key: known[key] for key in companions(part) if key in known}
            if texts.get(part.key):
                entry[part.typed_as] = texts[part.key]
            elif entry[part.key] == known.get(part.key):
                entry |= beside
    if asked is not None:
        said_now = {key for part in own for key in (part.key, *companions(part))}
        entry |= {key: value for key, value in known.items() if key not in said_now}
    return {part.key: entry[part.key] for part in owner.parts if part.key in entry and part.asked_when(entry)}


def companions(part: Field) -> list[str]:
    """The keys of what may stand beside a number: its text, the range that was chosen instead."""
    return [key for key in (part.typed_as, part.chosen_as and part.chosen_as.key) if key]


def stale_texts(owner: Field, known: Entry, entry: Entry) -> set[str]:
    """The keys of what stood beside numbers that ``entry`` has changed."""
    return {
        key
        for part in owner.parts
        if entry.get(part.key) is not None
        for key in companions(part)
        if key in known and key not in entry
    }


def fitted(part: Field, made: forms.Field, drug: object, press: Text = "") -> forms.Field:
    """The field of a dose for the ``drug`` of the same entry, which may be one written in micrograms.

    ``press`` is what the button of its page says, where that is not Continue.
    """
    if part.unit != "mg" or not (press or in_micrograms(drug)):
        return made
    own = copy.copy(made)
    vars(own).update({"micrograms": in_micrograms(drug)} | ({"press": press} if press else {}))
    return own


def said(entry: Entry, owner: Field) -> dict[str, Any]:
    """What a person said in an entry, without what stands beside it."""
    asked = (part.key for part in owner.parts if part.by_hand)
    return {key: entry[key] for key in asked if entry.get(key) is not None}


def check_months(form: forms.Form, owner: Field, names: Mapping[str, str], today: date) -> None:
    """No month of an entry lies in the future, and none has stopped before it was started.

    ``names`` are the form's names of the entry's questions.
    """
    cleaned = form.cleaned_data
    for part in owner.parts:
        name = names.get(part.key, "")
        if (
            part.kind is Kind.MONTH
            and cleaned.get(name)
            and is_before(latest_anywhere(today).isoformat(), cleaned[name])
        ):
            form.add_error(name, not_yet(form, name))
    started, stopped = (cleaned.get(names.get(key, "")) for key in ("started", "stopped"))
    if started and stopped and is_before(stopped, started):
        form.add_error(names["stopped"], _("When you stopped it: this is before you started it"))
