"""The template pack and widgets: what a patient's form looks like to a browser and to a screen reader."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.test import override_settings

from intake.forms.rendered import ClinicForm
from intake.forms.several import SeveralField
from intake.forms.widgets import DateParts, DatePartsField, NumberText, RadioTiles
from tests.pages import flat

HOW_OFTEN = [("0", "Not at all"), ("1", "Several days"), ("2", "Nearly every day")]
REASONS = [("cost", "Cost"), ("effects", "Side effects"), ("none", "None of these")]


class Sample(ClinicForm):
    name = forms.CharField(
        label="Name of the medicine",
        help_text="For example, sertraline",
        error_messages={"required": "Enter the name of the medicine"},
    )
    dose = forms.IntegerField(label="Highest dose", required=False, widget=NumberText())
    dose.optional_label = True
    mood = forms.ChoiceField(
        label="Feeling down",
        choices=HOW_OFTEN,
        widget=RadioTiles(hints={"1": "Less than half the days"}),
        error_messages={"required": "Select how often you felt down"},
    )
    why = SeveralField(label="Why did you stop?", choices=REASONS, required=False)
    born = DatePartsField(
        label="When were you born?", named="Date of birth", help_text="For example, 3 27 1984"
    )
    agree = forms.BooleanField(
        label="The clinic may call me", error_messages={"required": "Confirm the call"}
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": True}
        helper.form_caption = "Step 4 of 11"
        helper.form_heading = "Your mood"
        helper.add_input(Submit("continue", "Continue"))
        helper.add_input(Submit("later", "Come back later", css_class="govuk-button--secondary"))
        return helper


GOOD = {
    "name": "sertraline",
    "mood": "1",
    "born_month": "3",
    "born_day": "27",
    "born_year": "1984",
    "agree": "on",
}


class Elements(HTMLParser):
    """Every start tag of a page, as (tag, attributes)."""

    def __init__(self, html: str):
        super().__init__()
        self.all: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def find(self, tag: str, **attrs) -> list[dict]:
        return [found for name, found in self.all if name == tag and attrs.items() <= found.items()]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.all if attrs.get("id")]


def rendered(form: forms.Form) -> tuple[str, Elements]:
    html = flat(render_crispy_form(form, context={"csrf_token": "token"}))
    return html, Elements(html)


def with_errors(**changes) -> tuple[str, Elements]:
    return rendered(Sample({**GOOD, **changes}))


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_text_field_has_a_label_and_a_hint_that_it_is_described_by():
    _, page = rendered(Sample())
    (box,) = page.find("input", name="name")
    assert box["aria-describedby"] == "id_name_helptext"
    assert "id_name_helptext" in page.ids
    assert page.find("label", **{"for": "id_name"})
    assert "govuk-input" in box["class"].split()
    assert "required" not in box


def test_a_fault_is_said_at_the_field_and_wired_to_it():
    html, page = with_errors(name="")
    (box,) = page.find("input", name="name")
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "id_name_helptext id_name_error"
    assert "govuk-input--error" in box["class"].split()
    message = html[html.index('id="id_name_error"') :]
    assert 'govuk-visually-hidden">Error:</span> Enter the name of the medicine' in message


def test_a_group_of_radios_has_a_legend_and_its_first_input_bears_the_groups_own_id():
    html, page = rendered(Sample())
    ids = [radio["id"] for radio in page.find("input", type="radio")]
    assert ids == ["id_mood", "id_mood_1", "id_mood_2"]
    assert all(page.find("label", **{"for": one}) for one in ids)
    assert "Feeling down</legend>" in html
    assert "Less than half the days" in html
    assert not [radio for radio in page.find("input", type="radio") if "checked" in radio]


def test_a_fault_in_a_group_is_wired_to_the_fieldset():
    form = Sample({key: value for key, value in GOOD.items() if key != "mood"})
    _, page = rendered(form)
    (group,) = page.find("fieldset", role="radiogroup")
    assert group["aria-describedby"] == "id_mood_error"
    assert group["aria-invalid"] == "true"


def test_the_error_summary_takes_focus_and_every_link_leads_to_an_input():
    html, page = rendered(Sample({"born_month": "3", "born_day": "27", "why": ["cost", "none"]}))
    (summary,) = page.find("div", id="error-summary")
    assert summary["role"] == "alert"
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    assert html.index("error-summary") < html.index("<h1") < html.index("<form")
    targets = [link["href"] for link in page.find("a")]
    assert targets == ["#id_name", "#id_mood", "#id_why", "#id_born_year", "#id_agree"]
    inputs = {found.get("id") for found in page.find("input")}
    assert {target.removeprefix("#") for target in targets} <= inputs


def test_a_fault_of_the_whole_form_leads_to_its_first_field():
    form = Sample(GOOD)
    form.add_error(None, "These answers do not fit together")
    html, page = rendered(form)
    assert [link["href"] for link in page.find("a")] == ["#id_name"]
    assert "These answers do not fit together" in html


def test_a_page_without_faults_has_no_error_summary():
    assert "error-summary" not in rendered(Sample())[0]
    assert "error-summary" not in rendered(Sample(GOOD))[0]


@pytest.mark.parametrize("data", [None, {}, {**GOOD, "born_year": "84"}])
def test_no_id_stands_twice_and_every_description_exists(data):
    _, page = rendered(Sample(data))
    assert len(page.ids) == len(set(page.ids))
    described = " ".join(attrs.get("aria-describedby", "") for _, attrs in page.all).split()
    assert set(described) <= set(page.ids)
    assert {label["for"] for label in page.find("label")} <= set(page.ids)


def test_optional_is_said_in_words_and_only_where_it_is_asked_for():
    html, _ = rendered(Sample())
    assert "Highest dose (optional)" in text(html)
    assert text(html).count("(optional)") == 1
    assert "*" not in html


@pytest.mark.parametrize("name", ["name", "mood"])
def test_a_field_can_be_the_heading_of_its_page(name):
    form = Sample()
    form.fields[name].page_heading = True
    html = flat(str(form[name].as_field_group()))
    assert html.count("<h1") == html.count("</h1>") == 1
    assert f">{form[name].label}<" in html


def test_none_of_these_stands_apart_after_the_word_or():
    html, page = rendered(Sample())
    assert [box["id"] for box in page.find("input", name="why")] == ["id_why", "id_why_1", "id_why_2"]
    assert html.index("Side effects") < html.index("checkboxes__divider") < html.index("None of these")


def test_none_of_these_cannot_stand_beside_another_choice():
    assert Sample({**GOOD, "why": ["none"]}).is_valid()
    assert "why" in Sample({**GOOD, "why": ["cost", "none"]}).errors


def test_what_was_chosen_and_typed_is_kept():
    html, page = with_errors(
        name="<b>", mood="2", why=["effects"], born_month="Mars", born_year="<84>", dose="2o"
    )
    assert page.find("input", name="name")[0]["value"] == "<b>"
    assert "<b>" not in html
    assert [radio["value"] for radio in page.find("input", name="mood") if "checked" in radio] == ["2"]
    assert [box["value"] for box in page.find("input", name="why") if "checked" in box] == ["effects"]
    assert page.find("input", name="born_month")[0]["value"] == "Mars"
    assert page.find("input", name="born_year")[0]["value"] == "<84>"
    assert page.find("input", name="dose")[0]["value"] == "2o"


def test_a_number_is_typed_as_text_with_a_number_keyboard():
    _, page = rendered(Sample())
    (box,) = page.find("input", name="dose")
    assert (box["type"], box["inputmode"]) == ("text", "numeric")


def test_a_single_checkbox_has_its_label_beside_it():
    html, page = rendered(Sample())
    (box,) = page.find("input", type="checkbox", name="agree")
    assert box["id"] == "id_agree"
    assert "govuk-checkboxes__input" in box["class"]
    assert html.index('name="agree"') < html.index("The clinic may call me")


def test_a_hidden_field_has_no_label():
    _, page = rendered(Sample())
    assert page.find("input", type="hidden", name="token")
    assert not page.find("label", **{"for": "id_token"})


def test_the_form_tag_the_heading_and_the_buttons_come_from_the_helper():
    html, page = rendered(Sample())
    (tag,) = page.find("form")
    assert tag["method"] == "post"
    assert "novalidate" in tag
    assert page.find("input", name="csrfmiddlewaretoken", value="token")
    assert [button["name"] for button in page.find("button")] == ["continue", "later"]
    assert text(html).startswith("Step 4 of 11 Your mood")
    assert html.count("<h1") == 1


def test_a_layout_renders_the_same_fields_as_no_layout():
    class Ordered(Sample):
        @property
        def helper(self):
            return FormHelper(self)

    class Plain(Sample):
        helper = FormHelper()

    assert rendered(Ordered())[1].ids == rendered(Plain())[1].ids


def test_the_pack_writes_no_inline_script_or_style():
    for data in (None, {}):
        _, page = rendered(Sample(data))
        assert not [
            attrs for _, attrs in page.all if "style" in attrs or any(key.startswith("on") for key in attrs)
        ]
        assert not page.find("script") and not page.find("style")


def test_a_form_outside_the_clinics_pages_keeps_djangos_own_look():
    class Stock(forms.Form):
        name = forms.CharField()

    assert "govuk" not in str(Stock())


# --- Dates -------------------------------------------------------------------------------------


def cleaned(month, day, year, **kwargs):
    return DatePartsField(named="Date of birth", **kwargs).clean([month, day, year])


@pytest.mark.parametrize(
    "typed",
    [("3", "27", "1984"), ("03", "27", "1984"), (" 3 ", "27", " 1984"), ("٣", "٢٧", "١٩٨٤")],
)
def test_a_whole_date_is_understood(typed):
    assert cleaned(*typed) == datetime.date(1984, 3, 27)


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "27", "1984"), "Date of birth must include a month", ("month",)),
        (("3", "", "1984"), "Date of birth must include a day", ("day",)),
        (("3", "27", " "), "Date of birth must include a year", ("year",)),
        (("", "", "1984"), "Date of birth must include a month and a day", ("month", "day")),
        (("", "27", ""), "Date of birth must include a month and a year", ("month", "year")),
        (("3", "", ""), "Date of birth must include a day and a year", ("day", "year")),
        (("", "", ""), "Date of birth must include a month, a day and a year", ("month", "day", "year")),
        (("3", "27", "184"), "Date of birth must include a year with 4 numbers, like 1984", ("year",)),
        (("2", "30", "1984"), "Date of birth: there is no February 30", ("day",)),
        (("2", "29", "2023"), "Date of birth: there is no February 29 in 2023", ("day",)),
        (("13", "1", "1984"), "Date of birth must be a real date", ("month",)),
        (("0", "0", "0000"), "Date of birth must be a real date", ("month", "day", "year")),
        (("Mars", "27", "1984"), "Date of birth must be a real date", ("month",)),
        (("-3", "+7", "1984"), "Date of birth must be a real date", ("month", "day")),
        (("²", "27", "1984"), "Date of birth must be a real date", ("month",)),
        (("3\x00", "27", "1984"), "Date of birth must be a real date", ("month",)),
        (("3", "27", "9" * 5000), "Date of birth must be a real date", ("year",)),
        (("3", "27", "1899"), "Date of birth: check the year", ("year",)),
    ],
)
def test_a_faulty_date_is_refused_with_a_plain_sentence_that_names_the_box(typed, sentence, parts):
    with pytest.raises(ValidationError) as refusal:
        cleaned(*typed)
    assert refusal.value.messages == [sentence]
    assert refusal.value.params["parts"] == parts


def test_an_optional_date_may_be_left_out_whole_but_not_in_part():
    assert cleaned("", "", "", required=False) is None
    with pytest.raises(ValidationError):
        cleaned("3", "", "", required=False)


def test_only_the_faulty_box_of_a_date_is_marked():
    _, page = with_errors(born_year="184")
    marked = [box["name"] for box in page.find("input", inputmode="numeric") if "aria-invalid" in box]
    assert marked == ["born_year"]
    (group,) = page.find("fieldset", role="group")
    assert group["aria-describedby"] == "id_born_helptext id_born_error"


@pytest.mark.parametrize("before", [datetime.date(1984, 3, 7), "1984-03-07"])
def test_a_date_answered_before_is_shown_again(before):
    _, page = rendered(Sample(initial={"born": before}))
    boxes = [page.find("input", name=f"born_{part}")[0]["value"] for part in DateParts.PARTS]
    assert boxes == ["3", "7", "1984"]


def test_a_null_character_in_a_date_never_reaches_the_page():
    html, _ = with_errors(born_month="3\x00")
    assert "\x00" not in html


def test_a_date_of_birth_can_be_filled_in_by_the_browser():
    html = DateParts(birthday=True).render("born", None, {"id": "id_born"}, ClinicForm.default_renderer)
    assert [box["autocomplete"] for box in Elements(html).find("input")] == [
        "bday-month",
        "bday-day",
        "bday-year",
    ]


# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_offers_crisis_help_and_a_way_back(page):
    # Django renders 400 and 500 with no context and no request.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        html = flat(get_template(f"{page}.html").render())
    found = Elements(html)
    assert (
        found.find("a", href="tel:988")
        and found.find("a", href="sms:988")
        and found.find("a", href="tel:911")
    )
    assert "The answers you have already saved are safe" in html
    assert "Go back to the start" in html
    assert html.count("<h1") == 1
    assert html.startswith("<!DOCTYPE html><html")
    assert not found.find("script") and not found.find("style")
