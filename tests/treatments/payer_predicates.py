"""What each predicate of the payers' packs comes to: rows of name, check, what is changed, and the result.

`DOC` rows change answers by path; `TRIALS` rows give the trials; others give rows of entries or scores as well.
"""

from typing import Any, NamedTuple

from tests.documents import ABSENT, complete_document, trial, with_trials
from tests.payers import entry, shows


class Row(NamedTuple):
    said: str
    check: dict
    facts: dict[str, Any]
    expected: str


def answers(said: str, check: dict, expected: str, changes: dict | None = None, **facts: Any) -> Row:
    return Row(said, check, {"document": complete_document(**(changes or {})), **facts}, expected)


def trials(said: str, check: dict, expected: str, *given: dict, more: Any = 0, **changes: Any) -> Row:
    facts = {"entries": changes.pop("entries", ()), "evidence": changes.pop("evidence", ())}
    return Row(said, check, {"document": with_trials(*given, more=more, **changes), **facts}, expected)


def medicines(*names: str, **more: Any) -> dict:
    return {"medicines.list": [{"drug": name, **more} for name in names]}


TWO = {"failures": {"n": 2, "classes": 2, "weeks": 6}}
ONE = {"failures": {"weeks": 6}}
SERTRALINE, VENLAFAXINE = trial(), trial("venlafaxine XR", dose_mg=225)
NOT_TOLERATED = trial(weeks=2, stopped_because="side_effects", improvement="not_sure")
ABILIFY = trial("Abilify", dose_mg=5)

FAILURES = [
    trials("two drugs of two classes", TWO, "met", SERTRALINE, VENLAFAXINE),
    trials("two drugs of one class", TWO, "not met", SERTRALINE, trial("Lexapro", dose_mg=20)),
    trials(
        "two drugs where no class is asked",
        {"failures": {"n": 2}},
        "met",
        SERTRALINE,
        trial("Lexapro", dose_mg=20),
    ),
    trials("the same drug twice is one", TWO, "not met", SERTRALINE, trial("Zoloft")),
    trials("n is classes where it is not named", {"failures": {"classes": 2}}, "not met", SERTRALINE),
    trials("one is enough where nothing is named", {"failures": {}}, "met", SERTRALINE),
    trials("a name nobody recognizes may be another drug", TWO, "open", SERTRALINE, trial("the blue pill")),
    trials("more may be of any class", TWO, "open", SERTRALINE, more=1),
    trials("how many more is not known", TWO, "open", SERTRALINE, more=ABSENT),
    Row(
        "the list was never given",
        ONE,
        {"document": complete_document(**{"antidepressants.trials": ABSENT})},
        "open",
    ),
    trials("no trial at all", ONE, "not met"),
    trials(
        "a base that is no entry may be a trial",
        ONE,
        "open",
        trial(added_to_another="yes", added_to="Celexa"),
    ),
    trials(
        "a combination is no trial",
        TWO,
        "not met",
        SERTRALINE,
        trial("bupropion", dose_mg=300, added_to_another="yes", added_to="sertraline"),
    ),
    trials("not known what it was added to", ONE, "open", trial(added_to_another="not_sure")),
    trials("six weeks reach six", ONE, "met", trial(weeks=6)),
    trials("five do not", ONE, "not met", trial(weeks=5)),
    trials("weeks not known", ONE, "open", trial(weeks=None)),
    trials("four weeks are not over four", {"failures": {"weeks_over": 4}}, "not met", trial(weeks=4)),
    trials("four and a half are", {"failures": {"weeks_over": 4}}, "met", trial(weeks=4.5)),
    trials("not known whether over four", {"failures": {"weeks_over": 4}}, "open", trial(weeks=None)),
    trials("four weeks where none are named", {"failures": {}}, "met", trial(weeks=4)),
    trials("a quarter better is under 50", ONE, "met", trial(improvement="25_49")),
    trials(
        "and not at most 25", {"failures": {"max_improvement": 25}}, "not met", trial(improvement="25_49")
    ),
    trials("under 25 is", {"failures": {"max_improvement": 25}}, "met", SERTRALINE),
    trials("half better is no failure", ONE, "not met", trial(improvement="50_75")),
    trials("benefit not known", ONE, "open", trial(improvement="not_sure")),
    trials("benefit that faded", ONE, "open", trial(improvement="50_75", stopped_because="benefit_faded")),
    trials(
        "faded, at most 25 asked",
        {"failures": {"max_improvement": 25}},
        "open",
        trial(improvement="over_75", stopped_because="benefit_faded"),
    ),
    trials("dose below the minimum", ONE, "not met", trial(dose_mg=25)),
    trials("dose not known", ONE, "open", trial(dose_mg=None)),
    trials("a dose far too high", ONE, "open", trial(dose_mg=900)),
    trials("any dose", {"failures": {"dose": "any"}}, "met", trial(dose_mg=None)),
    trials("another episode", ONE, "not met", trial(this_episode="no")),
    trials("episode not known", ONE, "open", trial(this_episode="not_sure")),
    trials("whatever episode", {"failures": {"this_episode": False}}, "met", trial(this_episode="no")),
    trials("missed days do not matter", ONE, "met", trial(taken_most_days="no")),
    trials("unless asked", {"failures": {"adherence": True}}, "not met", trial(taken_most_days="no")),
    trials("taken not known", {"failures": {"adherence": True}}, "open", trial(taken_most_days="not_sure")),
    trials(
        "bipolar disorder has a need of its own",
        ONE,
        "met",
        SERTRALINE,
        **{"history.bipolar_diagnosis": "yes"},
    ),
    trials("Spravato never counts", ONE, "not met", trial("Spravato", dose_mg=84)),
    trials("an augmenting drug is left out", ONE, "not met", ABILIFY),
    trials("augmentation may count", {"failures": {"augmentation": "approved"}}, "met", ABILIFY),
    trials(
        "its class counts",
        {**TWO, "failures": {**TWO["failures"], "augmentation": "any"}},
        "met",
        SERTRALINE,
        ABILIFY,
    ),
    trials(
        "its dose is not judged", {"failures": {"augmentation": "any"}}, "met", trial("lithium", dose_mg=None)
    ),
    trials(
        "lithium is not among the approved",
        {"failures": {"augmentation": "approved"}},
        "not met",
        trial("lithium"),
    ),
    trials("ketamine never", {"failures": {"augmentation": "any"}}, "not met", trial("ketamine infusion")),
    trials(
        "augmentation of unknown benefit",
        {"failures": {"augmentation": "any"}},
        "open",
        trial("lithium", improvement="not_sure"),
    ),
    trials(
        "a name nobody recognizes may augment",
        {"failures": {"augmentation": "any"}},
        "open",
        trial("the blue pill"),
    ),
    trials("not tolerated does not count", ONE, "not met", NOT_TOLERATED),
    trials("unless asked", {"failures": {"intolerance": "counts"}}, "met", NOT_TOLERATED),
    trials(
        "at a low dose for long",
        {"failures": {"intolerance": "counts"}},
        "met",
        {**NOT_TOLERATED, "weeks": 20, "dose_mg": 25},
    ),
    trials(
        "long enough and high enough",
        {"failures": {"intolerance": "counts"}},
        "not met",
        {**NOT_TOLERATED, "weeks": 20, "improvement": "over_75"},
    ),
    trials(
        "a combination not tolerated",
        {"failures": {"intolerance": "counts"}},
        "met",
        {**NOT_TOLERATED, "added_to_another": "yes", "added_to": "Celexa"},
    ),
    trials(
        "still taken",
        {"failures": {"intolerance": "counts"}},
        "not met",
        {**NOT_TOLERATED, "still_taking": "yes"},
    ),
    trials(
        "reason not known",
        {"failures": {"intolerance": "counts"}},
        "open",
        {**NOT_TOLERATED, "stopped_because": "not_sure"},
    ),
    trials(
        "an augmenting drug not tolerated is no antidepressant",
        {"failures": {"intolerance": "counts", "augmentation": "any"}},
        "not met",
        {**NOT_TOLERATED, "drug": "Abilify"},
    ),
]

MAXIMUM = {"failures": {"dose": "maximum"}}
ABOUT = {"about": "antidepressants.trials[0]"}
MAXIMA = [
    trials("the highest of the table", MAXIMUM, "met", trial(dose_mg=200)),
    trials("below the minimum", MAXIMUM, "not met", trial(dose_mg=25)),
    trials("between", MAXIMUM, "open", trial(dose_mg=100)),
    trials("no dose", MAXIMUM, "open", trial(dose_mg=None)),
    trials("far too high a dose", MAXIMUM, "open", trial(dose_mg=900)),
    trials("the usual maximum where the other is empty", MAXIMUM, "met", trial("fluvoxamine", dose_mg=300)),
    trials("a drug without a minimum", MAXIMUM, "open", trial("Exxua", dose_mg=72.6)),
    trials(
        "a clinician says so",
        MAXIMUM,
        "met",
        trial(dose_mg=25),
        entries=[entry("max_tolerated", "yes", **ABOUT)],
    ),
    trials(
        "a clinician says no",
        MAXIMUM,
        "not met",
        trial(dose_mg=200),
        entries=[entry("max_tolerated", "no", **ABOUT)],
    ),
    trials(
        "said of another trial",
        MAXIMUM,
        "open",
        trial(dose_mg=100),
        trial("lithium"),
        entries=[entry("max_tolerated", "yes", about="antidepressants.trials[1]")],
    ),
    trials(
        "the latest counts",
        MAXIMUM,
        "not met",
        trial(dose_mg=100),
        entries=[
            entry("max_tolerated", "no", "2026-11-25", **ABOUT),
            entry("max_tolerated", "yes", "2026-11-20", **ABOUT),
        ],
    ),
]

FOUR = {"intolerances": {"n": 1}}
INTOLERANCES = [
    trials("stopped early for side effects", FOUR, "met", NOT_TOLERATED),
    trials("in whatever episode", FOUR, "met", {**NOT_TOLERATED, "this_episode": "no"}),
    trials(
        "unless this one is asked",
        {"intolerances": {"n": 1, "this_episode": True}},
        "not met",
        {**NOT_TOLERATED, "this_episode": "no"},
    ),
    trials("stopped for no benefit", FOUR, "not met", SERTRALINE),
    trials("still taking not known", FOUR, "open", {**NOT_TOLERATED, "still_taking": "not_sure"}),
    trials("more may have been", FOUR, "open", SERTRALINE, more=1),
    trials(
        "two of one class",
        {"intolerances": {"n": 2, "classes": 2}},
        "not met",
        NOT_TOLERATED,
        {**NOT_TOLERATED, "drug": "Celexa"},
    ),
]

AUG = {"augmentations": {"n": 1, "kinds": ["any"]}}
SGA = {"augmentations": {"n": 1, "kinds": ["sga", "lithium"]}}
SECOND = {"augmentations": {"n": 1, "kinds": ["second_antidepressant"]}}
COMBINED = trial("bupropion", dose_mg=300, added_to_another="yes", added_to="sertraline")
AUGMENTATIONS = [
    trials("an antipsychotic added", AUG, "met", SERTRALINE, ABILIFY),
    trials("none tried and none forgotten", AUG, "not met", SERTRALINE, **medicines()),
    trials("one of another kind", SGA, "not met", trial("Lamictal")),
    trials(
        "thyroid hormone",
        {"augmentations": {"n": 1, "kinds": ["thyroid"]}},
        "met",
        trial("Cytomel", dose_mg=25),
    ),
    trials(
        "buspirone",
        {"augmentations": {"n": 1, "kinds": ["buspirone"]}},
        "met",
        trial("buspirone", dose_mg=30),
    ),
    trials("ketamine never", AUG, "not met", trial("ketamine infusion")),
    trials("a second antidepressant", SECOND, "met", SERTRALINE, COMBINED),
    trials("one that stood alone", SECOND, "not met", SERTRALINE, VENLAFAXINE),
    trials("not known whether it stood alone", SECOND, "open", trial(added_to_another="not_sure")),
    trials("a second one among any", AUG, "met", SERTRALINE, COMBINED),
    trials("and not among others", SGA, "not met", SERTRALINE, COMBINED),
    trials("not long enough", AUG, "not met", trial("Abilify", weeks=3)),
    trials(
        "over four weeks",
        {"augmentations": {"n": 1, "kinds": ["any"], "weeks_over": 4}},
        "not met",
        trial("Abilify", weeks=4),
    ),
    trials("helped", AUG, "not met", trial("Abilify", improvement="over_75")),
    trials("in an earlier episode", AUG, "met", trial("Abilify", this_episode="no")),
    trials(
        "where this one is asked",
        {"augmentations": {"n": 1, "kinds": ["any"], "this_episode": True}},
        "not met",
        trial("Abilify", this_episode="no"),
    ),
    trials("weeks not known", AUG, "open", trial("Abilify", weeks=None)),
    trials("a name nobody recognizes", AUG, "open", trial("the blue pill")),
    trials("more not remembered", AUG, "open", SERTRALINE, more=2),
    trials("taken now and no trial", AUG, "open", SERTRALINE, **medicines("Abilify")),
    trials("an unrecognized medicine now", AUG, "open", SERTRALINE, **medicines("the red pill")),
    trials("an ordinary medicine now", AUG, "not met", SERTRALINE, **medicines("lisinopril")),
    trials("of another kind now", SGA, "not met", SERTRALINE, **medicines("Lamictal")),
    trials(
        "taken now and a trial that helped",
        AUG,
        "not met",
        trial("Abilify", improvement="over_75"),
        **medicines("aripiprazole"),
    ),
    trials("stopped lately", AUG, "not met", SERTRALINE, **medicines("Abilify", stopped="yes")),
    trials("medicines never given", AUG, "open", SERTRALINE, **{"medicines.list": ABSENT}),
    trials("trials never given", AUG, "open", **{"antidepressants.trials": ABSENT}),
    trials("not tolerated does not count", AUG, "not met", {**NOT_TOLERATED, "drug": "Abilify"}),
    trials(
        "unless asked",
        {"augmentations": {"n": 1, "kinds": ["any"], "intolerance": "counts"}},
        "met",
        {**NOT_TOLERATED, "drug": "Abilify"},
    ),
    trials(
        "not tolerated and of unknown length",
        {"augmentations": {"n": 1, "kinds": ["any"], "intolerance": "counts"}},
        "open",
        {**NOT_TOLERATED, "drug": "Abilify", "weeks": None},
    ),
]


def courses(said: str, check: dict, expected: str, *given: dict) -> Row:
    whole = {"this_episode": "yes", "improvement": "under_25"}
    entries = [
        {key: value for key, value in {**whole, **each}.items() if value is not ABSENT} for each in given
    ]
    return answers(said, check, expected, {"other_treatments.therapy": entries})


EIGHT = {"therapy": {"types": "evidence_based"}}
FAILED = {"therapy": {"types": ["cbt", "ipt"], "max_improvement": 49}}
THERAPIES = [
    courses("eight sessions of one type", EIGHT, "met", {"type": "cbt", "sessions": 8}),
    courses("seven are not eight", EIGHT, "not met", {"type": "cbt", "sessions": 7}),
    courses(
        "summed over entries", EIGHT, "met", {"type": "cbt", "sessions": 4}, {"type": "cbt", "sessions": 4}
    ),
    courses(
        "types are not added",
        EIGHT,
        "not met",
        {"type": "cbt", "sessions": 5},
        {"type": "ipt", "sessions": 5},
    ),
    courses("counseling is none of these", EIGHT, "not met", {"type": "counselling", "sessions": 50}),
    courses(
        "unless named", {"therapy": {"types": ["counselling"]}}, "met", {"type": "counselling", "sessions": 8}
    ),
    courses("sessions not known", EIGHT, "open", {"type": "cbt", "sessions": None}),
    courses(
        "type not known, enough with it",
        EIGHT,
        "open",
        {"type": "cbt", "sessions": 5},
        {"type": "not_sure", "sessions": 5},
    ),
    courses(
        "type not known, too few with it",
        EIGHT,
        "not met",
        {"type": "cbt", "sessions": 3},
        {"type": "not_sure", "sessions": 3},
    ),
    courses("another episode", EIGHT, "not met", {"type": "cbt", "sessions": 9, "this_episode": "no"}),
    courses(
        "whatever episode",
        {"therapy": {"types": ["cbt"], "this_episode": False}},
        "met",
        {"type": "cbt", "sessions": 9, "this_episode": "no"},
    ),
    courses("episode not known", EIGHT, "open", {"type": "cbt", "sessions": 9, "this_episode": "not_sure"}),
    courses(
        "it helped, which is not asked",
        EIGHT,
        "met",
        {"type": "cbt", "sessions": 9, "improvement": "over_75"},
    ),
    courses("it helped", FAILED, "not met", {"type": "cbt", "sessions": 9, "improvement": "50_75"}),
    courses("it helped a little", FAILED, "met", {"type": "cbt", "sessions": 9, "improvement": "25_49"}),
    courses(
        "at most 25",
        {"therapy": {"types": ["cbt"], "max_improvement": 25}},
        "not met",
        {"type": "cbt", "sessions": 9, "improvement": "25_49"},
    ),
    courses("benefit not known", FAILED, "open", {"type": "cbt", "sessions": 9, "improvement": "not_sure"}),
    courses("none was had", EIGHT, "not met"),
    answers("never given", EIGHT, "open", {"other_treatments.therapy": ABSENT}),
]


def score(scale: str, total: int, on: str = "2026-11-27", **more: Any) -> dict:
    return {"scale": scale, "total": total, "on": on, **more}


FIFTEEN = {"score_at_least": {"phq9": 15}}
NO_PHQ9 = {"mood.phq9": ABSENT}
PHQ9_OF_18 = {"mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 0]}
SCORES = [
    answers("18 reach 15", FIFTEEN, "met", PHQ9_OF_18),
    answers("14 do not", FIFTEEN, "not met", {"mood.phq9": [2, 2, 2, 2, 2, 2, 2, 0, 0]}),
    answers("an item is missing", FIFTEEN, "open", {"mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, None]}),
    answers("no score", FIFTEEN, "open", NO_PHQ9),
    answers("the newest counts", FIFTEEN, "not met", PHQ9_OF_18, scores=[score("phq9", 3)]),
    answers("an older one does not", FIFTEEN, "met", PHQ9_OF_18, scores=[score("phq9", 3, "2026-11-01")]),
    answers("of one day the intake's is the earlier", FIFTEEN, "not met", PHQ9_OF_18, scores=[score("phq9", 3, "2026-11-20")]),
    answers("of one day the later in the list", FIFTEEN, "not met", PHQ9_OF_18, scores=[score("phq9", 20), score("phq9", 3)]),
    answers("one without an item is no score", FIFTEEN, "met", PHQ9_OF_18, scores=[{"scale": "phq9", "items": [0] * 8 + [None], "on": "2026-11-27"}]),
    answers("any scale named will do", {"score_at_least": {"phq9": 20, "madrs": 28}}, "met", PHQ9_OF_18, scores=[score("madrs", 28)]),
    answers("and none reaches", {"score_at_least": {"phq9": 20, "madrs": 28}}, "not met", PHQ9_OF_18, scores=[score("madrs", 27)]),
    answers("28 days are within 28", {"score_at_least": {"phq9": 15, "within_days": 28}}, "met", PHQ9_OF_18, on="2026-12-18"),
    answers("29 are not", {"score_at_least": {"phq9": 15, "within_days": 28}}, "open", PHQ9_OF_18, on="2026-12-19"),
    answers("only a scale that nobody typed", {"score_at_least": {"madrs": 20}}, "open", PHQ9_OF_18),
    answers("a score is there", {"score_recorded": {"scales": ["any"]}}, "met", PHQ9_OF_18),
    answers("of this scale", {"score_recorded": {"scales": ["bdi"]}}, "open", PHQ9_OF_18),
    answers("typed", {"score_recorded": {"scales": ["bdi"]}}, "met", NO_PHQ9, scores=[score("bdi", 0)]),
    answers("too old", {"score_recorded": {"scales": ["any"], "within_days": 2}}, "open", PHQ9_OF_18),
    answers("none", {"score_recorded": {"scales": ["any"]}}, "open", NO_PHQ9),
]  # fmt: skip

NOW, TWO_WEEKS = {"current_antidepressant": {}}, {"current_antidepressant": {"weeks": 2}}
FINE = {"current_antidepressant": {"not_failed": True}}
TAKEN = trial(still_taking="yes", weeks=3, improvement="50_75", stopped_because=ABSENT)
CURRENT = [
    trials("a trial still taken", NOW, "met", TAKEN),
    trials("for three weeks", TWO_WEEKS, "met", TAKEN),
    trials("for one", TWO_WEEKS, "not met", {**TAKEN, "weeks": 1}),
    trials("weeks not known, and not asked", NOW, "met", {**TAKEN, "weeks": None}),
    trials("weeks not known", TWO_WEEKS, "open", {**TAKEN, "weeks": None}),
    trials("none taken", NOW, "not met", SERTRALINE, **medicines("lisinopril")),
    trials("nothing at all", NOW, "not met", **medicines()),
    trials("in the medicine list alone", NOW, "met", SERTRALINE, **medicines("Lexapro")),
    trials("for how long is not known", TWO_WEEKS, "open", **medicines("Lexapro")),
    trials(
        "in both lists: the trial's weeks", TWO_WEEKS, "not met", {**TAKEN, "weeks": 1}, **medicines("Zoloft")
    ),
    trials("stopped lately", NOW, "not met", **medicines("Lexapro", stopped="yes")),
    trials(
        "not known whether still taken", NOW, "open", {**TAKEN, "still_taking": "not_sure"}, **medicines()
    ),
    trials("an unrecognized medicine", NOW, "open", **medicines("the red pill")),
    trials("medicines never given", NOW, "open", **{"medicines.list": ABSENT}),
    trials("trials never given", NOW, "open", **{"antidepressants.trials": ABSENT}, **medicines()),
    trials(
        "never given, and one is sure",
        NOW,
        "met",
        **{"antidepressants.trials": ABSENT},
        **medicines("Lexapro"),
    ),
    trials("an augmentation is none", NOW, "not met", **medicines("Abilify")),
    trials("one that has not failed", FINE, "met", TAKEN),
    trials("one that has", FINE, "not met", {**TAKEN, "improvement": "under_25"}, **medicines()),
    trials("an earlier trial of it failed", FINE, "not met", TAKEN, trial("Zoloft"), **medicines()),
    trials("faded", FINE, "open", {**TAKEN, "stopped_because": "benefit_faded"}),
    trials(
        "trials never given, so it may have failed",
        FINE,
        "open",
        **{"antidepressants.trials": ABSENT},
        **medicines("Lexapro"),
    ),
    trials("in the medicine list, and its trial failed", FINE, "not met", SERTRALINE, **medicines("Zoloft")),
    trials(
        "and for how long is not known",
        {"current_antidepressant": {"weeks": 2, "not_failed": True}},
        "not met",
        SERTRALINE,
        **medicines("Zoloft"),
    ),
    trials(
        "its trial helped, and for how long is not known",
        {"current_antidepressant": {"weeks": 2, "not_failed": True}},
        "open",
        {**TAKEN, "still_taking": "no"},
        **medicines("Zoloft"),
    ),
]

PSYCHOSIS = {"no_psychosis": {"when": "now"}}
EVER = {"no_psychosis": {"when": "ever"}}
HISTORY = "psychosis_history"
SUD, WINDOW = {"no_active_sud": {}}, {"no_active_sud": {"within_days": 90}}
TREATED = {"no_active_sud": {"treated_ok": True}}
SUD_YES = {"substances.substance_use_disorder_now": "yes"}
CONSENT = "consent.substance_use_agreed"
MALE = {"about.sex_at_birth": "male", "health.pregnant": ABSENT}
SINGLE = [
    answers("18 on the day", {"age": {"min": 18}}, "met", {"about.date_of_birth": "2008-11-28"}),
    answers("a day later", {"age": {"min": 18}}, "not met", {"about.date_of_birth": "2008-11-29"}),
    answers("64 is within", {"age": {"min": 18, "max": 64}}, "met", {"about.date_of_birth": "1961-11-29"}),
    answers("65 is not", {"age": {"min": 18, "max": 64}}, "not met", {"about.date_of_birth": "1961-11-28"}),
    answers(
        "a record differs", {"age": {"min": 18}}, "open", evidence=[shows("about.date_of_birth", agrees="no")]
    ),
    answers("unipolar", {"unipolar": {}}, "met"),
    answers("bipolar", {"unipolar": {}}, "not met", {"history.bipolar_diagnosis": "yes"}),
    answers("not sure", {"unipolar": {}}, "open", {"history.bipolar_diagnosis": "not_sure"}),
    answers("no psychosis now", PSYCHOSIS, "met"),
    answers("one of the four", PSYCHOSIS, "not met", {"history.voices_command": "yes"}),
    answers("one of the four not answered", PSYCHOSIS, "open", {"history.deserves_punishment": ABSENT}),
    answers("before is not now", PSYCHOSIS, "met", {"history.psychosis_ever": "yes"}),
    answers("never", EVER, "met"),
    answers("before", EVER, "not met", {"history.psychosis_ever": "yes"}),
    answers("before, not answered", EVER, "open", {"history.psychosis_ever": ABSENT}),
    answers(
        "entered: none", EVER, "met", {"history.psychosis_ever": "yes"}, entries=[entry(HISTORY, "none")]
    ),
    answers("entered: past, now asked", PSYCHOSIS, "met", entries=[entry(HISTORY, "past")]),
    answers("entered: past, ever asked", EVER, "not met", entries=[entry(HISTORY, "past")]),
    answers("entered: current", PSYCHOSIS, "not met", entries=[entry(HISTORY, "current")]),
    answers("not pregnant", {"not_pregnant": {}}, "met"),
    answers("pregnant", {"not_pregnant": {}}, "not met", {"health.pregnant": "yes"}),
    answers("not sure", {"not_pregnant": {}}, "open", {"health.pregnant": "not_sure"}),
    answers("a man", {"not_pregnant": {}}, "met", MALE),
    answers("a man not sure", {"not_pregnant": {}}, "met", {**MALE, "health.pregnant": "not_sure"}),
    answers("a man who said yes", {"not_pregnant": {}}, "not met", {**MALE, "health.pregnant": "yes"}),
    answers("no disorder", SUD, "met"),
    answers("a disorder", SUD, "not met", SUD_YES),
    answers("a disorder, treated may do", TREATED, "open", SUD_YES),
    answers("not answered", SUD, "open", {"substances.substance_use_disorder_now": ABSENT}),
    answers("no consent", SUD, "open", {CONSENT: "no"}),
    answers("no drugs in a year", WINDOW, "met"),
    answers("drugs in a year", WINDOW, "open", {"substances.drug_use_past_year": 2}),
    answers("drugs not answered", WINDOW, "open", {"substances.drug_use_past_year": ABSENT}),
    answers("a disorder decides", WINDOW, "not met", {**SUD_YES, "substances.drug_use_past_year": 2}),
    answers("entered: none", SUD, "met", {**SUD_YES, CONSENT: "no"}, entries=[entry("sud_status", "none")]),
    answers("entered: in remission", SUD, "met", SUD_YES, entries=[entry("sud_status", "in_remission")]),
    answers("entered: treated", SUD, "not met", entries=[entry("sud_status", "treated")]),
    answers("entered: treated, which is fine", TREATED, "met", entries=[entry("sud_status", "treated")]),
    answers("entered: active", TREATED, "not met", entries=[entry("sud_status", "active")]),
]


def course(name: str, **given: str) -> dict:
    return {f"other_treatments.{name}": given}


KETAMINE_NOW = {"no_concurrent": {"treatments": ["ketamine"]}}
TMS_NOW = {"no_concurrent": {"treatments": ["tms", "ect"]}}
FOR_SPRAVATO = {"treatment": "spravato"}
NEVER_TMS, NEVER_SPRAVATO = {"never_had": {"treatment": "tms"}}, {"never_had": {"treatment": "spravato"}}
HELPED = {"prior_response": {"treatment": "tms", "percent": 50}}
SPRAVATO_HELPED = {"prior_response": {"treatment": "spravato", "percent": 50}}
COURSES = [
    answers("never had", TMS_NOW, "met", course("tms", had="no")),
    answers("never had decides", TMS_NOW, "met", course("tms", had="no", now="yes")),
    answers("had and over", TMS_NOW, "met", course("tms", had="yes", now="no")),
    answers("now", TMS_NOW, "not met", course("tms", had="yes", now="yes")),
    answers("not known", TMS_NOW, "open", course("tms", had="yes")),
    answers(
        "another one is now",
        TMS_NOW,
        "not met",
        {**course("tms", had="yes"), **course("ect", had="yes", now="yes")},
    ),
    answers(
        "Spravato now, before TMS",
        KETAMINE_NOW,
        "not met",
        course("ketamine", had="yes", kind="spravato", now="yes"),
    ),
    answers(
        "Spravato now, before Spravato",
        KETAMINE_NOW,
        "met",
        course("ketamine", had="yes", kind="spravato", now="yes"),
        **FOR_SPRAVATO,
    ),
    answers(
        "infusions now, before Spravato",
        KETAMINE_NOW,
        "not met",
        course("ketamine", had="yes", kind="iv", now="yes"),
        **FOR_SPRAVATO,
    ),
    answers(
        "which kind is not known",
        KETAMINE_NOW,
        "open",
        course("ketamine", had="yes", now="yes"),
        **FOR_SPRAVATO,
    ),
    answers("TMS never", NEVER_TMS, "met", course("tms", had="no")),
    answers("TMS before", NEVER_TMS, "not met", course("tms", had="yes")),
    answers("TMS not known", NEVER_TMS, "open", course("tms")),
    answers("Spravato never", NEVER_SPRAVATO, "met", course("ketamine", had="no")),
    answers("infusions are not Spravato", NEVER_SPRAVATO, "met", course("ketamine", had="yes", kind="iv")),
    answers("Spravato before", NEVER_SPRAVATO, "not met", course("ketamine", had="yes", kind="spravato")),
    answers("of which kind is not known", NEVER_SPRAVATO, "open", course("ketamine", had="yes")),
    answers("TMS helped by half", HELPED, "met", course("tms", had="yes", improvement="50_75")),
    answers("TMS helped less", HELPED, "not met", course("tms", had="yes", improvement="25_49")),
    answers("TMS was never had", HELPED, "not met", course("tms", had="no")),
    answers("how much is not known", HELPED, "open", course("tms", had="yes")),
    answers(
        "75 asked",
        {"prior_response": {"treatment": "tms", "percent": 75}},
        "not met",
        course("tms", had="yes", improvement="50_75"),
    ),
    answers(
        "Spravato helped",
        SPRAVATO_HELPED,
        "met",
        course("ketamine", had="yes", kind="spravato", improvement="over_75"),
    ),
    answers(
        "infusions helped",
        SPRAVATO_HELPED,
        "not met",
        course("ketamine", had="yes", kind="iv", improvement="over_75"),
    ),
    answers(
        "of which kind is not known",
        SPRAVATO_HELPED,
        "open",
        course("ketamine", had="yes", improvement="over_75"),
    ),
]

DIAGNOSIS = {"diagnosis": {"codes": ["F33.2", "F32.A"]}}
PDMP = {"entry": {"key": "pdmp_checked", "values": ["yes"], "valid_days": 30}}
EXAM = {"entry": {"key": "psychiatrist_exam", "values": ["yes"]}}
LETTER = {"document": {"kinds": ["payer_letter", "therapy_record"]}}
RECORD = "other_treatments.therapy"
ENTERED = [
    answers("the code", DIAGNOSIS, "met", entries=[entry("diagnosis", "F33.2")]),
    answers("another code", DIAGNOSIS, "not met", entries=[entry("diagnosis", "F33.1")]),
    answers("no code", DIAGNOSIS, "open"),
    answers(
        "the newest code",
        DIAGNOSIS,
        "not met",
        entries=[entry("diagnosis", "F33.1"), entry("diagnosis", "F33.2", "2026-01-01")],
    ),
    answers(
        "of one day the later in the list",
        DIAGNOSIS,
        "met",
        entries=[entry("diagnosis", "F33.1"), entry("diagnosis", "F33.2")],
    ),
    answers("30 days old", PDMP, "met", entries=[entry("pdmp_checked", "yes", "2026-10-29")]),
    answers("31 days old", PDMP, "open", entries=[entry("pdmp_checked", "yes", "2026-10-28")]),
    answers("not entered", PDMP, "open"),
    answers("entered no", EXAM, "not met", entries=[entry("psychiatrist_exam", "no")]),
    answers("entered yes long ago", EXAM, "met", entries=[entry("psychiatrist_exam", "yes", "2020-01-01")]),
    answers(
        "expired whatever its value",
        {"entry": {"key": "psychiatrist_exam", "values": ["yes"], "valid_days": 3}},
        "open",
        entries=[entry("psychiatrist_exam", "no")],
    ),
    answers("seen", LETTER, "met", evidence=[shows(RECORD, kind="therapy_record")]),
    answers("told only", LETTER, "open", evidence=[shows(RECORD, kind="therapy_record", strength="told")]),
    answers("of another kind", LETTER, "open", evidence=[shows(RECORD)]),
    answers("that differs", LETTER, "open", evidence=[shows(RECORD, kind="therapy_record", agrees="no")]),
    answers("answered", {"answered": {"paths": ["history.episode_months", RECORD]}}, "met", {RECORD: []}),
    answers(
        "not sure is no answer",
        {"answered": {"paths": ["health.stroke"]}},
        "open",
        {"health.stroke": "not_sure"},
    ),
    answers("not given", {"answered": {"paths": ["health.stroke"]}}, "open", {"health.stroke": ABSENT}),
    answers("none of the rules", {"rules_not_met": {"rules": ["T01", "T02"]}}, "met"),
    answers(
        "one of the rules",
        {"rules_not_met": {"rules": ["T01", "T02"]}},
        "not met",
        {"health.cochlear_implant": "yes"},
    ),
    answers(
        "not decided",
        {"rules_not_met": {"rules": ["T01", "T02"]}},
        "open",
        {"health.cochlear_implant": ABSENT},
    ),
    answers("any of", {"any_of": [PDMP, {"unipolar": {}}]}, "met"),
    answers("any of, open", {"any_of": [PDMP, {"age": {"max": 3}}]}, "open"),
    answers("any of, none", {"any_of": [{"age": {"max": 3}}]}, "not met"),
    answers("all of", {"all_of": [{"age": {"min": 3}}, {"unipolar": {}}]}, "met"),
    answers("all of, one not", {"all_of": [PDMP, {"age": {"max": 3}}]}, "not met"),
    answers("all of, open", {"all_of": [PDMP, {"age": {"min": 3}}]}, "open"),
]

ROWS: dict[str, list[Row]] = {
    "failures": FAILURES,
    "failures at the maximum": MAXIMA,
    "intolerances": INTOLERANCES,
    "augmentations": AUGMENTATIONS,
    "therapies": THERAPIES,
    "scores": SCORES,
    "taken now": CURRENT,
    "single answers": SINGLE,
    "courses": COURSES,
    "entered": ENTERED,
}
