"""Two forms of one person: what is found, what they share in words, side by side, and what a link asks for."""

from datetime import date

import pytest

from tests.treatments.test_handling import unchanged
from treatments.models import DuplicateLink, Referral
from treatments.reading.duplicates import Likeness, compared, linked_with, near, numbers, possible_duplicates
from treatments.reading.nicknames import same_name
from treatments.triage.duplicates import link_duplicate, unlink_duplicate
from treatments.workflow import Refused

DESK = "/admin/treatments/referral/"
MINE = {
    "about.first_name": "José",
    "about.last_name": "Núñez-Ortiz",
    "about.date_of_birth": "1984-05-03",
    "about.phone": "(212) 555-0142",
    "about.email": "jose@example.org",
}
# Somebody who has nothing of that.
STRANGER = {
    "about.first_name": "Zoltan",
    "about.last_name": "Kis",
    "about.date_of_birth": "1970-01-01",
    "about.phone": "646 555 0199",
    "about.email": "z@example.org",
}
NAMES = {key: MINE[key] for key in ("about.first_name", "about.last_name")}
BORN = {"about.date_of_birth": MINE["about.date_of_birth"]}
IN_DOUBT = "Write why these two are of the same person: what they share leaves a doubt."


@pytest.fixture
def cora(clinic, signed_in):
    return signed_in(clinic.cast.cora)


def found(referral: Referral) -> dict[str, tuple[Likeness, list[str]]]:
    return {
        match.referral.reference: (match.likeness, [str(each) for each in match.shared])
        for match in possible_duplicates(referral)
    }


@pytest.mark.parametrize(
    ("theirs", "likeness", "shared"),
    [
        (NAMES | BORN, Likeness.SAME, ["name", "date of birth"]),
        # accents, apostrophes and hyphens; first and last in the other order
        (
            {"about.first_name": "JOSE", "about.last_name": "Nunez Ortiz"} | BORN,
            Likeness.SAME,
            ["name", "date of birth"],
        ),
        (
            {"about.first_name": "Núñez Ortiz", "about.last_name": "Jose"} | BORN,
            Likeness.SAME,
            ["name", "date of birth"],
        ),
        # a short form
        (
            NAMES | {"about.first_name": "Pepe"} | BORN,
            Likeness.SAME,
            ["name, in a short form", "date of birth"],
        ),
        # day and month swapped, a year off
        (
            NAMES | {"about.date_of_birth": "1984-03-05"},
            Likeness.MAYBE,
            ["name", "date of birth with day and month swapped"],
        ),
        (
            NAMES | {"about.date_of_birth": "1983-05-03"},
            Likeness.MAYBE,
            ["name", "date of birth but for a year"],
        ),
        (
            NAMES | {"about.date_of_birth": "1985-05-03"},
            Likeness.MAYBE,
            ["name", "date of birth but for a year"],
        ),
        # with a number or address there is no doubt
        (
            NAMES | {"about.date_of_birth": "1984-03-05", "about.phone": MINE["about.phone"]},
            Likeness.SAME,
            ["name", "date of birth with day and month swapped", "phone number"],
        ),
        # a letter off is a doubt
        (
            NAMES | {"about.last_name": "Nuñes-Ortis"} | BORN,
            Likeness.MAYBE,
            ["a name much alike", "date of birth"],
        ),
        # the same name with another date of birth may be a parent's
        (NAMES | {"about.phone": "212.555.0142"}, Likeness.MAYBE, ["name", "phone number"]),
        (NAMES | {"about.email": " JOSE@example.org"}, Likeness.MAYBE, ["name", "email"]),
        # twins, spouses and parents
        (
            {"about.first_name": "Beatriz", "about.last_name": "Núñez"} | BORN,
            Likeness.TWIN,
            ["surname", "date of birth"],
        ),
        (
            {"about.first_name": "Beatriz", "about.phone": MINE["about.phone"]},
            Likeness.HOUSEHOLD,
            ["phone number"],
        ),
        ({"about.email": MINE["about.email"]}, Likeness.HOUSEHOLD, ["email"]),
        # an extension, the code of the country, one of two numbers
        ({"about.phone": "+1 212-555-0142 ext. 12"}, Likeness.HOUSEHOLD, ["phone number"]),
    ],
)
def test_what_two_forms_share_is_found_and_said(theirs, likeness, shared, clinic):
    other, referral = clinic.new(**{**STRANGER, **theirs}), clinic.new(**MINE)
    assert found(referral).get(other.reference) == (likeness, shared)
    assert found(other).get(referral.reference) == (likeness, shared)


def test_who_was_born_on_a_leap_day_is_found_from_the_day_before_in_another_year(clinic):
    leap = clinic.new(**{**MINE, "about.date_of_birth": "1984-02-29"})
    other = clinic.new(**{**STRANGER, **NAMES, "about.date_of_birth": "1985-02-28"})
    assert found(other)[leap.reference] == found(leap)[other.reference]
    assert found(leap)[other.reference][1] == ["name", "date of birth but for a year"]


@pytest.mark.parametrize(
    "theirs",
    [
        {},
        NAMES,  # a name alone
        BORN,  # a date of birth alone
        NAMES | {"about.date_of_birth": "1982-05-03"},
        BORN | {"about.first_name": "José"},
    ],
)
def test_what_is_common_to_strangers_is_not_offered(theirs, clinic):
    clinic.new(**{**STRANGER, **theirs})
    assert found(clinic.new(**MINE)) == {}


def test_each_of_two_numbers_in_one_field_is_found_from_either_side(clinic):
    first, second, both = clinic.new(), clinic.new(**STRANGER), clinic.new(**STRANGER)
    # As documents of before hold them: the form takes one number.
    both.phone = f"{first.phone} or {second.phone} x7"
    both.first_name, both.last_name, both.date_of_birth = "Zoe", "Other", date(1999, 9, 9)
    both.email, both.search = "o@example.org", "zoe other " + "".join(filter(str.isdigit, both.phone))
    both.save()
    assert found(both)[first.reference] == (Likeness.HOUSEHOLD, ["phone number"])
    assert (
        found(first)[both.reference]
        == found(second)[both.reference]
        == (Likeness.HOUSEHOLD, ["phone number"])
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("(212) 555-0142", {"2125550142"}),
        ("212/555/0142", {"2125550142"}),
        ("+1 (212) 555 0142 ext 9", {"2125550142"}),
        ("212-555-0142 / 646.555.0199", {"2125550142", "6465550199"}),
        ("home 2125550142, work 16465550199", {"2125550142", "6465550199"}),
        ("+44 20 7946 0000", {"2079460000"}),
        ("555-0142", {"5550142"}),
        ("none", set()),
        ("", set()),
    ],
)
def test_the_numbers_of_a_field(typed, read):
    assert numbers(typed) == read


@pytest.mark.parametrize(
    ("born", "others"),
    [
        (date(1984, 5, 3), {date(1984, 3, 5), date(1983, 5, 3), date(1985, 5, 3)}),
        (date(1984, 5, 13), {date(1983, 5, 13), date(1985, 5, 13)}),
        (date(1984, 2, 29), {date(1983, 2, 28), date(1985, 2, 28)}),
        (date(1985, 2, 28), {date(1984, 2, 28), date(1984, 2, 29), date(1986, 2, 28)}),
        (date(1, 1, 1), {date(2, 1, 1)}),
        (date(9999, 12, 31), {date(9998, 12, 31)}),
    ],
)
def test_the_dates_that_may_be_meant(born, others):
    assert near(born) == {born} | others


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("robert", "bob", True),
        ("bobby", "rob", True),
        ("guadalupe", "lupita", True),
        ("jose", "pepe", True),
        ("ana", "bea", False),
        ("robert", "william", False),
        ("xyz", "xyz", True),
    ],
)
def test_short_forms_of_first_names(one, other, same):
    assert same_name(one, other) is same_name(other, one) is same


def test_the_likeliest_come_first_and_of_these_the_newest(clinic):
    household = clinic.new(**{**STRANGER, "about.phone": MINE["about.phone"]})
    older = clinic.new(**MINE)
    newer, twin = clinic.new(**MINE), clinic.new(**{**MINE, "about.first_name": "Rosa", "about.phone": ""})
    offered = [match.referral for match in possible_duplicates(clinic.new(**MINE))]
    assert offered == [newer, older, twin, household]


def test_possible_duplicates_cost_one_query(clinic, django_assert_num_queries):
    clinic.new(), clinic.new()
    referral = clinic.new()
    with django_assert_num_queries(1):
        assert len(possible_duplicates(referral)) == 2


# --- Linking ------------------------------------------------------------------------------------------------


def test_a_link_stands_on_both_sides_and_each_has_the_event(clinic):
    cora = clinic.cast.cora
    one, other = clinic.new(), clinic.new()
    with unchanged(Refused, "A referral is not a duplicate of itself."):
        link_duplicate(referral=one, actor=cora, other=one)
    link_duplicate(referral=other, actor=cora, other=one, note="same address")
    assert linked_with(one) == [other] and linked_with(other) == [one]
    for row, named in ((one, other), (other, one)):
        event = row.events.get(kind="link_duplicate")
        assert (event.details, event.note, event.actor) == (
            {"reference": named.reference},
            "same address",
            cora,
        )
    with unchanged(Refused, "These two referrals are linked already."):
        link_duplicate(referral=one, actor=clinic.cast.carl, other=other)
    with unchanged(Refused, "Write why these two are not the same person's."):
        unlink_duplicate(referral=one, actor=cora, other=other, note="")
    unlink_duplicate(referral=one, actor=cora, other=other, note="twins")
    assert linked_with(one) == []
    assert other.events.filter(kind="unlink_duplicate").count() == 1
    with unchanged(Refused, "This referral is not linked to another one."):
        unlink_duplicate(referral=one, actor=clinic.cast.carl, other=other, note="twins")


@pytest.mark.parametrize(
    "theirs",
    [
        {},
        BORN | {"about.last_name": "Núñez"},
        {"about.phone": MINE["about.phone"]},
        NAMES | {"about.email": MINE["about.email"]},
        NAMES | {"about.last_name": "Nuñes-Ortis"} | BORN,
        NAMES | {"about.date_of_birth": "1983-05-03"},
        NAMES | {"about.date_of_birth": "1984-03-05"},
    ],
    ids=[
        "strangers",
        "twins",
        "one household",
        "another date of birth",
        "a letter off",
        "a year off",
        "swapped",
    ],
)
def test_whatever_leaves_a_doubt_is_linked_with_a_reason_alone(theirs, clinic):
    other, referral = clinic.new(**{**STRANGER, **theirs}), clinic.new(**MINE)
    with unchanged(Refused, IN_DOUBT):
        link_duplicate(referral=referral, actor=clinic.cast.cora, other=other, note="  ")
    link_duplicate(referral=referral, actor=clinic.cast.cora, other=other, note="They said so.")
    assert linked_with(referral) == [other]


# --- The page -----------------------------------------------------------------------------------------------


def send(client, row: Referral, **typed):
    return client.post(f"{DESK}{row.pk}/link_duplicate/", {"seen_version": row.version, **typed})


def test_the_page_shows_those_offered_side_by_side_and_each_look_is_on_record(clinic, cora):
    other, referral = clinic.new(**MINE), clinic.new(**MINE)
    html = cora.get(f"{DESK}{referral.pk}/link_duplicate/").content.decode()
    table = html.split("<table>")[1].split("</table>")[0]
    assert other.reference in table and "(212) 555-0142" in table and "The same person" in table
    assert [event.details for event in other.events.filter(kind="opened")] == [{"page": "link_duplicate"}]
    assert send(cora, referral, reference=other.reference).status_code == 302
    assert linked_with(referral) == [other]


def test_one_that_is_typed_stands_beside_this_one_before_it_is_linked(clinic, cora):
    other, referral = clinic.new(**STRANGER), clinic.new(**MINE)
    typed = {"typed": other.reference.lower().replace("-", " "), "note": "A new name."}
    first = send(cora, referral, **typed)
    assert "stands beside this one now" in first.content.decode() and "Kis" in first.content.decode()
    assert other.events.filter(kind="opened").count() == 1
    assert not DuplicateLink.objects.exists()
    beside = first.context["form"]["beside"].value()
    assert "A new name." in first.content.decode()
    assert send(cora, referral, **typed, beside=beside).status_code == 302
    assert linked_with(referral) == [other]


def test_without_a_reason_a_doubt_is_an_error_at_its_field(clinic, cora):
    other, referral = clinic.new(**{**STRANGER, "about.phone": MINE["about.phone"]}), clinic.new(**MINE)
    answer = send(cora, referral, reference=other.reference)
    assert answer.context["form"].errors.keys() == {"note"}
    assert not DuplicateLink.objects.exists()


def test_who_is_linked_already_is_not_offered_again(clinic, cora):
    other, referral = clinic.new(**MINE), clinic.new(**MINE)
    link_duplicate(referral=referral, actor=clinic.cast.cora, other=other)
    answer = cora.get(f"{DESK}{referral.pk}/link_duplicate/")
    assert answer.context["form"].references() == set()
    assert (
        send(cora, referral, reference=other.reference).status_code == 302
    )  # sent twice is the same as once
    assert DuplicateLink.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "ZZZZ-ZZZZ", "own"])
def test_a_reference_that_leads_nowhere_is_said_at_the_form(typed, clinic, cora):
    referral = clinic.new(**MINE)
    answer = send(cora, referral, typed=referral.reference if typed == "own" else typed, beside=typed)
    assert answer.status_code in (200, 409)
    assert not DuplicateLink.objects.exists()


def test_a_name_alone_is_nothing_in_common_with_one_whose_reference_is_typed(clinic):
    other, referral = clinic.new(**{**STRANGER, **NAMES}), clinic.new(**MINE)
    assert (compared(referral, other).likeness, compared(referral, other).shared) == (Likeness.NOTHING, ())


def test_no_more_than_four_stand_beside_a_person(clinic, cora):
    for _each in range(5):
        clinic.new(**MINE)
    answer = cora.get(f"{DESK}{clinic.new(**MINE).pk}/link_duplicate/")
    assert len(answer.context["matches"]) == 4
