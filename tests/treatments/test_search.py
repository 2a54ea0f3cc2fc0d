"""Finding a person by what was typed: in any case, without accents, a phone number in any of its spellings."""

import pytest
from django.db import connection

from treatments.models import Referral
from treatments.search import matching, named_whole, plain, words_of

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
        ("O’Neil–Þórsdóttir", "oneil-thorsdottir"),
    ],
)
def test_letters_are_compared_without_case_and_marks(typed, kept):
    assert plain(typed) == kept


def test_the_words_kept_are_those_a_person_is_asked_for_on_the_phone():
    assert words_of("K7MW-4QXB", ABOUT) == (
        "k7mw-4qxb k7mw4qxb jose nunez odegard 1984-05-14 2125550135 j.nunez@example.org =nunezodegard="
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


BORN = (
    "5/14/1984",
    "05-14-84",
    "5.14.84",
    "5 14 1984",
    "051484",
    "05141984",
    "19840514",
    "1984/5/14",
    "14/5/1984",
)
NAMED = ("May 14, 1984", "may 14th 84", "14 May 1984", "14-May-1984", "Sept 3 1999", "DOB: 05/14/1984")


@pytest.mark.parametrize(
    "typed", [*BORN, *NAMED, "nunez 5/14/84", "Núñez, José, born 5/14/1984", "jose 05141984"]
)
def test_a_birth_date_is_found_however_it_is_written(typed, clinic):
    born = "1999-09-03" if "Sept" in typed else "1984-05-14"
    wanted = clinic.new(**{f"about.{key}": told for key, told in {**ABOUT, "date_of_birth": born}.items()})
    clinic.new(**{"about.date_of_birth": "1984-04-15"})
    assert list(Referral.objects.filter(matching(typed))) == [wanted]


@pytest.mark.parametrize("typed", ["5/14/1984 smith", "13/14/1984", "555-0135 5/14/1983", "06 12 34 56 78"])
def test_another_date_or_none_finds_nobody(typed, clinic):
    clinic.new(**{f"about.{key}": told for key, told in ABOUT.items()})
    assert not Referral.objects.filter(matching(typed)).exists()


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        (
            "Kaʻahumanu",
            "O'Brien",
            ("O’Brien, Kaahumanu", "o`brien", "OBrien", "o´brien ka'ahumanu", "O'BRIEN"),
        ),
        (
            "Mary-Ann",
            "Smith–Jones",
            ("Smith-Jones, Mary Ann", "smith jones", "MaryAnn SmithJones", "smith—jones"),
        ),
        ("Zoë", "De la Cruz", ("delacruz", "De La Cruz, Zoe", "Zoé de la cruz", "“Zoe” (Cruz)")),
        ("Li", "Muñoz Peña", ("munoz-pena", "Muñoz‑Peña; Li", "mun\u0303oz pen\u0303a")),
    ],
)
def test_a_name_is_found_with_any_signs_and_accents_and_in_either_order(first, last, asked, clinic):
    wanted = clinic.new(**{"about.first_name": first, "about.last_name": last})
    clinic.new(**{"about.first_name": "Ann", "about.last_name": "Smithers"})
    for typed in asked:
        assert list(Referral.objects.filter(matching(typed))) == [wanted], typed
        if "“" not in typed:
            assert list(Referral.objects.filter(named_whole(typed))) == [wanted], typed


@pytest.mark.parametrize("how", ["{0} {1}", "{0}{1}", "{0}–{1}", "{0}.{1}", " {0}-{1} ", "{0}_{1}"])
def test_a_reference_is_found_however_it_is_written(how, clinic):
    wanted, _other = clinic.new(), clinic.new()
    typed = how.format(*wanted.reference.lower().split("-"))
    for question in (matching(typed), named_whole(typed)):
        assert list(Referral.objects.filter(question)) == [wanted]


@pytest.mark.parametrize(
    "typed", ["nune", "odegard", "nunez", "jo nunez odegard", "jose", "", "=", ", ,", "5/14"]
)
def test_where_names_must_be_whole_a_part_finds_nobody(typed, clinic):
    wanted = clinic.new(**{f"about.{key}": told for key, told in ABOUT.items()})
    assert not Referral.objects.filter(named_whole(typed)).exists()
    for whole in ("Nuñez Ødegård", "jose nunez-odegard", "5/14/84", "05141984", "nunezodegard 5-14-1984"):
        assert list(Referral.objects.filter(named_whole(whole))) == [wanted]


def test_figures_before_those_of_a_date_make_a_phone_number_of_both(clinic):
    wanted = clinic.new(**{"about.phone": "+44 20 12 12 1984"})
    clinic.new(**{"about.date_of_birth": "1984-12-12"})
    assert list(Referral.objects.filter(matching("44 20 12 12 1984"))) == [wanted]


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
