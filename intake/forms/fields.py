"""Questions as form fields, and the way between a form's values and stored answers.

A form's field is named by the answer's path with dashes: ``about-first_name``, ``mood-phq9-0``,
``safety-cssrs-q1``. Parsing, wording and limits come from ``intake.fields``.
"""

from functools import cache
from typing import TypedDict

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields import Field, Kind
from intake.fields.characters import seen
from intake.fields.kinds import Answers, Text, Written
from intake.forms.several import SeveralField
from intake.forms.text_boxes import EmailText, PhoneText, SuggestedText, text_attrs
from intake.forms.typed_fields import (
    TypedEmail,
    TypedMonth,
    TypedNumber,
    TypedPhone,
    TypedPressure,
    TypedText,
)
from intake.forms.widgets import (
    AmountText,
    CheckboxTiles,
    DateParts,
    DatePartsField,
    NumberText,
    RadioTiles,
)
from intake.questionnaire.amount_choices import DOSE, TIME
from intake.questionnaire.page import Page
from intake.questionnaire.when_taken import WHEN_TAKEN

NONE = "none"  # "None of these": not the same as a question left blank
Asked = tuple[str, Field, Field, int | None]
WORDY = ("mg", "weeks", "months", "mmHg")  # more than figures is typed: "3 months", "150/95"
ONE_OF_THEM = ("about.phone", "about.email")  # neither is required, yet one of them is


class Common(TypedDict):
    """What every form field is made with."""

    label: Text
    help_text: Text
    required: bool
    error_messages: dict[str, Text]


def name_of(*parts: str | int) -> str:
    return "-".join(map(str, parts))


def required_error(field: Field) -> Text:
    """What a missing answer is called, in the words of its own question."""
    match field.kind:
        case Kind.TRUE:
            return _("Consent: tick the box to go on, or leave the form")
        case Kind.CHOICE | Kind.ITEMS:
            words = _("{short}: choose one answer") if field.short else _("“{short}”: choose one answer")
            return format_lazy(words, short=field.short or field.question)
        case _:
            return field.missing or format_lazy(_("{short}: write it"), short=field.short or field.question)


def not_offered(name: Text) -> Text:
    """What is said of an answer that its page does not offer; ``name`` is short for the question, or all of it."""
    return format_lazy(_("“{name}”: choose from the answers on this page"), name=name)


def form_field(field: Field) -> forms.Field:
    """The form field for one question, apart from lists of items."""
    made: forms.Field
    common: Common = {
        "label": field.question,
        "help_text": field.hint,
        "required": field.required,
        "error_messages": {"required": required_error(field)},
    }
    match field.kind:
        case Kind.TEXT:
            made = typed_text(field, common)
        case Kind.LONG_TEXT:
            widget = forms.Textarea({"rows": 4})
            made = TypedText(max_length=field.max_length, named=field.short, widget=widget, **common)
        case Kind.DATE:
            made = date_field(field)
        case Kind.MONTH:
            made = TypedMonth(named=field.short, widget=NumberText(words=True), **common)
        case Kind.NUMBER:
            made = typed_number(field, common)
        case Kind.CHOICE:
            common["error_messages"]["invalid_choice"] = not_offered(field.short or field.question)
            made = forms.ChoiceField(choices=field.choices, widget=RadioTiles, **common)
        case Kind.MANY:
            made = several(field, common)
        case Kind.TRUE:
            made = forms.BooleanField(**common)
        case _:
            raise ValueError(f"{field.path} is not one question")
    mark_optional(made, not (field.required or choices_say_unsure(field) or field.path in ONE_OF_THEM))
    return made


def date_field(field: Field) -> DatePartsField:
    """A required date is the one of birth; of any other the month is enough."""
    birth = field.required
    return DatePartsField(
        named=field.short,
        birth=birth,
        month_is_enough=not birth,
        widget=DateParts(birthday=birth, words=not birth),
        label=field.question,
        help_text=field.hint,
        required=field.required,
    )


def typed_text(field: Field, common: Common) -> TypedText:
    attrs, most = text_attrs(field), field.max_length
    match field.written:
        case Written.PHONE:
            return TypedPhone(named=field.short, max_length=most, widget=PhoneText(attrs), **common)
        case Written.EMAIL:
            return TypedEmail(named=field.short, max_length=most, widget=EmailText(attrs), **common)
        case written:
            exact = written is Written.EXACT
            widget = SuggestedText(attrs, field.choices) if field.choices else forms.TextInput(attrs)
            return TypedText(exact=exact, max_length=most, named=field.short, widget=widget, **common)


def typed_number(field: Field, common: Common) -> TypedNumber:
    kind = TypedPressure if field.key == "bp_systolic" else TypedNumber
    return kind(
        low=field.low,
        high=field.high if field.high is not None else field.most_typed,
        unit=field.unit,
        named=field.short,
        widget=AmountText(decimal=True, words=field.unit in WORDY),
        **common,
    )


def mark_optional(made: forms.Field, optional: bool) -> None:
    """Whether "(optional)" follows the field's label: see ``ClinicBoundField``."""
    vars(made)["optional_label"] = optional


def several(field: Field, common: Common) -> forms.Field:
    """Boxes to tick; where a blank must not pass for "none", "None of these" is a box of its own."""
    unsure = any(value == "not_sure" for value in field.values)
    choices = field.choices if unsure else (*field.choices, (NONE, _("None of these")))
    common["error_messages"]["invalid_choice"] = not_offered(field.short or field.question)
    return SeveralField(choices=choices, widget=CheckboxTiles, **common)


def choices_say_unsure(field: Field) -> bool:
    return bool({"not_sure", "declined"} & set(map(str, field.values)))


@cache
def questions_of(page: Page) -> tuple[Asked, ...]:
    """``(form name, owner, question, place in the list)`` for each question of the page, in order."""
    found: list[Asked] = []
    for field in page.fields:
        if field.kind is Kind.ENTRIES or not field.by_hand:
            continue
        if field.kind is Kind.ITEMS:
            found += [
                (name_of(field.section, field.key, place), field, part, place)
                for place, part in enumerate(field.parts)
                if part.page == page.slug
            ]
        elif field.kind is Kind.GROUP:
            found += [
                (name_of(field.section, field.key, part.key), field, part, None)
                for part in field.parts
                if part.page == page.slug
            ]
        else:
            found.append((name_of(field.section, field.key), field, field, None))
    return tuple(found)


def number_of(owner: Field, question: Field, place: int | None) -> int | None:
    """The number under which an instrument has the question: of a screen's, ``q1`` is the first."""
    if place is not None:
        return place + 1
    number = question.key.removeprefix("q") if owner.screen else ""
    return int(number) if number.isdecimal() else None


@cache
def page_fields(page: Page) -> dict[str, forms.Field]:
    """The fields of a page, made once and shared by its forms: to change one, change a shallow copy."""
    made = {}
    for name, owner, question, place in questions_of(page):
        made[name] = form_field(question)
        if number := number_of(owner, question, place):
            # format_lazy: these fields are made once, but read in every language.
            made[name].label = format_lazy("{}. {}", number, question.question)
            words = (
                _("Question {number} ({short}): choose one answer")
                if question.short
                else _("Question {number}: choose one answer")
            )
            made[name].error_messages["required"] = format_lazy(words, number=number, short=question.short)
        if place is not None:
            vars(made[name])["stem"] = question.stem
            if not question.required:
                mark_optional(made[name], not choices_say_unsure(question))
    return made


def items_elsewhere(field: Field, answers: Answers, page: Page) -> list:
    """A place for each item of ``field``: empty for the ones on ``page``, filled with what others stored.

    What only followed from "Never" was not answered: it does not outlive that answer.
    """
    stored = answers.get(field.section, {}).get(field.key)
    if not stored or (field.key == "audit_c" and stored[0] == 0):
        return [None] * field.length
    return [None if part.page == page.slug else item for part, item in zip(field.parts, stored, strict=True)]


def item_list(field: Field, items: list) -> list | None:
    """The items as stored: nothing at all where none was answered.

    Who never drinks has no drinks a day: AUDIT-C's later items are 0 then. A list of yes and no can't
    hold a gap, so a blank one is "not sure".
    """
    if field.key == "audit_c" and items[0] == 0:
        items = [0, *(item or 0 for item in items[1:])]
    if all(item is None for item in items):
        return None
    return items if field.nullable else ["not_sure" if item is None else item for item in items]


def stored_value(cleaned, question: Field):
    """A cleaned value as the interchange format holds it; None where the question was left blank."""
    if cleaned in (None, "", False) and cleaned != 0:
        return None
    match question.kind:
        case Kind.MANY:
            if not cleaned:
                return None
            return [] if cleaned == [NONE] else list(cleaned)
        case Kind.CHOICE:
            # Codes of scales are numbers in the format and text in a form.
            return next((value for value in question.values if str(value) == cleaned), None)
        case Kind.DATE:
            return cleaned.isoformat()
        case Kind.TEXT | Kind.LONG_TEXT:
            return cleaned if seen(cleaned) else None
        case _:
            return cleaned


def initial_of(page: Page, answers: Answers) -> dict:
    """The stored answers of the page, as its form shows them."""
    shown = {}
    for name, owner, question, place in questions_of(page):
        stored = answers.get(owner.section, {}).get(owner.key)
        if place is not None and stored is not None:
            stored = stored[place]
        elif owner.kind is Kind.GROUP and stored is not None:
            stored = stored.get(question.key)
        if stored is not None:
            shown[name] = [NONE] if stored == [] else stored
    return shown


def entry_questions(page: Page) -> tuple[Field, ...]:
    """All that the pages of one entry may ask."""
    if page.follow_up is None:
        return page.list_field.parts
    return (*(part for part in page.list_field.parts if not part.unasked), DOSE, TIME, WHEN_TAKEN)


@cache
def entry_fields(page: Page) -> dict[str, forms.Field]:
    """The fields of one entry of the page's list, shared as those of a page."""
    return {part.key: form_field(part) for part in page.list_field.parts if not part.unasked}
