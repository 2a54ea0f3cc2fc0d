"""A day at the desk: twenty invented people, a coordinator, a clinician and three teams, each list worked to its end.

What it takes is counted and printed (``pytest -s``); the figures stand in ``docs/speed.md``.
"""

import io
import re
from collections.abc import Iterable
from statistics import median

import pytest
from django.core.management import call_command

from tests.browser.counted_desk import WORDS, Takes
from tests.browser.desk_work import Case, Desk
from treatments.demo import walking
from treatments.models import Alert, Consult, Referral
from treatments.models.consult_lists import QueueGroup
from treatments.workflow.desk import GROUP_OF, DeskGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS, MOST_WORDS = 3, 350  # a plain case, from the list: row, queue, "Route and open the next"
MOST_TO_SAVED, MOST_TO_ROUTED = 8, 5  # an urgent one, from the list to the saved assessment, and from there
FEWEST_PLAIN = 5

# A plain case, and the queue it goes to.
PLAIN = {
    "Amara Sampleton": "spravato",
    "Ingrid Muster": "tms",
    "Joaquín Demorales": "psychotherapy",
    "Saoirse Madeup": "psychotherapy",
    "Caspar Notional": "tms",
    "Quin Imaginary": "psychotherapy",
    "Sunniva Prøve": "psychotherapy",
}
# Somebody on whom an alert is open or a hold stands: the clinician's level, what becomes of the hold, and where
# they go then: by the form in the page where their case is plain now, else by the page of routing.
URGENT = "Dmitri Testov"
HELD = {
    URGENT: ("moderate", "release", "psychotherapy"),
    "Kwabena Mockson": ("low", "release", "psychotherapy"),
    "Hana Demoto": ("low", "release", "psychotherapy"),
    "Lucía Ejemplo": ("low", "release", "tms"),
    "Malik Pretend": ("low", "release", "spravato"),
    "Tomasz Probny": ("high", "keep", ""),
    "Fatima Dummyeh": ("high", "keep", ""),
}
WROTE, ANSWERED = "Olu Samplewale", "Petra Vorbild"
RETURNED, MISSED = "Ravi Testanand", "Nadia Fauxberg"
TO_BE_ASKED, VISIT_OVER = "Ximena Inventada", "Roy Drillford"
TWENTY = (*PLAIN, *HELD, WROTE, ANSWERED, RETURNED, MISSED, TO_BE_ASKED, VISIT_OVER)
# The TMS team finds that another treatment fits; whoever else waits is taken on.
RETURNED_TODAY = "Caspar Notional"
TEAMS = {
    "tess": ("TMS consults", "tms"),
    "sam": ("Spravato consults", "spravato"),
    "pia": ("Psychotherapy consults", "psychotherapy"),
}


# The one button of a row of a queue.
NEXT = "#result_list a.staff-action:has-text('{}')"


@pytest.fixture
def password(transactional_db, settings, monkeypatch) -> str:
    settings.DEMO = True
    monkeypatch.setattr(walking, "PEOPLE", tuple(each for each in walking.PEOPLE if each.name in TWENTY))
    monkeypatch.setattr(walking, "DRAFTS", ())
    call_command("demo", stdout=(said := io.StringIO()))
    assert len(TWENTY) == Referral.objects.count() == 20
    return re.search(r"^cora\s+(\S+)", said.getvalue(), re.MULTILINE)[1]


def alerts_and_holds(desk: Desk) -> dict[str, Takes]:
    """Every alert, then every hold that stands without one; what each took from its list to the saved assessment."""
    took: dict[str, Takes] = {}
    desk.open_list("Alerts")
    for name in desk.names(HELD):
        with desk.counted() as took[name]:
            desk.open(name)
            desk.take_alert()
            desk.assess(*HELD[name][:2])
        desk.open_list("Alerts")
    assert desk.names(TWENTY) == []
    desk.open_list("Worklist")
    for name in [each for each in desk.names(HELD) if each not in took]:
        with desk.counted() as took[name]:
            desk.open(name)
            desk.assess(*HELD[name][:2])
        desk.open_list("Worklist")
    return took


def everybody(desk: Desk) -> dict[str, Case]:
    """The coordinator's list from its top, those apart whom a clinician keeps. Plain cases and the urgent one begin at the row."""
    cases: dict[str, Case] = {}
    desk.open_list("Worklist")
    for name in desk.names(TWENTY):
        if HELD.get(name, ("", ""))[1] == "keep":
            continue
        case = cases[name] = Case()
        if name in (*PLAIN, URGENT) and not desk.is_at_list:
            desk.open_list("Worklist")
        with desk.counted() as case.takes:
            desk.reach(name)
            what_came(desk, name)
            onwards(desk, name, case)
    return cases


def what_came(desk: Desk, name: str) -> None:
    """An answer to what stands among those that came back, and to whom too little is known of."""
    if name == MISSED:
        desk.call("voicemail")
    if name in (MISSED, WROTE, ANSWERED):
        desk.deal_with()
    if name == TO_BE_ASKED:
        desk.claim()
    if name in (TO_BE_ASKED, RETURNED):
        desk.ask()


def onwards(desk: Desk, name: str, case: Case) -> None:
    queue = PLAIN.get(name) or HELD.get(name, ("", "", "psychotherapy"))[2]
    if desk.has("form.route-here"):
        case.words, case.has_tick = desk.read_plain(), desk.has("form.route-here [name=read]")
    if name == VISIT_OVER:
        desk.close("care_started")
    elif case.words:
        desk.route_here(queue)
    elif name in HELD:
        desk.route(queue)
    elif name == RETURNED_TODAY:
        desk.route("psychotherapy")


def queue_of(desk: Desk, words: str) -> None:
    """Visits that are over, then whoever waits, then a day for whoever was accepted."""
    desk.open_list(words)
    if desk.has(NEXT.format("Outcome")):
        desk.go(desk.page.locator(NEXT.format("Outcome")))
        desk.complete("started_treatment")
        desk.open_list(words)
    if desk.row(RETURNED_TODAY).count() and words.startswith("TMS"):
        desk.open(RETURNED_TODAY)
        desk.give_back("another_treatment")
        desk.open_list(words)
    if desk.has("a.queue-open"):
        desk.go(desk.page.locator("a.queue-open").first)
        while desk.has("[name=another]"):
            desk.button("Accept and open the next")
            desk.done()
    desk.open_list(words)
    for later in range(2, 2 + len(TWENTY)):
        if not desk.has(NEXT.format("Book")):
            break
        desk.go(desk.page.locator(NEXT.format("Book")).first)
        desk.book(later)
        desk.open_list(words)


def test_twenty_people_are_triaged_in_a_day(open_page, password):
    def at_desk(who: str) -> Desk:
        desk = Desk(open_page(), who)
        desk.sign_in(password)
        return desk

    desks = {who: at_desk(who) for who in ("clara", "cora", *TEAMS)}
    assessed = alerts_and_holds(desks["clara"])
    cases = everybody(desks["cora"])
    queue_of(desks["tess"], TEAMS["tess"][0])
    again = everybody(desks["cora"])
    for who in ("sam", "pia"):
        queue_of(desks[who], TEAMS[who][0])

    report(desks, assessed, cases | {f"{name}, again": case for name, case in again.items()})
    assert_nothing_is_left()
    plain = {name: case for name, case in cases.items() if name in PLAIN and case.words}
    assert len(plain) >= FEWEST_PLAIN
    for name, case in plain.items():
        assert case.takes.clicks <= MOST_CLICKS + case.has_tick, name
        assert sum(case.words.values()) <= MOST_WORDS, (name, case.words)
    assert assessed[URGENT].clicks <= MOST_TO_SAVED
    assert cases[URGENT].takes.clicks <= MOST_TO_ROUTED


def test_words_are_those_that_are_seen(chromium):
    page = chromium.new_page()
    page.set_content(
        "<style>.visually-hidden {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}"
        "</style><main>Two words. <details><summary>One</summary>none of these</details><p hidden>nor this</p>"
        "<span class=visually-hidden>nor what is read out</span><select><option>chosen<option>not this</select></main>"
    )
    assert page.evaluate(WORDS, ["main", "summary", "p"]) == [4, 1, 0]
    page.locator("summary").click()
    assert page.evaluate(WORDS, ["main"]) == [7]
    page.close()


def assert_nothing_is_left() -> None:
    """Each list is at its end: what stands there is planned for another day."""
    assert not Alert.objects.open().exists()
    left = Referral.objects.needing_a_coordinator()
    assert {each.name for each in left} == {
        name for name, (_level, hold, _to) in HELD.items() if hold == "keep"
    }
    assert {GROUP_OF[each.desk_rank] for each in left} == {DeskGroup.SAFETY}
    assert all(each.newest_risk and each.newest_risk.next_check_at for each in left)
    assert {each.group for each in Consult.objects.open()} == {QueueGroup.BOOKED}


def report(desks: dict[str, Desk], assessed: dict[str, Takes], cases: dict[str, Case]) -> None:
    print(f"\n{'':<34}clicks  pages  words  letters typed")
    for who, desk in desks.items():
        print(line(f"{who}, the whole day", desk.takes))
    for name, takes in assessed.items():
        print(line(f"{name}, to the assessment", takes))
    for name, case in cases.items():
        parts = ", ".join(f"{part} {words}" for part, words in case.words.items())
        words = f"   read: {sum(case.words.values())} ({parts})" if case.words else ""
        print(line(f"{name}{' (and a tick)' if case.has_tick else ''}", case.takes) + words)
    plain = [case for name, case in cases.items() if name in PLAIN and case.words]
    print(f"{len(plain)} plain cases: clicks {spread(each.takes.clicks for each in plain)}", end=", ")
    print(f"words {spread(sum(each.words.values()) for each in plain)}")


def line(what: str, takes: Takes) -> str:
    return f"{what:<34}{takes.clicks:>6}{takes.pages:>7}{takes.words:>7}{takes.letters:>9}"


def spread(numbers: Iterable[int]) -> str:
    found = sorted(numbers)
    return f"{found[0]} to {found[-1]}, median {median(found):.0f}"
