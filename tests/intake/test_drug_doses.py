"""Forms and strengths that have a reading of their own, and doses far above what is usual."""

import pytest

from intake.drugs import TABLE, as_stored, dose_of, resolve, shown


@pytest.mark.parametrize(
    ("typed", "generic", "form"),
    [
        ("Prozac Weekly", "fluoxetine", "WEEKLY"),
        ("fluoxetine weekly 90 mg", "fluoxetine", "WEEKLY"),
        ("fluoxetine once a week", "fluoxetine", "WEEKLY"),
        ("Prozac 90 once weekly", "fluoxetine", "WEEKLY"),
        ("fluoxetina semanal", "fluoxetine", "WEEKLY"),
        ("fluoxetina una vez a la semana", "fluoxetine", "WEEKLY"),
        ("fluoxetine", "fluoxetine", ""),
        ("Prozac 20 mg for 8 weeks", "fluoxetine", ""),
        ("selegiline", "selegiline", ""),
        ("selegiline 10 mg", "selegiline", ""),
        ("selegiline patch", "selegiline", "PATCH"),
        ("selegiline transdermal 9 mg", "selegiline", "PATCH"),
        ("selegilina parche", "selegiline", "PATCH"),
        ("Emsam", "selegiline", "PATCH"),
        ("selegiline 6 mg/24 h", "selegiline", "PATCH"),
        ("selegiline 6 mg per 24 hours", "selegiline", "PATCH"),
        ("selegiline tablet", "selegiline oral", ""),
        ("selegiline 5 mg capsules", "selegiline oral", ""),
        ("oral selegiline", "selegiline oral", ""),
        ("selegiline ODT", "selegiline oral", "ODT"),
        ("Eldepryl", "selegiline oral", ""),
        ("Zelapar", "selegiline oral", ""),
        ("selegilina tabletas", "selegiline oral", ""),
        ("Wellbutrin XL 300", "bupropion", "XL"),
    ],
)
def test_the_form_is_read_from_the_name_and_the_words(typed, generic, form):
    match = resolve(typed)
    assert match.drug is TABLE[generic]
    assert match.form == form
    assert ("maoi" in match.sets) is generic.startswith("selegiline")


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [
        ("Zyban", True),
        ("zyban 150 mg", True),
        ("Contrave", True),
        ("naltrexone/bupropion", True),
        ("Zyban for depression", False),
        ("Contrave for depression", False),
        ("Zyban para la depresión", False),
        ("Wellbutrin", False),
        ("bupropion", False),
        ("Prozac", False),
    ],
)
def test_a_product_for_another_purpose_is_open_unless_the_text_says_depression(typed, is_open):
    match = resolve(typed)
    assert match.drug is not None
    assert match.purpose_open is is_open
    if "bupropion" in match.drug.generic:
        assert "bupropion_containing" in match.sets


@pytest.mark.parametrize(
    ("name", "dose", "typed", "compared", "least", "above", "ask"),
    [
        ("sertraline", 150, "", 150, 50, "no", "dose_mg"),
        ("sertraline", 300, "", 300, 50, "no", "dose_mg"),
        ("sertraline", 301, "", 301, 50, "above", "dose_mg"),
        ("sertraline", 450, "", 450, 50, "above", "dose_mg"),
        ("sertraline", 451, "", None, 50, "far_above", "dose_mg"),
        ("sertraline", 1500, "", None, 50, "far_above", "dose_mg"),
        ("sertraline", None, "", None, 50, "no", "dose_mg"),
        ("sertraline", 25, "", 25, 50, "no", "dose_mg"),
        ("citalopram", 60, "", 60, 20, "above", "dose_mg"),
        ("citalopram", 61, "", None, 20, "far_above", "dose_mg"),
        ("Paxil", 62.5, "", 62.5, 20, "above", "dose_mg"),
        ("Paxil CR", 62.5, "", 62.5, 25, "no", "dose_mg"),
        ("Paxil CR", 25, "", 25, 25, "no", "dose_mg"),
        ("Prozac Weekly", 90, "", None, None, "no", "dose_mg"),
        ("Prozac Weekly", None, "", None, None, "no", "dose_mg"),
        ("Prozac", 90, "", 90, 20, "above", "dose_mg"),
        ("Prozac", 90, "90 mg once a week", None, None, "no", "dose_mg"),
        ("Aplenzin", 174, "", 150, 300, "no", "dose_mg"),
        ("Aplenzin", 348, "", 300, 300, "no", "dose_mg"),
        ("Aplenzin", 522, "", 450, 300, "no", "dose_mg"),
        ("Aplenzin", 300, "", None, 300, "no", "dose_mg"),
        ("Aplenzin", 348.5, "", None, 300, "no", "dose_mg"),
        ("Aplenzin (bupropion)", 348, "", 300, 300, "no", "dose_mg"),
        ("bupropion", 348, "", 348, 300, "no", "dose_mg"),
        ("selegiline", 12, "", None, None, "no", "drug"),
        ("selegiline", None, "", None, None, "no", "drug"),
        ("selegiline", 6, "6 mg/24 h", 6, 6, "no", "dose_mg"),
        ("Emsam", 9, "", 9, 6, "no", "dose_mg"),
        ("Emsam", 19, "", None, 6, "far_above", "dose_mg"),
        ("Symbyax", 25, "", 25, 20, "no", "dose_mg"),
        ("Symbyax", 50, "", 50, 20, "no", "dose_mg"),
        ("Symbyax", 12, "", None, 20, "no", "dose_mg"),
        ("Symbyax", 24, "", None, 20, "no", "dose_mg"),
        ("fluoxetine", 24, "", 24, 20, "no", "dose_mg"),
        ("Contrave", 300, "", 300, 300, "no", "dose_mg"),
        ("Auvelity", 210, "", 210, None, "no", "dose_mg"),
        ("gepirone", 72.6, "", 72.6, None, "no", "dose_mg"),
        ("gepirone", 200, "", None, None, "far_above", "dose_mg"),
        ("moclobemide", 600, "", 600, None, "no", "dose_mg"),
        ("Triptafen", 150, "", 150, 150, "no", "dose_mg"),
        ("Parstelin", 30, "", 30, 30, "no", "dose_mg"),
        ("quetiapine", 1200, "", 1200, None, "no", "dose_mg"),
        ("liothyronine", 25, "", 0.025, None, "no", "dose_mg"),
        ("liothyronine", 0.025, "", 0.025, None, "no", "dose_mg"),
        ("no such name", 50, "", None, None, "no", "dose_mg"),
    ],
)
def test_a_dose_is_compared_converted_or_left_unknown(name, dose, typed, compared, least, above, ask):
    read = dose_of(resolve(name), dose, typed)
    assert (read.compared_mg, read.least_mg) == (compared, least)
    assert (read.above_usual_maximum, read.ask) == (above, ask)


@pytest.mark.parametrize(
    ("name", "dose", "words"),
    [
        ("Aplenzin", 348, "Aplenzin 348 mg = bupropion 300 mg"),
        ("Aplenzin", 300, "300 mg is no strength of Aplenzin, ask the dose"),
        ("Prozac Weekly", 90, "90 mg once a week is not a daily dose, the clinician decides"),
        ("sertraline", 1500, "1500 mg is far above the usual 300 mg: is that right?"),
        ("sertraline", 350, "above the usual maximum of 300 mg, check the dose"),
        ("Symbyax", 12, "12 mg is olanzapine's part of Symbyax, ask fluoxetine's"),
        ("selegiline", 12, "selegiline without a route: patch or tablet, ask which (an MAOI either way)"),
        ("Cytomel", 25, "25 micrograms"),
        ("sertraline", 150, ""),
    ],
)
def test_what_was_done_to_a_dose_is_said(name, dose, words):
    assert dose_of(resolve(name), dose).words == words


def test_a_thyroid_hormone_is_written_in_micrograms_and_stored_in_mg():
    assert as_stored(TABLE["levothyroxine"], 88) == 0.088
    assert as_stored(TABLE["levothyroxine"], 1) == 0.001
    assert as_stored(TABLE["levothyroxine"], 0.088) == 0.088
    assert as_stored(TABLE["sertraline"], 50) == 50
    assert shown(TABLE["liothyronine"], 0.025) == shown(TABLE["liothyronine"], 25) == "25 micrograms"
    assert shown(TABLE["sertraline"], 150) == "150 mg"


def test_every_antidepressant_that_can_count_has_a_usual_maximum_or_a_note_that_says_a_clinician_decides():
    without = {
        drug.generic
        for drug in TABLE
        if drug.kind == "antidepressant" and drug.counts_as_trial and drug.usual_max_mg is None
    }
    assert without == {"dextromethorphan-bupropion", "moclobemide", "tianeptine"}
    assert all("clinician decides" in TABLE[generic].note for generic in without)
