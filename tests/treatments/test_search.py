"""Finding a person by what was typed: in any case, without accents, a phone number in any of its spellings."""

import pytest
from django.db import connection

from treatments.models import Referral
from treatments.search import matching, plain, words_of

ABOUT = {
    "first_name": "José",
    "last_name": "Núñez Ødegård",
    "phone": "212 555 0135",
    "email": "J.Nunez@example.org",
    "date_of_birth": "1984-05-14",
}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("José NÚÑEZ", "jose nunez"),
        ("Ødegård", "odegard"),
        ("Straße", "strasse"),
        ("İpek", "ipek"),
        ("王 芳", "王 芳"),
    ],
)
def test_letters_are_compared_without_case_and_marks(typed, kept):
    assert plain(typed) == kept


def test_the_words_kept_are_those_a_person_is_asked_for_on_the_phone():
    assert words_of("K7MW-4QXB", ABOUT) == (
        "k7mw-4qxb k7mw4qxb jose nunez odegard 1984-05-14 2125550135 j.nunez@example.org"
    )


@pytest.mark.parametrize("stored", ["212 555 0135", "+1 (212) 555-0135", "1-212-555-0135"])
@pytest.mark.parametrize(
    "typed", ["212 555 0135", "+1 (212) 555-0135", "(212) 5550135", "12125550135", "555-0135"]
)
def test_a_phone_number_is_found_however_it_was_written(stored, typed, clinic):
    wanted = clinic.new(**{"about.phone": stored})
    clinic.new(**{"about.phone": "+1 646 555 0199"})
    assert list(Referral.objects.filter(matching(typed))) == [wanted]


@pytest.mark.parametrize("typed", ["jose nunez", "NÚÑEZ josé", "nuñ", "1984-05-14"])
def test_every_word_must_be_found_in_any_order(typed, clinic):
    wanted = clinic.new(**{f"about.{key}": told for key, told in ABOUT.items()})
    clinic.new(**{"about.first_name": "Jose", "about.date_of_birth": "1990-01-01"})
    assert list(Referral.objects.filter(matching(typed))) == [wanted]


def test_a_team_finds_its_own_by_a_phone_number_too(clinic, cast, signed_in):
    consult = clinic.routed("tms", **{"about.phone": "212 555 0135"}).consults.get()
    found = signed_in(cast.tess).get("/admin/treatments/tmsconsult/", {"q": "+1 (212) 555-0135"})
    assert [row.pk for row in found.context["cl"].result_list] == [consult.pk]


@pytest.mark.postgres
@pytest.mark.django_db
def test_parts_of_words_have_an_index_on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'referral_search'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]
