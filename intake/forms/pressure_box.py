"""A blood pressure in one box: two numbers, or one, which is the higher."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.characters import seen
from intake.fields.kinds import Answers
from intake.fields.lookup import answer
from intake.forms.fields import mark_optional
from intake.forms.typed_fields import TypedNumber
from intake.forms.widgets import NumberText
from intake.questionnaire.dangers import very_high_pressure
from intake.typed import written
from intake.typed.counts import count
from intake.typed.pressure import pair

NAME = "health-bp"
BOX = ("health-bp_systolic", "health-bp_diastolic")
PATHS = ("health.bp_systolic", "health.bp_diastolic")


class PressureField(forms.Field):
    """Cleaned to (higher, lower or None), in the order typed, or None."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Your last blood pressure"),
            help_text=_("For example, 120/80."),
            required=False,
            widget=NumberText(words=True),
        )
        mark_optional(self, True)

    def clean(self, value: object) -> tuple[float, float | None] | None:
        text = seen(str(value or ""))
        if not text:
            return None
        if two := pair(text):
            return two
        one = count(text, "mmHg")
        if one.refusal or one.value is None:
            raise ValidationError(_("Blood pressure: write two numbers, such as 120/80"), code="invalid")
        return one.value, None


class PressureStandIn:
    """The box stands for both numbers, of which the limits are those of their own fields."""

    def __init__(self, own: Mapping[str, forms.Field]):
        self.fields: Mapping[str, forms.Field] = {NAME: PressureField()}
        self.places = {BOX[0]: NAME, BOX[1]: ""}
        self.limits = [own[name] for name in BOX]

    def initial(self, answers: Answers) -> dict[str, Any]:
        numbers = [answer(answers, path) for path in PATHS]
        if numbers[0] is None:
            return {}  # the lower number alone, of an older form: the box can't show it
        return {NAME: "/".join(written(each) for each in numbers if each is not None)}

    def check(self, form: forms.Form) -> None:
        """The higher number first, and both as they can be.

        The larger is judged as the higher at once: where that is an emergency it is kept beside the question.
        """
        typed = form.cleaned_data.get(NAME)
        if typed is None:
            return
        numbers = sorted((each for each in typed if each is not None), reverse=True)
        if not all(self._fits(each, place) for place, each in enumerate(numbers)):
            form.add_error(NAME, _("Blood pressure: check the numbers; most are between 70 and 250"))
        elif typed[1] is not None and typed[0] < typed[1]:
            question = _("Blood pressure: is it {higher} over {lower}? Write the higher number first")
            form.add_error(NAME, format_lazy(question, higher=numbers[0], lower=numbers[1]))
        else:
            return
        fit = [each if self._fits(each, place) else None for place, each in enumerate(numbers)]
        health = dict(zip(("bp_systolic", "bp_diastolic"), fit, strict=False))
        if very_high_pressure({"health": health}):
            form.cleaned_data[NAME] = (health["bp_systolic"], health.get("bp_diastolic"))

    def _fits(self, number: float, place: int) -> bool:
        own = self.limits[place]
        return isinstance(own, TypedNumber) and own.low <= number <= (own.high or number)

    def said(self, cleaned: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
        if NAME not in cleaned:
            return {}
        if cleaned[NAME] is None:
            return dict.fromkeys(PATHS) if answer(answers, PATHS[0]) is not None else {}
        return dict(zip(PATHS, cleaned[NAME], strict=True))
