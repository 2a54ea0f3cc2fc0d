"""What the rows of a rota cover and who hears of an alert when, in tables; no database."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.times.working_time import WorkingTime
from treatments.workflow.escalation import Level, OnCall, Recipient, counted_since, who_hears
from treatments.workflow.rota import Channel, Rank, Turn, on_duty, stretches, uncovered
from treatments.workflow.rota_words import nobody_words, when_words

HERE = ZoneInfo("America/New_York")
WORK = WorkingTime(frozenset(range(5)), (time(9), time(17)), HERE)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
CLARA, CORA, CARL, ADAM = 1, 2, 3, 9
MAIL, WEBHOOK = Channel.MAIL, Channel.WEBHOOK
FIFTEEN = timedelta(minutes=15)
MONDAY = date(2026, 11, 16)


def turn(person: int = CLARA, rank: Rank = Rank.FIRST, hours: str = "09:00-17:00", **more) -> Turn:
    begins, ends = map(time.fromisoformat, hours.split("-"))
    if "first_day" not in more:
        more.setdefault("weekday", MON)
    more.setdefault("channel", MAIL)
    more.setdefault("key", 10 * person + rank)
    return Turn(person=person, rank=rank, begins=begins, ends=ends, **more)


def at(text: str) -> datetime:
    """On the clinic's clock; 2026-11-16 is a Monday."""
    return datetime.fromisoformat(text)


def moment(text: str) -> datetime:
    return at(text).replace(tzinfo=HERE)


# --- What a row covers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "covered", "not_covered"),
    [
        (turn(), ["16 09:00", "16 16:59", "23 12:00"], ["16 08:59", "16 17:00", "17 12:00"]),
        (
            turn(hours="18:00-08:00"),
            ["16 18:00", "17 07:59"],
            ["16 07:00", "16 17:59", "17 08:00", "17 18:00"],
        ),
        (turn(hours="00:00-00:00"), ["16 00:00", "16 23:59"], ["15 23:59", "17 00:00"]),
        (turn(hours="20:00-20:00"), ["16 20:00", "17 19:59"], ["16 19:59", "17 20:00"]),
        (turn(hours="18:00-00:00"), ["16 23:59"], ["17 00:00"]),
        (turn(weekday=SUN, hours="22:00-06:00"), ["16 05:59", "15 22:00"], ["16 06:00", "16 22:00"]),
        (
            turn(first_day=date(2026, 11, 17), last_day=date(2026, 11, 19), hours="18:00-08:00"),
            ["17 18:00", "18 12:00", "19 07:59"],
            ["17 17:59", "19 08:00", "24 19:00"],
        ),
    ],
)
def test_a_row_covers_these_moments_and_not_those(row, covered, not_covered):
    for text in covered:
        assert on_duty([row], Rank.FIRST, at(f"2026-11-{text}")) == (row,), text
        assert on_duty([row], Rank.SECOND, at(f"2026-11-{text}")) == ()
    for text in not_covered:
        assert on_duty([row], Rank.FIRST, at(f"2026-11-{text}")) == (), text


def test_dates_take_the_place_of_the_week_for_their_rank_alone():
    weekly, second = turn(CLARA), turn(CARL, Rank.SECOND)
    instead = turn(CORA, first_day=MONDAY, last_day=MONDAY, hours="10:00-12:00")
    rows = [weekly, second, instead]
    assert on_duty(rows, Rank.FIRST, at("2026-11-16 11:00")) == (instead,)
    assert on_duty(rows, Rank.FIRST, at("2026-11-16 13:00")) == (weekly,)
    assert on_duty(rows, Rank.SECOND, at("2026-11-16 11:00")) == (second,)


def test_a_week_is_cut_where_somebody_else_takes_over_or_nobody_does():
    rows = [turn(CLARA, hours="08:00-18:00"), turn(CORA, hours="18:00-08:00")]
    found = stretches(rows, Rank.FIRST, at("2026-11-16 00:00"), at("2026-11-18 00:00"))
    assert [
        (part.begins.isoformat(" ", "minutes"), [each.person for each in part.turns]) for part in found
    ] == [
        ("2026-11-16 00:00", []),
        ("2026-11-16 08:00", [CLARA]),
        ("2026-11-16 18:00", [CORA]),
        ("2026-11-17 08:00", []),
    ]


@pytest.mark.parametrize(
    ("rows", "gaps"),
    [
        ([], ["Nobody is first from Monday, Nov 16, midnight to Monday, Nov 23, midnight."]),
        ([turn(weekday=day, hours="00:00-00:00") for day in range(7)], []),
        ([turn(weekday=day, hours="20:00-20:00") for day in range(7)], []),
        (
            [turn(weekday=day, hours="08:00-08:00") for day in range(7) if day != SAT]
            + [turn(CORA, weekday=SAT, hours="08:00-18:00")],
            ["Nobody is first on Saturday, Nov 21, 6 pm to 8 am."],
        ),
        (
            [turn(weekday=day, hours="00:00-00:00") for day in range(7) if day not in (WED, THU)]
            + [turn(weekday=WED, hours="00:00-09:30")],
            ["Nobody is first from Wednesday, Nov 18, 9:30 am to Friday, Nov 20, midnight."],
        ),
        (
            [turn(rank=Rank.SECOND, weekday=day, hours="00:00-00:00") for day in range(7)],
            ["Nobody is first from Monday, Nov 16, midnight to Monday, Nov 23, midnight."],
        ),
    ],
)
def test_what_nobody_covers_is_said_in_words(rows, gaps):
    begins, ends = at("2026-11-16 00:00"), at("2026-11-23 00:00")
    assert [nobody_words(Rank.FIRST, gap) for gap in uncovered(rows, Rank.FIRST, begins, ends)] == gaps


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (turn(hours="18:00-08:30"), "Monday, 6 pm to 8:30 am"),
        (turn(hours="00:00-12:00"), "Monday, midnight to 12 pm"),
        (turn(hours="20:00-20:00"), "Monday, 24 hours from 8 pm"),
        (
            turn(first_day=MONDAY, last_day=date(2026, 11, 17), hours="18:00-08:00"),
            "Nov 16, 2026, 6 pm to Nov 17, 2026, 8 am",
        ),
    ],
)
def test_a_row_says_when_it_lasts(row, words):
    assert when_words(row) == words


# --- Summer time: what the clinic's clock shows decides ---------------------------------------------------

NIGHTS = (turn(CLARA, weekday=SAT, hours="22:00-02:30"), turn(CORA, weekday=SUN, hours="02:30-08:00"))


@pytest.mark.parametrize(
    ("utc", "person"),
    [
        # 2026-03-08: after 01:59 comes 03:00, and 02:30 is no time at all.
        ("2026-03-08 06:59", CLARA),  # 01:59
        ("2026-03-08 07:00", CORA),  # 03:00
        # 2026-11-01: 01:00 to 01:59 comes twice.
        ("2026-11-01 05:30", CLARA),  # 01:30
        ("2026-11-01 06:30", CLARA),  # 01:30 again
        ("2026-11-01 07:29", CLARA),  # 02:29
        ("2026-11-01 07:30", CORA),  # 02:30
    ],
)
def test_no_hour_is_lost_or_doubled_when_the_clock_changes(utc, person):
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert [each.person for each in on_duty(NIGHTS, Rank.FIRST, WORK.on_its_clock(now))] == [person]


def test_the_rota_reads_the_clinics_clock_and_no_other():
    now = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)  # 09:30 in New York, 06:30 in Los Angeles
    in_the_west = WorkingTime(WORK.days, WORK.hours, ZoneInfo("America/Los_Angeles"))
    for work, told in ((WORK, [CLARA]), (in_the_west, [])):
        hearing = who_hears(rota([turn()], work=work), urgent=True, reached=1, now=now)
        assert [each.person for each in hearing] == told


# --- Who hears ----------------------------------------------------------------------------------------------


def rota(turns, address=(), administrators=(), work: WorkingTime = WORK) -> OnCall:
    return OnCall(
        turns=tuple(turns),
        administrators=administrators,
        address=address,
        working_time=work,
        escalate_after=FIFTEEN,
    )


def always(person: int, rank: Rank, **more) -> list[Turn]:
    return [turn(person, rank, "00:00-00:00", weekday=day, **more) for day in range(7)]


FULL = (*always(CLARA, Rank.FIRST), *always(CORA, Rank.SECOND))
FIRST, SECOND, ADMINS, ADDRESS = Level.FIRST, Level.SECOND, Level.ADMINISTRATORS, Level.ADDRESS
DAY, NIGHT = "2026-11-16 12:00", "2026-11-16 23:00"
TO_CLARA, TO_CORA, TO_ADAM = (FIRST, CLARA), (SECOND, CORA), (ADMINS, ADAM)
TO_ADDRESS = (ADDRESS, None)


@pytest.mark.parametrize(
    ("minutes", "reached"),
    [(-5, 1), (0, 1), (14, 1), (15, 2), (29, 2), (30, 3), (3000, 3)],
)
def test_an_urgent_alert_climbs_a_step_each_time_the_minutes_have_passed(minutes, reached):
    now = moment(NIGHT)
    since = now - timedelta(minutes=minutes)
    found = []
    for steps in (1, 2, 3):
        after, until = counted_since(steps, now, FIFTEEN)
        if (after is None or since > after) and (until is None or since <= until):
            found.append(steps)
    assert found == [reached]


@pytest.mark.parametrize(
    ("turns", "address", "administrators", "urgent", "reached", "when", "told"),
    [
        # Everything is set: one more with each step, by day and by night.
        (FULL, (MAIL,), (ADAM,), True, 1, NIGHT, [TO_CLARA]),
        (FULL, (MAIL,), (ADAM,), True, 2, NIGHT, [TO_CLARA, TO_CORA]),
        (FULL, (MAIL,), (ADAM,), True, 3, DAY, [TO_CLARA, TO_CORA, TO_ADAM]),
        # Not urgent: the first, in opening hours.
        (FULL, (MAIL,), (ADAM,), False, 1, DAY, [TO_CLARA]),
        (FULL, (MAIL,), (ADAM,), False, 1, NIGHT, []),
        # No rota at all: the address, as ever; the administrators come last all the same.
        ((), (MAIL, WEBHOOK), (), True, 1, NIGHT, [TO_ADDRESS, TO_ADDRESS]),
        ((), (MAIL,), (), True, 3, NIGHT, [TO_ADDRESS]),
        ((), (MAIL,), (ADAM,), True, 2, NIGHT, [TO_ADDRESS]),
        ((), (MAIL,), (ADAM,), True, 3, NIGHT, [TO_ADDRESS, TO_ADAM]),
        ((), (MAIL,), (ADAM,), False, 1, NIGHT, [TO_ADDRESS]),
        # One step has nobody: the address stands in for it.
        (always(CORA, Rank.SECOND), (MAIL,), (ADAM,), True, 1, DAY, [TO_ADDRESS]),
        (always(CORA, Rank.SECOND), (MAIL,), (ADAM,), True, 2, DAY, [TO_ADDRESS, TO_CORA]),
        (always(CORA, Rank.SECOND), (MAIL,), (ADAM,), False, 1, NIGHT, [TO_ADDRESS]),
        (always(CLARA, Rank.FIRST), (MAIL,), (ADAM,), True, 2, DAY, [TO_CLARA, TO_ADDRESS]),
        (FULL, (MAIL,), (), True, 3, DAY, [TO_CLARA, TO_CORA, TO_ADDRESS]),
        # And no address either: the next in line hears at once.
        (always(CORA, Rank.SECOND), (), (ADAM,), True, 1, DAY, [TO_CORA]),
        (always(CORA, Rank.SECOND), (), (ADAM,), False, 1, DAY, [TO_CORA]),
        (always(CORA, Rank.SECOND), (), (ADAM,), False, 1, NIGHT, []),
        ((), (), (ADAM,), True, 1, NIGHT, [TO_ADAM]),
        ((), (), (), True, 3, NIGHT, []),
        (always(CORA, Rank.SECOND), (), (ADAM,), True, 2, DAY, [TO_CORA, TO_ADAM]),
        (always(CLARA, Rank.FIRST), (), (ADAM,), True, 1, DAY, [TO_CLARA]),
        (always(CLARA, Rank.FIRST), (), (ADAM,), True, 2, DAY, [TO_CLARA, TO_ADAM]),
        # Whoever stands on two steps is told once.
        ((*always(CLARA, Rank.FIRST), *always(CLARA, Rank.SECOND)), (), (CLARA,), True, 3, DAY, [TO_CLARA]),
        # Two on the same step, and one by two ways, are told both.
        (
            (*always(CLARA, Rank.FIRST), *always(CARL, Rank.FIRST)),
            (MAIL,),
            (),
            True,
            1,
            DAY,
            [TO_CLARA, (FIRST, CARL)],
        ),
        (
            (*always(CLARA, Rank.FIRST), *always(CLARA, Rank.FIRST, channel=WEBHOOK, key=77)),
            (MAIL,),
            (),
            True,
            1,
            DAY,
            [TO_CLARA, TO_CLARA],
        ),
    ],
)
def test_who_hears(turns, address, administrators, urgent, reached, when, told):
    on_call = rota(turns, address, administrators)
    found = who_hears(on_call, urgent=urgent, reached=reached, now=moment(when))
    assert [(each.level, each.person) for each in found] == told


def test_a_recipient_names_the_row_and_the_way():
    hearing = who_hears(rota([turn(channel=WEBHOOK, key=5)]), urgent=True, reached=1, now=moment(DAY))
    assert hearing == [Recipient(Level.FIRST, WEBHOOK, CLARA, 5)]


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-11-16 09:00", True),
        ("2026-11-16 16:59", True),
        ("2026-11-16 08:59", False),
        ("2026-11-16 17:00", False),
        ("2026-11-21 12:00", False),
        ("2026-11-26 12:00", False),
    ],
)
def test_a_clinic_is_open_in_its_hours_on_its_days_and_on_no_holiday(when, is_open):
    work = WorkingTime(WORK.days, WORK.hours, HERE, frozenset({date(2026, 11, 26)}))
    assert work.is_open(moment(when)) is is_open
