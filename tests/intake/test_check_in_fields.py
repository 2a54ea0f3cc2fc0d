"""What a check-in asks, written out again: keys, words, plans; and the suicide screen as its owner's notice asks."""

from pathlib import Path

import pytest

from intake import scales
from intake.fields.check_in import ASQ_AGAIN, CHECK_IN, ITEMS, OWN_ITEMS, PLANS, SCREEN
from intake.fields.kinds import Reader
from intake.questionnaire.places import Section
from intake.questionnaire.shape import Questionnaire
from intake.scales import CSSRS_SINCE_LAST_VISIT, SUICIDE_SCREENS

ALL, TREATED = "waiting tms spravato psychotherapy", "tms spravato psychotherapy"
WORDS = {
    "chest_pain_or_stroke_signs_now": (
        "Right now, do you have chest pain, weakness on one side of your body, or trouble speaking?",
        TREATED,
    ),
    "seizure_or_blackout": ("Did you have a seizure, faint, or black out?", TREATED),
    "trouble_breathing_or_waking": (
        "After a treatment, did you have trouble breathing, or was it hard to wake you?",
        "spravato",
    ),
    "high_energy": (
        "Did you feel much too energetic, wired or irritable, far more than is normal for you?",
        ALL,
    ),
    "little_sleep_not_tired": ("Did you sleep much less than usual and still not feel tired?", ALL),
    "drove_same_day": (
        "After a treatment, did you drive or use machines before you had slept a full night?",
        "spravato",
    ),
    "hearing_change": ("Do you have new ringing in your ears, or trouble hearing?", "tms"),
    "medicine_changed": ("Did you start, stop or change any medicine?", ALL),
    "medicine_changed_what": ("What did you change?", ALL),
    "more_alcohol_or_drugs": ("Did you drink more alcohol than usual, or use any drugs?", ALL),
    "slept_under_4h": ("Last night, did you sleep less than 4 hours?", "tms"),
    "headache_stops_day": ("Did a headache keep you from your daily things?", "tms"),
    "pain_at_spot": (
        "Did pain or twitching at the treatment spot, face or jaw go on after you left?",
        "tms",
    ),
    "unreal_next_day": (
        "The day after a treatment, did you still feel unreal, cut off or not yourself?",
        "spravato",
    ),
    "bladder": (
        "Do you have pain when you pass urine, blood in it, or do you have to go much more often?",
        "spravato",
    ),
    "memory_worse": ("Is your memory or thinking worse than before treatment?", "spravato"),
    "vomiting": ("Did you throw up, and it did not stop the same day?", "spravato"),
    "cravings": (
        "Did you strongly want more of the spray or ketamine between visits, or use any?",
        "spravato",
    ),
    "therapy_useful": ("How useful do your sessions feel right now?", "psychotherapy"),
    "days_out": (
        "In the last 2 weeks, on how many days did depression keep you from your usual work, study or family care?",
        "waiting after",
    ),
    "asked_to_be_called": ("Do you want us to call you sooner than planned?", ALL),
    "anything_else": ("Is there anything else we should know?", ALL),
}
BY_KEY = {field.key: field for field in ITEMS}


def test_the_own_items_are_these_in_these_words_asked_by_these_plans():
    found = {item.field.key: (str(item.field.question), " ".join(item.plans)) for item in OWN_ITEMS}
    assert found == WORDS
    assert list(found) == list(WORDS)
    assert {plan for item in OWN_ITEMS for plan in (*item.plans, *item.now_and_then)} == set(PLANS)


def test_phq9_and_screen_come_first_and_gad7_last():
    keys = [field.path for field in CHECK_IN]
    assert keys[:3] == ["checkin.phq9", "checkin.screen", "checkin.asq"]
    assert keys[-1] == "checkin.gad7"
    assert keys[3:-1] == [f"items.{key}" for key in WORDS]


def test_days_out_is_asked_now_and_then_in_treatment_too():
    assert {item.field.key: item.now_and_then for item in OWN_ITEMS if item.now_and_then} == {
        "days_out": ("tms", "spravato", "psychotherapy")
    }


def test_what_is_about_a_treatment_waits_for_a_session():
    assert [item.field.key for item in OWN_ITEMS if item.after_session] == [
        "trouble_breathing_or_waking",
        "drove_same_day",
        "pain_at_spot",
        "unreal_next_day",
    ]


def test_answers_on_substances_are_protected_and_asked_with_a_consent_alone():
    protected = [field for field in ITEMS if field.reader is Reader.SUBSTANCE_USE]
    assert [field.key for field in protected] == ["more_alcohol_or_drugs", "cravings"]
    for field in protected:
        assert field.asked_when({"consent": {"substance_use_agreed": "yes"}})
        assert not field.asked_when({})


def test_what_could_be_held_against_somebody_says_first_that_everyone_is_asked():
    said = [field.key for field in ITEMS if field.stem]
    assert said == ["drove_same_day", "more_alcohol_or_drugs", "cravings"]
    assert {str(BY_KEY[key].stem) for key in said} == {"We ask everyone. It helps us keep treatment safe."}


def test_what_was_changed_is_asked_after_a_yes():
    asked_when = BY_KEY["medicine_changed_what"].asked_when
    assert asked_when({"items": {"medicine_changed": "yes"}})
    assert not asked_when({"items": {"medicine_changed": "not_sure"}}) and not asked_when({})


def test_every_own_item_may_be_skipped_and_all_answer_alike():
    alike = {field.key: field.values for field in ITEMS if field.values == ("yes", "no", "not_sure")}
    others = {field.key: field.values for field in ITEMS if field.key not in alike}
    assert others == {
        "medicine_changed_what": (),
        "therapy_useful": ("not_at_all", "a_little", "quite", "very", "not_sure"),
        "days_out": tuple(range(15)),
        "anything_else": (),
    }
    assert not any(field.required for field in ITEMS)
    assert str(BY_KEY["bladder"].words("not_sure")) == "I am not sure"


# --- The screen ----------------------------------------------------------------------------------------

SINCE = CSSRS_SINCE_LAST_VISIT
QUESTION_6 = "Have you done anything, started to do anything, or prepared to do anything to end your life?"


def test_five_questions_are_the_screeners_without_their_period_and_the_sixth_is_its_own():
    screener = SUICIDE_SCREENS["cssrs"]
    assert [item.key for item in SINCE.items] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    for item in SINCE.items[:5]:
        same = screener.item(item.key)
        assert item.in_language("en") == same.in_language("en").removesuffix(" (past month)")
        assert item.in_language("es") == same.in_language("es")
    assert dict(SINCE.item("q6").text) == {"en": QUESTION_6}


def test_nothing_of_it_is_verified_and_it_has_no_code():
    assert "license" in SINCE.unverified and not SINCE.verified
    assert not any(item.verified for item in SINCE.items)
    assert SINCE.panel_loinc is None and SINCE.total_loinc is None
    assert {item.loinc for item in SINCE.items} == {None}
    assert SINCE.levels == ()


def test_its_file_is_the_owners_and_says_so():
    path = Path(scales.__file__).parent / "suicide" / "cssrs_since_last_visit.toml"
    head = path.read_text(encoding="utf-8").split("\nkey =")[0]
    assert "NOT UNDER THIS PROJECT'S MIT LICENSE" in head
    assert "copyright The Research Foundation for Mental" in head
    assert SINCE.notice == SUICIDE_SCREENS["cssrs"].notice
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
    assert "cssrs_since_last_visit.toml" in notice


def test_no_clinic_can_choose_it_as_the_screen_of_the_intake():
    assert set(SUICIDE_SCREENS) == {"cssrs", "asq"}


@pytest.mark.parametrize(
    ("q2", "asked"),
    [("yes", True), ("declined", True), ("no", False), (None, False)],
)
def test_questions_3_to_5_follow_a_yes_or_a_refusal_of_question_2(q2, asked):
    answers = {"checkin": {"screen": {"q2": q2} if q2 else {}}}
    found = {part.key: part.asked_when(answers) for part in SCREEN.parts}
    assert found == {"q1": True, "q2": True, "q3": asked, "q4": asked, "q5": asked, "q6": True}
    own = {item.key for item in SINCE.asked({"q2": q2})}
    assert own == {key for key, is_asked in found.items() if is_asked}


def test_the_last_question_of_the_asq_follows_a_yes():
    last = ASQ_AGAIN.parts[-1]
    assert last.asked_when({"checkin": {"asq": {"q4": "yes"}}})
    assert not last.asked_when({"checkin": {"asq": {"q4": "no"}}})


# --- What may not ship ---------------------------------------------------------------------------------


def test_the_scales_of_the_repository_are_these_and_no_others():
    """Others have owners whose terms do not allow it: FIBSER, TMSens_Q, WSAS, ISI, PSQI, QIDS, MADRS, DAST among them."""
    files = {path.stem for path in Path(scales.__file__).parent.rglob("*.toml")}
    assert files == {
        "asq",
        "audit_c",
        "cssrs",
        "cssrs_since_last_visit",
        "drug_item",
        "gad7",
        "pc_ptsd5",
        "phq9",
    }


# --- As a questionnaire of the house -------------------------------------------------------------------

SECTIONS = (Section("checkin/mood", "How you are"), Section("checkin/now", "Since then"))
PLANTED = Questionnaire(
    key="check_in",
    sections=SECTIONS,
    outline=(
        ("checkin/mood", "checkin/mood", "How you are", ""),
        ("checkin/thoughts", "checkin/mood", "Thoughts", ""),
        ("checkin/now", "checkin/now", "Now", ""),
        ("checkin/since", "checkin/now", "Since then", ""),
        ("checkin/worry", "checkin/now", "Worry", ""),
    ),
    fields=CHECK_IN,
    dangers=(),
)


def test_its_fields_make_a_questionnaire_and_every_one_stands_on_a_page():
    asked = [field.path for page in PLANTED.pages for field in page.fields]
    assert sorted(asked) == sorted(field.path for field in CHECK_IN)
    assert [page.slug for page in PLANTED.pages_for({}, "cssrs")] == [
        slug for slug, *_more in PLANTED.outline
    ]


def test_what_was_not_asked_is_left_out_and_a_yes_never():
    """A blank scale and an empty screen stay: they were asked."""
    given = {
        "checkin": {"phq9": [None] * 9, "screen": {"q2": "no", "q3": "no", "q4": "yes"}},
        "items": {"medicine_changed": "no", "medicine_changed_what": "sertraline", "cravings": "yes"},
    }
    assert PLANTED.without_unasked(given, "cssrs") == {
        "checkin": {"phq9": [None] * 9, "screen": {"q2": "no", "q4": "yes"}},
        "items": {"medicine_changed": "no"},
    }
    with_consent = {**given, "consent": {"substance_use_agreed": "yes"}}
    assert PLANTED.without_unasked(with_consent, "cssrs")["items"]["cravings"] == "yes"


def test_of_the_screens_the_clinics_own_is_asked():
    page = PLANTED.by_slug["checkin/thoughts"]
    for screen, first in (("cssrs", "Have you wished you were dead or"), ("asq", "In the past few weeks")):
        rows = PLANTED.block_of(page, {}, screen).rows
        assert len(rows) == {"cssrs": 3, "asq": 4}[screen]
        assert rows[0].question.startswith(first)
