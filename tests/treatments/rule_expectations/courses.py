"""Cases of courses: sessions of therapy summed per type, and earlier courses of TMS or ketamine without benefit."""

from tests.treatments.rule_expectations.case import ABSENT, Case, met, unknown, unmet
from tests.treatments.rule_expectations.psychotherapy import THERAPY, therapy
from tests.treatments.rule_expectations.spravato import KETAMINE, earlier_ketamine
from tests.treatments.rule_expectations.tms import TMS, earlier_tms


def several(*courses: dict) -> dict:
    """These courses of therapy together, each as `therapy` makes it."""
    return {THERAPY: [entry for course in courses for entry in course[THERAPY]]}


FOUR, UNSURE = therapy(sessions=4), therapy(type="not_sure", sessions=4)
THERAPIES = [
    unmet("P02", "two entries of four sessions of one type", several(FOUR, FOUR)),
    met("P02", "four sessions and three of one type", several(FOUR, therapy(sessions=3))),
    met("P02", "four sessions each of two types", several(FOUR, therapy(type="ipt", sessions=4))),
    met(
        "P02",
        "four sessions now and four in an earlier episode",
        several(FOUR, therapy(sessions=4, this_episode="no")),
    ),
    met(
        "P02",
        "four sessions beside counseling not counted",
        several(FOUR, therapy(type="counselling", sessions=None)),
    ),
    met(
        "P02",
        "four sessions and three of a type not sure",
        several(FOUR, therapy(type="not_sure", sessions=3)),
    ),
    met("P02", "seven sessions of an episode not sure", therapy(sessions=7, this_episode="not_sure")),
    met(
        "P02",
        "sessions not known in an earlier episode",
        several(FOUR, therapy(sessions=None, this_episode="no")),
    ),
    unmet("P02", "a course beside sessions not known", several(FOUR, FOUR, therapy(sessions=None))),
    unknown("P02", "four sessions and four of a type not sure", several(FOUR, UNSURE), f"{THERAPY}[1].type"),
    unknown("P02", "two types not sure may be one", several(UNSURE, UNSURE), f"{THERAPY}[0].type"),
    unknown(
        "P02",
        "four sessions and four of an episode not sure",
        several(FOUR, therapy(sessions=4, this_episode="not_sure")),
        f"{THERAPY}[1].this_episode",
    ),
    unknown(
        "P02",
        "four sessions and an unknown number of the same type",
        several(FOUR, therapy(sessions=None)),
        f"{THERAPY}[1].sessions",
    ),
    unknown(
        "P02",
        "an unknown number of another type",
        several(FOUR, therapy(type="ipt", sessions=None)),
        f"{THERAPY}[1].sessions",
    ),
    met("D08", "two entries of four sessions of one type", several(FOUR, FOUR)),
    unmet("D08", "four sessions each of two types", several(FOUR, therapy(type="ipt", sessions=4))),
    unknown("D08", "four sessions and four of a type not sure", several(FOUR, UNSURE), THERAPY),
]


def tms_without(key: str) -> dict:
    return {TMS: {name: answer for name, answer in earlier_tms()[TMS].items() if name != key}}


EARLIER = [
    met("T17", "earlier TMS helped by under 25 percent", earlier_tms()),
    met("T17", "earlier TMS helped by 25 to 49 percent", earlier_tms(improvement="25_49")),
    unmet("T17", "earlier TMS helped by half", earlier_tms(improvement="50_75")),
    unmet("T17", "earlier TMS helped by over 75 percent", earlier_tms(improvement="over_75")),
    unmet("T17", "the course of TMS still runs", earlier_tms(now="yes")),
    unmet("T17", "a serious event, which is T11", earlier_tms(serious_event="yes")),
    unmet("T17", "no earlier TMS", {TMS: {"had": "no"}}),
    unmet(
        "T17",
        "the course still runs and its benefit is not sure",
        earlier_tms(now="yes", improvement="not_sure"),
    ),
    unknown(
        "T17", "how much TMS helped is not sure", earlier_tms(improvement="not_sure"), f"{TMS}.improvement"
    ),
    unknown("T17", "how much TMS helped was not answered", tms_without("improvement"), f"{TMS}.improvement"),
    unknown("T17", "whether TMS runs now was not answered", tms_without("now"), f"{TMS}.now"),
    unknown(
        "T17", "a serious event is not sure", earlier_tms(serious_event="not_sure"), f"{TMS}.serious_event"
    ),
    unknown(
        "T17", "earlier TMS is not sure, though it helped little", earlier_tms(had="not_sure"), f"{TMS}.had"
    ),
    unknown("T17", "earlier TMS was not answered", {TMS: ABSENT}, f"{TMS}.had"),
    met("E20", "Spravato helped by under 25 percent", earlier_ketamine(improvement="under_25")),
    met("E20", "ketamine helped by 25 to 49 percent", earlier_ketamine(kind="iv", improvement="25_49")),
    met("E20", "the kind was not answered", earlier_ketamine(kind=ABSENT, improvement="25_49")),
    unmet("E20", "it helped by half", earlier_ketamine()),
    unmet("E20", "it helped by over 75 percent", earlier_ketamine(improvement="over_75")),
    unmet("E20", "the course of ketamine still runs", earlier_ketamine(improvement="25_49", now="yes")),
    unmet("E20", "it was not tolerated", earlier_ketamine(improvement="25_49", tolerated="no")),
    unmet("E20", "never had ketamine", {KETAMINE: {"had": "no"}}),
    unknown(
        "E20",
        "how much it helped is not sure",
        earlier_ketamine(improvement="not_sure"),
        f"{KETAMINE}.improvement",
    ),
    unknown(
        "E20",
        "tolerance is not sure",
        earlier_ketamine(improvement="25_49", tolerated="not_sure"),
        f"{KETAMINE}.tolerated",
    ),
    unknown(
        "E20",
        "whether it runs now was not answered",
        earlier_ketamine(improvement="25_49", now=ABSENT),
        f"{KETAMINE}.now",
    ),
    unknown(
        "E20",
        "earlier ketamine is not sure",
        earlier_ketamine(had="not_sure", improvement="25_49"),
        f"{KETAMINE}.had",
    ),
    unknown("E20", "earlier ketamine was not answered", {KETAMINE: ABSENT}, f"{KETAMINE}.had"),
]

CASES: list[Case] = [*THERAPIES, *EARLIER]
