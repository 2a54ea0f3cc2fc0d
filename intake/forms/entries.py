"""One entry of a list between its form and what is stored: a medicine, a therapy, an allergy."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.document import is_before
from intake.fields import Field, Kind
from intake.forms.fields import NONE, stored_value

Entry = Mapping[str, Any]


def shown_entry(entry: Entry) -> dict[str, Any]:
    """A stored entry as its form shows it."""
    return {key: [NONE] if value == [] else value for key, value in entry.items()}


def entry_of(owner: Field, cleaned: Entry) -> dict[str, Any]:
    """The entry as stored; amounts left blank are null, other blanks are left out.

    So is what hangs on an answer of the same entry that plainly says no to it.
    """
    entry = {}
    for part in owner.parts:
        value = stored_value(cleaned.get(part.key), part)
        if value is not None or part.nullable:
            entry[part.key] = value
    return {part.key: entry[part.key] for part in owner.parts if part.key in entry and part.asked_when(entry)}


def check_months(form: forms.Form, owner: Field, names: Mapping[str, str], today: date) -> None:
    """No month of an entry lies in the future, and none has stopped before it was started.

    ``names`` are the form's names of the entry's questions.
    """
    cleaned = form.cleaned_data
    for part in owner.parts:
        name = names.get(part.key, "")
        if part.kind is Kind.MONTH and cleaned.get(name) and is_before(today.isoformat(), cleaned[name]):
            form.add_error(name, _("The date can't be in the future"))
    started, stopped = (cleaned.get(names.get(key, "")) for key in ("started", "stopped"))
    if started and stopped and is_before(stopped, started):
        form.add_error(names["stopped"], _("You can't have stopped it before you started it"))
