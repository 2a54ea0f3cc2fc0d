"""Lists of ticks: what they mean for each field, and that one shown again loses nothing."""

import pytest
from django.utils import timezone

from intake.fields.lookup import answer
from intake.forms.pages import PageForm
from intake.models import Submission
from intake.questionnaire import ticks
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.ticks import INTERESTED, SMOKING, THERAPY_ONLY
from tests.intake import pat
from tests.intake.screen import summary

MIND = ("ocd", "adhd", "personality_disorder", "anxiety_disorder", "ptsd_diagnosis")
BOTH = "Other illnesses: you ticked “None of these” and an illness. Keep one of them"


def form(slug: str, told: dict | None = None, stored: dict | None = None) -> PageForm:
    answers = {**(stored or {}), "today": timezone.localdate().isoformat()}
    return PageForm(INTAKE.by_slug[slug], answers, "cssrs", told)


def mind(ticked: list[str], stored: dict | None = None) -> list[str | None]:
    """What each of the five fields is, as answered so."""
    made = form("conditions", {"health-of_the_mind": ticked}, {"health": stored or {}})
    assert made.is_valid()
    health = {**(stored or {}), **made.to_answers()["health"]}
    return [health.get(key) for key in MIND]


@pytest.mark.parametrize(
    ("ticked", "means"),
    [
        ([], [None] * 5),
        (["none"], ["no"] * 5),
        (["ocd", "ptsd_diagnosis"], ["yes", "no", "no", "no", "yes"]),
        (["adhd", "unsure"], ["not_sure", "yes", "not_sure", "not_sure", "not_sure"]),
        (["unsure"], ["not_sure"] * 5),
    ],
)
def test_what_ticks_mean_and_that_they_are_shown_again(ticked, means):
    assert mind(ticked) == means
    stored = {key: value for key, value in zip(MIND, means, strict=True) if value}
    shown = form("conditions", stored={"health": stored}).initial.get("health-of_the_mind", [])
    assert sorted(shown) == sorted(ticked)


@pytest.mark.parametrize("ticked", [["none", "ocd"], ["none", "unsure", "adhd"]])
def test_none_and_a_tick_together_are_asked_back(ticked):
    assert list(form("conditions", {"health-of_the_mind": ticked}).errors.values()) == [[BOTH]]


@pytest.mark.parametrize(
    "stored",
    [
        {"ocd": "yes", "adhd": "not_sure", "ptsd_diagnosis": "no"},
        {"ocd": "yes", "adhd": "no"},
        {"ocd": "no"},
        {"adhd": "not_sure"},
    ],
)
def test_what_no_tick_can_show_stays_as_it_was_where_nothing_was_changed(stored):
    shown = form("conditions", stored={"health": stored}).initial.get("health-of_the_mind", [])
    assert mind(shown, stored) == [stored.get(key) for key in MIND]


def test_no_list_asks_what_a_hold_or_a_caution_reads_by_one_condition_alone():
    assert {path for each in ticks.ILLNESSES for path in each.covers} == {
        *(f"health.{key}" for key in MIND),
        "health.thyroid_disease",
        "health.anaemia",
        "health.vitamin_deficiency",
        "health.chronic_pain",
        "health.autoimmune_disease",
        "health.sleep_apnoea",
        "health.lung_disease",
        "health.steroid_interferon_isotretinoin",
    }


# --- Contact -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by_phone", "by_email", "means"),
    [
        (["call", "voicemail", "text"], ["email"], (["call", "text", "email"], "yes", "yes", "yes")),
        (["call"], [], (["call"], "no", "no", "no")),
        (["voicemail"], [], ([], "yes", "no", "no")),
        ([], ["email"], (["email"], "no", "no", "yes")),
        ([], [], (None, None, None, None)),
    ],
)
def test_a_way_that_is_ticked_is_allowed_and_safe_and_the_others_are_not(by_phone, by_email, means):
    told = {"about-phone": "212 555 0142", "about-ways": by_phone, "about-ways_email": by_email}
    made = form("contact", told)
    assert made.is_valid()
    about = made.to_answers()["about"]
    keys = ("contact_by", "voicemail_ok", "text_ok", "email_ok")
    assert tuple(about.get(key) for key in keys) == means
    again = form("contact", stored={"about": {key: about[key] for key in keys if about.get(key) is not None}})
    assert again.initial.get("about-ways", []) == by_phone
    assert again.initial.get("about-ways_email", []) == by_email


def test_a_way_that_was_not_known_to_be_safe_is_not_shown_as_ticked_and_stays_unknown():
    stored = {"about": {"phone": "212 555 0142", "contact_by": ["call", "text"], "text_ok": "not_sure"}}
    made = form("contact", stored=stored)
    assert made.initial["about-ways"] == ["call"]
    made = form("contact", {"about-phone": "212 555 0142", "about-ways": ["call"]}, stored)
    assert made.is_valid() and "text_ok" not in made.to_answers()["about"]


# --- What a person hopes for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticked", "means"),
    [
        ([], (None, None, None)),
        (["none"], ([], "no", "no")),
        (["tms", "ect"], (["tms", "ect"], "no", "no")),
        (["therapy_only"], ([], "yes", "no")),
        (["stop_smoking", "psychotherapy"], (["psychotherapy"], "no", "yes")),
        (["not_sure"], (["not_sure"], "not_sure", "not_sure")),
    ],
)
def test_the_last_two_wishes_are_ticks_of_the_same_list(ticked, means):
    made = form("reason", {"reason-wishes": ticked})
    assert made.is_valid()
    said = {"reason": made.to_answers()["reason"]}
    assert tuple(answer(said, path) for path in (INTERESTED, THERAPY_ONLY, SMOKING)) == means
    known = {key: value for key, value in said["reason"].items() if value is not None}
    assert sorted(form("reason", stored={"reason": known}).initial.get("reason-wishes", [])) == sorted(ticked)


def test_what_was_heard_about_stands_under_its_own_words_and_counts_as_a_treatment_to_hear_about():
    made = form("reason", {"reason-wishes": ["tms"], "reason-heard_about": ["psilocybin"]})
    assert str(made.fields["reason-heard_about"].label) == "I have heard about"
    assert [value for value, _words in made.fields["reason-heard_about"].choices] == [
        "ketamine_iv",
        "psilocybin",
    ]
    assert made.is_valid() and made.to_answers()["reason"]["interested_in"] == ["tms", "psilocybin"]
    again = form("reason", stored={"reason": {"interested_in": ["tms", "psilocybin"]}})
    assert again.initial["reason-wishes"] == ["tms"] and again.initial["reason-heard_about"] == ["psilocybin"]


def test_none_in_one_list_of_treatments_and_a_tick_in_the_other_keep_one_of_them():
    made = form("reason", {"reason-wishes": ["none"], "reason-heard_about": ["psilocybin"]})
    assert list(made.errors) == ["reason-wishes"] and "Keep one of them" in str(made.errors)


def test_a_tick_of_when_both_lists_were_one_is_still_read():
    made = form("reason", {"reason-wishes": ["tms", "psilocybin"]})
    assert made.is_valid(), made.errors
    assert not form("reason", {"reason-wishes": ["tms", "nonsense"]}).is_valid()


# --- Pages of before --------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "told", "path"),
    [
        ("mind", {"health-ocd": "not_sure"}, "health.ocd"),
        ("conditions", {"health-anaemia": "yes"}, "health.anaemia"),
        ("contact-safe", {"about-phone": "212 555 0142", "about-text_ok": "yes"}, "about.text_ok"),
        ("blood-pressure", {"health-bp_systolic": "130"}, "health.bp_systolic"),
        ("reason", {"reason-prefers_therapy_only": "yes"}, "reason.prefers_therapy_only"),
    ],
)
def test_a_page_that_was_open_before_is_still_read(client, slug, told, path):
    pat.begin(client)
    if slug == "contact-safe":
        pat.save(client, "contact")
    client.post(pat.address(slug), told)
    [value] = [value for name, value in told.items() if name.endswith(path.split(".")[1])]
    assert str(answer(Submission.objects.get().answers, path)) == value


@pytest.mark.django_db
def test_a_wrong_tick_is_named_at_the_top_and_takes_nothing_out(client):
    draft = pat.begin(client)
    pat.save(client, "conditions")
    html = pat.save(client, "conditions", **{"health-illnesses": ["none", "anaemia"]}).content.decode()
    assert summary(html) == [BOTH]
    draft.refresh_from_db()
    assert draft.answers["health"]["anaemia"] == "no"


def test_a_lower_number_alone_which_the_box_cannot_show_stays():
    made = form("heart", {"health-bp": ""}, {"health": {"bp_diastolic": 90}})
    assert made.is_valid() and "bp_diastolic" not in made.to_answers()["health"]
    cleared = form("heart", {"health-bp": ""}, {"health": {"bp_systolic": 140, "bp_diastolic": 90}})
    assert cleared.is_valid() and cleared.to_answers()["health"]["bp_systolic"] is None
    assert form("heart", stored={"health": {"bp_systolic": 140}}).initial["health-bp"] == "140"
