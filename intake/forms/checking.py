"""What the answers of one page say together: dates against today, the two numbers of a blood pressure."""

import copy
from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.days import latest_anywhere
from intake.fields.kinds import Text
from intake.forms.typed_fields import TypedMonth, TypedNumber
from intake.forms.widgets import DatePartsField
from intake.questionnaire.dangers import very_high_pressure

SYSTOLIC, DIASTOLIC = "health-bp_systolic", "health-bp_diastolic"


def on_day(made: forms.Field, today: date) -> forms.Field:
    """The field of a date or a month as it is typed ``today``; any other as it is."""
    if not isinstance(made, DatePartsField | TypedMonth):
        return made
    own = copy.copy(made)
    vars(own)["today"] = today
    return own


def not_yet(form: forms.Form, name: str) -> Text:
    """What is said of a day that lies in the future."""
    return format_lazy(_("{date}: this day has not come yet"), date=getattr(form.fields[name], "named", ""))


def check_dates(form: forms.Form, today: date) -> None:
    """No day is still to come, wherever on Earth the person is."""
    for name, value in list(form.cleaned_data.items()):  # add_error takes the faulty ones out of it
        birth = getattr(form.fields[name], "birth", False)  # nobody fills this in on the day of their birth
        if isinstance(value, date) and value > (today if birth else latest_anywhere(today)):
            form.add_error(name, not_yet(form, name))


def check_pressure(form: forms.Form, cleaned: dict) -> None:
    """Both numbers of a blood pressure typed into the first box, and the higher one first.

    The larger is judged as the higher at once: where that is an emergency, both are kept beside the question
    whether they were exchanged. Otherwise neither is until that is answered.
    """
    if SYSTOLIC not in form.fields or cleaned.get(SYSTOLIC) is None:
        return
    upper, lower = cleaned[SYSTOLIC], cleaned.get(DIASTOLIC)
    if isinstance(upper, tuple):
        upper, second = upper
        if DIASTOLIC not in form.fields or (lower is not None and lower != second):
            cleaned.pop(DIASTOLIC, None)
            form.add_error(SYSTOLIC, _("Blood pressure: write the higher number here, and the other below"))
            _keep_emergency(cleaned, max(upper, second), min(upper, second), form)
            return
        lower = second
    cleaned |= {SYSTOLIC: upper, DIASTOLIC: lower}
    if lower is None:
        return
    higher, other = max(upper, lower), min(upper, lower)
    if not (_fits(form, SYSTOLIC, higher) and _fits(form, DIASTOLIC, other)):
        form.add_error(SYSTOLIC, _("Blood pressure: check the numbers; most are between 70 and 250"))
    elif upper < lower:
        question = _("Blood pressure: is it {higher} over {lower}? Write the higher number first")
        form.add_error(SYSTOLIC, format_lazy(question, higher=higher, lower=other))
    else:
        return
    cleaned.pop(DIASTOLIC, None)
    _keep_emergency(cleaned, higher, other, form)


def _fits(form: forms.Form, name: str, number: float) -> bool:
    made = form.fields[name]
    return isinstance(made, TypedNumber) and made.low <= number <= (made.high or number)


def _keep_emergency(cleaned: dict, higher: float, lower: float, form: forms.Form) -> None:
    """Keep a very high pressure all the same, so that nobody waits for the question to be answered."""
    read: Mapping[str, float] = {"bp_systolic": higher, "bp_diastolic": lower}
    names = {"bp_systolic": SYSTOLIC, "bp_diastolic": DIASTOLIC}
    fits = {
        key: value
        for key, value in read.items()
        if names[key] in form.fields and _fits(form, names[key], value)
    }
    if very_high_pressure({"health": fits}):
        cleaned |= {names[key]: value for key, value in fits.items()}
