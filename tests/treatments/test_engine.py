"""The engine: the shape of an assessment, how findings combine, holds, and what stays open."""

import json

import pytest

from intake.fields import BY_PATH
from tests.documents import ABSENT, complete_document
from treatments.rules.criteria import RULES
from treatments.rules.engine import assess
from treatments.rules.facts import Facts
from treatments.rules.logic import all_of, any_of, known, negate, so_many, unknown

KEYS = [
    *(
        "ruleset",
        "scores",
        "trials",
        "medicines",
        "medicines_stopped",
        "trd",
        "staging",
        "hold",
        "treatments",
    ),
    *("notes", "ask"),
]


def assessed(**changes) -> dict:
    return assess(complete_document(**changes))


def fired(part: dict) -> list[str]:
    return [finding["rule"] for finding in part["findings"]]


def asked(questions: list[dict]) -> dict[str, list[str]]:
    return {question["rule"]: question["fields"] for question in questions}


def test_an_assessment_has_exactly_the_agreed_shape():
    assessment = assessed()
    assert list(assessment) == KEYS
    assert list(assessment["treatments"]) == ["tms", "spravato", "psychotherapy"]
    for name, treatment in assessment["treatments"].items():
        line = ["also_sedating"] if name == "spravato" else []
        assert list(treatment) == ["state", "undecided", "findings", "ask", *line]
    finding = assessment["treatments"]["tms"]["findings"][0]
    assert list(finding) == ["rule", "effect", "because", "source", "verified", "answers"]
    assert list(assessment["notes"][0]) == ["rule", "because", "source"]
    assert list(assessment["hold"]) == ["level", "rules", "ask"]
    assert json.loads(json.dumps(assessment)) == assessment


def test_no_id_stands_twice():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_reads_fields_of_the_intake():
    top_level = {"language"}
    for rule in RULES:
        for path in rule.reads:
            assert path in top_level or ".".join(path.split(".")[:2]) in BY_PATH, (rule.id, path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_rests_only_on_the_fields_it_names(rule):
    bare = {"format": "clinic-intake/1", "submitted_on": "2026-11-20"}
    for document in (complete_document(), bare):
        for path in rule.predicate(Facts(document)).paths:
            named = (*rule.reads, "consent.substance_use_agreed")
            assert any(path == read or path.startswith((f"{read}[", f"{read}.")) for read in named), path


def test_what_rests_on_memory_or_on_a_proposal_is_not_verified():
    for rule in RULES:
        if {"memory", "proposed"} & set(rule.sources):
            assert not rule.verified, rule.id


def test_the_strongest_finding_wins_and_every_finding_stays():
    tms = assessed(**{"health.seizure_ever": "yes", "health.fainting": "yes"})["treatments"]["tms"]
    assert tms["state"] == "clinician_first"
    assert fired(tms) == ["T04", "T06", "T12", "T13"]


def test_a_question_that_is_open_stands_beside_the_state():
    tms = assessed(**{"health.seizure_ever": "not_sure", "health.fainting": ABSENT})["treatments"]["tms"]
    assert (tms["state"], tms["undecided"]) == ("supports", "clinician_first")
    assert asked(tms["ask"]) == {"T04": ["health.seizure_ever"], "T06": ["health.fainting"]}


def test_only_the_unknown_fields_that_would_decide_are_asked():
    document = {"health.stroke": "not_sure", "health.brain_bleed": "not_sure"}
    assert asked(assessed(**document)["treatments"]["tms"]["ask"]) == {"T05": ["health.stroke"]}


def test_a_finding_names_the_answers_that_fired_it():
    changes = {"health.cochlear_implant": "yes", "health.metal_in_head_or_neck": "not_sure"}
    (finding,) = [f for f in assessed(**changes)["treatments"]["tms"]["findings"] if f["rule"] == "T01"]
    assert finding["answers"] == ["health.cochlear_implant"]


def test_a_rule_with_neither_effect_nor_hold_is_a_note():
    assessment = assessed(**{"about.veteran": "yes"})
    assert "D09" in [note["rule"] for note in assessment["notes"]]


def test_the_strongest_hold_is_the_level_and_all_hold_rules_are_named():
    hold = assessed(**{"history.high_now": "yes", "safety.harm_to_others": "yes"})["hold"]
    assert hold == {"level": "urgent", "rules": ["S09", "S21"], "ask": []}


def test_voices_that_command_harm_make_psychosis_urgent():
    assert assessed(**{"history.hears_or_sees": "yes"})["hold"]["level"] == "same_day"
    assert assessed(**{"history.voices_command": "yes"})["hold"]["level"] == "urgent"


def test_an_open_hold_rule_is_asked_under_the_hold_and_its_treatments():
    assessment = assessed(**{"history.not_eating_or_moving": ABSENT})
    question = {"rule": "S08", "fields": ["history.not_eating_or_moving"]}
    assert assessment["hold"] == {"level": "none", "rules": [], "ask": [question]}
    assert all(question in part["ask"] for part in assessment["treatments"].values())


def test_an_open_plan_does_not_stop_the_rule_on_method():
    cssrs = {"q1": "yes", "q2": "yes", "q3": "yes", "q4": "declined", "q5": "no", "q6": "no"}
    hold = assessed(**{"safety.cssrs": cssrs})["hold"]
    assert set(hold["rules"]) == {"S03", "S06"}
    assert [question["rule"] for question in hold["ask"]] == ["S01"]


def test_a_screen_filled_in_by_another_is_incomplete():
    assert assessed(**{"about.filled_by": "family"})["hold"]["rules"] == ["S06"]


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ({"q1": "no", "q2": "no", "q3": "no", "q4": "no"}, []),
        ({"q1": "yes", "q2": "no", "q3": "no", "q4": "no", "q5": "no"}, ["S03"]),
        ({"q1": "yes", "q2": "no", "q3": "no", "q4": "no", "q5": "yes"}, ["S01"]),
        ({"q1": "no", "q2": "no", "q3": "no"}, ["S06"]),
    ],
)
def test_the_asq_may_stand_in_place_of_the_cssrs(answers, rules):
    hold = assessed(**{"safety.cssrs": ABSENT, "safety.asq": answers})["hold"]
    assert hold["rules"] == rules


def test_item_nine_against_four_noes_of_the_asq_is_clarified_beside_an_acute_fifth():
    answers = {"q1": "no", "q2": "no", "q3": "no", "q4": "no", "q5": "yes"}
    changes = {"safety.cssrs": ABSENT, "safety.asq": answers, "mood.phq9": [0, 0, 0, 0, 0, 0, 0, 0, 1]}
    assert set(assessed(**changes)["hold"]["rules"]) == {"S01", "S05"}


def test_item_nine_against_a_negative_asq_is_clarified():
    asq = {"q1": "no", "q2": "no", "q3": "no", "q4": "no"}
    changes = {"safety.cssrs": ABSENT, "safety.asq": asq, "mood.phq9": [1, 1, 1, 1, 1, 1, 1, 1, 1]}
    assert assessed(**changes)["hold"]["rules"] == ["S05"]


def test_substance_answers_are_unknown_without_their_own_consent():
    changes = {"substances.past_substance_use_disorder": "yes", "consent.substance_use_agreed": ABSENT}
    spravato = assessed(**changes)["treatments"]["spravato"]
    assert "E11" not in fired(spravato)
    fields = asked(spravato["ask"])["E11"]
    assert fields[0] == "consent.substance_use_agreed"
    assert "substances.past_substance_use_disorder" in fields


def test_withdrawal_is_an_emergency_that_needs_no_consent_to_be_read():
    changes = {"substances.withdrawal_symptoms": "yes", "consent.substance_use_agreed": ABSENT}
    assessment = assessed(**changes)
    assert assessment["hold"] | {"ask": []} == {"level": "urgent", "rules": ["S13"], "ask": []}
    (finding,) = (row for row in assessment["treatments"]["tms"]["findings"] if row["rule"] == "S13")
    assert finding["because"].endswith("Withdrawal symptoms now.")


def test_pregnancy_is_not_asked_of_men_but_a_yes_stands():
    male = {"about.sex_at_birth": "male", "health.pregnant": ABSENT}
    assert "S18" not in asked(assessed(**male)["treatments"]["spravato"]["ask"])
    assert "S18" in fired(assessed(**{**male, "health.pregnant": "yes"})["treatments"]["spravato"])


def test_what_follows_had_is_no_when_it_was_never_had():
    tms = {"had": "no", "improvement": "over_75"}
    assert "T10" not in fired(assessed(**{"other_treatments.tms": tms})["treatments"]["tms"])


@pytest.mark.parametrize("had", [{"had": "not_sure"}, {}])
def test_what_was_given_counts_where_having_had_it_is_not_known(had):
    tms = {**had, "improvement": "over_75"}
    assert "T10" in fired(assessed(**{"other_treatments.tms": tms})["treatments"]["tms"])
    tms = {**had, "improvement": "under_25"}
    found = assessed(**{"other_treatments.tms": tms})["treatments"]["tms"]
    assert "T10" not in fired(found)
    assert "T10" not in asked(found["ask"])


def test_what_may_sedate_as_well_is_a_line_without_an_effect():
    listed = [{"drug": name} for name in ("clonazepam", "quetiapine", "Seroquel", "Symbyax", "Benadryl")]
    changes = {
        "medicines.list": [*listed, {"drug": "trazodone", "stopped": "yes"}],
        "substances.cannabis": "daily",
    }
    spravato = assessed(**changes)["treatments"]["spravato"]
    assert spravato["also_sedating"] == ["quetiapine", "olanzapine", "diphenhydramine", "cannabis"]
    changes["consent.substance_use_agreed"] = "no"
    assert assessed(**changes)["treatments"]["spravato"]["also_sedating"][-1] == "diphenhydramine"
    changes = {"medicines.list": listed[1:2], "substances.cannabis": "weekly"}
    spravato = assessed(**changes)["treatments"]["spravato"]
    assert (spravato["also_sedating"], "E10" in fired(spravato)) == (["quetiapine"], False)


def test_what_may_sedate_stands_once_though_it_is_named_twice():
    changes = {
        "substances.cannabis": "daily",
        "medicines.list": [{"drug": "cannabis"}, {"drug": "quetiapine"}],
    }
    assert assessed(**changes)["treatments"]["spravato"]["also_sedating"] == ["cannabis", "quetiapine"]


def test_a_medicine_is_one_line_taken_now_or_stopped():
    listed = [
        {"drug": "Symbyax"},
        {"drug": "klonopin", "stopped": "yes"},
        {"drug": "xyz", "stopped": "not_sure"},
    ]
    assessment = assessed(**{"medicines.list": listed})
    assert [(row["typed"], row["drug"]) for row in assessment["medicines"]] == [
        ("Symbyax", "fluoxetine"),
        ("xyz", None),
        ("venlafaxine XR", "venlafaxine"),
    ]
    assert {"antipsychotic", "sedating", "serotonergic"} <= set(assessment["medicines"][0]["sets"])
    assert assessment["medicines_stopped"] == [
        {"typed": "klonopin", "drug": "clonazepam", "sets": ["cns_depressant", "stop_seizure"]}
    ]


@pytest.mark.parametrize(
    ("rule", "changes", "words"),
    [
        ("S01", {"safety.cssrs": {"q2": "yes", "q4": "no", "q5": "yes"}}, "Yes to question 5, a plan."),
        (
            "S01",
            {"safety.cssrs": {"q2": "yes", "q4": "yes", "q5": "yes"}},
            "Yes to question 4, some intention; question 5, a plan.",
        ),
        (
            "S01",
            {"safety.cssrs": ABSENT, "safety.asq": {"q1": "yes", "q5": "yes"}},
            "Yes to question 5, thoughts right now.",
        ),
        (
            "S03",
            {
                "safety.cssrs": {
                    "q2": "yes",
                    "q3": "yes",
                    "q4": "no",
                    "q5": "no",
                    "q6": "yes",
                    "q6_recent": "no",
                }
            },
            "Yes to question 3, a method; question 6, behavior more than three months ago.",
        ),
        (
            "S03",
            {"safety.cssrs": {"q2": "yes", "q3": "yes", "q6": "yes", "q6_recent": "declined"}},
            "Yes to question 3, a method.",
        ),
        (
            "S03",
            {"safety.cssrs": ABSENT, "safety.asq": {"q2": "yes", "q4": "yes", "q5": "no"}},
            "Yes to question 2, the family better off; question 4, an attempt at some time.",
        ),
        (
            "S04",
            {"safety.cssrs": {"q1": "yes", "q2": "no", "q6": "no"}},
            "Yes to question 1, a wish to be dead.",
        ),
        (
            "S04",
            {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "no", "q5": "no", "q6": "no"}},
            "Yes to question 1, a wish to be dead; question 2, thoughts of suicide.",
        ),
        ("S05", {"mood.phq9": [0, 0, 0, 0, 0, 0, 0, 0, 2]}, "Item 9: 2."),
        (
            "D05",
            {"reason.interested_in": ["psilocybin", "ketamine_iv"]},
            "Asks for IV ketamine and psilocybin.",
        ),
        ("D14", {"substances.cannabis": "weekly"}, "Uses it once a week or more."),
        ("T01", {"health.cochlear_implant": "yes"}, "A cochlear implant."),
        ("T02", {"other_treatments.vns": {"had": "yes", "now": "yes"}}, "VNS before, VNS now."),
        (
            "T04",
            {"health.seizure_ever": "yes"},
            "Last seizure not known when; not known whether on a medicine.",
        ),
        (
            "T04",
            {
                "health.seizure_ever": "yes",
                "health.seizure_when": "longer_ago",
                "health.seizure_medicine": "no",
            },
            "Last seizure longer ago; no seizure medicine.",
        ),
        (
            "T04",
            {
                "health.seizure_ever": "yes",
                "health.seizure_when": "last_12_months",
                "health.seizure_medicine": "yes",
            },
            "Within 12 months on a seizure medicine: an absolute item of the checklist.",
        ),
        (
            "T04",
            {
                "health.seizure_ever": "yes",
                "health.seizure_when": "longer_ago",
                "health.seizure_medicine": "yes",
            },
            "Last seizure longer ago; takes a seizure medicine.",
        ),
        (
            "T04",
            {
                "health.seizure_ever": "yes",
                "health.seizure_when": "last_12_months",
                "health.seizure_medicine": "no",
            },
            "Last seizure within 12 months; no seizure medicine.",
        ),
        ("T05", {"health.stroke": "yes"}, "A stroke."),
        (
            "T06",
            {"health.fainting": "yes", "health.family_epilepsy": "yes"},
            "Fainting, epilepsy in the family.",
        ),
        (
            "T07",
            {"medicines.list": [{"drug": "Zyban"}], "health.stroke": "yes"},
            "Takes bupropion. The bupropion label asks for caution after head injury, stroke or with a tumor.",
        ),
        ("T07", {"medicines.list": [{"drug": "Zyban"}]}, "Takes bupropion."),
        ("T07", {"medicines.list": [{"drug": "tramadol"}], "health.stroke": "yes"}, "Takes tramadol."),
        ("T08", {"substances.audit_c": [4, 2, 2]}, "AUDIT-C 8."),
        (
            "T08",
            {"history.sleep_under_4h": "yes", "substances.recent_binge": "yes"},
            "Sleeps under four hours, a recent binge.",
        ),
        ("T18", {"other_treatments.ect": {"had": "yes", "now": "yes"}}, "ECT now."),
        (
            "T18",
            {"other_treatments.ketamine": {"had": "yes", "now": "yes"}},
            "Spravato or ketamine now.",
        ),
        (
            "E07",
            {"health.heart_disease": "yes", "health.bp_systolic": ABSENT, "health.bp_diastolic": ABSENT},
            "Heart disease.",
        ),
        (
            "E07",
            {
                "health.high_blood_pressure": "yes",
                "health.bp_systolic": ABSENT,
                "health.bp_diastolic": ABSENT,
            },
            "High blood pressure without a reading of the last 30 days.",
        ),
        (
            "E07",
            {
                "health.high_blood_pressure": "yes",
                "health.heart_disease": "yes",
                "health.bp_systolic": 120,
                "health.bp_diastolic": 80,
            },
            "more likely. Heart disease. Last reading 120/80.",
        ),
        ("E10", {"substances.audit_c": [4, 0, 0]}, "Drinks four or more times a week."),
        ("E11", {"substances.drug_use_past_year": 2}, "Drug use 2 times in the past year."),
        ("E11", {"substances.drug_use_past_year": 1}, "disorder. Drug use 1 times in the past year."),
        (
            "E11",
            {"substances.drug_use_past_year": 0, "substances.audit_c": [3, 1, 0]},
            "disorder. AUDIT-C positive.",
        ),
        ("E12", {"substances.ketamine_misuse_now": "yes"}, "Misuses ketamine now."),
        (
            "E15",
            {"practical.ride_home": "no", "practical.must_drive_same_day": "yes"},
            "No ride home, must drive the same day.",
        ),
        (
            "E15",
            {"practical.ride_home": "yes", "practical.can_stay_2_hours": "no"},
            "Cannot stay two hours.",
        ),
        ("E16", {"health.memory_disorder": "yes"}, "A memory disorder."),
        (
            "E16",
            {"other_treatments.ketamine": {"had": "yes", "now": "no", "severe_dissociation": "yes"}},
            "Severe dissociation under ketamine.",
        ),
        ("E18", {"other_treatments.ect": {"had": "yes", "now": "yes"}}, "ECT now."),
        (
            "S07",
            {"history.hears_or_sees": "yes", "history.voices_command": "not_sure"},
            "Whether voices command harm is not known: ask.",
        ),
        (
            "S07",
            {"history.hears_or_sees": "yes", "history.voices_command": "no"},
            "Hears or sees things that others do not.",
        ),
        (
            "E20",
            {
                "other_treatments.ketamine": {
                    "had": "yes",
                    "now": "no",
                    "kind": "iv",
                    "improvement": "25_49",
                    "tolerated": "yes",
                }
            },
            "Its kind: ketamine through a drip; its benefit: 25–49 % better.",
        ),
        ("S09", {"history.high_now": "yes"}, "Unusually high or irritable now."),
        ("S11", {"history.high_trouble": "yes"}, "Trouble from such a period."),
        ("D03", {"health.anaemia": "yes"}, "Anemia."),
        (
            "D11",
            {
                "medicines.list": [{"drug": "bupropion"}],
                "health.eating_disorder": "yes",
                "health.stroke": "yes",
            },
            "Takes bupropion. An eating disorder. The label also asks for caution with a stroke.",
        ),
        (
            "D12",
            {
                "medicines.list": [
                    {"drug": "Nardil"},
                    {"drug": "Sudafed"},
                    {"drug": "Parnate", "stopped": "yes"},
                ]
            },
            "Takes phenelzine with pseudoephedrine. Takes phenelzine with venlafaxine. Takes phenelzine, stopped "
            "tranylcypromine lately (fluoxetine needs 5 weeks, others 2). MAOI marked as stopped: tranylcypromine.",
        ),
        (
            "D12",
            {"medicines.list": [{"drug": "Zyban"}], "medicines.maoi_last_14_days": "yes"},
            "Stopped an MAOI within 14 days and takes bupropion, venlafaxine.",
        ),
        ("D10", {"language": "es", "about.interpreter_needed": "yes"}, "An interpreter is needed."),
        ("D10", {"language": "es", "about.interpreter_needed": "no"}, "AYUDA; offer an interpreter."),
        (
            "P04",
            {"anxiety.trauma_event": "yes", "anxiety.pc_ptsd5": ["yes", "yes", "yes", "yes", "no"]},
            "PC-PTSD-5 4.",
        ),
        (
            "S14",
            {
                "health.bp_systolic": 190,
                "health.bp_diastolic": 95,
                "health.chest_pain_or_stroke_signs_now": "no",
            },
            "Last reading 190/95.",
        ),
        (
            "S14",
            {
                "health.bp_systolic": ABSENT,
                "health.bp_diastolic": 125,
                "health.chest_pain_or_stroke_signs_now": "yes",
            },
            "Chest pain or stroke signs now. Last reading not known/125.",
        ),
        (
            "S14",
            {
                "health.bp_systolic": ABSENT,
                "health.bp_diastolic": ABSENT,
                "health.chest_pain_or_stroke_signs_now": "yes",
            },
            "Chest pain or stroke signs now.",
        ),
        (
            "S22",
            {"health.bp_systolic": 200, "health.bp_diastolic": ABSENT, "health.bp_date": "2026-09-01"},
            "200/not known, last measured on 2026-09-01.",
        ),
    ],
)
def test_a_finding_says_which_of_its_conditions_held(rule, changes, words):
    document = complete_document(**changes)
    (found,) = [each for each in RULES if each.id == rule]
    assert found.predicate(Facts(document)).value is True
    assert found.because(Facts(document)).endswith(words)


@pytest.mark.parametrize(
    ("age", "sign", "words"),
    [
        (24, "worse", "Boxed warning up to 24 years: watch closely for new suicidal thoughts."),
        (24, "more_tired", "On sertraline: more tired."),
        (25, "worse", "On sertraline: feels worse."),
        (40, "energy_without_mood", "Ask about mixed or bipolar features (S11)."),
    ],
)
def test_warning_signs_are_named_with_their_drug_and_what_they_call_for(age, sign, words):
    trial = {"drug": "sertraline", "still_taking": "yes", "warning_signs": [sign]}
    born = f"{2026 - age}-01-01"
    document = complete_document(**{"antidepressants.trials": [trial], "about.date_of_birth": born})
    (note,) = [note for note in assess(document)["notes"] if note["rule"] == "D16"]
    assert note["because"].endswith(words)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("side_effects", "Stopped early for side effects, one where two are needed: sertraline."),
        ("no_benefit", "Adequate trials: none."),
    ],
)
def test_without_an_adequate_trial_the_one_stopped_early_is_named(reason, words):
    short = {
        "drug": "sertraline",
        "dose_mg": 100,
        "weeks": 2,
        "still_taking": "no",
        "stopped_because": reason,
    }
    trial = short | {"this_episode": "yes", "taken_most_days": "yes", "improvement": "under_25"}
    changes = {"antidepressants.trials": [trial], "antidepressants.more_not_remembered": 0}
    (found,) = [rule for rule in RULES if rule.id == "T16"]
    assert found.because(Facts(complete_document(**changes))).endswith(words)


def test_high_blood_pressure_without_a_whole_reading_rests_on_the_number_that_lacks():
    (heart,) = [rule for rule in RULES if rule.id == "E07"]
    changes = {"health.high_blood_pressure": "yes", "health.bp_systolic": 150, "health.bp_diastolic": ABSENT}
    answer = heart.predicate(Facts(complete_document(**changes)))
    assert answer == known(True, "health.high_blood_pressure", "health.bp_diastolic")


def test_an_incomplete_screen_rests_on_what_is_missing():
    (screen,) = [rule for rule in RULES if rule.id == "S06"]
    document = complete_document(**{"mood.phq9": [0, 0, 0, 0, 0, 0, 0, 0, None]})
    assert screen.predicate(Facts(document)) == known(True, "mood.phq9[8]")


def test_a_drug_without_a_warning_sign_is_not_named_beside_one_that_has_one():
    calm = {"drug": "bupropion", "still_taking": "yes", "warning_signs": []}
    ended = {"drug": "escitalopram", "still_taking": "no", "warning_signs": ["worse"]}
    worse = {"drug": "sertraline", "still_taking": "yes", "warning_signs": ["more_tired"]}
    document = complete_document(**{"antidepressants.trials": [calm, ended, worse]})
    (note,) = [note for note in assess(document)["notes"] if note["rule"] == "D16"]
    assert note["because"].endswith("tell the prescriber. On sertraline: more tired.")


def test_the_rules_to_be_read_before_routing_are_marked():
    assert {rule.id for rule in RULES if rule.before_routing} == {"S04", "D10"}


def test_an_unrecognized_medicine_leaves_what_it_might_be_open():
    ask = asked(assessed(**{"medicines.list": [{"drug": "the blue pill"}]})["treatments"]["spravato"]["ask"])
    assert ask["E09"] == ["medicines.list[0].drug"]


def test_one_maoi_does_not_interact_with_itself():
    assert "D12" not in assessed(**_stopped(["Nardil"]))["hold"]["rules"]
    assert "D12" in assessed(**_stopped(["Nardil", "sertraline"]))["hold"]["rules"]
    assert "D12" in assessed(**_stopped(["Nardil", "Parnate"]))["hold"]["rules"]


def test_a_bipolar_diagnosis_silences_what_is_about_unipolar_depression():
    assessment = assessed(**{"history.bipolar_diagnosis": "yes"})
    assert fired(assessment["treatments"]["tms"]) == ["S10"]
    assert fired(assessment["treatments"]["spravato"]) == ["S10"]
    assert not {"D02", "D04", "D08"} & {note["rule"] for note in assessment["notes"]}


def test_the_clinics_cut_off_for_women_is_heeded():
    document = complete_document(
        **{"anxiety.trauma_event": "yes", "anxiety.pc_ptsd5": ["yes", "yes", "yes", "no", "no"]}
    )
    assert "P04" not in fired(assess(document)["treatments"]["psychotherapy"])
    assert "P04" in fired(assess(document, pc_ptsd5_cutoff_women=3)["treatments"]["psychotherapy"])


def test_a_document_with_nothing_in_it_asks_and_holds():
    assessment = assess({"format": "clinic-intake/1", "submitted_on": "2026-11-20"})
    assert assessment["hold"]["rules"] == ["S06"]
    assert assessment["trd"]["broad"] == "needs_records"
    decided = {"S06", "D02"}
    found = {f["rule"] for part in assessment["treatments"].values() for f in part["findings"]}
    assert found | {note["rule"] for note in assessment["notes"]} <= decided


YES, NO, OPEN = known(True, "a"), known(False, "b"), unknown("c")


def test_unknown_decides_nothing_and_hides_nothing():
    assert all_of(YES, OPEN) == OPEN
    assert all_of(NO, OPEN) == NO
    assert any_of(YES, OPEN) == YES
    assert any_of(NO, OPEN) == OPEN
    assert negate(OPEN) == OPEN
    assert so_many(2, [YES, OPEN]).value is None
    assert so_many(2, [YES, NO]).value is False
    assert so_many(2, [YES], unlisted=1, ask=["d"]) == unknown("d")


def test_an_answer_is_never_taken_for_a_plain_truth():
    with pytest.raises(TypeError):
        bool(OPEN)


def _stopped(medicines: list[str]) -> dict:
    return {"antidepressants.trials": [], "medicines.list": [{"drug": name} for name in medicines]}
