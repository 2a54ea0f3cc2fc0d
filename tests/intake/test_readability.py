"""Our own words are plain: each text that a patient reads is at Flesch-Kincaid grade 6 at most."""

import statistics

import pytest

from tests.intake.readability import Item, grade, ours, syllables, words_of

MOST_AT_THE_MEDIAN = 5.0
MOST_OF_ONE = 6.0
FEWEST_WORDS = 5  # a formula for sentences says nothing about "First name"
# Names of illnesses, treatments and things that have no plainer name: each counts two syllables at most.
NAMES = """
    acceptance accutane anorexia anxiety autoimmune behavior behavioral bipolar commitment compulsive dementia
    depression dialectical disorder emergency epilepsy esketamine interferon interpersonal
    isotretinoin ketamine marijuana medicine medicines obsessive ocd pacemaker psilocybin psychodynamic
    spravato therapy tms vns
"""
MEDICAL = frozenset(NAMES.split())
# The first sentence to somebody in danger, word for word.
VERBATIM = "If you might act on thoughts of suicide, or are in danger now, call 911 or go to the nearest emergency room."


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
    hard = [item for item in sentences() if grade(item.text, MEDICAL) > MOST_OF_ONE and item.text != VERBATIM]
    assert not hard, worst(hard, len(hard))


def test_no_name_is_counted_short_without_need() -> None:
    def held_back(known: frozenset[str]) -> set[str]:
        return {item.text for item in sentences() if grade(item.text, known) > MOST_OF_ONE} | {
            item.text for _word, item in long_words(known)
        }

    with_all = held_back(MEDICAL)
    idle = {name for name in MEDICAL if held_back(MEDICAL - {name}) == with_all}
    assert not idle


def long_words(known: frozenset[str]) -> set[tuple[str, Item]]:
    """The words of more than three syllables in labels too short for the formula."""
    return {
        (word, item)
        for item in ours()
        if len(words_of(item.text)) < FEWEST_WORDS
        for word in words_of(item.text)
        if syllables(word) > 3 and word.lower() not in known and not word.isupper()
    }


def test_short_labels_have_no_long_words_but_medical_names() -> None:
    assert not long_words(MEDICAL)


@pytest.mark.parametrize(
    "text",
    [
        "Your message",  # forms/status.py
        "Check your code: it has 10 letters and numbers",  # forms/resume.py
        "write a number, such as 12",  # typed/sentences.py
        "It works once, and for 24 hours. We will ask for your date of birth.",  # the mail with the link
        "We have a question for you. Please open this page: Jo You need your reference number and your date of "
        "birth. You can also call us. Please do not answer this mail: nobody reads the answers.",
        "A treatment team has your form",  # a state
        "We are looking for the soonest place for you.",  # a reason
    ],
)
def test_all_that_a_patient_reads_is_measured(text: str) -> None:
    assert text in {item.text for item in ours()}


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
