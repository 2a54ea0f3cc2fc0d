"""Save and come back: by an e-mailed link and by a printed code, each with the date of birth."""

import datetime
import hashlib
import json
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake import resume_secrets
from intake.mail.sending import forget_old_rows, send_due_mail
from intake.models import OutgoingMail, ResumeKey, Submission, Try
from tests.intake import pat, screen
from tests.pages import flat
from treatments.triage.draft_expiry import expire_drafts

pytestmark = pytest.mark.django_db

BIRTH = {"date_of_birth_month": "5", "date_of_birth_day": "14", "date_of_birth_year": "1984"}
WRONG = {**BIRTH, "date_of_birth_day": "15"}


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveler:
        yield traveler


@pytest.fixture
def draft(client: Client) -> Submission:
    """Pat has said a name, a date of birth and how to be reached."""
    pat.begin(client)
    for slug in ("consent", "name", "contact"):
        pat.save(client, slug)
    Try.objects.all().delete()  # that of beginning, which is counted too
    return pat.draft_of(client)


def mailed_link(client: Client) -> str:
    """Pat asks for a link; the address that the mail holds, as a path."""
    assert client.post(reverse("intake:mail-link")).status_code == 302
    return sent_link()


def sent_link() -> str:
    send_due_mail()
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def token_of(link: str) -> str:
    return link.partition("token=")[2]


def printed_code(client: Client) -> str:
    page = client.post(reverse("intake:make-code"), follow=True).content.decode()
    return re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4}", page)[0]


def another_phone() -> Client:
    return Client()


def by_link(link: str, birth=BIRTH, client: Client | None = None):
    client = client or another_phone()
    client.get(link)
    return client.post(reverse("intake:link"), birth)


def by_code(code: str, birth=BIRTH, client: Client | None = None):
    return (client or another_phone()).post(reverse("intake:come-back"), {"code": code, **birth})


def plain(response) -> str:
    """The page without what differs on every page: the safety token of its form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


# --- Finding the way there -----------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["consent", "name", "mood", "medicines-tried"])
def test_every_question_page_offers_to_save_and_come_back_later(client, draft, slug):
    assert "later" in screen.buttons(client.get(pat.address(slug)).content.decode())


def test_one_medicine_the_task_list_and_the_check_offer_it_too(client, draft):
    medicine = client.get(reverse("intake:entry", args=["medicines-tried", pat.KEY]))
    assert "later" in screen.buttons(medicine.content.decode())
    for address in (reverse("intake:tasks"), reverse("intake:check")):
        assert reverse("intake:later") in screen.links(client.get(address).content.decode())


def test_the_task_list_and_the_page_say_until_when_the_form_is_kept(client, draft, clock):
    Submission.objects.filter(pk=draft.pk).update(
        saved_at=datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)
    )
    clock.move_to(datetime.datetime(2026, 3, 11, 12, tzinfo=datetime.UTC))
    for name in ("tasks", "later"):
        assert "April 9, 2026" in screen.words(client.get(reverse(f"intake:{name}")).content.decode())


def test_before_the_date_of_birth_is_known_it_is_asked_for_and_there_is_no_code(client):
    pat.begin(client)
    page = client.get(reverse("intake:later")).content.decode()
    assert screen.names(page) == {*BIRTH, "email"}
    assert "tell us your date of birth first" in screen.words(page)
    assert "Show me a code" not in page
    client.post(reverse("intake:make-code"))
    assert not ResumeKey.objects.exists()


def test_who_leaves_without_a_date_of_birth_comes_back_by_a_link_alone(client):
    begun = pat.begin(client)
    assert client.post(reverse("intake:mail-link"), {"email": "pat@example.org"}).status_code == 302
    link = sent_link()
    assert "date of birth" not in mail.outbox[-1].body
    phone = another_phone()
    page = phone.get(link, follow=True).content.decode()
    assert screen.names(page) == set() and "Open my form" in page
    assert phone.post(reverse("intake:link"), {}).url == reverse("intake:tasks")
    assert pat.draft_of(phone) == begun
    assert another_phone().post(reverse("intake:link"), {}).status_code == 404
    again = another_phone()
    again.get(link, follow=True)
    assert "does not open a form" in screen.words(again.post(reverse("intake:link"), {}).content.decode())


def test_a_link_asks_for_the_date_of_birth_that_was_given_since(client):
    pat.begin(client)
    client.post(reverse("intake:mail-link"), {"email": "pat@example.org"})
    link = sent_link()
    pat.save(client, "name")
    phone = another_phone()
    assert screen.names(phone.get(link, follow=True).content.decode()) == set(BIRTH)
    assert phone.post(reverse("intake:link"), {}).status_code == 200
    assert phone.post(reverse("intake:link"), BIRTH).url == reverse("intake:tasks")


def test_no_link_leads_to_answers_without_a_date_of_birth_to_ask_for(client):
    pat.begin(client)
    pat.save(client, "mood")
    assert "email" not in screen.names(client.get(reverse("intake:later")).content.decode())
    client.post(reverse("intake:mail-link"), {"email": "pat@example.org"})
    assert not OutgoingMail.objects.exists()


def test_a_code_opens_nothing_without_a_date_of_birth(client, draft):
    digest = resume_secrets.digest_of_code(printed_code(client).replace("-", ""), settings.SECRET_KEY)
    del draft.answers["about"]["date_of_birth"]
    draft.save()
    entered = ResumeKey.enter(kind="code", digest=digest, birth=None, address="203.0.113.1")
    assert entered.draft is None


def test_a_code_of_28_letters_given_out_before_still_works(client, draft):
    old = "BCDF-GHJK-MNPQ-RTVW-XY34-6789-BCDF"
    digest = hashlib.sha256(old.replace("-", "").encode()).hexdigest()
    ResumeKey.objects.create(submission=draft, kind="code", digest=digest)
    assert by_code(old.lower()).url == reverse("intake:tasks")
    printed_code(client)
    assert by_code(old).status_code == 200


@pytest.mark.parametrize("slug", ["consent", "name", "mood", "visits"])
def test_after_any_single_page_link_and_code_can_be_had(client, slug):
    begun = pat.begin(client)
    client.post(pat.address(slug), {**pat.answered(slug), "later": "1"})
    client.post(reverse("intake:later"), BIRTH)
    client.post(reverse("intake:mail-link"), {"email": "pat@example.org"})
    for way, secret in ((by_link, sent_link()), (by_code, printed_code(client))):
        phone = another_phone()
        assert way(secret, client=phone).url == reverse("intake:tasks")
        assert pat.draft_of(phone) == begun


def test_the_date_of_birth_told_there_is_the_persons_and_the_name_page_stays_unfinished(client):
    begun = pat.begin(client)
    assert client.post(reverse("intake:later"), BIRTH).url == reverse("intake:later")
    assert "Show me a code" in client.get(reverse("intake:later")).content.decode()
    assert pat.shown(client.get(pat.address("name")))["about-date_of_birth_year"] == ["1984"]
    begun.refresh_from_db()
    assert (begun.date_of_birth, begun.saved_pages()) == ("1984-05-14", [])


def test_a_date_of_birth_once_told_is_not_changed_there(client, draft):
    assert client.post(reverse("intake:later"), WRONG).url == reverse("intake:later")
    draft.refresh_from_db()
    assert draft.date_of_birth == "1984-05-14"


@pytest.mark.parametrize(
    ("year", "told"),
    [
        ("", "Your date of birth must include a year"),
        ("2999", "Your date of birth: this day has not come yet"),
        ("184", "Your date of birth must include a year with 4 numbers, like 1984"),
    ],
)
def test_a_date_of_birth_that_can_not_be_is_named_there(client, year, told):
    begun = pat.begin(client)
    html = flat(client.post(reverse("intake:later"), {**BIRTH, "date_of_birth_year": year}))
    assert screen.summary(html) == [told]
    assert "<title>Error:" in html
    begun.refresh_from_db()
    assert begun.answers == pat.BEGUN


def test_the_address_is_asked_for_if_it_was_not_given_and_is_kept(client):
    pat.begin(client)
    pat.save(client, "name")
    page = client.get(reverse("intake:later")).content.decode()
    assert "email" in screen.names(page)
    assert f'action="{reverse("intake:mail-link")}"' in page
    assert client.get(reverse("intake:mail-link")).url == reverse("intake:later")
    refused = client.post(reverse("intake:mail-link"), {"email": "nonsense"})
    assert screen.summary(refused.content.decode()) == ["Email address: write it like name@example.com"]
    assert not OutgoingMail.objects.exists()
    client.post(reverse("intake:mail-link"), {"email": "pat@example.org"})
    assert OutgoingMail.objects.get().to == "pat@example.org"
    contact = screen.controls(client.get(pat.address("contact")).content.decode())
    assert contact["about-email"] == ["pat@example.org"]


def test_whoever_said_that_email_is_not_safe_is_warned(client, draft):
    assert "not safe" not in screen.words(client.get(reverse("intake:later")).content.decode())
    pat.save(client, "contact")
    pat.save(client, "contact", about__ways_email=None)
    assert "not safe" in screen.words(client.get(reverse("intake:later")).content.decode())


def test_where_no_mail_can_be_sent_only_the_code_is_offered(client, draft, settings):
    settings.SENDS_MAIL = False
    page = screen.words(client.get(reverse("intake:later")).content.decode())
    assert "Show me a code" in page
    assert "Email me" not in page
    client.post(reverse("intake:mail-link"))
    assert not OutgoingMail.objects.exists()


# --- The link --------------------------------------------------------------------------------------


def test_a_link_and_the_date_of_birth_open_the_form_elsewhere(client, draft):
    phone = another_phone()
    assert by_link(mailed_link(client), client=phone).url == reverse("intake:tasks")
    assert pat.draft_of(phone) == draft
    assert phone.get(pat.address("name")).status_code == 200


def test_opening_a_link_uses_nothing_up_because_mail_scanners_open_links(client, draft):
    link = mailed_link(client)
    for _number in range(20):
        another_phone().get(link, follow=True)
        another_phone().head(link)
    assert by_link(link).status_code == 302


def test_the_token_leaves_the_address_bar_at_once(client, draft):
    link = mailed_link(client)
    assert another_phone().get(link).url == reverse("intake:link")


def test_a_link_works_once(client, draft):
    link = mailed_link(client)
    assert by_link(link).status_code == 302
    assert by_link(link).status_code == 200


def test_of_two_who_use_a_link_at_once_one_gets_in(client, draft):
    mailed_link(client)
    key = ResumeKey.objects.get()
    assert [key.use(timezone.now()), key.use(timezone.now())] == [True, False]


def test_a_link_expires_says_so_plainly_and_a_new_one_can_be_asked_for(client, draft, clock):
    link = mailed_link(client)
    clock.shift(timedelta(hours=24))
    phone = another_phone()
    expired = phone.get(link, follow=True)
    assert expired.status_code == 200
    assert "This link has expired" in screen.words(expired.content.decode())
    assert phone.post(reverse("intake:new-link")).url == reverse("intake:new-link-asked")
    assert mail.outbox[-1].body.count("token=") == 1
    assert sent_link() != link
    assert by_link(sent_link()).status_code == 302


def test_an_expired_link_opens_nothing_even_for_who_skips_the_page(client, draft, clock):
    digest = resume_secrets.digest_of(token_of(mailed_link(client)))
    clock.shift(timedelta(hours=24))
    told = {"kind": "link", "digest": digest, "birth": datetime.date(1984, 5, 14), "address": "192.0.2.1"}
    assert ResumeKey.enter(**told).draft is None


def test_an_unknown_link_of_the_past_says_the_same_as_an_expired_one(client, draft, clock):
    link = mailed_link(client)
    clock.shift(timedelta(hours=25))
    unknown = (
        f"{reverse('intake:link')}?token={resume_secrets.new_token(timezone.now() - timedelta(hours=1))}"
    )
    told = [another_phone().get(each, follow=True) for each in (link, unknown)]
    assert plain(told[0]) == plain(told[1])


def test_asking_for_a_new_link_says_the_same_whether_or_not_there_is_a_form(client, draft):
    mailed_link(client)
    answers, before = [], len(mail.outbox)
    for hours in (1, 2, -1):
        phone = another_phone()
        token = resume_secrets.new_token(timezone.now() + timedelta(hours=hours))
        phone.get(reverse("intake:link"), {"token": token})
        answers.append(plain(phone.post(reverse("intake:new-link"), follow=True)))
    phone = another_phone()
    phone.get(f"{reverse('intake:link')}?token={token_of(mailed_link(client))}")
    answers.append(plain(phone.post(reverse("intake:new-link"), follow=True)))
    assert len(set(answers)) == 1
    send_due_mail()
    assert len(mail.outbox) == before + 2


def test_pressing_twice_before_the_mail_went_out_sends_one(client, draft):
    client.post(reverse("intake:mail-link"))
    client.post(reverse("intake:mail-link"))
    send_due_mail()
    assert len(mail.outbox) == 1


def test_a_link_lives_from_when_its_mail_went_out(client, draft, clock):
    """A mail server that was dead for a day does not use up the link's hours."""
    client.post(reverse("intake:mail-link"))
    clock.shift(timedelta(hours=24))
    assert by_link(sent_link()).status_code == 302


def test_the_mail_names_nobody_and_nothing(client, draft, settings):
    settings.CLINIC = {**settings.CLINIC, "name": "Northside Depression Clinic"}
    mailed_link(client)
    sent = mail.outbox[-1]
    text = f"{sent.subject} {sent.body}".lower()
    for word in ("pat", "lee", "northside", "depress", "clinic", "intake", "form", "health", "treatment"):
        assert not re.search(rf"\b{word}", text), word


def test_links_asked_for_too_often_are_refused_with_a_clear_page(client, draft):
    for _number in range(resume_secrets.LIMITS["mail_to"].most):
        mailed_link(client)
    refused = client.post(reverse("intake:mail-link"))
    assert refused.status_code == 429
    assert "several times" in screen.words(refused.content.decode())
    assert len(mail.outbox) == resume_secrets.LIMITS["mail_to"].most


# --- The code --------------------------------------------------------------------------------------


def test_a_code_and_the_date_of_birth_open_the_form_elsewhere_as_often_as_needed(client, draft):
    code = printed_code(client)
    for typed in (code, code.lower().replace("-", " "), f"  {code.replace('-', '')} "):
        phone = another_phone()
        assert by_code(typed, client=phone).url == reverse("intake:tasks")
        assert pat.draft_of(phone) == draft


def test_a_code_is_shown_once(client, draft):
    assert printed_code(client)
    again = client.get(reverse("intake:code"), follow=True)
    assert again.redirect_chain == [(reverse("intake:later"), 302)]
    assert "We show a code only once." in screen.words(again.content.decode())


def test_a_new_code_replaces_the_old_one_and_says_so_where_there_is_one(client, draft):
    said = "A new code replaces the older one."
    assert said not in screen.words(client.get(reverse("intake:later")).content.decode())
    old = printed_code(client)
    assert said in screen.words(client.get(reverse("intake:later")).content.decode())
    new = printed_code(client)
    assert by_code(old).status_code == 200
    assert by_code(new).status_code == 302


def test_a_draft_has_one_code_in_the_database_too(client, draft):
    printed_code(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResumeKey.objects.create(submission=draft, kind="code", digest="0" * 64)


def test_a_code_has_45_bits_and_no_look_alikes():
    assert len(resume_secrets.CODE_ALPHABET) ** resume_secrets.CODE_LENGTH > 2**45
    assert len(set(resume_secrets.CODE_ALPHABET)) == len(resume_secrets.CODE_ALPHABET)
    assert not set("0O1IL5S2ZUAE") & set(resume_secrets.CODE_ALPHABET)
    code = resume_secrets.code_from(resume_secrets.new_seed(), "key")
    letter = f"[{resume_secrets.CODE_ALPHABET}]"
    assert re.fullmatch(rf"{letter}{{3}}-{letter}{{3}}-{letter}{{4}}", code)


def test_codes_differ_with_the_seed_and_with_the_key():
    seeds = [resume_secrets.new_seed() for _number in range(100)]
    codes = {resume_secrets.code_from(seed, key) for seed in seeds for key in ("a", "b")}
    assert len(codes) == 200


@pytest.mark.parametrize("typed", ["ABCD", "K7MW-4QXB", "0000 0000 0000 0000 0000 0000 0000", "é" * 28])
def test_what_can_not_be_a_code_is_named_at_its_question_and_counts_as_no_try(draft, typed):
    answer = by_code(typed)
    assert "Check your code" in screen.summary(answer.content.decode())[0]
    assert not Try.objects.exists()


def test_a_code_and_a_date_left_blank_are_named():
    told = screen.summary(another_phone().post(reverse("intake:come-back"), {}).content.decode())
    assert told == ["Enter your code", "Your date of birth must include a month, a day and a year"]


# --- Whatever is wrong, the answer is the same --------------------------------------------------------


def test_an_unknown_a_used_and_a_wrong_link_are_answered_alike(client, draft):
    used = mailed_link(client)
    by_link(used)
    good = mailed_link(client)
    unknown = (
        f"{reverse('intake:link')}?token={resume_secrets.new_token(timezone.now() + timedelta(hours=24))}"
    )
    told = [by_link(used), by_link(good, WRONG), by_link(unknown)]
    assert {answer.status_code for answer in told} == {200}
    assert plain(told[0]) == plain(told[2])
    # The page shows the date that was typed: only that differs.
    assert plain(told[1]).replace('value="15"', 'value="14"') == plain(told[0])


def test_an_unknown_and_a_replaced_code_and_one_with_a_wrong_date_are_answered_alike(client, draft):
    replaced, good = printed_code(client), printed_code(client)
    unknown = resume_secrets.code_from("x", "y")

    def told(code, birth=BIRTH):
        return plain(by_code(code, birth)).replace(code, "").replace('value="15"', 'value="14"')

    assert told(replaced) == told(good, WRONG) == told(unknown)


def test_wrong_answers_take_the_same_work(client, draft):
    """The same queries in the same order, whether or not there is such a code."""
    good, unknown = printed_code(client), resume_secrets.code_from("x", "y")
    shapes = []
    for code in (good, unknown):
        phone = another_phone()
        phone.get(reverse("intake:come-back"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            by_code(code, WRONG, client=phone)
        shapes.append([re.sub(r"'[^']*'|\b[0-9a-f]{32,64}\b|\d+", "?", each["sql"]) for each in seen])
    assert len(shapes[0]) == len(shapes[1])


# --- Limited tries -----------------------------------------------------------------------------------


def test_five_wrong_dates_lock_a_code_even_for_the_right_one(client, draft):
    code = printed_code(client)
    for _number in range(5):
        assert by_code(code, WRONG).status_code == 200
    locked = by_code(code)
    assert locked.status_code == 429
    assert "Too many tries Wait until tomorrow, or call us" in screen.words(locked.content.decode())


def test_an_unknown_code_is_locked_just_the_same(draft):
    unknown = resume_secrets.code_from("x", "y")
    statuses = [by_code(unknown).status_code for _number in range(6)]
    assert statuses == [200] * 5 + [429]


def test_a_locked_code_opens_again_a_day_later(client, draft, clock):
    code = printed_code(client)
    for _number in range(6):
        by_code(code, WRONG)
    clock.shift(timedelta(hours=24, seconds=1))
    assert by_code(code).status_code == 302


def test_a_right_date_forgives_the_wrong_ones_before_it(client, draft):
    code = printed_code(client)
    for _round in range(3):
        for _number in range(4):
            by_code(code, WRONG)
        assert by_code(code).status_code == 302


def test_fresh_links_and_codes_do_not_give_endless_guesses_at_one_draft(client, draft):
    seen = []
    for _round in range(3):
        code = printed_code(client)
        seen += [by_code(code, WRONG).status_code for _number in range(4)]
    assert seen == [200] * 10 + [429] * 2


def test_one_address_has_limited_tries_over_all_codes(draft):
    most = resume_secrets.LIMITS["address"].most
    statuses = [by_code(resume_secrets.code_from(str(number), "k")).status_code for number in range(most + 1)]
    assert statuses == [200] * most + [429]


def test_opening_a_draft_of_ones_own_gives_no_fresh_guesses_at_others(client, draft):
    for number in range(resume_secrets.LIMITS["address"].most):
        by_code(resume_secrets.code_from(str(number), "k"))
    assert by_code(printed_code(client)).status_code == 429


def test_coming_back_rightly_uses_up_no_tries(client, draft):
    code = printed_code(client)
    for _number in range(resume_secrets.LIMITS["address"].most + 5):
        assert by_code(code).status_code == 302
    assert not Try.objects.exists()


def test_no_address_stands_in_a_counted_try(draft):
    by_code(resume_secrets.code_from("x", "y"))
    rows = json.dumps(list(Try.objects.values()), default=str)
    assert "127.0.0.1" not in rows
    assert Try.objects.count() == 4


def test_tries_are_forgotten_after_a_day(draft, clock):
    by_code(resume_secrets.code_from("x", "y"))
    clock.shift(timedelta(hours=24, seconds=1))
    forget_old_rows()
    assert not Try.objects.exists()


# --- What it leads to ---------------------------------------------------------------------------------


def test_coming_back_gives_the_browser_a_new_session(client, draft):
    phone = another_phone()
    phone.post("/")  # somebody has begun a form of their own on it
    phone.get(mailed_link(client))
    before = phone.cookies["sessionid"].value
    phone.post(reverse("intake:link"), BIRTH)
    assert phone.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.fixture
def sent(client: Client, draft):
    """The ways back to a form that has been sent meanwhile."""
    ways = [(by_link, mailed_link(client)), (by_code, printed_code(client))]
    for slug in pat.PAGES:
        pat.save(client, slug)
    client.post(reverse("intake:send"))
    assert not pat.draft_of(client).is_draft
    return ways


def test_the_way_back_to_a_sent_form_says_that_it_was_sent_and_shows_nothing_of_it(sent):
    for way, secret in sent:
        phone = another_phone()
        assert way(secret, client=phone).url == reverse("intake:was-sent")
        assert "intake" not in phone.session
        page = screen.words(phone.get(reverse("intake:was-sent")).content.decode())
        assert "Your form was sent" in page
        assert way(secret, WRONG).status_code == 200


def test_no_new_link_is_mailed_for_a_sent_form(sent):
    phone = another_phone()
    phone.get(sent[0][1])
    phone.post(reverse("intake:new-link"))
    assert not OutgoingMail.objects.unsent().exists()


def test_the_ways_back_are_forgotten_a_while_after_sending(sent, clock):
    clock.shift(Submission.kept_for() + timedelta(minutes=1))
    forget_old_rows()
    assert not ResumeKey.objects.exists()


def test_pages_of_coming_back_lead_on_when_opened_without_a_link():
    lost = another_phone().get(reverse("intake:link"))
    assert lost.status_code == 404
    assert f'href="{reverse("intake:come-back")}"' in lost.content.decode()
    assert another_phone().get(reverse("intake:later")).status_code == 404


# --- Nothing leaks ---------------------------------------------------------------------------------


def test_tokens_and_codes_stand_in_no_log_title_session_database_or_subject(client, draft, caplog):
    with caplog.at_level(logging.DEBUG):
        link, code = mailed_link(client), printed_code(client)
        phone = another_phone()
        pages = [
            phone.get(link, follow=True),
            phone.post(link, {}),
            phone.put(link),
            Client(enforce_csrf_checks=True).post(link, {}),
            by_link(link, WRONG, phone),
            by_link(link, client=phone),
            by_code(code, WRONG, phone),
            by_code(code, client=phone),
        ]
        client.post(reverse("intake:make-code"))  # the session holds what its page will show
    shown = re.sub(r'<input[^>]*name="code"[^>]*>', "", "".join(plain(page) for page in pages))
    sessions = json.dumps([each.get_decoded() for each in Session.objects.all()])
    rows = json.dumps(list(ResumeKey.objects.values()) + list(OutgoingMail.objects.values()), default=str)
    headers = " ".join(page.headers.get("Location", "") for page in pages)
    subjects = " ".join(each.subject for each in mail.outbox)
    for place in (caplog.text, shown, sessions, rows, headers, subjects):
        assert token_of(link) not in place
        assert token_of(link)[-43:] not in place
        assert code not in place and code.replace("-", "") not in place


def test_neither_a_name_nor_a_date_stands_in_any_title(client, draft):
    for name in ("later", "link-mailed", "come-back", "was-sent", "new-link-asked"):
        title = re.search(r"<title>(.*?)</title>", flat(client.get(reverse(f"intake:{name}"))))[1]
        for word in ("Pat", "Lee", "1984", "example.org"):
            assert word not in title


# --- Drafts expire ---------------------------------------------------------------------------------


def test_a_draft_not_saved_for_thirty_days_can_not_be_come_back_to_and_is_deleted(client, draft, clock):
    code = printed_code(client)
    clock.shift(timedelta(days=30) - timedelta(seconds=1))
    assert by_code(code).status_code == 302
    assert expire_drafts() == 0
    clock.shift(timedelta(seconds=1))
    assert by_code(code).status_code == 200
    assert client.get(reverse("intake:tasks")).status_code in (404, 410)
    assert expire_drafts() == 1
    assert not Submission.objects.exists()
    assert not ResumeKey.objects.exists()


def test_saving_a_page_keeps_a_draft_for_another_thirty_days(client, draft, clock):
    clock.shift(timedelta(days=29))
    pat.save(client, "contact")
    clock.shift(timedelta(days=29))
    assert expire_drafts() == 0


def session_writes(seen: CaptureQueriesContext) -> int:
    return sum("django_session" in each["sql"] and not each["sql"].startswith("SELECT") for each in seen)


def test_the_browser_finds_its_draft_for_as_long_as_the_draft_is_kept(client, draft, clock):
    clock.shift(timedelta(days=20))
    pat.save(client, "contact")
    clock.shift(timedelta(hours=23))
    pat.save(client, "reason")
    clock.shift(timedelta(days=30) - timedelta(seconds=1))
    assert client.get(reverse("intake:tasks")).status_code == 200
    assert client.cookies["sessionid"]["max-age"] > 30 * 24 * 60 * 60


def test_the_session_is_renewed_at_most_once_a_day(client, draft, clock):
    clock.shift(timedelta(days=2))
    writes = []
    for slug in ("contact", "reason", "now"):
        with CaptureQueriesContext(connection) as seen:
            pat.save(client, slug)
        writes.append(session_writes(seen))
    assert writes == [1, 0, 0]


def test_saving_a_page_does_not_keep_staff_signed_in_for_longer(client, draft, cast, clock):
    client.force_login(cast.cora)
    before = client.session.get_expiry_date()
    clock.shift(timedelta(hours=5))
    pat.save(client, "contact")
    assert Session.objects.get(session_key=client.session.session_key).expire_date <= before


def test_how_long_a_draft_is_kept_is_a_setting(client, draft, clock, settings):
    settings.DRAFT_DAYS = 2
    clock.shift(timedelta(days=2))
    assert expire_drafts() == 1


def test_a_sent_intake_never_expires(sent, clock):
    clock.shift(timedelta(days=4000))
    assert expire_drafts() == 0
    assert Submission.objects.count() == 1


def test_the_save_of_a_page_still_takes_at_most_eight_queries(client, draft):
    with CaptureQueriesContext(connection) as seen:
        pat.save(client, "contact")
    assert len(seen) <= 8
