"""Links and codes as such: how often one may try, and what could be a code or a link at all."""

from datetime import UTC, datetime, timedelta

import pytest

from intake import resume_secrets
from intake.resume_secrets import (
    CODE_ALPHABET,
    Limit,
    code_from,
    digest_of,
    digest_of_code,
    is_code,
    new_seed,
    new_token,
    works_until,
)


def test_each_thing_that_is_counted_has_its_limit():
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert {
        "secret": Limit(5, day),
        "draft": Limit(10, day),
        "address": Limit(30, hour),
        "mail_to": Limit(5, hour),
        "mail_from": Limit(20, hour),
        "reference": Limit(5, day),
        "reference_in_all": Limit(30, day),
        "in_all": Limit(300, hour),
        "proven": Limit(100, hour),
        "challenge": Limit(1, hour),
        "start": Limit(20, hour),
        "start_in_all": Limit(300, hour),
        "message": Limit(20, day),
    } == resume_secrets.LIMITS
    assert day == resume_secrets.LONGEST_WINDOW


CODE = CODE_ALPHABET[:10]


@pytest.mark.parametrize(
    ("plain", "could"),
    [
        (CODE, True),
        (CODE_ALPHABET[-10:], True),
        ("B" * 28, True),  # as they were given out before
        ("B" * 27, False),
        ("B" * 11, False),
        (CODE[:-1], False),
        (CODE + "B", False),
        (CODE[:-1] + "0", False),  # not a letter of a code
        (CODE[:-1] + "b", False),
        ("", False),
    ],
)
def test_a_code_has_10_letters_of_its_alphabet(plain, could):
    assert is_code(plain) is could


def test_every_code_that_is_made_could_be_one():
    code = code_from(new_seed(), "key")
    assert [len(group) for group in code.split("-")] == [3, 3, 4]
    assert is_code(code.replace("-", ""))


def test_a_link_says_until_when_it_works():
    until = datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert works_until(new_token(until)) == until.timestamp()


@pytest.mark.parametrize("token", ["", "-", "6b8e0c00", "x-" + "a" * 43, "6b8e0c00-" + "a" * 42, "g" * 54])
def test_what_is_no_link_works_until_no_time(token):
    assert works_until(token) is None


def test_the_digest_of_a_short_code_says_nothing_without_the_key():
    """46 bits can be tried in a day: whoever steals the database must not get at a code by trying all."""
    assert digest_of_code(CODE, "a") != digest_of_code(CODE, "b")
    assert digest_of(CODE) not in {digest_of_code(CODE, key) for key in ("", "a")}


def test_the_digest_of_an_old_code_is_what_was_stored_of_it():
    assert digest_of_code("B" * 28, "a") == digest_of("B" * 28)
