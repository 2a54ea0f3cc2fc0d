"""One form per page, built from the fields the page asks; and the way between forms and stored answers.

A form's field is named by the answer's path with dashes: ``about-first_name``, ``mood-phq9-0``,
``safety-cssrs-q1``. Parsing, wording and limits come from ``intake.fields``.
"""

import copy
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from intake import steps
from intake.document import storable
from intake.fields import LANGUAGE, Field, Kind
from intake.fields.kinds import Answers
from intake.widgets import (
    CheckboxTiles,
    ClinicForm,
    DateParts,
    DatePartsField,
    NumberText,
    RadioTiles,
    SeveralField,
)

# Shown and stamped beside the consent; raise it when the notice's text changes.
PRIVACY_NOTICE = SUBSTANCE_USE_NOTICE = "2026-11"
STAMPS = {"privacy_notice": PRIVACY_NOTICE, "substance_use_notice": SUBSTANCE_USE_NOTICE}
NONE = "none"  # "None of these": told apart from a question left blank
ONE_OF_THEM = ("about.phone", "about.email")  # neither is required, yet one of them is


class TypedText(forms.CharField):
    """Text kept exactly as typed; only characters no database can hold are refused."""

    default_error_messages = {
        "unstorable": _("%(label)s has a character that we can't store. Please type it again."),
        "required": _("Enter your answer"),
        "max_length": _("Use %(limit_value)d characters or fewer. You have used %(show_value)d."),
    }

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def clean(self, value):
        if value and not storable(value):
            raise ValidationError(self.error_messages["unstorable"], params={"label": self.label})
        value = super().clean(value)
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        return value

    def run_validators(self, value):
        # Django's own null-character validator would answer first, in words nobody understands.
        self.validators = [
            v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"
        ]
        super().run_validators(value)


class TypedNumber(forms.Field):
    """A number typed as text: ``12``, ``12.5``, ``1,200``; cleaned to int or float, blank to None."""

    widget = NumberText

    def __init__(self, *, low: float, high: float | None, **kwargs):
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def clean(self, value):
        typed = str(value or "").strip().replace(",", "")
        if not typed:
            return None
        try:
            number = Decimal(typed) if typed.isascii() and len(typed) <= 12 else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(_("Enter a number, such as 12"), code="invalid")
        if number < Decimal(str(self.low)) or (self.high is not None and number > Decimal(str(self.high))):
            high = number_format(self.high) if self.high is not None else None
            raise ValidationError(
                _("Enter a number from %(low)s to %(high)s") if high else _("Enter %(low)s or more"),
                code="range",
                params={"low": number_format(self.low), "high": high},
            )
        return int(number) if number == number.to_integral_value() else float(number)


def name_of(*parts: str | int) -> str:
    return "-".join(map(str, parts))


def required_error(field: Field) -> str:
    """What a missing answer is called, in the words of its own question."""
    match field.kind:
        case Kind.TRUE:
            return _("Tick the box if you agree. We can't go on without it.")
        case Kind.CHOICE | Kind.ITEMS:
            return _("Choose an answer for “%(question)s”") % {"question": field.question}
        case _:
            return _("Enter your answer for “%(question)s”") % {"question": field.question}


def form_field(field: Field) -> forms.Field:
    """The form field for one question, apart from lists of items."""
    common = {
        "label": field.question,
        "help_text": field.hint,
        "required": field.required,
        "error_messages": {"required": required_error(field)},
    }
    match field.kind:
        case Kind.TEXT:
            made = TypedText(max_length=field.max_length, widget=forms.TextInput(text_attrs(field)), **common)
        case Kind.LONG_TEXT:
            made = TypedText(max_length=field.max_length, widget=forms.Textarea({"rows": 4}), **common)
        case Kind.DATE:
            made = DatePartsField(
                named=field.question if field.required else _("The date"),
                widget=DateParts(birthday=field.key == "date_of_birth"),
                **{key: value for key, value in common.items() if key != "error_messages"},
            )
        case Kind.NUMBER:
            high = field.high if field.high is not None else field.most_typed
            made = TypedNumber(low=field.low, high=high, widget=NumberText(decimal=True), **common)
        case Kind.CHOICE:
            common["error_messages"]["invalid_choice"] = _("Choose one of the answers")
            made = forms.ChoiceField(choices=field.choices, widget=RadioTiles, **common)
        case Kind.MANY:
            made = several(field, common)
        case Kind.TRUE:
            made = forms.BooleanField(**common)
        case _:
            raise ValueError(f"{field.path} is not one question")
    made.optional_label = not (field.required or choices_say_unsure(field) or field.path in ONE_OF_THEM)
    return made


def several(field: Field, common: dict) -> forms.Field:
    """Boxes to tick; where a blank must not pass for "none", "None of these" is a box of its own."""
    unsure = any(value == "not_sure" for value in field.values)
    choices = field.choices if unsure else (*field.choices, (NONE, _("None of these")))
    common["error_messages"]["invalid_choice"] = _("Choose from the answers on this page")
    return SeveralField(choices=choices, widget=CheckboxTiles, **common)


def choices_say_unsure(field: Field) -> bool:
    return bool({"not_sure", "declined"} & set(map(str, field.values)))


def text_attrs(field: Field) -> dict[str, str]:
    """Hints for the phone's keyboard and for filling in from the address book or the list of drug names."""
    if field.key == "drug":
        return {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "data-drug-names": ""}
    if field.section != "about":
        return {}
    known = {
        "first_name": {"autocomplete": "given-name"},
        "last_name": {"autocomplete": "family-name"},
        "preferred_name": {"autocomplete": "nickname"},
        "phone": {"autocomplete": "tel", "inputmode": "tel"},
        "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
        "postcode": {"autocomplete": "postal-code"},
        "state": {"autocomplete": "address-level1"},
    }
    return known.get(field.key, {})


def questions_of(page: steps.Page) -> Iterator[tuple[str, Field, Field, int | None]]:
    """``(form name, owner, question, place in the list)`` for each question of the page, in order."""
    for field in page.fields:
        if field.kind is Kind.ENTRIES or field.stamped:
            continue
        if field.kind is Kind.ITEMS:
            for place, part in enumerate(field.parts):
                yield name_of(field.section, field.key, place), field, part, place
        elif field.kind is Kind.GROUP:
            for part in field.parts:
                if part.page == page.slug:
                    yield name_of(field.section, field.key, part.key), field, part, None
        else:
            yield name_of(field.section, field.key), field, field, None


@cache
def page_fields(slug: str) -> dict[str, forms.Field]:
    """The fields of a page, made once: forms take shallow copies, so change an attribute, never a widget."""
    made = {}
    page = steps.HELP_PAGE if slug == steps.HELP else steps.BY_SLUG[slug]
    for name, _owner, question, place in questions_of(page):
        made[name] = form_field(question)
        if place is not None:
            made[name].label = _("%(number)d. %(question)s") % {
                "number": place + 1,
                "question": question.question,
            }
            if not question.required:
                made[name].optional_label = not choices_say_unsure(question)
        made[name].kept_as = f"{slug} {name}"
    return made


def helper(*, submit: str = "") -> FormHelper:
    made = FormHelper()
    made.attrs = {"novalidate": True}
    made.form_method = "post"
    made.form_show_errors = False  # the page's template places the summary above its heading
    made.add_input(Submit("continue", submit or _("Save and continue")))
    return made


class PageForm(ClinicForm):
    """The form of one page. ``answers`` are the ones stored so far; only what applies to them is asked."""

    def __init__(
        self,
        page: steps.Page,
        answers: Answers,
        screen: str,
        data: Mapping | None = None,
        *,
        language: str = "",
    ):
        self.page = page
        super().__init__(data, initial={**initial_of(page, answers), "language": language})
        made = page_fields(page.slug)
        self.fields = {
            name: copy.copy(made[name])
            for name, owner, question, _place in questions_of(page)
            if steps.is_asked(question, owner, answers, screen)
        }
        if LANGUAGE.page == page.slug:
            self.fields["language"] = form_field(LANGUAGE)
        self.helper = helper()

    def clean(self) -> dict:
        told = super().clean()
        today = timezone.localdate()
        for name, value in list(told.items()):  # add_error takes the faulty ones out of it
            if hasattr(value, "isoformat") and value > today:
                self.add_error(name, _("The date can't be in the future"))
        if self.page.slug == "contact":
            self._check_contact(told)
        if self.page.slug == "name":
            self._check_birth(told, today)
        return told

    def _check_contact(self, told: dict) -> None:
        check_email(self, told)
        check_phone(self, told)
        given = [(told.get(name) or "").strip() for name in ("about-phone", "about-email")]
        if not any(given) and not self.errors:
            self.add_error(
                "about-phone", _("Enter a phone number or an email address, so that we can reach you")
            )

    def _check_birth(self, told: dict, today) -> None:
        birth = told.get("about-date_of_birth")
        if birth and birth <= today and today.year - birth.year > 130:
            self.add_error("about-date_of_birth", _("Check the year of your birth"))

    def to_answers(self) -> dict[str, dict]:
        """What the page says, as ``Submission.save_page`` takes it: section -> key -> value or None."""
        answers: dict[str, dict] = {}
        for name, owner, question, place in questions_of(self.page):
            section = answers.setdefault(owner.section, {})
            if name not in self.fields:
                continue
            value = stored_value(self.cleaned_data.get(name), question)
            if place is not None:
                section.setdefault(owner.key, [None] * owner.length)[place] = value
            elif owner.kind is Kind.GROUP:
                section.setdefault(owner.key, {})[question.key] = value
            else:
                section[owner.key] = value
        for owner in self.page.fields:
            if owner.kind is Kind.ITEMS:
                items = answers[owner.section].get(owner.key)
                answers[owner.section][owner.key] = items and item_list(owner, items)
            elif owner.stamped:
                answers.setdefault(owner.section, {})[owner.key] = stamp(owner)
        return answers


def check_email(form: forms.Form, told: Mapping) -> None:
    email = (told.get("about-email") or "").strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            form.add_error("about-email", _("Enter an email address like name@example.com"))


def check_phone(form: forms.Form, told: Mapping) -> None:
    phone = told.get("about-phone") or ""
    if phone.strip() and sum(character.isdecimal() for character in phone) < 7:
        form.add_error("about-phone", _("Enter a phone number, like (212) 555-0142"))


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


def stamp(field: Field) -> str:
    return STAMPS.get(field.key) or timezone.localdate().isoformat()


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
            return cleaned if cleaned.strip() else None
        case _:
            return cleaned


def initial_of(page: steps.Page, answers: Answers) -> dict:
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


class EntryForm(ClinicForm):
    """The form of one entry of a list: one medicine, one therapy, one allergy."""

    def __init__(self, page: steps.Page, entry: Mapping | None, data: Mapping | None = None):
        self.page = page
        super().__init__(data, initial=dict(entry or {}))
        self.heading = MORE[page.slug][2]
        self.fields = {name: copy.copy(made) for name, made in _entry_fields(page.slug).items()}
        self.helper = helper(submit=_("Save"))

    def to_entry(self) -> dict:
        """The entry as stored; amounts left blank are null, other blanks are left out."""
        entry = {}
        for part in self.page.entries.parts:
            value = stored_value(self.cleaned_data.get(part.key), part)
            if value is not None or part.nullable:
                entry[part.key] = value
        return entry


@cache
def _entry_fields(slug: str) -> dict[str, forms.Field]:
    made = {part.key: form_field(part) for part in steps.BY_SLUG[slug].entries.parts}
    for name, field in made.items():
        field.kept_as = f"{slug} {name}"
    return made


class MoreForm(ClinicForm):
    """Under a list: is there another one? With nothing in the list: is there any?"""

    def __init__(self, page: steps.Page, count: int, data: Mapping | None = None):
        super().__init__(data)
        self.page, self.count = page, count
        question = MORE[page.slug]
        self.fields["more"] = forms.ChoiceField(
            label=question[1] if count else question[0],
            choices=(("yes", _("Yes")), ("no", _("No")))
            if count
            else (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("I am not sure"))),
            widget=RadioTiles,
            error_messages={
                "required": _("Choose yes or no"),
                "invalid_choice": _("Choose one of the answers"),
            },
        )
        self.helper = helper()


# page -> (the question with nothing in the list, the question with something in it, heading of one entry)
MORE = {
    "medicines-tried": (
        _("Have you ever taken a medicine for depression?"),
        _("Do you want to add another medicine?"),
        _("A medicine you have tried"),
    ),
    "therapies": (
        _("Have you ever had talking therapy?"),
        _("Do you want to add another therapy?"),
        _("A talking therapy you have had"),
    ),
    "medicines-now": (
        _("Do you take any medicines now?"),
        _("Do you want to add another medicine?"),
        _("A medicine you take now"),
    ),
    "allergies": (
        _("Do you have any allergies?"),
        _("Do you want to add another allergy?"),
        _("An allergy"),
    ),
}
