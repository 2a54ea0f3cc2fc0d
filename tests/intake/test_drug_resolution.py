"""Typed names resolve to the one drug they name, or to none."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.drugs import TABLE, resolve, suggest


@pytest.mark.parametrize(
    ("typed", "generic", "how"),
    [
        ("sertraline", "sertraline", "generic"),
        ("  ZOLOFT ", "sertraline", "brand"),
        ("sertraline 50mg", "sertraline", "formulation"),
        ("Effexor-XR 150", "venlafaxine", "formulation"),
        ("bupropion hcl xl 300 mg tablets once daily", "bupropion", "formulation"),
        ("Zoloft (sertraline)", "sertraline", "formulation"),
        ("trazadone", "trazodone", "misspelling"),
        ("sertralina", "sertraline", "brand"),
        ("Brintellix", "vortioxetine", "brand"),
        ("selegiline", "selegiline", "generic"),
        ("Eldepryl", "selegiline oral", "brand"),
        ("selegiline 5 mg capsule", "selegiline oral", "formulation"),
        ("amlodipine", "amlodipine", "generic"),
    ],
)
def test_a_name_is_recognized(typed, generic, how):
    match = resolve(typed)
    assert match.drug is TABLE[generic]
    assert match.how == how
    assert 0 < match.sureness <= 1


@pytest.mark.parametrize(
    ("typed", "generic", "also"),
    [
        ("Symbyax", "fluoxetine", ["olanzapine"]),
        ("olanzapine/fluoxetine", "fluoxetine", ["olanzapine"]),
        ("Contrave", "bupropion", ["naltrexone"]),
        ("Contrave (naltrexone and bupropion)", "bupropion", ["naltrexone"]),
        ("Limbitrol", "amitriptyline", ["chlordiazepoxide"]),
        ("perphenazine-amitriptyline 2-25", "amitriptyline", ["perphenazine"]),
        ("dextromethorphan and bupropion", "dextromethorphan-bupropion", []),
        ("Tylenol #3", "codeine", ["acetaminophen"]),
    ],
)
def test_a_fixed_combination_is_one_drug_with_its_second_ingredient(typed, generic, also):
    match = resolve(typed)
    assert match.drug is TABLE[generic]
    assert [drug.generic for drug in match.also] == also


def test_the_second_ingredient_brings_its_sets():
    assert resolve("Limbitrol").sets == {
        "serotonergic", "lowers_seizure_threshold", "sedating", "cns_depressant", "stop_seizure",
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["zoloft or prozac", "citalopram/escitalopram", "Paxil then Celexa", "not prozac", "zoloft or something"],
)
def test_a_text_that_names_two_drugs_or_doubts_the_one_matches_nothing(typed):
    match = resolve(typed)
    assert match.drug is None
    assert match.how == "ambiguous"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "50 mg", "the blue one", "sleeping pill", "I don't remember", "reboxetine", "dapoxetine", "serotonin",
     "bupropirone", "lormetazepam", "clorazepam", "same", "zoloft with qwertyzol"],
)  # fmt: skip
def test_what_is_not_clearly_a_drug_of_the_table_matches_nothing(typed):
    assert resolve(typed).drug is None


def test_tylenol_three_times_a_day_is_not_tylenol_with_codeine():
    assert resolve("Tylenol 3 times a day").drug is TABLE["acetaminophen"]


def test_a_misspelled_tylenol_with_a_three_is_left_to_a_person():
    assert resolve("tylenoll 3").drug is None
    assert resolve("tylenoll 500 mg").drug is TABLE["acetaminophen"]
    assert resolve("tylenal 500 mg").drug is TABLE["acetaminophen"]


def test_the_controlled_release_form_of_paroxetine_has_its_own_minimum():
    assert resolve("Paxil CR 25").min_dose_mg == 25
    assert resolve("paroxetine controlled release").min_dose_mg == 25
    assert resolve("Paxil").min_dose_mg == 20


def test_every_name_in_the_table_resolves_to_its_own_row():
    for drug in TABLE:
        for name in drug.names:
            assert resolve(name).drug is TABLE[drug.counts_as or drug.generic], name


NAMES = st.sampled_from([name for drug in TABLE for name in (drug.generic, *drug.brands)])


@given(st.text())
@example("")
@example("\x00")
@example("\u202ezoloft\u202c")
@example("💊" * 50)
@example("ß" * 10_000)
@example("sertraline " * 1_000)
def test_no_text_makes_it_fail(text):
    match = resolve(text)
    assert (match.drug is None) == (match.how in ("ambiguous", "none"))
    suggest(text)


@settings(max_examples=300)
@given(
    NAMES,
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from(["", " ", "\t", "\n "]),
)
def test_case_and_surrounding_space_change_nothing(name, recase, space):
    assert resolve(f"{space}{recase(name)}{space}").drug is resolve(name).drug


def test_suggestions_show_the_brand_and_give_the_generic():
    assert suggest("zol")[0] == ("sertraline (Zoloft)", "sertraline")
    assert ("bupropion (Wellbutrin)", "bupropion") in suggest("wellb")


def test_suggestions_need_two_letters():
    assert suggest("z") == []
    assert suggest("") == []
    assert len(suggest("pr")) == 5
