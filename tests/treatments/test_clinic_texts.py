"""The clinic's own texts and words: who writes them, what is refused, who reads them then, what stays on record."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.conftest import GROUP_OF, fresh
from tests.intake import screen
from tests.racing import at_once
from tests.treatments import papers
from treatments.models import ClinicProfile, ClinicTextVersion, Event
from treatments.models.looked_up import look_again
from treatments.reading.clinic_texts import clinic_values, question_starts, text_of
from treatments.triage.clinic_profile import change_profile
from treatments.triage.clinic_texts import change_text
from treatments.triage.closing import close
from treatments.triage.letters import print_cover
from treatments.triage.record_requests import print_release, print_request
from treatments.workflow import CLOSE_REASONS, Refused
from treatments.workflow.clinic_numbers import is_npi, is_tin
from treatments.workflow.clinic_texts import CLINIC_TEXTS, Kind
from treatments.workflow.papers import room_on_a_sheet

LIST = "/admin/treatments/clinictextversion/"
LETTER = f"{LIST}letter_closed/en/"
PROFILE = "/admin/treatments/clinicprofile/"
STALE = "Somebody else has changed this since you opened the page. Look at it again."
SHIPPED = CLINIC_TEXTS["letter_closed"].default_in("en")
OWN = "To {recipient}: we have closed this. {reason}"


def words(page) -> str:
    return screen.words(page.content.decode())


def typed(page) -> str:
    """What stands in the text's field."""
    html = page.content.decode()
    return unescape(html.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0]).strip()


def versions() -> list[tuple]:
    rows = ClinicTextVersion.objects.order_by("pk")
    return list(rows.values_list("key", "language", "version", "body", "by__username"))


def events() -> list[list[str]]:
    found = Event.objects.filter(kind="clinic_text_changed").order_by("pk")
    return [event.details["changes"] for event in found]


@pytest.fixture
def adam(cast, signed_in) -> Client:
    return signed_in(cast.adam)


@pytest.fixture
def write(cast):
    def write(body: str, *, key: str = "letter_closed", language: str = "en", **more) -> None:
        asked = {"seen": ClinicTextVersion.newest(key, language).version, "actor": cast.adam, **more}
        change_text(key=key, language=language, body=body, **asked)
        look_again()

    return write


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUP_OF)
def test_only_the_clinics_administrator_sets_what_is_set_without_code(name, cast, signed_in, write):
    person, client = getattr(cast, name), signed_in(getattr(cast, name))
    pages = [
        LIST,
        LETTER,
        PROFILE,
        "/admin/treatments/outsideserviceversion/",
        "/admin/treatments/noticedefaults/",
    ]
    answers = {client.get(page).status_code for page in pages}
    listed = client.get(reverse("admin:index")).content.decode()
    if name == "adam":
        assert answers == {200} and LIST in listed
        return
    assert answers == {403} and LIST not in listed
    assert client.post(LETTER, {"seen_version": 0, "body": OWN}).status_code == 403
    with pytest.raises(PermissionDenied):
        write(OWN, actor=person)
    with pytest.raises(PermissionDenied):
        change_profile(actor=person, seen=0, wanted=ClinicProfile(legal_name="x", phone="1"))
    assert versions() == [] and not ClinicProfile.objects.exists()


# --- What a change does ---------------------------------------------------------------------------------


def test_a_text_is_written_read_and_put_back_as_shipped(adam):
    assert text_of("letter_closed") == SHIPPED
    assert adam.post(LETTER, {"seen_version": 0, "body": f"  {OWN}\r\nBye\r\n"}).url == LIST
    assert text_of("letter_closed") == f"{OWN}\nBye"
    assert text_of("letter_closed", "es") == CLINIC_TEXTS["letter_closed"].default_in("es")
    assert "edited on" in words(adam.get(LIST))
    page = words(adam.get(LETTER))
    assert "Version 1" in page and "Put back as shipped" in adam.get(LETTER).content.decode()
    adam.post(LETTER, {"seen_version": 1, "body": OWN, "as_shipped": "Put back as shipped"})
    assert text_of("letter_closed") == SHIPPED
    assert "edited on" not in words(adam.get(LIST))
    assert [row[2:] for row in versions()] == [(1, f"{OWN}\nBye", "adam"), (2, "", "adam")]
    assert events() == [
        ["Letter: referral closed (English): new words"],
        ["Letter: referral closed (English): as shipped again"],
    ]
    page = words(adam.get(LETTER))
    assert "Version 2" in page and "Version 1" in page and "Adam" in page and "Bye" in page


def test_the_spanish_of_a_text_is_a_text_of_its_own(write):
    write("Para {recipient}", language="es")
    assert (text_of("letter_closed", "es"), text_of("letter_closed")) == ("Para {recipient}", SHIPPED)
    assert text_of("letter_closed", "fr") == SHIPPED
    assert events() == [["Letter: referral closed (Spanish): new words"]]


@pytest.mark.parametrize("body", ["", SHIPPED, f"{SHIPPED}\n "])
def test_what_is_as_it_was_is_no_version(adam, body):
    assert adam.post(LETTER, {"seen_version": 0, "body": body}).url == LIST
    assert versions() == events() == []


def test_the_preview_stores_nothing_and_names_nobody_who_is_real(adam):
    page = adam.post(LETTER, {"seen_version": 0, "body": "Dear {recipient}, {{x}}", "preview": "Preview"})
    assert page.status_code == 200 and "Dear Dr. Robin Sample, {x}" in words(page)
    assert typed(page) == "Dear {recipient}, {{x}}" and versions() == []
    page = adam.post(LETTER, {"seen_version": 0, "body": "{nobody}", "preview": "Preview"})
    assert "may not hold {nobody}" in words(page) and "Preview, with" not in words(page)


# --- What is refused ------------------------------------------------------------------------------------

WRONG = {
    "an unknown placeholder": ("{patient} {phone_of_patient}", "This text may not hold {phone_of_patient}."),
    "an attribute": ("{patient.submission}", "This text may not hold {patient.submission}."),
    "an index": ("{patient[0]}", "This text may not hold {patient[0]}."),
    "nothing in braces": ("Dear {}", "This text may not hold {}."),
    "a brace that opens": ("Dear {patient", "A brace has no partner."),
    "a brace that closes": ("Dear patient}", "A brace has no partner."),
    "too much": ("x" * 6001, "At most 6000 characters; these are 6001."),
    "suicide": ("{patient} denies suicidal thoughts", "Take “suicidal” out"),
    "substance use": ("Sobre {patient}: alcohol", "Take “alcohol” out"),
    "more than a page": ("line\n" * 54 + "line", "It takes 55 lines, and a page has room for 54 of it."),
    "no words": ("---", "Write words, or leave it empty to have it as shipped."),
}


@pytest.mark.parametrize(("body", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field_kept_as_typed_and_changes_nothing(adam, write, body, sentence):
    write(OWN)
    before = versions(), events(), text_of("letter_closed")
    page = adam.post(LETTER, {"seen_version": 1, "body": body})
    assert page.status_code == 200 and typed(page) == body
    assert sentence in words(page).split("Words:")[1].split("What may stand in it")[0]
    with pytest.raises(Refused, match=r".+"):
        write(body)
    assert (versions(), events(), text_of("letter_closed")) == before


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_longest_release_request_and_cover_that_may_be_written_can_be_printed(write, clinic, language):
    cora, referral = clinic.cast.cora, papers.requested(clinic, "sent")
    for key in ("release", "record_request", "fax_cover"):
        room = room_on_a_sheet(key, language)
        with pytest.raises(Refused, match="Make it shorter"):
            write("x\n" * (room + 1), key=key, language=language)
        write("x\n" * room, key=key, language=language)
    print_request(referral=fresh(referral), actor=cora, language=language)
    told = {"purpose": "care", "until": timezone.localdate() + timedelta(days=9), "substance_use": True}
    print_release(referral=fresh(referral), actor=cora, language=language, **told)
    fax = {"office": "Pharmacy", "fax": "1", "phone": "2", "pages": 3}
    print_cover(referral=fresh(referral), actor=cora, about=f"R-{papers.request_of(referral).pk}", **fax)


@pytest.mark.parametrize("name", ["patient", "recipient", "birth_date", "writer", "what", "reason"])
def test_the_cover_of_a_fax_takes_nothing_that_could_name_a_person(write, name):
    with pytest.raises(Refused, match=f"may not hold {{{name}}}"):
        write(f"To {{{name}}}", key="fax_cover")
    assert versions() == []


@pytest.mark.parametrize("path", ["nothing/en/", "letter_closed/fr/", "close.other/es/"])
def test_there_is_no_page_for_a_text_that_there_is_not(adam, path):
    assert adam.get(f"{LIST}{path}").status_code == 404


def test_a_text_in_a_language_that_it_is_not_kept_in_is_refused(write):
    with pytest.raises(Refused, match="not kept in that language"):
        write("Otra vez", key="close.other", language="es")


def test_what_is_typed_is_shown_as_text_and_never_as_markup(adam, write):
    typed = "<b>bold</b> to {recipient}"
    write(typed)
    for sent in ({"seen_version": 0, "body": OWN}, {"seen_version": 1, "body": typed, "preview": "Preview"}):
        html = adam.post(LETTER, sent).content.decode()
        assert "&lt;b&gt;bold" in html and "<b>bold" not in html
    html = adam.get(LETTER).content.decode()
    assert "&lt;b&gt;bold" in html.split("Version 1")[1] and "<b>bold" not in html


def test_a_change_over_anothers_is_refused_and_shows_both(adam, write):
    write("Theirs, to {recipient}")
    page = adam.post(LETTER, {"seen_version": 0, "body": OWN})
    assert page.status_code == 409 and STALE in words(page)
    assert "Theirs, to {recipient}" in words(page) and typed(page) == OWN
    assert 'name="seen_version" value="1"' in page.content.decode(), "pressed again it is deliberate"
    assert text_of("letter_closed") == "Theirs, to {recipient}" and len(versions()) == len(events()) == 1


def test_of_two_changes_at_once_one_is_refused(real_database, cast):
    told = {"actor": cast.adam, "key": "release", "language": "en", "seen": 0}
    ends = at_once(*[lambda body=body: change_text(body=body, **told) for body in ("One", "Two")])
    assert [str(end) for end in ends if isinstance(end, Refused)] == [STALE]
    assert len(versions()) == len(events()) == 1


# --- Sentences of the clinic's own ---------------------------------------------------------------------


def test_a_sentence_of_the_clinics_own_is_offered_in_the_languages_in_which_it_is_written(
    adam, write, clinic, signed_in, django_assert_num_queries
):
    shipped = [each.key for each in question_starts("en")]
    assert len(shipped) == 4 and "nothing written yet" in words(adam.get(LIST))
    address = f"{LIST}question_own_3/en/"
    page = words(adam.get(address))
    assert "Left empty nobody is offered it." in page and "As shipped" not in page
    adam.post(address, {"seen_version": 0, "body": "Which {clinic} form was it? " * 3})
    with django_assert_num_queries(1):
        (own,) = [each for each in question_starts("en") if each.key not in shipped]
    assert own.label.startswith("Which ") and len(own.label) <= 60 and "{" not in own.words
    assert [each.key for each in question_starts("es")] == shipped
    write("¿Cuál?", key="question_own_3", language="es")
    spoken = question_starts("es")[-1]
    assert (spoken.words, spoken.english) == ("¿Cuál?", own.words)
    ask = f"/admin/treatments/referral/{clinic.in_review().pk}/ask_patient/"
    assert escape(own.label) in signed_in(clinic.cast.cora).get(ask).content.decode()
    write("", key="question_own_3")
    assert [each.key for each in question_starts("en")] == shipped
    assert events()[-1] == ["The clinic's own sentences 3 (English): taken out"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [("{patient}", "may not hold {patient}"), ("x" * 1001, "At most 1000"), ("{", "Write words")],
)
def test_what_could_not_be_sent_as_a_sentence_is_refused(adam, body, sentence):
    page = adam.post(f"{LIST}question_own_1/es/", {"seen_version": 0, "body": body})
    assert sentence in words(page) and versions() == []


# --- Words of reasons -----------------------------------------------------------------------------------


def test_a_reason_in_the_clinics_words_stands_wherever_it_is_shown_and_its_code_stays(
    write, clinic, cast, signed_in, django_capture_on_commit_callbacks
):
    referral, client = clinic.in_review(), signed_in(cast.cora)
    form, own = (
        f"/admin/treatments/referral/{referral.pk}/close/",
        f"/admin/treatments/referral/{referral.pk}/",
    )
    look_again()
    assert "A second form of the same person" in words(client.get(form))
    told = {"actor": cast.adam, "key": "close.duplicate", "language": "en", "seen": 0}
    with django_capture_on_commit_callbacks(execute=True):  # what this process knew is old
        change_text(body="Sent twice & more", **told)
    assert "Sent twice & more" in words(client.get(form))
    close(referral=referral, actor=cast.cora, reason="duplicate", note="the other one")
    referral.refresh_from_db()
    assert referral.close_reason == "duplicate"
    assert referral.events.get(kind="close").details["reason"] == "duplicate"
    page = words(client.get(own))
    assert "Sent twice & more" in page and "A second form of the same person" not in page
    assert "<b>" not in client.get(own).content.decode().split("Sent twice")[1][:20]
    write("", key="close.duplicate")
    assert "A second form of the same person" in words(client.get(own))
    assert events() == [
        [
            "Reason to close: A second form of the same person: Sent twice & more "
            "(before: A second form of the same person)"
        ],
        [
            "Reason to close: A second form of the same person: A second form of the same person "
            "(before: Sent twice & more)"
        ],
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("x" * 81, "At most 80 characters; these are 81."),
        ("For {patient}", "Words of a reason hold no placeholder and no brace."),
        ("Half {", "Words of a reason hold no placeholder and no brace."),
        ("…", "Write words, or leave it empty"),
    ],
)
def test_words_that_no_list_could_show_are_refused(adam, write, body, sentence):
    page = adam.post(f"{LIST}close.other/en/", {"seen_version": 0, "body": body})
    assert page.status_code == 200 and sentence in words(page) and body in page.content.decode()
    with pytest.raises(Refused, match=sentence[:20]):
        write(body, key="close.other")
    assert versions() == [] and str(CLOSE_REASONS["other"].label) == "Another reason"


def test_words_stand_on_one_line(write):
    write(" Some \n other ", key="return.other")
    assert versions()[0][3] == "Some other"


def test_a_process_looks_for_words_now_and_then_and_not_for_every_reason(write, django_assert_num_queries):
    write("Something else", key="close.other")
    look_again()
    with django_assert_num_queries(1):
        assert "Something else" in {str(reason.label) for reason in CLOSE_REASONS.values()}


def test_every_reason_ending_and_verdict_has_a_text():
    from treatments.workflow.reasons import OUTCOMES, RETURN_REASONS, VERDICTS

    tables = {"close": CLOSE_REASONS, "return": RETURN_REASONS, "outcome": OUTCOMES, "verdict": VERDICTS}
    keys = {f"{name}.{code}" for name, rows in tables.items() for code in rows}
    assert keys == {row.key for row in CLINIC_TEXTS.values() if row.kind is Kind.WORDS}


# --- The clinic's profile -------------------------------------------------------------------------------

ON_PAPER = {
    "legal_name": "Sample Mood Clinic, P.C.",
    "address": "1 Example Street\nSampletown",
    "phone": "(555) 010-0100",
    "fax": "",
    "npi": "1234567893",
    "tin": "12-3456789",
}


def test_the_profile_is_versions_that_letters_read(adam, settings):
    settings.CLINIC = {**settings.CLINIC, "name": "From the server", "phone": "1"}
    adam.post(PROFILE, {"seen_version": 0, **ON_PAPER})
    adam.post(PROFILE, {"seen_version": 1, **ON_PAPER, "fax": "(555) 010-0101"})
    assert clinic_values() == {
        "clinic": "Sample Mood Clinic, P.C.",
        "clinic_address": "1 Example Street\nSampletown",
        "clinic_phone": "(555) 010-0100",
        "clinic_fax": "(555) 010-0101",
    }
    assert list(ClinicProfile.objects.order_by("version").values_list("version", "fax")) == [
        (1, ""),
        (2, "(555) 010-0101"),
    ]
    said = [event.details["changes"] for event in Event.objects.filter(kind="clinic_profile_changed")]
    assert sorted(map(len, said)) == [1, 5] and ["fax: (555) 010-0101 (before: –)"] in said
    assert "fax: (555) 010-0101 (before: –)" in words(adam.get(PROFILE))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"npi": "1234567890"}, "An NPI has ten digits"),
        ({"tin": "123"}, "A TIN has nine digits"),
        ({"legal_name": " "}, "This field is required."),
        ({"phone": ""}, "This field is required."),
        ({"address": "Sampletown\n" * 5 + "NY"}, "At most 5 lines: it stands on every paper."),
    ],
)
def test_a_profile_that_no_paper_could_bear_is_refused_at_its_field(adam, cast, wrong, sentence):
    page = adam.post(PROFILE, {"seen_version": 0, **ON_PAPER, **wrong})
    assert page.status_code == 200 and sentence in words(page) and "Sampletown" in page.content.decode()
    with pytest.raises(Refused, match=r".+"):
        change_profile(actor=cast.adam, seen=0, wanted=ClinicProfile(**{**ON_PAPER, **wrong}))
    assert not ClinicProfile.objects.exists()


def test_a_profile_over_anothers_is_refused(adam):
    adam.post(PROFILE, {"seen_version": 0, **ON_PAPER})
    page = adam.post(PROFILE, {"seen_version": 0, **ON_PAPER, "fax": "1"})
    assert page.status_code == 409 and STALE in words(page) and ClinicProfile.newest().fax == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1234567893", True), ("1234567894", False), ("3234567893", False), ("12345678931", False), ("", False)],
)
def test_an_npi_is_checked_by_its_last_digit(text, is_one):
    assert is_npi(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("123456789", True), ("12-3456789", True), ("1-23456789", False)]
)
def test_a_tin_has_nine_digits(text, is_one):
    assert is_tin(text) is is_one
