"""Numbers as people write them, in English and Spanish: what is read, what is asked back, what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from intake.fields import FIELDS, Kind
from intake.forms.fields import form_field
from intake.forms.typed_fields import READERS
from intake.typed import Reading, written
from intake.typed.counts import UNITS, count
from intake.typed.doses import dose
from intake.typed.durations import months, weeks

NUMBERS = {part.key: part for field in FIELDS for part in (field, *field.parts) if part.kind is Kind.NUMBER}

DOSE = "Write a number in mg, such as 40."
DOSE_OR_EMPTY = "Write a number in mg, such as 40, or leave this empty."
ONE_DAY = (
    "We ask for one day. Write the mg you took on a day when you took it, and write how often beside the "
    "medicine's name, such as Prozac Weekly."
)
STRENGTH = "Write the strength in mg. It is on the label. If you do not know it, leave this empty."
UNIT = "We need milligrams (mg). If the label does not say mg, leave this empty."
POINT = "Is that 1200 or 1.2? Write it without a point."
HOW_LONG = "Write how long, such as 8 weeks or 3 months."
VAGUE = "About how many weeks, months or years? A guess is fine, such as 3 months. Or leave this empty."
UNDER = "Write the weeks you took it, such as 3. Or leave this empty."


def told(words: str) -> list[str]:
    """The texts of a table, parted by a middle dot."""
    return [each.strip() for each in words.split("·")]


DOSES: dict[float, str] = {
    150: """150 · 150 mg · 150mg. · 150 milligrams · 150 miligramos · 150 MG · 150 Mgs · １５０ · 150,0 · 150.0 · 150 milligram
        · 100-150 · 100 to 150 · 100 a 150 · between 100 and 150 · entre 100 y 150 · 100 or 150 · 100 o 150
        · 37.5 / 75 / 150 · 100 - 150 mg · 100–150 · 100 mg - 150 mg · 100mg to 150mg · from 100 to 150
        · de 100 a 150 mg · desde 100 a 150 · 75/150 · 150 or 100 · between 100 mg and 150 mg · entre 100 mg y 150 mg
        · about 150 · around 150 mg · approx. 150 · approx 150 · roughly 150 · ~150 · ~ 150 mg · maybe 150 · unos 150
        · como 150 mg · cerca de 150 · más o menos 150 · mas o menos 150 · 150+ · 150 mg or more · 150 o más
        · 150 mg o mas · at least 150 · por lo menos 150 · up to 150 · hasta 150 mg · 150 max · max 150 mg · 150 mg max
        · one hundred and fifty · a hundred and fifty · one hundred fifty mg · ciento cincuenta · ciento cincuenta mg
        · 150 mg daily · 150 a day · 150 mg once daily · 150mg/day · 150 mg al dia · 150 todos los días · 150 mg XL · 150 ER daily · 150mg/d · 150 mg in the am""",
    20: """20 mg daily · 20 a day · 20 per day · 20 mg per day · 20/day · 20 mg/day · 20 mg / day · 20 each day · 20 every day
        · 20 qd · 20 mg q.d. · 20 once a day · 20 at night · 20 at bedtime · 20 in the morning · 20 every morning
        · 20 al día · 20 diario · 20 mg diarios · 20 cada día · 20 una vez al día · 20 por la noche · 20 mg en la mañana
        · twenty · veinte · TWENTY MG · Veinte mg · about twenty · 20 every 24 hours · 20 cada 24 horas · 20 mg nightly
        · 20 mg de noche · 20 mg am · 20 MG PM · one tablet of 20 mg · 1 pastilla de 20""",
    6: "6 mg/24h · 6 mg per 24 hours · 6 mg/24 h · 6 mg / 24 hours · 6 mg por 24 horas · 6 mg en 24 horas · six · seis",
    0.025: "25 mcg · 25 ug · 25 µg · 25 μg · 25mcg · 25 micrograms · 25 microgramos · 0.025 · 0,025 · 0.025 mg · .025",
    0.05: "25-50 mcg · 50 mcg · 25 mcg to 50 mcg · entre 25 y 50 mcg",
    1500: "1.5 g · 1.5 gram · 1.5 grams · 1,5 gramos · 1.5g · 1500 · 1,500 · 1,500 mg · 1½ g",
    1000: "1 gram · 1 gramo · 1 g · 1,000",
    1200: "1200 · 1,200 · 1,200 mg · １，２００",
    37.5: "37,5 · 37.5 · 37,5 mg · 37.50",
    0.25: "0,25 · 0.25 · 0,250 · .25 mg · 1/4 · ¼",
    1.2: "1,20 · 1.2 · 1,2",
    0.5: "½ · half · 0.5 · 0,5 mg · 1/2 · medio",
    1.5: "1½ · 1 1/2 · one and a half · uno y medio · 1.5 · 1,5 mg · 1½ mg · one and a half mg",
    35: "thirty five · thirty-five · treinta y cinco · 35",
    100: "hundred · a hundred · one hundred · cien · 100 · cien mg",
    60: "60 milligrammes · sixty · sesenta · 60 mg or more daily",
    90: "ninety · noventa · 90",
}
PRODUCTS: dict[float, str] = {
    150: """75 mg twice a day · 75 bid · 75 b.i.d. · 75 2x/day · 75 2x a day · 2 x 75 · 2x75 · 2 × 75 mg · 75 x 2 · two 75s
        · 75 dos veces al día · 75 cada 12 horas · 75 mg every 12 hours · 75 q12h · 75mg twice daily · 75 2 times a day
        · 100 + 50 · 100+50 · 100 mg + 50 mg · 100 in the morning and 50 at night · 100 en la mañana y 50 en la noche
        · 100 mg por la mañana y 50 mg por la noche · 100 am and 50 pm · 2 tablets of 75 mg · 2 pastillas de 75
        · 2 75 mg tablets · two tablets of 75 mg · dos pastillas de 75 mg · 75 mg morning and night · 50 tid · 50 t.i.d.
        · 50 three times a day · 50 tres veces al día · 50 every 8 hours · 50 cada 8 horas · 37.5 four times a day · 37.5 qid
        · 37,5 cuatro veces al día · 37.5 every 6 hours · 37,5 cada 6 horas · 50-75 twice a day · 100 and 50""",
    60: "20 tid · 20 mg 3 times a day · 20 3x a day · 15 qid · 30 bid · thirty twice a day · 2 capsules of 30 mg · 30 dos veces al dia",
    0.05: "25 mcg twice a day · 2 x 25 mcg",
}
REFUSED_DOSES: dict[str, str] = {
    ONE_DAY: """90 mg weekly · 90 weekly · 20 every other day · 90 a la semana · 20 un día sí y otro no · 90 mg once a week
        · 90 mg a week · 90 per week · 90/week · 90 semanal · 20 cada otro día · 20 qod · 20 mg every 2 days · 20 cada 2 días
        · 20 alternate days · 20 mg día por medio · 100 monthly · 90 mg una vez a la semana · every other day 20""",
    STRENGTH: """half a tablet · 2 pills · media pastilla · a pill · 2 tablets · 1 tablet a day · 2 pills twice a day · one capsule
        · dos pastillas · una tableta · ½ tablet · two capsules at night · 1 comprimido""",
    UNIT: "5 ml · 100 IU · 5 % · 5% · 10 drops · 10 gotas · 20 cc · 100 units · 5 mililitros · 10 ui",
    POINT: "1.200 · 1.200 mg · 1.200 miligramos · about 1.200",
    DOSE_OR_EMPTY: "high · max dose · alta · the highest · dosis alta · maximum · la máxima · High",
    DOSE: """-5 · 1e3 · abc · mg · 10 weeks · 2 months · 150 200 · 100001 · 99999999999999 · ten weeks · 150 mg sertraline · --
        · 1.2.3 · 12345,678 · two blue ones · ٣ · 10²""",
}
WEEKS: dict[float, str] = {
    8: """8 · 8 weeks · 8 wks · 8 semanas · 8 week · 8wks. · 8 Semanas · ocho · eight weeks · a couple of months · a couple months
        · un par de meses · 2-3 months · 2 to 3 months · between 2 and 3 months · entre 2 y 3 meses · 2 o 3 meses · 2 months
        · dos meses · about 8 weeks · unas 8 semanas · 8+ · 8 weeks or more · 8 semanas o más · at least 8 weeks
        · por lo menos 8 semanas · roughly two months · 8 or 9 weeks · ８ · for 8 weeks · 2 meses""",
    6.5: "6.5 · 6,5 · 6½ · 6 1/2 · 6.5 weeks · six and a half · seis y media semanas · 6 and a half weeks",
    13: "3 months · 3 mos · 3 meses · three months · tres meses · about 3 months · unos 3 meses · 3 month · 13",
    4: "a month · un mes · one month · 1 month · 1 mes · a month or two · 4 weeks · cuatro semanas",
    52: "1 year · a year · un año · one year · 1 yr · 12 months",
    78: """a year and a half · año y medio · un año y medio · 1 year 6 months · 1 año y 6 meses · one and a half years
        · 1.5 years · 1 year and 6 months · 18 months · 18 meses · one year and a half""",
    104: "2 años · two years · 2 years · dos años · 24 months · 2 yrs · at least 2 years",
    26: "half a year · medio año · 6 months · seis meses · half year · 26",
    6: """1 month 2 weeks · 1 mes y 2 semanas · 6-8 · 6 to 8 weeks · 6 o 8 semanas · entre 6 y 8 · 6 – 8 weeks · 6 or 8
        · between 6 and 8 weeks · from 6 to 8 weeks · 6 a 8 semanas · 6 weeks to 3 months · six to eight weeks""",
    1: "10 days · 10 días · a week · una semana · 1",
    5: "40 días · 40 days · 5 · cinco semanas",
    11: "once semanas · 11 · eleven weeks",
    0: "0 · 0 weeks · 3 days · cero",
    1200: "1,200 · 1200",
}
REFUSED_WEEKS: dict[str, str] = {
    VAGUE: """a few weeks · several months · a long time · years · since 2019 · unos meses · mucho tiempo · desde 2019 · few months
        · many years · unas semanas · varios meses · for years · some weeks · months · algunos años · since March""",
    UNDER: "less than 4 · under 4 weeks · menos de 4 · less than 4 weeks · menos de 4 semanas · <4 · fewer than 4 weeks",
    POINT: "1.200 · 1.200 weeks · 1.200 semanas",
    HOW_LONG: "-5 · 1e3 · abc · 10 mg · 5201 · 2 weeks 3 years · 3 blue months · 8 8 · -- · weeks 8",
}
MONTHS: dict[float, str] = {
    18: "18 · 18 meses · 18 months · a year and a half · año y medio · 1.5 years · un año y medio · 18-24",
    24: "24 · 2 years · 2 años · two years · dos años · 2-3 years",
    1: "8 weeks · 8 semanas · a month · un mes · 40 days · 1 month 2 weeks",
    12: "a year · 1 year · un año · twelve months · doce meses",
    6: "half a year · medio año · 6 · seis meses",
}
COUNTED: dict[tuple[str, float], str] = {
    (
        "sessions",
        12,
    ): "12 · 12 sesiones · 12 sessions · twelve · doce sesiones · 12-16 · between 12 and 16 · entre 12 y 16 sesiones · about 12",
    (
        "times",
        3,
    ): "3 · 3 veces · 3 times · three times · tres veces · 3 o 4 veces · 3 or more · ~3 · 3x · at least 3",
    ("times", 2): "twice · dos veces · two",
    ("times", 0): "0 · never · none · nunca · ninguna · cero",
    ("times", 1): "1 · one time · una vez",
    (
        "years",
        25,
    ): "25 · 25 años · 25 years · 25 years old · at age 25 · twenty five · veinticinco · a los 25 · 25-30 · about 25 · 25 yrs",
    ("medicines", 2): "2 · two · dos · 2 medicines · 2 medicamentos · 2 or 3 · 2 others",
    ("mmHg", 122): "122 · 122 mmHg · 122 mm Hg",
}
NOT_KNOWN = told(
    "don't know · dont know · not sure · unknown · ? · ?? · n/a · N/A · no sé · no se · no me acuerdo · I don't know · I do not know "
    "· can't remember · no recuerdo · Not Sure ·  "
)


def cells(table: dict) -> list[tuple]:
    return [(said, typed) for said, texts in table.items() for typed in told(texts)]


def read(reader, typed: str) -> Reading:
    found = reader(typed)
    assert not found.refusal, f"{typed!r}: {found.refusal}"
    return found


@pytest.mark.parametrize(("number", "typed"), cells(DOSES))
def test_a_dose_is_read_as_it_is_written(number, typed):
    assert (read(dose, typed).value, dose(typed).confirm) == (number, False)


@pytest.mark.parametrize(("number", "typed"), cells(PRODUCTS))
def test_a_product_or_a_sum_is_read_and_is_to_be_confirmed(number, typed):
    assert (read(dose, typed).value, dose(typed).confirm, dose(typed).more) == (number, True, True)


@pytest.mark.parametrize(("number", "typed"), cells(WEEKS))
def test_weeks_are_read_as_they_are_written(number, typed):
    assert (read(weeks, typed).value, weeks(typed).confirm) == (number, False)


@pytest.mark.parametrize(("number", "typed"), cells(MONTHS))
def test_months_are_read_as_they_are_written(number, typed):
    assert read(months, typed).value == number


@pytest.mark.parametrize(("of", "typed"), cells(COUNTED))
def test_what_is_counted_is_read_in_its_own_unit(of, typed):
    unit, number = of
    assert read(lambda text: count(text, unit), typed).value == number


def sentence_of(key: str, typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        form_field(NUMBERS[key]).clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(("sentence", "typed"), cells(REFUSED_DOSES))
def test_a_dose_that_cannot_be_read_is_refused_with_its_sentence_and_its_field(sentence, typed):
    assert sentence_of("dose_mg", typed) == f"Highest dose: {sentence}"
    assert dose(typed).value is None or dose(typed).value > 100_000


@pytest.mark.parametrize(("sentence", "typed"), cells(REFUSED_WEEKS))
def test_weeks_that_cannot_be_read_are_refused_with_their_sentence_and_their_field(sentence, typed):
    assert sentence_of("weeks", typed) == f"How long you took it: {sentence}"


@pytest.mark.parametrize("typed", NOT_KNOWN)
@pytest.mark.parametrize("key", NUMBERS)
def test_what_is_not_known_is_nothing_and_no_fault(key, typed):
    assert form_field(NUMBERS[key]).clean(typed) is None


@pytest.mark.parametrize("typed", ["2.500", "37.500 mg"])
def test_a_doubtful_number_is_asked_by_its_own_two_readings(typed):
    asked = {"2.500": "Is that 2500 or 2.5?", "37.500 mg": "Is that 37500 or 37.5?"}[typed]
    assert str(dose(typed).refusal) == f"{asked} Write it without a point."


@pytest.mark.parametrize(
    ("typed", "converted"), [("3 months", True), ("8 weeks", False), ("6-8", False), ("10 days", True)]
)
def test_it_is_known_what_was_rounded_from_another_unit(typed, converted):
    assert weeks(typed).converted is converted


@pytest.mark.parametrize(("typed", "more"), [
    ("150", False), ("150 mg", False), ("150mg.", False), ("1,200", False), ("37,5 mg", False), ("１５０", False),
    ("150 milligrams", False), ("about 150", True), ("100-150", True), ("25 mcg", True), ("150 daily", True),
])  # fmt: skip
def test_a_text_is_kept_where_it_says_more_than_the_number_and_its_unit(typed, more):
    assert dose(typed).more is more
    assert form_field(NUMBERS["dose_mg"]).kept_text(typed) == (typed if more else "")


@pytest.mark.parametrize(("typed", "milligrams"), [
    ("25", 0.025), ("0.025", 0.025), ("25 mcg", 0.025), ("1 mg", 1), ("25-50", 0.05), ("1", 0.001), ("0.5", 0.5),
])  # fmt: skip
def test_a_bare_number_of_a_drug_written_in_micrograms_is_micrograms_from_1(typed, milligrams):
    assert dose(typed, bare="UG").value == milligrams


def test_every_number_has_a_unit_and_a_name_for_its_errors():
    assert {part.unit for part in NUMBERS.values()} == {*READERS, *UNITS}
    assert all(part.short for part in NUMBERS.values())


@pytest.mark.parametrize("key", NUMBERS)
def test_every_refusal_names_its_field(key):
    for typed in ("abc", "9" * 12, "-5"):
        assert sentence_of(key, typed).startswith(f"{NUMBERS[key].short}: ")


def test_a_number_is_still_held_to_its_limits():
    assert sentence_of("first_episode_age", "131") == "Age at first depression: write a number from 0 to 130"


# --- For any text -------------------------------------------------------------------------------------

READ = {
    "dose": dose,
    "weeks": weeks,
    "months": months,
    **{unit: lambda text, unit=unit: count(text, unit) for unit in UNITS},
}
PIECES = st.sampled_from(
    ["1", "2", "75", "150", "1.200", "1,200", "37,5", "0", "-", "/", "+", "x", "mg", "mcg", "g", "weeks", "semanas", "months", "años", "and", "y", "or", "o", "a", "to", "twice", "day", "al", "día", "half", "medio", "un", "once", "tablets", "pastillas", "½", "?", "~", "hasta", "unos", "between", "entre", "hundred", "cien", "%", ".", ",", "24h", "every", "cada", "weekly"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PIECES, max_size=9).map(" ".join),
    st.lists(PIECES, max_size=7).map("".join),
)


@pytest.mark.parametrize("name", READ)
@given(typed=TEXTS)
@example(typed="1 / 0")
@example(typed="\x00")
@example(typed="9" * 99)
@example(typed="1234 mcg")
def test_reading_never_raises_and_a_read_number_typed_back_reads_as_itself(name, typed):
    found = READ[name](typed)
    if found.refusal:
        assert found.value is None
    if found.value is None:
        assert not found.confirm
        return
    assert found.value >= 0
    again = READ[name](written(found.value))
    assert (again.value, again.confirm, again.refusal) == (found.value, False, "")


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("typed", ["1" + " " * 200 + "2", "12 " * 60, "1,2,3,4,5,6,7,8,9,10", "9" * 16])
def test_what_is_too_long_for_a_number_is_refused(name, typed):
    assert READ[name](typed).refusal and READ[name](typed).value is None


@given(typed=TEXTS)
def test_no_field_takes_nothing_for_a_number(typed):
    """A zero is read only where a zero was written, or less than one whole unit of another."""
    for name in ("dose", *UNITS):
        if READ[name](typed).value == 0:
            assert any(
                zero in typed.lower()
                for zero in (
                    "0",
                    "０",
                    "cero",
                    "zero",
                    "never",
                    "non",
                    "nun",
                    "nin",
                    "nada",
                    "jamas",
                    "jamás",
                )
            )


def test_a_refusal_is_written_in_the_language_of_the_page():
    with translation.override("es"):
        assert str(dose("5 ml").refusal)
