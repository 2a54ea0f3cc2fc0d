"""A number to call a person at is a whole number: one with a digit missing is asked about where it was typed."""

import pytest
from django.urls import reverse

from intake.fields import FIELDS
from intake.fields.kinds import Written
from intake.forms.fields import questions_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.typed.phone import Phone, dialed, phone
from intake.views.call_line import end_of
from tests.documents import complete_document
from tests.intake import pat, screen
from treatments.search import phone_digits
from treatments.templatetags.desk import phone_link

WHOLE = {
    "212 555 0188": "2125550188",
    "(212) 555-0188": "2125550188",
    "212.555.0188": "2125550188",
    "212/555-0188": "2125550188",
    "2125550188": "2125550188",
    "1 212 555 0188": "12125550188",
    "1-212-555-0188": "12125550188",
    "+1 (212) 555-0188": "+12125550188",
    "(+1) 212 555 0188": "+12125550188",
    "\uff0b1 212 555 0188": "+12125550188",
    "212\u2011555\u20130188": "2125550188",
    "٢١٢٥٥٥٠١٨٨": "2125550188",
    "+44 20 7946 0958": "+442079460958",
    "+44 (0)20 7946 0958": "+442079460958",
    "+52 55 1234 5678": "+525512345678",
    "+49 1234567": "+491234567",
    "+123456789012345": None,
    "+498765432109876": "+498765432109876",
}
WITH_EXTENSION = [
    "ext 12",
    "ext. 12",
    "ext.12",
    "Ext: 12",
    "x12",
    "x 12",
    "extension 12",
    "extensión 12",
    "#12",
    ",12",
]
BROKEN = [
    "555 0188", "212 555 018", "212 555 01888", "1 212 555 018", "+1 212 555 018", "+1 212 555 01888",
    "012 555 0188", "112 555 018", "212 5S5 0188", "212 555 O188", "l12 555 0188", "212 555 0188 ext",
    "212 555 018 x8", "x12", "ask Jo", "212 555 0188 or 212 555 0199", "+4912345", "+1234567890123456", "+",
    "212+5550188", "pat@example.org", "0" * 70, "-", "911",
]  # fmt: skip
MESSAGE = "write the digits, such as 212 555 0188"
PHONES = {field.path for field in FIELDS if field.written is Written.PHONE}
PAGES = {
    name: page.slug
    for page in INTAKE.pages
    for name, _owner, question, _place in questions_of(page)
    if question.written is Written.PHONE
}


@pytest.mark.parametrize(("typed", "digits"), WHOLE.items())
def test_a_whole_number_is_read_however_it_is_written(typed, digits):
    read = phone(typed)
    assert (read and ("+" if read.plus else "") + read.digits) == digits


@pytest.mark.parametrize("extension", WITH_EXTENSION)
def test_an_extension_is_no_part_of_the_number(extension):
    typed = f"(212) 555-0188 {extension}"
    assert phone(typed) == Phone("2125550188", extension="12")
    assert dialed(typed) == phone_digits(typed) == phone_link(typed) == "2125550188"
    assert end_of(typed) == "0188"


@pytest.mark.parametrize("typed", BROKEN)
def test_what_is_no_whole_number_is_none(typed):
    assert phone(typed) is None


def test_every_field_for_a_number_is_judged_as_one():
    assert {
        *(f"about.{key}" for key in ("phone", "filled_by_phone", "guardian_phone", "emergency_phone")),
        "safety.number_today",
    } == PHONES
    assert not [field.path for field in FIELDS if "phone" in field.key and field.written is not Written.PHONE]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "slug"), PAGES.items())
def test_a_number_with_a_digit_missing_is_asked_about_at_its_field_and_kept(client, name, slug):
    draft = pat.begin(client)
    if slug == "guardian":
        pat.save(client, "name", **{"about-date_of_birth_year": "2012"})
    if slug == "helper":
        pat.reach(client, slug)
    response = pat.save(client, slug, **{name: "212 555 018"})
    assert response.status_code == 200
    (said,) = screen.summary(response.content.decode())
    assert said.endswith(f"number: {MESSAGE}")
    assert pat.shown(response)[name] == ["212 555 018"]
    draft.refresh_from_db()
    section, key = name.split("-")
    assert key not in draft.answers.get(section, {})
    assert pat.save(client, slug, **{name: "212 555 0188 x7"}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers[section][key] == "212 555 0188 x7"


@pytest.mark.django_db
def test_a_broken_number_is_no_way_to_reach_a_person_beside_no_other(client):
    pat.begin(client)
    response = pat.save(client, "contact", **{"about-phone": "212 5S5 0188", "about-email": ""})
    assert screen.summary(response.content.decode()) == [f"Phone number: {MESSAGE}"]


@pytest.mark.django_db
@pytest.mark.parametrize("only_way", [True, False])
def test_the_same_words_sent_again_are_kept_as_typed_where_they_are_not_the_only_way(client, only_way):
    draft = pat.begin(client)
    email = "" if only_way else "pat@example.org"
    told = pat.answered("contact", **{"about-phone": "at my sister's", "about-email": email})
    first = client.post(pat.address("contact"), told)
    assert 'name="typed-about-phone"' in first.content.decode()
    again = client.post(pat.address("contact"), {**told, "typed-about-phone": "at my sister's"})
    draft.refresh_from_db()
    if only_way:
        assert again.status_code == 200 and "phone" not in draft.answers.get("about", {})
    else:
        assert again.status_code == 302 and draft.answers["about"]["phone"] == "at my sister's"


@pytest.mark.django_db
def test_where_help_is_needed_a_number_is_asked_about_once_and_kept_as_it_was_typed(client):
    draft = pat.begin(client)
    pat.save(client, "thoughts", **{"safety-cssrs-q1": "yes"})
    page = reverse("intake:help", args=["thoughts"])
    told = {"safety-where_now": "12 Elm St", "safety-number_today": "my sister's, ask Jo"}
    response = client.post(page, told)
    assert screen.summary(response.content.decode()) == [f"Number for today: {MESSAGE}"]
    assert {name: values[0].strip() for name, values in pat.shown(response).items()} == told
    draft.refresh_from_db()
    assert draft.answers["safety"]["number_today"] == "my sister's, ask Jo"
    assert draft.answers["safety"]["where_now"] == "12 Elm St"
    assert client.post(page, told).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["safety"]["number_today"] == "my sister's, ask Jo"


@pytest.mark.django_db
def test_a_document_keeps_a_number_of_any_shape():
    given = complete_document(**{"about.phone": "555 0188, ask Jo"})
    assert (
        Submission.from_document(given, Submission.Source.PAPER).answers["about"]["phone"]
        == "555 0188, ask Jo"
    )


def test_of_what_is_no_number_the_link_dials_the_digits_as_before():
    assert phone_link("555 0188") == "5550188"
    assert phone_link("+44 12") == "+4412"
