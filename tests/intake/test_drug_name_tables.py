"""Names of medicines tried as tables: what resembles, what stands beside, what stands together, what is damaged."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from intake.drugs import TABLE, resolve
from intake.drugs.other_names import DICTIONARY, NOT_IN_TABLE
from intake.drugs.spelling import normalize

SEEN = Path(__file__).parents[1] / "data" / "drug_names_seen.csv"
MATTERS = [drug for drug in TABLE if drug.kind != "other" or drug.sets]
SINGLE = [drug for drug in MATTERS if not drug.contains]


def _got(typed: str) -> str:
    drug = resolve(typed).drug
    return drug.generic.casefold() if drug else ""


def test_of_names_as_people_type_them_nine_in_ten_are_found_and_none_is_wrong():
    lines = [line for line in SEEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [(row["typed"], row["generic"].casefold()) for row in csv.DictReader(lines)]
    named = [(typed, generic) for typed, generic in rows if generic]
    found = sum(_got(typed) == generic for typed, generic in named)
    print(f"\n{len(rows)} names as typed, {len(named)} of them drugs: {found / len(named):.1%} found")
    assert not [(typed, _got(typed)) for typed, generic in rows if _got(typed) not in (generic, "")]
    assert found >= 0.9 * len(named)


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("tyrosine", "tyrosine"), ("L-tyrosine", "tyrosine"), ("tirosina", "tyrosine"), ("Azelex", "azelaic acid"),
        ("Tradol", "tramadol"), ("Dolantin", "meperidine"), ("Dolantina", "meperidine"),
        ("Estroven", "menopause supplement"), ("Pravasin", ""), ("Vistabel", ""), ("lanolin", ""),
        ("lanolin, anhydrous", ""), ("5-ASA", "mesalamine"), ("coumarin", ""), ("hydrogen carbonate", ""),
        ("sodium hydrogen carbonate", ""), ("propanalol", "propranolol"), ("Polpandaol", ""), ("reboxetine", ""),
        ("agomelatine", ""), ("mianserin", ""), ("lofepramine", ""), ("dosulepin", ""),
        ("dosulepin (Prothiaden)", ""), ("Prothiaden", ""), ("Edronax", ""), ("Valdoxan", ""), ("Gamanil", ""),
        ("Robitussin", ""), ("Coricidin", ""), ("Robitussin DM", "dextromethorphan"),
        ("Coricidin HBP", "dextromethorphan"), ("Benadryl D", ""), ("esmirtazapine", ""),
    ],
)  # fmt: skip
def test_a_name_never_matches_what_it_only_resembles(typed, generic):
    assert _got(typed) == generic


@pytest.mark.parametrize("template", [
    "{}", "{} 50 mg", "{} (slow releasing)", "{}, aka the blue pill", "tried {} in college", "{} for migraines",
    "{} taper", "current: {}", "{} added for MDD", "{} 2 tablets a day", "tomé {} por la noche",
    "me recetaron {} para la ansiedad", "{} de 20 mg durante seis meses", "{} genérico, 2 pastillas al día",
    "{} ??", "{} helped tremendously", "my psychiatrist prescribed {}",
])  # fmt: skip
def test_every_name_of_a_drug_that_matters_is_found_beside_other_words(template):
    lost = []
    for drug in MATTERS:
        for name in (drug.generic, *drug.brands, *drug.other_names):
            match = resolve(template.format(name))
            found = {match.product, match.drug.generic if match.drug else ""}
            if drug.generic == "selegiline":  # a tablet of it has a row of its own
                found = {generic.removesuffix(" oral") for generic in found}
            if drug.generic not in found:
                lost.append(name)
    assert not lost


def test_two_drugs_in_one_text_are_told_apart_unless_a_product_joins_them():
    products = {frozenset(drug.contains): drug for drug in TABLE if drug.contains}
    for first, second in combinations(SINGLE, 2):
        match = resolve(f"{first.generic} and {second.generic}")
        product = products.get(frozenset({first.generic, second.generic}))
        if product:
            assert match.product == product.generic
        elif {first.generic, second.generic} != {"selegiline", "selegiline oral"}:
            assert match.drug is None, (first.generic, second.generic, match.drug and match.drug.generic)
            assert set(match.named) == {first, second}


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Zoloft and Abilify", ["sertraline", "aripiprazole"]),
        ("Prozac/Wellbutrin", ["fluoxetine", "bupropion"]),
        ("sertralina y litio", ["sertraline", "lithium"]),
        ("Lexapro + Buspar", ["escitalopram", "buspirone"]),
        ("Zoloft and reboxetine", []),
        ("not Prozac", ["fluoxetine"]),
        ("Zoloft", []),
    ],
)
def test_a_page_can_ask_whether_two_medicines_were_meant(typed, named):
    assert [drug.generic for drug in resolve(typed).named] == named


@pytest.mark.parametrize("joiner", ["and", "plus", "+", "&", "y", "más", "with"])
def test_an_unknown_word_joined_to_a_name_is_a_second_medicine(joiner):
    assert resolve(f"Zoloft {joiner} qwertyzol").drug is None
    assert resolve(f"qwertyzol 50 mg {joiner} Zoloft 100").drug is None
    assert resolve(f"Zoloft qwertyzol {joiner} rest").drug is TABLE["sertraline"]


@pytest.mark.parametrize("typed", ["Zoloft setralinne", "Zoloft (sertralin)", "Lexapro escitalopran 10"])
def test_a_misspelled_word_beside_an_exact_name_may_be_the_same_drug(typed):
    assert resolve(typed).drug is not None


@pytest.mark.parametrize(
    "typed", ["Zoloft fluoxetene", "Prozac lofepramine", "Paxil agomelatine", "Zoloft prozacc"]
)
def test_a_word_that_names_another_drug_exactly_or_nearly_leaves_nothing(typed):
    assert resolve(typed).drug is None


@pytest.mark.parametrize(
    ("typed", "generic"),
    [
        ("SAMe", "sam-e"), ("same 400 mg", "sam-e"), ("SAM e", "sam-e"), ("SAM-e 800", "sam-e"), ("same", ""),
        ("same as before", ""), ("same dose 50 mg", ""), ("Prozac, same 20 mg", "fluoxetine"),
    ],
)  # fmt: skip
def test_same_is_sam_e_only_where_nothing_else_is_named(typed, generic):
    assert _got(typed) == generic


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Ritalin LA", "LA"), ("Inderal LA", "LA"), ("propranolol LA", "LA"), ("propranolol la", "LA"),
        ("tomaba la sertralina", ""), ("sertralina por la noche", ""), ("sertralina por LA noche", ""),
        ("SERTRALINA POR LA MAÑANA", ""), ("sertraline la noche", ""),
        ("bupropión de liberación prolongada", "XR"), ("venlafaxina de liberación extendida", "XR"),
        ("bupropión de liberación sostenida", "SR"), ("paroxetina de liberación controlada", "CR"),
        ("duloxetina de liberación retardada", "DR"), ("venlafaxina de liberación inmediata", "IR"),
    ],
)  # fmt: skip
def test_la_is_a_form_or_an_article(typed, form):
    assert resolve(typed).drug is not None
    assert resolve(typed).form == form


def test_no_name_of_something_else_is_read_as_a_drug_of_the_table():
    others = [name for name, drug in DICTIONARY.items() if drug is None] + list(NOT_IN_TABLE)
    assert len(others) > 20_000
    assert not [(name, _got(name)) for name in others if _got(name)]


def test_every_further_name_of_the_dictionary_is_the_drug_it_says():
    further = {name: drug for name, drug in DICTIONARY.items() if drug}
    assert len(further) > 2_000
    for name, drug in further.items():
        match = resolve(name)
        assert drug.generic in (match.product, match.drug and match.drug.generic), name


def _damaged(name: str) -> list[str]:
    """One letter dropped, doubled, swapped with the next, or changed for a vowel that sounds alike."""
    found = []
    for place in range(len(name)):
        found += [name[:place] + name[place + 1 :], name[: place + 1] + name[place:]]
        if place + 1 < len(name):
            found.append(name[:place] + name[place + 1] + name[place] + name[place + 2 :])
        if name[place] in "aeiou":
            found += [name[:place] + vowel + name[place + 1 :] for vowel in "aeiou" if vowel != name[place]]
    return found


def test_a_name_with_one_letter_wrong_is_never_read_as_another_drug():
    tried = right = 0
    wrong = []
    for drug in SINGLE:
        for name in (drug.generic, *drug.brands[:2]):
            plain = normalize(name)
            if not plain.isalpha() or len(plain) < 6:
                continue
            for typed in _damaged(plain)[::4]:
                match = resolve(typed)
                tried += 1
                right += match.drug is drug
                if match.drug is not None and match.drug is not drug and match.how == "close":
                    wrong.append((typed, match.drug.generic))
    print(f"\n{tried} names with one letter wrong: {right / tried:.1%} read, {len(wrong)} as another drug")
    assert not wrong
    assert right / tried > 0.75
