"""The drug table holds what was written down for it beforehand, and a bad row is refused by its number."""

import csv
from pathlib import Path

import pytest

from intake.drugs import TABLE, DrugTableError, load
from intake.drugs.table import COLUMNS, CSV

# Generic, class, RxCUI, minimum, CANMAT range, greatest usual dose, written out again.
ANTIDEPRESSANTS = [
    ("fluoxetine", "SSRI", "4493", 20, 20, 60, 80),
    ("sertraline", "SSRI", "36437", 50, 50, 200, 300),
    ("paroxetine", "SSRI", "32937", 20, 20, 50, 50),
    ("citalopram", "SSRI", "2556", 20, 20, 40, 40),
    ("escitalopram", "SSRI", "321988", 10, 10, 20, 30),
    ("fluvoxamine", "SSRI", "42355", 50, None, None, 300),
    ("venlafaxine", "SNRI", "39786", 150, 75, 225, 375),
    ("desvenlafaxine", "SNRI", "734064", 50, 50, 100, 400),
    ("duloxetine", "SNRI", "72625", 60, 60, 120, 120),
    ("levomilnacipran", "SNRI", "1433212", 40, 40, 120, 120),
    ("milnacipran", "SNRI", "588250", 100, 50, 200, 200),
    ("bupropion", "NDRI", "42347", 300, 150, 450, 450),
    ("mirtazapine", "NaSSA", "15996", 15, 30, 60, 60),
    ("vortioxetine", "multimodal", "1455099", 10, 10, 20, 20),
    ("vilazodone", "SPARI", "1086769", 40, 20, 40, 40),
    ("trazodone", "SARI", "10737", 300, 150, 400, 600),
    ("nefazodone", "SARI", "31565", 300, 300, 600, 600),
    ("gepirone", "5-HT1A agonist", "", None, None, None, 72.6),
    ("dextromethorphan-bupropion", "NMDA + NDRI", "", None, None, None, None),
    ("esketamine", "NMDA", "2119365", None, 56, 84, None),
    ("amitriptyline", "TCA", "704", 150, 75, 300, 300),
    ("nortriptyline", "TCA", "7531", 75, 75, 150, 200),
    ("imipramine", "TCA", "5691", 150, 75, 300, 300),
    ("desipramine", "TCA", "3247", 150, 100, 300, 300),
    ("clomipramine", "TCA", "2597", 150, 150, 300, 300),
    ("doxepin", "TCA", "3638", 150, 75, 300, 300),
    ("protriptyline", "TCA", "8886", 30, 30, 60, 60),
    ("trimipramine", "TCA", "10834", 150, 75, 300, 300),
    ("amoxapine", "tetracyclic", "722", 150, None, None, 400),
    ("maprotiline", "tetracyclic", "6646", 150, None, None, 225),
    ("phenelzine", "MAOI", "8123", 45, 45, 90, 90),
    ("tranylcypromine", "MAOI", "10734", 30, 30, 60, 60),
    ("isocarboxazid", "MAOI", "6011", 30, None, None, 60),
    ("selegiline", "MAOI", "9639", 6, 6, 12, 12),
    ("moclobemide", "MAOI", "", None, None, None, None),
    ("tianeptine", "tricyclic-like", "", None, None, None, None),
    ("zuranolone", "neurosteroid", "", None, None, None, 50),
    ("brexanolone", "neurosteroid", "", None, None, None, None),
]

AUGMENTING = {
    "aripiprazole", "brexpiprazole", "olanzapine", "quetiapine", "risperidone", "lithium", "cariprazine",
    "modafinil", "liothyronine", "lamotrigine", "pramipexole", "ziprasidone", "buspirone", "lumateperone",
    "ketamine", "amphetamine", "dextroamphetamine", "lisdexamfetamine", "methamphetamine", "methylphenidate",
    "dexmethylphenidate", "armodafinil",
}  # fmt: skip


@pytest.mark.parametrize(("generic", "cls", "rxcui", "least", "low", "high", "most"), ANTIDEPRESSANTS)
def test_an_antidepressant_has_the_doses_of_the_reference(generic, cls, rxcui, least, low, high, most):
    drug = TABLE[generic]
    assert (drug.kind, drug.cls, drug.rxcui) == ("antidepressant", cls, rxcui)
    assert (drug.min_dose_mg, drug.canmat_min_mg, drug.canmat_max_mg) == (least, low, high)
    assert drug.usual_max_mg == most


def test_the_table_has_no_antidepressant_beyond_the_reference():
    assert {drug.generic for drug in TABLE if drug.kind == "antidepressant"} == {
        row[0] for row in ANTIDEPRESSANTS
    }


def test_the_augmenting_agents_are_those_of_the_reference():
    assert {drug.generic for drug in TABLE if drug.kind == "augmentation"} == AUGMENTING


def test_the_drugs_of_a_session_or_after_birth_never_count_as_a_trial():
    never = {drug.generic for drug in TABLE if drug.kind == "antidepressant" and not drug.counts_as_trial}
    assert never == {"esketamine", "zuranolone", "brexanolone"}
    assert not TABLE["ketamine"].counts_as_trial
    assert not TABLE["psilocybin"].counts_as_trial


def test_a_mark_vouches_for_its_own_column_alone():
    sertraline = TABLE["sertraline"]
    assert (sertraline.dose_verified, sertraline.rxcui_verified) == (False, True)
    assert TABLE["aripiprazole"].dose_verified  # CANMAT's range, and no minimum
    for generic in ("levomilnacipran", "lithium", "ketamine", "cariprazine", "liothyronine", "lumateperone"):
        assert TABLE[generic].rxcui_verified is False
    for generic in ("codeine", "fentanyl", "clobazam", "carisoprodol"):
        assert TABLE[generic].rxcui_verified is True
    assert TABLE["gepirone"].rxcui_verified is None
    assert TABLE["brexanolone"].dose_verified is None


def test_what_rests_on_memory_alone_vouches_for_nothing():
    for drug in TABLE:
        if drug.source == "memory" and not drug.contains:
            assert not (drug.dose_verified or drug.rxcui_verified or drug.brands_verified), drug.generic
            assert drug.sets_verified <= {"stop_seizure"}, drug.generic


def test_a_minimum_dose_is_one_forms_transcription_and_so_never_verified():
    assert not [drug.generic for drug in TABLE if drug.min_dose_mg is not None and drug.dose_verified]


def test_every_row_names_its_source_and_the_day_it_was_reviewed():
    assert all(drug.source and drug.reviewed.isoformat() >= "2026-11-20" for drug in TABLE)


def _table(path: Path, *changes: dict[str, str]) -> Path:
    """A CSV with one row a change, each a good row but for the change."""
    good = dict.fromkeys(COLUMNS, "") | {
        "generic": "examplide",
        "class": "SSRI",
        "kind": "antidepressant",
        "min_dose_mg": "10",
        "min_source": "M4",
        "usual_max_mg": "20",
        "dose_verified": "no",
        "counts_as_trial": "yes",
        "source": "M4",
        "reviewed": "2026-11-20",
    }
    file = path / "drugs.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(good | change for change in changes)
    return file


def test_a_good_row_loads(tmp_path):
    assert load(_table(tmp_path, {}))["examplide"].min_dose_mg == 10


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"generic": ""}, "no generic name"),
        ({"class": "SSRX"}, "unknown class 'SSRX'"),
        ({"class": "opioid"}, "unknown class 'opioid'"),
        ({"kind": "pill"}, "unknown kind 'pill'"),
        ({"sets": "serotonergic;sleepy"}, "unknown set 'sleepy'"),
        ({"source": ""}, "missing source"),
        ({"min_source": ""}, "missing source of the minimum dose"),
        ({"min_dose_mg": "30"}, "the minimum 30 mg is above the usual maximum 20 mg"),
        ({"canmat_min_mg": "8", "canmat_max_mg": "9"}, "is above the CANMAT maximum 9 mg"),
        ({"canmat_min_mg": "8"}, "needs both ends"),
        ({"min_dose_mg": "ten"}, "'ten' is not a number"),
        ({"min_dose_mg": "-1"}, "is not a daily dose"),
        ({"min_dose_mg": "nan"}, "is not a daily dose"),
        ({"rxcui": "12a"}, "is not a number"),
        ({"reviewed": "last week"}, "is not a date"),
        ({"dose_verified": "perhaps"}, "must be yes or no"),
        ({"dose_verified": ""}, "must be yes or no"),
        ({"rxcui_verified": "no"}, "rxcui_verified vouches for nothing"),
        ({"brands": "Exa"}, "brands_verified must be yes or no"),
        ({"sets": "maoi", "sets_verified": "stimulant"}, "'stimulant' is verified but is none of its sets"),
        ({"not_inherited": "sleepy"}, "unknown set 'sleepy'"),
        ({"use_rank": "first"}, "'first' is not a number"),
        ({"kind": "other"}, "only an antidepressant can count as a trial"),
        ({"brands": "!!", "brands_verified": "no"}, "has no letters or digits"),
        ({"contains": "nothing"}, "which is not another drug in the table"),
        (
            {"generic": "b", "brands": "Examplide", "brands_verified": "no"},
            "already stands in row 2 for examplide",
        ),
        ({"generic": "b", "misspellings": "EXAMPLIDE"}, "already stands in row 2 for examplide"),
        ({"generic": "b", "contains": "examplide", "counts_as": "b"}, "which it does not contain"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(tmp_path, change, said):
    rows = ({}, change) if change.get("generic") else (change,)
    with pytest.raises(DrugTableError) as refusal:
        load(_table(tmp_path, *rows))
    assert f"drugs.csv row {len(rows) + 1}: " in str(refusal.value)
    assert said in str(refusal.value)


def test_a_table_with_other_columns_is_refused(tmp_path):
    file = tmp_path / "drugs.csv"
    file.write_text("generic,brands\nexamplide,X\n", encoding="utf-8")
    with pytest.raises(DrugTableError, match="row 1: the columns must be"):
        load(file)


def test_a_row_with_a_cell_too_many_is_refused(tmp_path):
    file = _table(tmp_path, {})
    file.write_text(file.read_text(encoding="utf-8").rstrip() + ",more\n", encoding="utf-8")
    with pytest.raises(DrugTableError, match="row 2: the number of cells"):
        load(file)


def test_the_shipped_table_is_plain_utf_8_with_one_line_a_row():
    assert len(CSV.read_text(encoding="utf-8").splitlines()) == len(TABLE) + 1
