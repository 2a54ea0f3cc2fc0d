"""Letters and what else is printed: kept word for word, only with the person's consent, and naming no more than they may."""

import re
import sys
import types
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from intake.models import OutgoingMail
from tests.conftest import fresh, written_to
from tests.treatments import papers
from tests.treatments.test_brief import Sheet
from treatments.models import Letter, PrintedPaper
from treatments.reading import letters as reading
from treatments.reading.letters import begin_text, offers
from treatments.triage.consults import return_consult
from treatments.triage.letters import print_cover, write_letter
from treatments.triage.record_requests import print_release, print_request
from treatments.workflow import Refused
from treatments.workflow.papers import (
    CLOSE_IN_LETTERS,
    LINES_OF_A_SHEET,
    OUTCOME_IN_LETTERS,
    RETURN_IN_LETTERS,
    fits_a_sheet,
)
from treatments.workflow.reasons import CLOSE_REASONS, ONCE_OUTCOMES, OUTCOMES, RETURN_REASONS

# What no paper of ours says, whatever somebody answered.
NEVER = re.compile(
    r"suicid|self-harm|hurt(ing)? (your|them)sel|C-SSRS|PHQ|GAD-7|AUDIT|drink|\bscore", re.IGNORECASE
)
FAX = {"office": "Corner Pharmacy", "fax": "+1 212 555 0177", "pages": 3}
TODAY = timezone.localdate


def texts_for(user, referral) -> dict[str, str]:
    """The text that each letter begins with."""
    return {
        offer.key: begin_text(offer, by=user, referral=referral, today=TODAY())
        for offer in offers(user, referral)
    }


def page_of(row, part: str = "") -> str:
    model = "referral" if not hasattr(row, "treatment") else f"{row.treatment}consult"
    return reverse(f"admin:treatments_{model}_change", args=[row.pk]) + part


def write(referral, actor, **more):
    asked = {"occasion": "closed-0", "text": "Dear {recipient}, thank you.", **papers.LETTER}
    write_letter(referral=referral, actor=actor, **{**asked, "agreed_on": TODAY(), **more})


# --- Occasions ------------------------------------------------------------------------------------------------


def test_a_letter_is_offered_when_routed_accepted_returned_first_seen_ended_and_closed(clinic):
    def occasions(row) -> list[str]:
        return [str(each.occasion) for each in offers(clinic.cast.cora, fresh(row))]

    assert occasions(clinic.in_review()) == []
    assert occasions(clinic.routed("tms", "spravato")) == ["routed"]
    assert occasions(clinic.consult("accepted").referral) == ["accepted", "routed"]
    assert occasions(clinic.consult("returned").referral) == ["returned", "routed"]
    assert occasions(clinic.consult("withdrawn").referral) == ["routed"]
    assert occasions(clinic.consult("completed").referral)[0] == "outcome"
    assert occasions(clinic.closed()) == ["closed"]


def test_the_text_says_what_was_decided_when_and_why_it_ended(clinic):
    cora = clinic.cast.cora
    text = texts_for(cora, clinic.routed("tms", "spravato"))["routed-0"]
    assert "consults for TMS and Spravato (esketamine)" in text, text
    assert "To {recipient}" in text
    returned = clinic.consult("returned")
    assert "The team has no room at present." in texts_for(cora, returned.referral)[f"returned-{returned.pk}"]
    done = clinic.consult("completed")
    assert "TMS: treatment started" in texts_for(cora, done.referral)[f"outcome-{done.pk}"]
    assert "does not want to go on" in texts_for(cora, clinic.closed())["closed-0"]


def test_a_team_writes_of_its_own_consult_alone(clinic):
    referral = clinic.routed("tms", "spravato")
    consult = clinic.move(referral.consults.get(treatment="tms"), "accepted")
    texts = texts_for(clinic.cast.tess, fresh(referral))
    assert {key.split("-")[0] for key in texts} == {"routed", "accepted"}
    assert "Spravato" not in "".join(texts.values())
    papers.letter_on(consult, clinic.cast.tess)
    assert Letter.objects.get().consult == consult
    assert [each.written for each in offers(clinic.cast.tess, fresh(referral))] == [True, False]


def test_a_letter_about_one_consult_leaves_that_about_another_to_be_written(clinic):
    referral, cora = clinic.routed("tms", "spravato"), clinic.cast.cora
    for treatment, who in (("tms", "tess"), ("spravato", "sam")):
        consult = referral.consults.get(treatment=treatment)
        return_consult(consult=consult, actor=getattr(clinic.cast, who), reason="no_capacity", note="full")
    first = f"returned-{referral.consults.get(treatment='tms').pk}"
    write(fresh(referral), cora, occasion=first)
    written = {each.key: each.written for each in offers(cora, fresh(referral))}
    assert written.pop(first) is True and set(written.values()) == {False} and len(written) == 2


def test_reasons_have_words_of_their_own_that_tell_of_nobodys_safety(clinic):
    words = [*RETURN_IN_LETTERS.values(), *CLOSE_IN_LETTERS.values(), *OUTCOME_IN_LETTERS.values()]
    assert not [each for each in map(str, words) if re.search("safe|risk|suicid|drug|alcohol", each.lower())]
    consult = clinic.consult("waiting")
    unsafe = {"reason": "unsafe_now", "note": "thinks of suicide"}
    return_consult(consult=consult, actor=clinic.cast.tess, **unsafe)
    text = texts_for(clinic.cast.cora, fresh(consult.referral))[f"returned-{consult.pk}"]
    assert "This is not the time for this treatment." in text and "suicide" not in text


# --- Consent, recipient, one page ------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [{"agreed": False}, {"agreed_on": None}])
def test_where_nobody_asked_the_writer_ticks_that_the_person_agreed_and_when(missing, clinic):
    referral = clinic.closed()
    with pytest.raises(Refused, match="Nobody has asked the person yet"):
        write(referral, clinic.cast.cora, **missing)
    assert not Letter.objects.exists() and not PrintedPaper.objects.exists()
    write(referral, clinic.cast.cora)
    assert Letter.objects.get().agreed_on == TODAY()


def test_what_the_form_says_of_letters_counts(clinic, monkeypatch):
    referral = clinic.closed()
    answers = {"care": {"letter_ok": "no"}}
    monkeypatch.setattr(type(referral.submission), "current", property(lambda self: answers))
    assert reading.may_write(referral.submission) is False
    with pytest.raises(Refused, match="does not want the clinic to write"):
        write(referral, clinic.cast.cora)
    answers["care"]["letter_ok"] = "yes"
    write(referral, clinic.cast.cora, agreed=False, agreed_on=None)
    assert Letter.objects.get().agreed_on is None


def test_nobody_agrees_on_a_day_to_come(clinic):
    with pytest.raises(Refused, match="still to come"):
        write(clinic.closed(), clinic.cast.cora, agreed_on=TODAY() + timedelta(days=1))


@pytest.mark.parametrize("missing", [{"to_name": " "}, {"text": " "}, {"confirmed": False}])
def test_a_letter_has_a_recipient_whom_somebody_confirmed(missing, clinic):
    with pytest.raises(Refused, match="the right clinician"):
        write(clinic.closed(), clinic.cast.cora, **missing)


@pytest.mark.parametrize(
    "word", ["suicidal", "Self-harm", "C-SSRS", "ALCOHOL", "drinking", "cannabis", "substance use", "AUDIT-C"]
)
def test_a_letter_into_which_somebody_types_suicide_or_substance_use_is_refused(word, clinic, monkeypatch):
    referral = clinic.closed()
    with pytest.raises(Refused, match=f"Take “{word}” out"):
        write(referral, clinic.cast.cora, text=f"Dear {{recipient}}, {word} was told.")
    assert not Letter.objects.exists() and not PrintedPaper.objects.exists()
    monkeypatch.setattr(
        "treatments.triage.letters.clinic_values", lambda: {"clinic": f"Rest and {word}, Inc."}
    )
    own_name = f"Rest and {word}, Inc. To {{recipient}}: drug interactions of the audited list."
    write(referral, clinic.cast.cora, text=own_name)


def test_a_letter_is_about_something_that_happened(clinic):
    with pytest.raises(Refused, match="of what has happened"):
        write(clinic.in_review(), clinic.cast.cora)


def test_what_is_longer_than_a_page_is_refused_and_not_kept(clinic):
    assert fits_a_sheet("line\n" * LINES_OF_A_SHEET) and not fits_a_sheet("line\n" * (LINES_OF_A_SHEET + 1))
    with pytest.raises(Refused, match="more than one page"):
        write(clinic.closed(), clinic.cast.cora, text="line\n" * (LINES_OF_A_SHEET + 1))
    assert not Letter.objects.exists()


def test_the_form_begins_with_the_text_and_another_occasion_begins_it_anew(clinic, signed_in):
    consult = clinic.consult("accepted", **{"reason.referred_by": "Dr. Muster"})
    client, page = signed_in(clinic.cast.cora), page_of(consult.referral, "write_letter/")
    form = client.get(page).context["form"]
    assert form.initial["to_name"] == "Dr. Muster"
    assert "Our team has accepted" in form.initial["text"]
    typed = {"begin": "1", "occasion": "routed-0", "to_name": "Dr. Else", "text": "Mine"}
    form = client.post(page, typed).context["form"]
    assert (form.initial["occasion"], form.initial["to_name"]) == ("routed-0", "Dr. Else")
    assert "Thank you for this referral" in form.initial["text"]
    assert not Letter.objects.exists()


# --- Kept as printed ------------------------------------------------------------------------------------------


def test_what_is_printed_twice_is_kept_twice_and_shown_word_for_word(clinic, signed_in):
    referral, client = papers.requested(clinic), signed_in(clinic.cast.cora)
    for number in (1, 2):
        sent = {"seen_version": fresh(referral).version}
        answer = client.post(page_of(referral, "print_request/"), sent, follow=True)
        kept = PrintedPaper.objects.latest("pk")
        assert PrintedPaper.objects.count() == number
        assert answer.redirect_chain[-1][0].endswith(f"/paper/{kept.pk}/")
        assert f'<article class="sheet">{escape(kept.body)}</article>' in answer.content.decode()
    first, second = PrintedPaper.objects.order_by("pk")
    assert first.body == second.body and papers.ASKED["what"] in first.body
    assert referral.events.filter(kind="print_request").count() == 2


def test_sent_twice_it_is_printed_once(clinic, signed_in):
    referral, client = papers.requested(clinic), signed_in(clinic.cast.cora)
    sent = {"seen_version": referral.version}
    for _time in (1, 2):
        assert client.post(page_of(referral, "print_request/"), sent).status_code == 302
    assert PrintedPaper.objects.count() == 1


def test_a_letter_that_was_kept_shows_the_same_later_and_each_look_is_an_event(clinic, signed_in):
    referral = clinic.closed()
    paper = papers.letter_on(referral, clinic.cast.cora, "Dear {recipient}, <b>thank you</b>.")
    assert paper.body == "Dear Dr. Robin Sample, <b>thank you</b>."
    client, page = signed_in(clinic.cast.carl), page_of(referral, f"paper/{paper.pk}/")
    shown = [
        re.search(r"<article.*?</article>", client.get(page).content.decode(), re.DOTALL)[0] for _ in "12"
    ]
    assert shown[0] == shown[1] and escape(paper.body) in shown[0]
    looks = referral.events.filter(kind="paper_opened", actor=clinic.cast.carl)
    assert [each.details for each in looks] == [{"paper": paper.pk, "kind": "letter"}] * 2


def test_a_paper_of_somebody_else_or_of_nobody_is_not_found(clinic, signed_in):
    own, other = clinic.closed(), clinic.closed()
    paper = papers.letter_on(own, clinic.cast.cora)
    client = signed_in(clinic.cast.cora)
    for page in (
        page_of(other, f"paper/{paper.pk}/"),
        page_of(own, "paper/9876/"),
        page_of(own, f"paper/{2**63}/"),
    ):
        assert client.get(page).status_code == 404
    consult = clinic.consult("accepted")
    of_desk = papers.letter_on(consult.referral, clinic.cast.cora)
    tess = signed_in(clinic.cast.tess)
    assert tess.get(page_of(consult, f"paper/{of_desk.pk}/")).status_code == 404
    assert "Nothing was printed yet." in tess.get(page_of(consult, "papers/")).content.decode()
    of_team = papers.letter_on(consult, clinic.cast.tess)
    assert tess.get(page_of(consult, f"paper/{of_team.pk}/")).status_code == 200


def test_the_pdf_is_the_same_sheet_and_is_on_record(clinic, signed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", types.SimpleNamespace(HTML=Sheet, CSS=Sheet))
    referral = clinic.closed()
    paper = papers.letter_on(referral, clinic.cast.cora)
    answer = signed_in(clinic.cast.cora).get(page_of(referral, f"paper/{paper.pk}/?format=pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert referral.events.latest("pk").details == {"paper": paper.pk, "kind": "letter", "form": "pdf"}


def test_without_weasyprint_a_sentence_says_so_and_nothing_is_read(clinic, signed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    referral = clinic.closed()
    paper = papers.letter_on(referral, clinic.cast.cora)
    answer = signed_in(clinic.cast.cora).get(page_of(referral, f"paper/{paper.pk}/?format=pdf"))
    assert answer.status_code == 501
    assert not referral.events.filter(kind="paper_opened").exists()


def test_a_letter_or_paper_is_written_once(clinic):
    paper = papers.letter_on(clinic.closed(), clinic.cast.cora)
    for row in (paper, paper.letter):
        for act in (row.save, row.delete, type(row).objects.all().delete):
            with pytest.raises(TypeError):
                act()
        with pytest.raises(TypeError):
            type(row).objects.update(by=clinic.cast.carl)


# --- What stands on them, and what never does --------------------------------------------------------------------


def test_a_request_names_the_person_and_what_is_asked_and_nothing_else_of_the_form(clinic):
    referral = papers.requested(clinic, "sent", **{"reason.goals": "To dance again"})
    print_request(referral=referral, actor=clinic.cast.cora)
    body = PrintedPaper.objects.get().body
    assert all(words in body for words in (referral.name, papers.ASKED["what"], "Corner Pharmacy"))
    assert f"R-{papers.request_of(referral).pk}" in body and "We need them by" in body
    assert referral.reference not in body and "To dance" not in body


def test_every_line_of_a_request_is_in_its_language(clinic, monkeypatch):
    def translated(words: str) -> str:
        return f"{get_language()}: {words}"

    monkeypatch.setattr("treatments.reading.papers.gettext", translated)
    referral = papers.requested(clinic, "sent")
    print_request(referral=referral, actor=clinic.cast.cora, language="es")
    assert "\n\nes: We need them by" in PrintedPaper.objects.get().body


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_release_has_the_elements_of_the_law_and_substance_use_only_by_its_own_consent(language, clinic):
    referral = papers.requested(clinic)
    asked = {"purpose": "planning care", "until": TODAY() + timedelta(days=365), "language": language}
    words = {"en": "[  ] I also agree", "es": "[  ] También acepto"}[language]
    for substance_use in (False, True):
        print_release(referral=fresh(referral), actor=clinic.cast.cora, substance_use=substance_use, **asked)
        body = PrintedPaper.objects.latest("pk").body
        assert all(
            each in body for each in (referral.name, "Corner Pharmacy", "planning care", papers.ASKED["what"])
        )
        assert str(asked["until"].year) in body and "________" in body
        assert (words in body) == substance_use == ("42 CFR" in body)


def test_a_cover_names_nobody(clinic):
    changes = {"about.first_name": "Canaryfirst", "about.last_name": "Canarylast"}
    consult = clinic.consult("accepted", **changes)
    referral, cora = consult.referral, clinic.cast.cora
    papers.ask(referral, cora)
    letter = papers.letter_on(referral, cora).letter
    for about in (f"R-{papers.request_of(referral).pk}", f"L-{letter.pk}"):
        print_cover(referral=fresh(referral), actor=cora, about=about, **FAX)
        body = PrintedPaper.objects.latest("pk").body
        person = [referral.first_name, referral.last_name, referral.reference, referral.phone, referral.email]
        born = referral.date_of_birth
        never = [*person, str(born), f"{born:%B}", "TMS", "Sample", *papers.ASKED["what"].split()[2:3]]
        assert not [words for words in never if words and words.casefold() in body.casefold()]
        assert about in body and FAX["fax"] in body
    event = referral.events.filter(kind="print_cover").latest("pk")
    assert event.details["fax"] == FAX["fax"]


@pytest.mark.parametrize(
    "typed",
    [
        {"office": "For Canaryfirst"},
        {"phone": "ask canarylast"},
        {"office": "Re: Canarylast, C."},
        {"office": "Records (canaryfirst)"},
        {"office": "For Canary\u200bfirst"},
    ],
)
def test_a_cover_on_which_somebody_types_the_persons_name_is_refused(typed, clinic):
    referral = papers.requested(
        clinic, **{"about.first_name": "Canaryfirst", "about.last_name": "Canarylast"}
    )
    about = f"R-{papers.request_of(referral).pk}"
    with pytest.raises(Refused, match="names no patient"):
        print_cover(referral=referral, actor=clinic.cast.cora, about=about, **{**FAX, **typed})


@pytest.mark.parametrize("missing", [{"office": " "}, {"fax": " "}, {"pages": 0}])
def test_a_cover_says_where_it_goes_and_how_many_pages(missing, clinic):
    referral = papers.requested(clinic)
    about = f"R-{papers.request_of(referral).pk}"
    with pytest.raises(Refused, match="Say who the fax goes to"):
        print_cover(referral=referral, actor=clinic.cast.cora, about=about, **{**FAX, **missing})


def test_a_team_is_told_written_of_its_own_letters_alone(clinic):
    consult = clinic.consult("accepted")
    write(fresh(consult.referral), clinic.cast.cora, occasion="routed-0")
    desk, team = (offers(user, fresh(consult.referral)) for user in (clinic.cast.cora, clinic.cast.tess))
    assert [each.written for each in desk] == [False, True]
    assert [each.written for each in team] == [False, False]


@pytest.mark.parametrize("about", ["R-9876", "L-1", "x", "R-", "R-" + "9" * 30])
def test_a_cover_goes_with_a_letter_or_a_request_of_this_person(about, clinic):
    papers.letter_on(clinic.closed(), clinic.cast.cora)
    with pytest.raises(Refused, match="that the fax goes with"):
        print_cover(referral=papers.requested(clinic), actor=clinic.cast.cora, about=about, **FAX)


def test_a_number_that_is_typed_differently_the_second_time_is_sent_back(clinic, signed_in):
    referral = papers.requested(clinic)
    sent = {"seen_version": referral.version, "about": f"R-{papers.request_of(referral).pk}", **FAX}
    answer = signed_in(clinic.cast.cora).post(
        page_of(referral, "print_cover/"), {**sent, "fax_again": "+1 212 555 0199"}
    )
    assert answer.context["form"].errors["fax_again"] == ["The two numbers differ."]
    assert not PrintedPaper.objects.exists()


UNSAFE = {
    "safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "no", "q5": "no", "q6": "no"},
    "substances.audit_c": [4, 4, 4],
    "substances.cannabis": "daily",
    "safety.harm_to_others": "yes",
}


def test_suicide_and_substance_use_answers_and_messages_change_no_word_of_any_paper(clinic):
    def every_paper(**changes) -> list[str]:
        consult = clinic.consult("accepted", **changes)
        referral = written_to(consult.referral, "Canarymessage")
        texts = [
            *texts_for(clinic.cast.cora, referral).values(),
            *texts_for(clinic.cast.tess, referral).values(),
        ]
        papers.print_one_of(referral, clinic.cast.cora)
        asked = {"purpose": "care", "until": TODAY() + timedelta(days=9), "substance_use": True}
        print_release(referral=fresh(referral), actor=clinic.cast.cora, **asked)
        about = f"R-{papers.request_of(referral).pk}"
        print_cover(referral=fresh(referral), actor=clinic.cast.cora, about=about, **FAX)
        bodies = [paper.body for paper in PrintedPaper.objects.filter(referral=referral)]
        return [re.sub(r"[RL]-\d+", "number", body) for body in (*texts, *bodies)]

    calm, unsafe = every_paper(), every_paper(**UNSAFE)
    assert calm == unsafe
    assert not [body for body in unsafe if "Canarymessage" in body or NEVER.search(body)]


def test_no_mail_is_made_by_a_letter_or_a_cover(clinic):
    before = OutgoingMail.objects.count()
    referral = clinic.closed()
    letter = papers.letter_on(referral, clinic.cast.cora).letter
    print_cover(referral=fresh(referral), actor=clinic.cast.cora, about=f"L-{letter.pk}", **FAX)
    assert OutgoingMail.objects.count() == before


def test_every_reason_and_outcome_has_words_for_letters():
    said = {*RETURN_IN_LETTERS, *CLOSE_IN_LETTERS, *OUTCOME_IN_LETTERS}
    assert said == {*RETURN_REASONS, *CLOSE_REASONS, *OUTCOMES, *ONCE_OUTCOMES}
