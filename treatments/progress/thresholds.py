"""Every number that scores over time are compared with, as a row with its unit, source and date reviewed."""

from treatments.rules.thresholds import Threshold

REVIEWED = "2026-11-30"

SOURCES: dict[str, str] = {
    "memory": "no source seen yet",
    "proposed": "proposed for this project, not published guidance",
    "P1": "PHQ-9: CamCOPS phq9 (quotes phqscreeners.com)",
    "P7": "QualChoice BI734: scores of the last four weeks",
    "X8": "NCQA, DRR-E: ncqa.org; horizonblue.com (2023)",
    "X9": "CMS159v8: ecqi.healthit.gov; acponline.org, CBE 1884",
    "X10": "Löwe 2004, Med Care 42:1194 (abstract): minimal important difference of the PHQ-9, 434 older adults",
    "X11": "NHS Talking Therapies, reliable change: cbtwatch.com quoting the IAPT manual (secondary)",
    "K1": "Kounali 2022, PMC9340848",
}


def _row(value: int, unit: str, means: str, *sources: str) -> Threshold:
    unseen = {"memory", "proposed", "X11"}.intersection(sources)
    return Threshold(value, unit, means, sources, REVIEWED, verified=not unseen)


START_FROM = _row(
    10, "points", "lowest start at which response, partial and little change are said", "X8", "X9"
)
RESPONSE = _row(50, "percent", "response: better by at least this much of the start", "X8")
REMISSION_UNDER = _row(5, "points", "remission: a total under this", "X8", "X9")
PARTIAL = _row(25, "percent", "partial: better by at least this much, and no response", "memory")
WORSE = _row(5, "points", "worse: a total at least this much above the start", "X10")
RISING = _row(5, "points", "rising: a total at least this much above the best one", "X10", "proposed")
RELIABLE = _row(6, "points", "reliable change of the PHQ-9", "X11")
RELIABLE_GAD7 = _row(4, "points", "reliable change of the GAD-7", "X11")
RELAPSE_FROM = _row(10, "points", "relapse: a total of at least this", "P1", "proposed")
RELAPSE_DAYS = _row(7, "days", "relapse: seen over at least so long", "proposed")
LITTLE_CHANGE = _row(
    20, "percent", "little change: better by less than this much of the start", "K1", "proposed"
)
LITTLE_CHANGE_DAYS = _row(28, "days", "little change: so long after the start of the course", "proposed")
BASELINE_DAYS = _row(
    28, "days", "the score that a course starts from: at most so long before it", "P7", "proposed"
)

# How old the last score may be; a queue that is not named here has the common number.
STALE = _row(28, "days", "a score older than this is stale", "P7")
STALE_IN: dict[str, Threshold] = {
    "psychotherapy": _row(42, "days", "a score older than this is stale, psychotherapy", "proposed"),
}

# The days after the start in which an outcome is measured, the first and the last.
OUTCOMES: dict[str, tuple[Threshold, Threshold]] = {
    "m3": (
        _row(61, "days", "first day of the outcome at 3 months", "proposed"),
        _row(121, "days", "last day of the outcome at 3 months", "proposed"),
    ),
    "m6": (
        _row(123, "days", "first day of the outcome at 6 months", "X9"),
        _row(243, "days", "last day of the outcome at 6 months", "X9"),
    ),
    "m12": (
        _row(305, "days", "first day of the outcome at 12 months", "X9"),
        _row(425, "days", "last day of the outcome at 12 months", "X9"),
    ),
}
