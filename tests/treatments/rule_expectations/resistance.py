"""Cases of what makes a trial count: bases, faded benefit, and doses and names that need their own reading."""

from tests.treatments.rule_expectations.case import (
    ABSENT,
    MORE,
    SERTRALINE,
    TRIALS,
    UNRECOGNIZED,
    VENLAFAXINE,
    Case,
    met,
    phq9,
    trial,
    trials,
    unknown,
    unmet,
)

BUPROPION = trial("bupropion XL", 300, 8)
LITHIUM = trial("lithium", 900, 8)
FADED = {"improvement": "50_75", "stopped_because": "benefit_faded"}
SIDE_EFFECTS = {"weeks": 3, "stopped_because": "side_effects"}


def added(entry: dict, to: object = ABSENT) -> dict:
    """The trial, added to another medicine: as typed, or not said to which."""
    return entry | {"added_to_another": "yes"} | ({} if to is ABSENT else {"added_to": to})


ADDED_TO_SERTRALINE = trials(SERTRALINE, added(BUPROPION, "Zoloft 100 mg"))
EACH_OTHER = trials(added(SERTRALINE, "bupropion"), added(BUPROPION, "sertraline"))
RING = trials(added(SERTRALINE, "bupropion"), added(BUPROPION, "Effexor"), added(VENLAFAXINE, "sertraline"))
COMBINATIONS = [
    met("E01", "each of two stood alone", trials(SERTRALINE, BUPROPION)),
    unmet("E01", "the second was added to the first by its brand", ADDED_TO_SERTRALINE),
    met("E02", "the second was added to the first by its brand", ADDED_TO_SERTRALINE),
    met("D01", "the second was added to the first by its brand", ADDED_TO_SERTRALINE),
    met("D02", "the second was added to the first by its brand", ADDED_TO_SERTRALINE),
    met("T12", "the base of a combination counts", ADDED_TO_SERTRALINE),
    unmet("T16", "the base of a combination counts", ADDED_TO_SERTRALINE),
    met("P01", "a combination is no second trial", phq9(10) | ADDED_TO_SERTRALINE),
    met("E01", "the second was added to lithium", trials(SERTRALINE, added(BUPROPION, "lithium"))),
    met("E01", "the second was added to a vitamin", trials(SERTRALINE, added(BUPROPION, "vitamin D"))),
    met("E01", "the second was added to Spravato", trials(SERTRALINE, added(BUPROPION, "Spravato"))),
    met("E01", "the second was added to itself", trials(SERTRALINE, added(BUPROPION, "Wellbutrin"))),
    met("E01", "a base without its question", trials(SERTRALINE, BUPROPION | {"added_to": "sertraline"})),
    unknown("E01", "the base was not answered", trials(SERTRALINE, added(BUPROPION)), TRIALS),
    unknown("E01", "the base is blank", trials(SERTRALINE, added(BUPROPION, " ")), TRIALS),
    unknown("E01", "the base is not recognized", trials(SERTRALINE, added(BUPROPION, UNRECOGNIZED)), TRIALS),
    unknown("E01", "two bases are named", trials(SERTRALINE, added(BUPROPION, "Zoloft and Prozac")), TRIALS),
    unknown("E01", "each was added to the other", EACH_OTHER, TRIALS),
    unknown("E02", "each was added to the other", EACH_OTHER, TRIALS),
    unknown("T16", "each was added to the other", EACH_OTHER, TRIALS),
    unknown("T12", "each was added to the other", EACH_OTHER, TRIALS),
    unknown("E01", "three were added in a ring", RING, TRIALS),
    met(
        "E01",
        "two beside a ring stood alone",
        trials(
            added(SERTRALINE, "bupropion"),
            added(BUPROPION, "sertraline"),
            VENLAFAXINE,
            trial("Prozac", 20),
        ),
    ),
    unmet(
        "E01",
        "a chain of two additions leaves one trial",
        trials(SERTRALINE, added(BUPROPION, "Zoloft"), added(VENLAFAXINE, "bupropion")),
    ),
    met(
        "E02",
        "lithium and its base are no ring",
        trials(added(SERTRALINE, "lithium"), added(LITHIUM, "Zoloft")),
    ),
    unknown("E01", "the base is no entry", trials(SERTRALINE, added(BUPROPION, "Prozac")), TRIALS),
    unknown("E02", "the base is no entry", trials(SERTRALINE, added(BUPROPION, "Prozac")), TRIALS),
    unknown(
        "E01", "the base of an augmentation is no entry", trials(SERTRALINE, added(LITHIUM, "Prozac")), TRIALS
    ),
    unknown(
        "E01",
        "the base of what is not recognized is no entry",
        trials(SERTRALINE, added(trial(UNRECOGNIZED, 20, 2), "Prozac")),
        TRIALS,
    ),
    unmet("E01", "the base of an augmentation is an entry", trials(SERTRALINE, added(LITHIUM, "Zoloft"))),
    unmet(
        "E01",
        "one base of two additions that is no entry is one trial",
        trials(added(LITHIUM, "Prozac"), added(trial("Abilify", 5), "fluoxetine")),
    ),
    unmet("E01", "a base that can't count is no entry", trials(SERTRALINE, added(LITHIUM, "Spravato"))),
    unmet(
        "D04",
        "two failures and the base of an augmentation",
        trials(SERTRALINE, VENLAFAXINE, added(LITHIUM, "Zoloft")),
    ),
    unknown(
        "D04",
        "two failures and a third that may be a combination",
        trials(SERTRALINE, VENLAFAXINE, added(trial("Remeron", 30))),
        TRIALS,
    ),
    unknown(
        "D01",
        "a short third that may be a combination",
        trials(SERTRALINE, VENLAFAXINE, added(trial("Remeron", 30, 2))),
        TRIALS,
    ),
    unmet(
        "D01",
        "a short combination is no trial",
        trials(SERTRALINE, VENLAFAXINE, added(trial("Remeron", 30, 2), "sertraline")),
    ),
]

EARLY = trial("sertraline", 50, **SIDE_EFFECTS)
MEASURES = [
    unknown("E01", "the second helped by half and faded", trials(SERTRALINE, VENLAFAXINE | FADED), TRIALS),
    unknown(
        "E01",
        "the second helped by more and faded",
        trials(SERTRALINE, VENLAFAXINE | FADED | {"improvement": "over_75"}),
        TRIALS,
    ),
    met(
        "E01",
        "under half that faded is a failure",
        trials(SERTRALINE, VENLAFAXINE | FADED | {"improvement": "25_49"}),
    ),
    unmet(
        "E01",
        "half better, stopped for another reason",
        trials(SERTRALINE, VENLAFAXINE | FADED | {"stopped_because": "cost"}),
    ),
    unknown("T12", "the only trial faded", trials(SERTRALINE | FADED), TRIALS),
    unmet("T16", "a trial that faded is an adequate one", trials(SERTRALINE | FADED)),
    unmet("E02", "a second that faded is an adequate one", trials(SERTRALINE, VENLAFAXINE | FADED)),
    met("D02", "the second faded", trials(SERTRALINE, VENLAFAXINE | FADED)),
    unknown("D08", "the second faded", trials(SERTRALINE, VENLAFAXINE | FADED), TRIALS),
    unmet(
        "D08",
        "a quarter better that faded is no failure to payers",
        trials(SERTRALINE, VENLAFAXINE | FADED | {"improvement": "25_49"}),
    ),
    unknown("D04", "the third faded", trials(SERTRALINE, VENLAFAXINE, trial("Remeron", 30, **FADED)), TRIALS),
    # Doses and names
    unknown("E01", "the second is Prozac Weekly", trials(SERTRALINE, trial("Prozac Weekly", 90)), TRIALS),
    met("E01", "the second is Aplenzin 348", trials(SERTRALINE, trial("Aplenzin", 348))),
    unmet("E01", "the second is Aplenzin 174", trials(SERTRALINE, trial("Aplenzin", 174))),
    unknown(
        "E01",
        "the second is Aplenzin of no such strength",
        trials(SERTRALINE, trial("Aplenzin", 300)),
        TRIALS,
    ),
    unknown(
        "E01", "the second is selegiline without a route", trials(SERTRALINE, trial("selegiline", 9)), TRIALS
    ),
    met("E01", "the second is the selegiline patch", trials(SERTRALINE, trial("selegiline patch", 6))),
    unmet("E01", "the second is oral selegiline", trials(SERTRALINE, trial("selegiline tablet", 10))),
    unknown("E01", "the second is Zyban", trials(SERTRALINE, trial("Zyban", 300)), TRIALS),
    unmet("E01", "the second is Zyban below the minimum", trials(SERTRALINE, trial("Zyban", 150))),
    met("E01", "the second is Zyban for depression", trials(SERTRALINE, trial("Zyban for depression", 300))),
    unknown(
        "E01",
        "the second was added to Zyban",
        trials(SERTRALINE, trial("Zyban", 150), added(VENLAFAXINE, "Zyban")),
        TRIALS,
    ),
    met(
        "E01",
        "the second is at one and a half times its maximum",
        trials(SERTRALINE, trial("duloxetine", 180)),
    ),
    unknown(
        "E01", "the second is far above its maximum", trials(SERTRALINE, trial("duloxetine", 181)), TRIALS
    ),
    unmet(
        "E01",
        "the second is far above its maximum and short",
        trials(SERTRALINE, trial("duloxetine", 181, 3)),
    ),
    unknown(
        "E01",
        "the second is olanzapine's number of Symbyax",
        trials(SERTRALINE, trial("Symbyax", 12)),
        TRIALS,
    ),
    unmet("E01", "the second is Spravato", trials(SERTRALINE, trial("Spravato", 84))),
    met("E02", "the second is Spravato", trials(SERTRALINE, trial("Spravato", 84))),
    met("T16", "only Spravato was taken", trials(trial("Spravato", 84))),
    unmet("T12", "only Spravato was taken", trials(trial("Spravato", 84))),
    met("T16", "only ketamine was taken", trials(trial("ketamine", 40))),
    unmet("E01", "the second is psilocybin", trials(SERTRALINE, trial("magic mushrooms", 25))),
    # Intolerance
    unmet(
        "T16",
        "two not tolerated in an earlier episode, added and often missed",
        trials(
            EARLY | {"this_episode": "no", "taken_most_days": "no"},
            added(trial("Prozac", 10, **SIDE_EFFECTS), "sertraline"),
        ),
    ),
    met("T16", "one drug not tolerated twice", trials(EARLY, trial("Zoloft", 25, **SIDE_EFFECTS))),
    met("T16", "the second not tolerated is Spravato", trials(EARLY, trial("Spravato", 56, **SIDE_EFFECTS))),
    met(
        "T16",
        "lithium was not tolerated beside one drug",
        trials(EARLY, trial("lithium", 300, **SIDE_EFFECTS)),
    ),
    unknown(
        "T16",
        "the weeks of the second not tolerated are not known",
        trials(EARLY, trial("Prozac", 10, None, stopped_because="side_effects", taken_most_days="no")),
        TRIALS,
    ),
    unknown("T16", "one not tolerated and one more not remembered", trials(EARLY, more=1), MORE),
]

CASES: list[Case] = [*COMBINATIONS, *MEASURES]
