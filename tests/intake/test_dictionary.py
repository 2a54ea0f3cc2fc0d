"""The keys of clinic-intake/1, written out again: every key is a field, and every field is a key."""

import pytest

from intake import document
from intake.fields import FIELDS, LANGUAGES, SECTIONS, Kind
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.part_two import PART_TWO
from intake.questionnaire.shape import CHECK, HELP
from tests.documents import complete_document, with_changes

YES_NO = "yes no not_sure"
BETTER = "under_25 25_49 50_75 over_75 not_sure"
ADDED = {"safety.asq"}
"""Fields beyond the document: it allows to add some where the work needs them."""

KEYS: dict[str, str] = {
    "about": """first_name last_name preferred_name pronouns date_of_birth sex_at_birth gender phone email
        contact_by voicemail_ok text_ok email_ok state postcode interpreter_needed speaks veteran filled_by
        filled_by_name filled_by_phone filled_by_relation guardian_name guardian_phone emergency_name
        emergency_phone emergency_relation""",
    "reason": "goals referred_by interested_in prefers_therapy_only wants_to_stop_smoking",
    "mood": "phq9 phq9_difficulty",
    "safety": "cssrs harm_to_others where_now number_today",
    "anxiety": "gad7 trauma_event pc_ptsd5",
    "history": """episode_months first_episode_age episodes bipolar_diagnosis high_period high_trouble
        antidepressant_high family_bipolar high_now little_sleep_not_tired hears_or_sees
        feels_plotted_against deserves_punishment voices_command not_eating_or_moving sleep_under_4h
        sleep_pattern gave_birth_last_12_months psychiatric_admissions psychosis_ever""",
    "substances": """audit_c drug_use_past_year cannabis past_substance_use_disorder substance_use_disorder_now
        ketamine_misuse_now recent_binge stopped_heavy_use_last_7_days withdrawal_symptoms""",
    "antidepressants": "trials more_not_remembered",
    "other_treatments": "therapy_had therapy tms ketamine ect vns",
    "medicines": "list allergies ketamine_allergy maoi_last_14_days",
    "health": """seizure_ever seizure_when seizure_medicine seizure_details fainting family_epilepsy head_injury_unconscious stroke
        brain_tumour_or_surgery raised_pressure_in_skull hearing_loss_or_ringing metal_in_head_or_neck
        metal_details cochlear_implant brain_or_nerve_stimulator metallic_face_tattoo
        pacemaker_or_defibrillator pump_or_other_implant mri_problem aneurysm_or_avm brain_bleed
        high_blood_pressure heart_disease bp_systolic bp_diastolic bp_date chest_pain_or_stroke_signs_now
        liver_disease bladder_pain memory_disorder lung_disease sleep_apnoea pregnant breastfeeding
        could_become_pregnant new_symptoms thyroid_disease anaemia vitamin_deficiency chronic_pain
        autoimmune_disease steroid_interferon_isotretinoin eating_disorder ocd adhd personality_disorder
        anxiety_disorder ptsd_diagnosis other_conditions""",
    "practical": """ride_home can_stay_2_hours must_drive_same_day can_attend_5_days can_attend_twice_weekly insurer plan member_id
        best_times""",
    "consent": """privacy_notice agreed signed_name signed_on substance_use_agreed substance_use_notice""",
}
PARTS: dict[str, str] = {
    "safety.cssrs": "q1 q2 q3 q4 q5 q6 q6_recent",
    "antidepressants.trials": """drug dose_mg weeks weeks_choice dose_typed weeks_typed taken_most_days
        improvement this_episode still_taking added_to_another added_to started stopped warning_signs
        stopped_because side_effects""",
    "other_treatments.therapy": "type sessions this_episode improvement",
    "other_treatments.tms": "had improvement serious_event now",
    "other_treatments.ketamine": "had kind improvement tolerated severe_dissociation now",
    "other_treatments.ect": "had improvement bilateral now",
    "other_treatments.vns": "had now",
    "medicines.list": "drug dose how_often stopped",
    "medicines.allergies": "substance reaction",
}
UNASKED = """antidepressants.trials.weeks_choice
    antidepressants.trials.dose_typed antidepressants.trials.weeks_typed"""
"""What no page asks by itself: documents carry it, or it is what was typed beside a number."""
TEXTS = """about.first_name about.last_name about.preferred_name about.pronouns about.gender about.phone
    about.email about.state about.postcode about.filled_by_name about.filled_by_phone
    about.filled_by_relation about.guardian_name about.guardian_phone about.emergency_name
    about.emergency_phone about.emergency_relation reason.goals reason.referred_by safety.where_now
    safety.number_today antidepressants.trials.drug antidepressants.trials.side_effects medicines.list.drug
    medicines.list.dose medicines.list.how_often medicines.allergies.substance medicines.allergies.reaction
    health.seizure_details health.metal_details health.other_conditions practical.insurer practical.plan
    practical.member_id practical.best_times about.speaks antidepressants.trials.dose_typed
    antidepressants.trials.weeks_typed antidepressants.trials.added_to consent.privacy_notice consent.signed_name
    consent.substance_use_notice"""
DATES = "about.date_of_birth health.bp_date consent.signed_on"
MONTHS = "antidepressants.trials.started antidepressants.trials.stopped"
NUMBERS = """history.episode_months history.first_episode_age history.psychiatric_admissions
    substances.drug_use_past_year antidepressants.trials.dose_mg antidepressants.trials.weeks
    antidepressants.more_not_remembered other_treatments.therapy.sessions health.bp_systolic
    health.bp_diastolic"""
LISTS = {
    "mood.phq9": (9, (0, 1, 2, 3)),
    "anxiety.gad7": (7, (0, 1, 2, 3)),
    "substances.audit_c": (3, (0, 1, 2, 3, 4)),
    "anxiety.pc_ptsd5": (5, ("yes", "no", "not_sure")),
}
MANY = {
    "about.contact_by": "call text email",
    "reason.interested_in": "tms spravato psychotherapy medication ketamine_iv psilocybin ect not_sure",
    "health.new_symptoms": "tremor_or_jerks sweating_or_fever agitation_or_confusion diarrhoea stiffness",
    "antidepressants.trials.warning_signs": (
        "worse restless_or_agitated energy_without_mood more_tired stopped_working"
    ),
}
CHOICES = {
    "about.sex_at_birth": "female male intersex declined",
    "about.filled_by": "self family professional",
    "history.episodes": "1 2 3_or_more",
    "history.sleep_pattern": "cannot_sleep too_much both neither",
    "antidepressants.trials.improvement": BETTER,
    "antidepressants.trials.stopped_because": (
        "no_benefit benefit_faded side_effects cost felt_better pregnancy other not_sure"
    ),
    "other_treatments.therapy.type": (
        "cbt act ipt mbct dbt emdr cbasp psychodynamic counselling other not_sure"
    ),
    "other_treatments.therapy.improvement": BETTER,
    "other_treatments.tms.improvement": BETTER,
    "other_treatments.ketamine.kind": "spravato iv other",
    "other_treatments.ketamine.improvement": BETTER,
    "other_treatments.ect.improvement": BETTER,
    "antidepressants.trials.weeks_choice": "under_4 4_5 6_7 8_25 26_51 52_more",
    "substances.cannabis": "never less_than_weekly weekly daily not_sure",
    "health.seizure_when": "last_12_months longer_ago not_sure",
    "health.liver_disease": "no mild moderate severe not_sure",
    **{f"safety.cssrs.{key}": "yes no declined" for key in PARTS["safety.cssrs"].split()},
}


def paths_of_the_document() -> set[str]:
    """Every path of the dictionary at which one answer stands."""
    paths = set()
    for section, keys in KEYS.items():
        for key in keys.split():
            path = f"{section}.{key}"
            paths |= {f"{path}.{part}" for part in PARTS[path].split()} if path in PARTS else {path}
    return paths


def declared() -> dict[str, object]:
    found = {}
    for field in FIELDS:
        if field.kind in (Kind.GROUP, Kind.ENTRIES):
            found |= {f"{field.path}.{part.key}": part for part in field.parts}
        else:
            found[field.path] = field
    return found


FOUND = declared()
YES_NO_PATHS = sorted(
    paths_of_the_document()
    - set(TEXTS.split())
    - set(DATES.split())
    - set(MONTHS.split())
    - set(NUMBERS.split())
    - {*LISTS, *MANY, *CHOICES, "mood.phq9_difficulty", "consent.agreed"}
)


def test_every_key_of_the_dictionary_is_a_field():
    assert paths_of_the_document() - set(FOUND) == set()


def test_every_field_is_a_key_of_the_dictionary():
    more = set(FOUND) - paths_of_the_document()
    assert {".".join(path.split(".")[:2]) for path in more} == ADDED


def test_the_sections_are_those_of_the_dictionary():
    assert list(SECTIONS) == list(KEYS)
    assert LANGUAGES == ("en", "es")


@pytest.mark.parametrize("path", TEXTS.split())
def test_a_text_is_a_text(path):
    assert FOUND[path].kind in (Kind.TEXT, Kind.LONG_TEXT)


@pytest.mark.parametrize("path", DATES.split())
def test_a_date_is_a_date(path):
    assert FOUND[path].kind is Kind.DATE


@pytest.mark.parametrize("path", MONTHS.split())
def test_a_month_is_a_month(path):
    assert FOUND[path].kind is Kind.MONTH


@pytest.mark.parametrize("path", NUMBERS.split())
def test_an_amount_is_a_number_from_zero(path):
    field = FOUND[path]
    bounds = {
        "health.bp_systolic": (30, 350),
        "health.bp_diastolic": (10, 250),
        "history.first_episode_age": (0, 130),
    }
    assert field.kind is Kind.NUMBER
    assert (field.low, field.high) == bounds.get(path, (0, None))
    assert field.nullable is path.endswith(("dose_mg", "weeks", "sessions"))


@pytest.mark.parametrize("path", LISTS)
def test_a_questionnaire_has_its_items_and_codes(path):
    length, codes = LISTS[path]
    field = FOUND[path]
    assert field.kind is Kind.ITEMS and field.length == len(field.parts) == length
    assert all(part.values == codes for part in field.parts)
    assert field.nullable is (path != "anxiety.pc_ptsd5")


@pytest.mark.parametrize("path", MANY)
def test_a_list_of_choices_has_its_codes(path):
    assert FOUND[path].kind is Kind.MANY
    assert FOUND[path].values == tuple(MANY[path].split())


@pytest.mark.parametrize("path", CHOICES)
def test_a_choice_has_its_codes(path):
    assert FOUND[path].kind is Kind.CHOICE
    assert set(FOUND[path].values) == set(CHOICES[path].split())


@pytest.mark.parametrize("path", YES_NO_PATHS)
def test_a_yes_or_no_question_has_three_answers(path):
    assert FOUND[path].kind is Kind.CHOICE
    assert FOUND[path].values == tuple(YES_NO.split())


def test_the_two_that_are_neither_are_as_the_dictionary_says():
    assert FOUND["mood.phq9_difficulty"].values == (0, 1, 2, 3)
    assert FOUND["consent.agreed"].kind is Kind.TRUE


def an_answer(path: str):
    field = FOUND[path]
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return "words"
        case Kind.DATE:
            return "1990-02-28"
        case Kind.MONTH:
            return "2025-11"
        case Kind.NUMBER:
            return 40
        case Kind.TRUE:
            return True
        case Kind.MANY:
            return list(field.values)
        case Kind.ITEMS:
            return [part.values[-1] for part in field.parts]
    return field.values[-1]


@pytest.mark.parametrize("path", sorted(paths_of_the_document()))
def test_the_format_takes_every_key_of_the_dictionary(path):
    section, key, *part = path.split(".")
    told = an_answer(path)
    if part:
        told = {part[0]: told} | ({"weeks": 52} if part[0] == "weeks_choice" else {})
        if FOUND[path] in SECTIONS_PARTS:
            needed = {"trials": "drug", "list": "drug", "allergies": "substance"}.get(key)
            told = [{**({needed: "words"} if needed else {"type": "cbt"}), **told}]
    changed = with_changes(complete_document(), **{f"{section}.{key}": told})
    assert document.validate(changed) == []
    assert document.validate(with_changes(changed, **{f"{section}.{key}x": told})) == [
        f"{section}.{key}x: is not a field of clinic-intake/1"
    ]


SECTIONS_PARTS = [part for field in FIELDS if field.kind is Kind.ENTRIES for part in field.parts]


@pytest.mark.parametrize("path", sorted(paths_of_the_document()))
def test_a_patient_can_answer_every_key_or_the_product_stamps_it(path):
    field = FOUND[path]
    assert field.unasked is (path in UNASKED.split())
    pages = {*INTAKE.by_slug, *PART_TWO.by_slug, HELP, CHECK}
    assert field.stamped or field.page in pages or path in LISTS
    assert str(field.question)
