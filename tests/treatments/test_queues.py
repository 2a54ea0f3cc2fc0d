"""A team's queue: its groups, what a row is read for, and the one button that leads on."""

import re
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.conftest import Clinic, fresh
from tests.pages import flat
from treatments.models import Consult
from treatments.models.consult_lists import QueueGroup, queue_group
from treatments.triage.consults import book, postpone, record_no_show
from treatments.triage.routing import route

QUEUE = "/admin/treatments/tmsconsult/"


def over(clinic: Clinic) -> Consult:
    """A consult whose visit was yesterday, and nobody said what became of it."""
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        return clinic.booked_today()


def missed(clinic: Clinic) -> Consult:
    consult = clinic.booked_today()
    record_no_show(consult=consult, actor=clinic.cast.tess)
    return fresh(consult)


@pytest.fixture
def one_of_each(clinic) -> dict[QueueGroup, Consult]:
    return {
        QueueGroup.BOOKED: clinic.consult("booked"),
        QueueGroup.ACCEPTED: clinic.consult("accepted"),
        QueueGroup.WAITING: clinic.consult("waiting"),
        QueueGroup.VISIT_OVER: over(clinic),
    }


def rows_of(page: str) -> list[str]:
    return re.findall(
        r"<tr role=\"row\">.*?</tr>", page.split("<thead", 1)[1].split("</thead>", 1)[1], re.DOTALL
    )


def test_what_a_team_owes_stands_first_in_four_groups(cast, one_of_each, signed_in):
    page = signed_in(cast.tess).get(QUEUE).content.decode()
    shown = [re.search(rf"{QUEUE}(\d+)/", row)[1] for row in rows_of(page)]
    groups = (QueueGroup.VISIT_OVER, QueueGroup.WAITING, QueueGroup.ACCEPTED, QueueGroup.BOOKED)
    assert shown == [str(one_of_each[group].pk) for group in groups]
    titles = [" ".join(each.split()) for each in re.findall(r'scope="rowgroup"[^>]*>\s*([^<]+)<', page)]
    assert titles == [
        "Visit is over, no outcome yet 1",
        "Waiting for you 1",
        "Accepted, no visit booked 1",
        "Booked 1",
    ]


def test_database_and_page_agree_on_the_group(one_of_each, clinic):
    missed(clinic)
    clinic.booked_today()
    of_database = Counter()
    for consult in Consult.objects.annotate(of_database=queue_group()):
        assert consult.of_database == consult.group, consult.state
        of_database[consult.group] += 1
    assert of_database == {
        QueueGroup.VISIT_OVER: 1,
        QueueGroup.WAITING: 1,
        QueueGroup.ACCEPTED: 2,
        QueueGroup.BOOKED: 2,
    }


def test_each_row_has_one_button_the_next_action(cast, one_of_each, signed_in):
    tess = signed_in(cast.tess)
    rows = rows_of(tess.get(QUEUE).content.decode())
    buttons = [re.findall(r'class="staff-action[^"]*" href="([^"]+)">(\w+)<', row) for row in rows]
    pks = {group: consult.pk for group, consult in one_of_each.items()}
    assert buttons == [
        [(f"{pks[QueueGroup.VISIT_OVER]}/complete/", "Outcome")],
        [(f"{pks[QueueGroup.WAITING]}/", "Open")],
        [(f"{pks[QueueGroup.ACCEPTED]}/book/", "Book")],
        [(f"{pks[QueueGroup.BOOKED]}/", "Open")],
    ]
    assert all(tess.get(f"{QUEUE}{address}").status_code == 200 for ((address, _words),) in buttons)


def test_the_button_keeps_the_lists_filters(cast, one_of_each, signed_in):
    page = signed_in(cast.tess).get(f"{QUEUE}?show=booked").content.decode()
    assert re.search(r'href="\d+/\?_changelist_filters=show%3Dbooked">Open', page)


def test_what_the_desk_asks_is_the_cell_to_read(cast, clinic, signed_in):
    asked, unasked = clinic.in_review(), clinic.consult("waiting")
    route(referral=asked, actor=cast.cora, treatments=["tms"], reason="Is TMS possible with her lead?")
    page = flat(signed_in(cast.tess).get(QUEUE))
    assert "<strong>Asks: “Is TMS possible with her lead?”</strong>" in page
    assert ("Routed without a question" in page) is not bool(unasked.why)


def test_somebody_who_did_not_come_stays_in_the_queue_to_be_booked_again(cast, clinic, signed_in):
    consult = missed(clinic)
    (row,) = rows_of(signed_in(cast.tess).get(QUEUE).content.decode())
    assert "No-show 1" in row and "Did not come; book again" in row and f'href="{consult.pk}/book/"' in row
    book(consult=consult, actor=cast.tess, day=timezone.localdate() + timedelta(days=2))
    (row,) = rows_of(signed_in(cast.tess).get(QUEUE).content.decode())
    assert "No-show 1" in row and "Comes " in row


def test_a_postponed_consult_says_until_when_and_stands_last_of_its_group(cast, clinic, signed_in):
    later, now = clinic.consult("waiting"), clinic.consult("waiting")
    postpone(consult=later, actor=cast.tess, until=timezone.localdate() + timedelta(days=5), note="MRI first")
    first, last = rows_of(signed_in(cast.tess).get(QUEUE).content.decode())
    assert f"{QUEUE}{now.pk}/" in first and f"{QUEUE}{later.pk}/" in last and "Postponed until" in last


def test_a_part_of_the_list_counts_no_groups(cast, one_of_each, signed_in):
    page = flat(signed_in(cast.tess).get(f"{QUEUE}?show=waiting"))
    assert "Waiting for you <span>" in page
