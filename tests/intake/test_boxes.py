"""What a box tells the phone: whose data it asks for, which keyboard it needs, and that nobody corrects it."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.forms import Form
from django.utils import timezone

from intake.fields import BY_PATH, FIELDS, Field, Kind
from intake.fields.kinds import Written
from intake.forms.fields import form_field
from intake.forms.resume import CodeForm, LinkForm
from intake.forms.status import LookUpForm
from intake.forms.text_boxes import OWN

OTHERS = ("filled_by", "guardian", "emergency")
OFF = {"autocorrect": "off", "spellcheck": "false"}


def texts() -> Iterator[tuple[str, Field]]:
    for field in FIELDS:
        for each in field.parts if field.kind in (Kind.ENTRIES, Kind.GROUP) else (field,):
            if each.kind is Kind.TEXT and each.by_hand:
                yield (f"{field.path}.{each.key}" if each is not field else field.path), each


TEXTS = dict(texts())


def box(field: Field) -> dict[str, str]:
    return input_of(form_field(field).widget.render("it", "", {"id": "it"}))


def input_of(html: str) -> dict[str, str]:
    found: list[dict[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "input":
                found.append({name: value or "" for name, value in attrs})

    Reader().feed(html)
    return found[0]


@pytest.mark.parametrize("path", TEXTS)
def test_a_browser_fills_in_its_owners_own_data_and_nothing_else(path):
    assert box(TEXTS[path])["autocomplete"] == OWN.get(path, "off")


def test_nothing_of_another_person_is_filled_in_with_ones_own():
    others = [path for path in TEXTS if path.removeprefix("about.").startswith(OTHERS)]
    assert len(others) == 8
    assert not OWN.keys() & set(others)
    assert OWN.keys() <= TEXTS.keys()


@pytest.mark.parametrize("path", [path for path in TEXTS if path.endswith(("phone", "number_today"))])
def test_a_number_is_typed_on_a_telephone_keyboard(path):
    assert {"type": "tel", "inputmode": "tel"}.items() <= box(TEXTS[path]).items()


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in TEXTS
        if path.endswith((".drug", "substance", "added_to", "member_id", ".plan", "postcode", ".email"))
    ],
)
def test_a_name_of_a_medicine_and_a_code_are_not_corrected(path):
    assert OFF.items() <= box(TEXTS[path]).items()
    assert box(TEXTS[path])["autocapitalize"] == "none"


def test_there_is_no_medicine_or_substance_among_the_words():
    exact = {path for path, field in TEXTS.items() if field.written is Written.EXACT}
    assert {path.rpartition(".")[2] for path in exact} >= {
        "drug",
        "added_to",
        "substance",
        "dose",
        "member_id",
    }


@pytest.mark.parametrize("path", [path for path in TEXTS if path.endswith("_name")])
def test_a_persons_name_is_not_corrected_either(path):
    assert OFF.items() <= box(TEXTS[path]).items()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (LookUpForm(today=timezone.localdate()), "reference"),
        (CodeForm(today=timezone.localdate()), "code"),
    ],
)
def test_a_reference_and_a_code_are_typed_in_capitals_and_not_corrected(form: Form, name):
    shown = input_of(str(form[name]))
    assert OFF.items() <= shown.items()
    assert (shown["autocapitalize"], shown["autocomplete"]) == ("characters", "off")


def test_an_address_is_filled_in_but_not_corrected():
    shown = input_of(str(LinkForm()["email"]))
    assert (
        {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"} | OFF
    ).items() <= shown.items()


def test_the_language_to_speak_is_offered_and_can_be_typed():
    html = form_field(BY_PATH["about.speaks"]).widget.render("it", "Tagalog", {"id": "it"})
    assert input_of(html)["value"] == "Tagalog" and input_of(html)["list"] == "it-offered"
    assert '<datalist id="it-offered">' in html
    assert all(f'<option value="{name}" label="{name}">' in html for name in ("English", "Spanish"))


CHOICES = {
    f"{field.path}.{each.key}": each
    for field in FIELDS
    for each in (field.parts or (field,))
    if each.kind in (Kind.CHOICE, Kind.MANY)
}


@pytest.mark.parametrize("path", CHOICES)
def test_an_answer_that_is_not_offered_is_named_by_its_question(path):
    field = CHOICES[path]
    words = str(form_field(field).error_messages["invalid_choice"])
    assert words == f"“{field.short or field.question}”: choose from the answers on this page"
