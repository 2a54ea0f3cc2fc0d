"""Our own words are plain: Flesch-Kincaid grade 6 at most at the median, and nothing far above it."""

import statistics

import pytest

from tests.intake.readability import Item, grade, ours, syllables, words_of

MOST_AT_THE_MEDIAN = 5.0
MOST_OF_ONE = 9.0
FEWEST_WORDS = 5  # a formula for sentences says nothing about "First name"
# Names of illnesses, treatments and things that have no plainer name.
NAMES = """
    acceptance act allergic allergies allergy anemia anorexia anxiety arthritis asthma autoimmune behavior behavioral bipolar
    cognitive commitment cystitis defibrillator dementia depression diabetes dialectical epilepsy esketamine
    interferon interpersonal isotretinoin ketamine medicine medicines obsessive-compulsive obsessive compulsive
    pacemaker personality psilocybin psychodynamic sertraline spravato stimulator therapies therapy tms ect ptsd
    copd emdr mri vns cbasp mbct adhd ocd accutane cochlear interpreter insurance emergency
"""
MEDICAL = frozenset(NAMES.split())


def sentences() -> list[Item]:
    return [item for item in ours() if len(words_of(item.text)) >= FEWEST_WORDS]


def worst(items: list[Item], count: int = 10) -> str:
    """The hardest texts, one a line, hardest first."""
    ranked = sorted(items, key=lambda item: -grade(item.text))[:count]
    return "\n".join(f"{grade(item.text):5.1f}  {item.where}: {item.text}" for item in ranked)


def test_our_words_are_easy_to_read(capsys) -> None:
    items = sentences()
    median = statistics.median(grade(item.text) for item in items)
    with capsys.disabled():
        print(
            f"\nReading grade of {len(items)} texts: {median:.1f} at the median. The ten hardest:\n{worst(items)}"
        )
    assert median <= MOST_AT_THE_MEDIAN, worst(items)


def test_no_single_text_is_hard_to_read() -> None:
    hard = [item for item in sentences() if grade(item.text, MEDICAL) > MOST_OF_ONE]
    assert not hard, worst(hard, len(hard))


def test_short_labels_have_no_long_words_but_medical_names() -> None:
    long = {
        (word, item.text)
        for item in ours()
        if len(words_of(item.text)) < FEWEST_WORDS
        for word in words_of(item.text)
        if syllables(word) > 3 and word.lower() not in MEDICAL and not word.isupper()
    }
    assert not long


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("take", 1), ("table", 2), ("filled", 1), ("wanted", 2), ("times", 1), ("pages", 2), ("people", 2),
        ("medicine", 3), ("depression", 3), ("anxiety", 4), ("really", 2), ("question", 2), ("yes", 1), ("doctor", 2),
        ("voice", 1), ("computer", 3), ("insurance", 3), ("treatment", 2), ("somewhere", 2), ("area", 3), ("VNS", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 6 words, 1 sentence, 6 syllables.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
