"""The demonstration: it shows every state, invents sound forms, keeps to the clock, and harms no real data."""

import re
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.db.models import F, QuerySet
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from intake import document
from intake.fields.lookup import age_on
from intake.models import Alarm, AlarmChange, OutgoingMail, Submission
from intake.questionnaire.intake import INTAKE
from intake.typed.doses import dose
from intake.typed.durations import weeks
from tests.pages import flat
from tests.treatments.test_workplace import unfolded
from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.demo.documents import document_for
from treatments.demo.drafts import DRAFTS
from treatments.demo.moments import arrival
from treatments.demo.people import PEOPLE
from treatments.demo.profiles import PROFILES
from treatments.demo.staff import STAFF
from treatments.demo.stories import STORIES
from treatments.demo.walking import journeys
from treatments.figures.to_review import to_review
from treatments.models import (
    Alert,
    AlertEntry,
    Consult,
    Event,
    FigureCount,
    Letter,
    Notice,
    OnCallNotice,
    PrintedPaper,
    RecordRequest,
    Referral,
)
from treatments.reading.assessment import assessment_of
from treatments.reading.letters import begin_text, offers
from treatments.reading.redaction import assessment_to_keep
from treatments.reading.rota import rota_view
from treatments.rules.engine import assess
from treatments.triage.assessment import fired_rules
from treatments.workflow import RETURN_REASONS, ConsultState, Hold, ReferralState, RequestState
from treatments.workflow.escalation import Level
from treatments.workflow.event_words import TO_REVIEW
from treatments.workflow.findings import findings_of
from treatments.workflow.notices import NoticeKind
from treatments.workflow.papers import Occasion, PaperKind

CLINIC = ZoneInfo("America/New_York")
NOBODY = dict.fromkeys((account.username for account in STAFF), None)


def run(**options) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


def password_in(said: str) -> str:
    return re.search(r"^cora\s+(\S+)", said, re.MULTILINE)[1]


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Submission, Referral, Consult, Event, User)}


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


@pytest.fixture(scope="module")
def stored_demonstration(committed) -> str:
    """What a first run said. Real transactions: an assessment follows the commit of its form."""
    with override_settings(DEMO=True):
        return run()


@pytest.fixture
def loaded(stored_demonstration, demonstration, db) -> str:
    return stored_demonstration


# --- What it shows ------------------------------------------------------------------------------------


def test_the_findings_that_lists_keep_are_those_of_each_assessment(loaded):
    for referral in Referral.objects.filter(erased_at=None).select_related("submission"):
        assert list(referral.findings) == list(TREATMENTS)
        assert referral.findings == findings_of(assessment_of(referral))
        assert referral.findings_masked == findings_of(assessment_to_keep(referral)["masked"])


def test_every_state_hold_level_and_language_occurs_and_every_form_is_assessed(loaded):
    referrals, consults = Referral.objects.all(), Consult.objects.all()
    assert set(referrals.values_list("state", flat=True)) == set(ReferralState)
    assert set(consults.values_list("state", flat=True)) == set(ConsultState)
    assert set(referrals.values_list("hold", flat=True)) == set(Hold)
    assert set(referrals.values_list("language", flat=True)) == {"en", "es"}
    assert not referrals.not_assessed().exists()


def words_to_read(page: str) -> int:
    """Of a referral's page: those of header, summary, Now, safety and findings that stand there unfolded."""
    parts = [
        page.split('<header class="person-head"')[1].split("</header>")[0],
        page.split('<p class="summary"')[1].split("</p>")[0],
        page.split('class="now"')[1].split("</section>")[0],
        page.split("<h2>Safety answers")[1].split("</section>")[0],
        page.split("<h2>What each treatment")[1].split("</section>")[0],
    ]
    text = re.sub(r"<[^>]*>", " ", " ".join(unfolded(f"<{part}") for part in parts))
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def test_at_least_five_cases_are_plain_and_each_is_read_in_at_most_350_words(loaded, signed_in):
    cora = User.objects.get(username="cora")
    client, counted = signed_in(cora), {}
    for referral in Referral.objects.filter(state__in=("new", "in_review")):
        page = flat(client.get(reverse("admin:treatments_referral_change", args=[referral.pk])))
        if "Route and open the next" in page:
            counted[referral.name] = words_to_read(page)
    assert len(counted) >= 5
    assert max(counted.values()) <= 350, counted


def test_one_person_was_erased_and_one_is_under_a_legal_hold(loaded):
    assert Referral.objects.filter(erased_at__isnull=False).count() == 1
    assert Referral.objects.filter(legal_hold_since__isnull=False).count() == 1


def test_requests_for_records_stand_in_every_state_one_is_overdue_and_papers_of_every_kind_are_kept(loaded):
    assert set(RecordRequest.objects.values_list("state", flat=True)) == set(RequestState)
    assert RecordRequest.objects.overdue(timezone.localdate()).count() == 1
    assert RecordRequest.objects.filter(consult__isnull=False, release_signed_on__isnull=False).exists()
    assert set(PrintedPaper.objects.values_list("kind", flat=True)) == set(PaperKind)
    assert set(Letter.objects.values_list("occasion", flat=True)) == {"routed", "outcome", "closed"}


def words_never_on_paper(submission: Submission) -> list[str]:
    """What the person told of safety and of alcohol and drugs in their own words, and wrote to the clinic."""
    told = [submission.current.get(section, {}) for section in ("safety", "substances")]
    said = [value for answers in told for value in answers.values() if isinstance(value, str)]
    return [words for words in (*said, *(each.text for each in submission.messages.all())) if len(words) > 12]


def test_no_letter_or_paper_of_anybody_tells_of_suicide_of_substance_use_or_of_a_message(loaded):
    cora = User.objects.get(username="cora")
    never = re.compile(r"suicid|c-ssrs|phq|gad-7|audit|score|drink", re.IGNORECASE)
    occasions, wrote = set(), 0
    for referral in Referral.objects.filter(erased_at=None).select_related("submission"):
        offered = offers(cora, referral)
        occasions |= {offer.occasion for offer in offered}
        today = timezone.localdate()
        texts = [begin_text(offer, by=cora, referral=referral, today=today) for offer in offered]
        texts += [paper.body for paper in PrintedPaper.objects.filter(referral=referral)]
        canaries = words_never_on_paper(referral.submission)
        wrote += len(canaries)
        for text in texts:
            assert not never.search(text), referral.pk
            assert not [words for words in canaries if words in text], referral.pk
            about_drugs = [line for line in text.splitlines() if re.search("alcohol|drug", line)]
            assert all("not included" in line for line in about_drugs), referral.pk
    assert wrote and occasions == set(Occasion)


def test_several_reasons_and_every_queue_occur(loaded):
    returned = set(Consult.objects.filter(state="returned").values_list("return_reason", flat=True))
    closed = set(Referral.objects.filter(state="closed").values_list("close_reason", flat=True))
    waiting = set(Consult.objects.waiting().values_list("treatment", flat=True))
    assert len(returned) >= 4
    assert returned <= set(RETURN_REASONS)
    assert len(closed) >= 4
    assert waiting == {"tms", "spravato", "psychotherapy"}


def test_two_forms_were_left_after_an_unsafe_answer_one_alert_of_them_still_open(loaded):
    drafts = Submission.objects.filter(state=Submission.State.DRAFT)
    alerts = Alert.objects.filter(pk__in=drafts)
    assert {draft.language for draft in drafts} == {"en", "es"}
    assert (alerts.count(), alerts.open().count()) == (2, 1)


def test_it_shows_an_answer_that_was_taken_back_and_holds_all_the_same(loaded):
    changed = AlarmChange.objects.get(alarm__submission__state=Submission.State.SUBMITTED)
    referral = Referral.objects.get(submission=changed.alarm.submission_id)
    assert (referral.alert_open, referral.standing_hold) == (True, Hold.SAME_DAY)
    assert changed.alarm.answer != changed.answer


NOW_SHOWN = {
    "an answer taken back, its alert open": lambda shown: shown.filter(
        alert_open=True, submission__alarms__changes__isnull=False
    ),
    "a high level under a hold that was kept": lambda shown: shown.filter(clinician_level="high").exclude(
        hold=Hold.NONE
    ),
    "a high level whose hold was released": lambda shown: shown.filter(
        clinician_level="high", hold=Hold.NONE, alert_open=False
    ),
    "a blood pressure that is old": lambda shown: having(shown, "S22"),
    "an answer that a medicine contradicts": lambda shown: having(shown, "D13"),
    "a message that is overdue": lambda shown: shown.filter(message_due_at__lt=timezone.now()),
    "a release that a later answer left alone": lambda shown: answered_after_release(shown).filter(
        hold=Hold.NONE
    ),
    "a release that lapsed by a later answer": lambda shown: answered_after_release(shown).exclude(
        hold=Hold.NONE
    ),
}


def having(shown: QuerySet[Referral], rule: str) -> QuerySet[Referral]:
    return shown.filter(pk__in=[referral.pk for referral in shown if rule in referral.fired])


def answered_after_release(shown: QuerySet[Referral]) -> QuerySet[Referral]:
    later = {"submission__amendments__made_at__gt": F("risk_assessments__at")}
    return shown.filter(risk_assessments__hold="release", **later)


@pytest.mark.parametrize("what", NOW_SHOWN)
def test_somebody_at_the_desk_now_shows(what, loaded):
    assert NOW_SHOWN[what](Referral.objects.exclude(state=ReferralState.CLOSED)).exists()


def test_of_two_releases_a_later_answer_left_one_alone_and_ended_one(loaded):
    kept, lapsed = (
        Referral.objects.get(first_name=name, last_name=last)
        for name, last in (("Petra", "Vorbild"), ("Emeka", "Madeup"))
    )
    assert (kept.hold, kept.clinician_level, list(map(str, kept.flag_words))) == (
        "none",
        "low",
        ["the patient answered"],
    )
    assert (lapsed.hold, lapsed.hold_rules, lapsed.clinician_level) == ("same_day", ["D11"], "low")


def test_it_shows_an_alert_that_rang_again_after_it_was_closed(loaded):
    (again,) = [alert for alert in Alert.objects.open() if alert.closings]
    assert again.rang_again and again.is_draft


def test_it_shows_an_alert_that_is_being_handed_over(loaded):
    (handed,) = [alert for alert in Alert.objects.open() if alert.asked]
    assert (handed.taken.by.username, handed.asked.to.username) == ("cora", "clara")


def test_it_shows_a_rota_with_one_stretch_that_nobody_covers(loaded):
    week = rota_view(timezone.now())
    firsts = [gap for gap in week["gaps"] if gap.startswith("Nobody is first")]
    assert len(firsts) in (1, 2)  # two where today cuts it in the middle
    assert all("Saturday" in gap or "Sunday" in gap for gap in firsts)
    assert [gap for gap in week["gaps"] if gap not in firsts] == []
    assert all(row.nobody == "" for row in week["rows"])


def test_it_shows_each_kind_of_notice_that_somebody_of_the_role_may_have(loaded):
    shown = {
        name: set(
            Notice.objects.for_user(User.objects.get(username=name)).unread().values_list("kind", flat=True)
        )
        for name in ("cora", "clara", "tess", "olive")
    }
    assert shown["cora"] == set(NoticeKind)
    assert shown["clara"] == {NoticeKind.MENTIONED, NoticeKind.DUE}
    assert shown["tess"] == {NoticeKind.ANSWERED, NoticeKind.MENTIONED, NoticeKind.DUE}
    assert shown["olive"] == set()


def test_it_shows_an_alert_that_climbed_to_the_second_and_was_taken_then(loaded):
    levels = {
        alert.pk: {notice.level for alarm in alert.in_order() for notice in alarm.notices.all()}
        for alert in Alert.objects.prefetch_related("alarms__notices")
    }
    assert any(max(found, default=0) == Level.SECOND for found in levels.values())
    assert not OnCallNotice.objects.exclude(due_at=None).exists()
    assert not OutgoingMail.objects.filter(purpose=OutgoingMail.Purpose.ON_CALL).exists()
    for notice in OnCallNotice.objects.prefetch_related("sendings"):
        assert notice.times == len(notice.sendings.all())


def test_alerts_of_sent_forms_are_open_or_closed(loaded):
    alerts = Alert.objects.filter(state=Submission.State.SUBMITTED)
    assert alerts.open().exists()
    assert alerts.exclude(pk__in=alerts.open()).exists()


def test_the_privacy_officer_has_something_of_each_kind_to_review(loaded):
    items = to_review(User.objects.get(username="olive")).items
    assert {item.why for item in items} == set(TO_REVIEW)
    (looked,) = [item for item in items if item.why == "looks"]
    assert User.objects.get(pk=looked.actor).username == "carl" and len(looked.events) == 4
    told = {User.objects.get(pk=item.account).username for item in items if item.why == "rights"}
    assert told == {"carl"}
    assert Event.objects.get(kind="access_reviewed").details["review"] == "export"


def test_the_record_of_access_holds_lists_a_search_a_refusal_and_a_night_of_wrong_passwords(loaded):
    kinds = list(Event.objects.values_list("kind", flat=True))
    looked = {"opened", "exported", *Event.LISTINGS, "refused", "sign_in_failed", "sign_in_locked"}
    assert looked <= set(kinds)
    assert kinds.count("sign_in_failed") == 10
    for event in Event.objects.filter(kind__in=(*Event.LISTINGS, "refused", "sign_in_failed")):
        assert event.from_address and event.details


def test_every_form_says_that_it_is_invented(loaded):
    assert set(Submission.objects.values_list("source", flat=True)) == {Submission.Source.DEMO}


# --- Time -----------------------------------------------------------------------------------------------


def test_no_event_is_out_of_order_and_nothing_lies_in_the_future(loaded):
    now = timezone.now()
    for referral in Referral.objects.select_related("submission"):
        moments = [event.at for event in referral.events.order_by("pk")]
        assert moments == sorted(moments)
        assert referral.submission.created_at <= referral.received_at == moments[0]
        assert moments[-1] <= now
    for consult in Consult.objects.select_related("referral"):
        assert consult.referral.received_at < consult.opened_at <= (consult.ended_at or now) <= now
    for alarm in Alarm.objects.select_related("submission"):
        assert alarm.submission.created_at <= alarm.raised_at <= now
    for entry in AlertEntry.objects.select_related("newest_alarm"):
        assert entry.newest_alarm.raised_at < entry.at <= now


def test_nothing_in_it_bears_the_time_at_which_it_was_built(loaded):
    built = User.objects.earliest("date_joined").date_joined  # the accounts are made first
    assert Event.objects.exists()
    for model in apps.get_models():
        # Figures say when they were counted, and that is then.
        if model._meta.app_label in ("intake", "treatments") and model is not FigureCount:
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateTimeField):
                    # What is still due comes later than now.
                    late = model.objects.filter(**{f"{field.name}__range": (built, timezone.now())})
                    assert not late.exists(), (model.__name__, field.name)


def test_forms_have_waited_from_hours_to_a_month(loaded):
    waited = [timezone.now() - referral.received_at for referral in Referral.objects.all()]
    assert min(waited) < timedelta(hours=6)
    assert timedelta(days=29) < max(waited) < timedelta(days=31)


@pytest.mark.parametrize("clock", ("00:00", "08:45", "12:00", "17:30", "23:59"))
@pytest.mark.parametrize("day", ("2026-11-20", "2027-03-15", "2028-02-29", "2028-11-06"))
def test_every_story_fits_between_its_arrival_and_now_whatever_the_hour(day, clock):
    now = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=CLINIC)
    for journey in journeys(NOBODY, now):
        moments = [at.timestamp() for at, _act in journey]
        assert moments == sorted(set(moments))
        assert moments[-1] < now.timestamp()


# --- Who is in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.profile)
def test_every_invented_form_is_sound_and_could_have_been_sent_from_the_pages(person):
    now = datetime(2026, 11, 20, 9, 0, tzinfo=CLINIC)
    day = arrival(person.arrived, now).date()
    told = document_for(person, day)
    answers = document.answers_of(told) | {"today": day.isoformat()}
    assert document.validate(told) == []
    assert INTAKE.unfinished(document.validate(told), answers, "cssrs") == []
    assert age_on(datetime.fromisoformat(told["about"]["date_of_birth"]).date(), day) == person.age


def test_phone_numbers_and_addresses_belong_to_nobody():
    now = datetime(2026, 11, 20, 9, 0, tzinfo=CLINIC)
    for person in PEOPLE:
        about = document_for(person, now.date())["about"]
        for key, value in about.items():
            if key.endswith("phone"):
                assert re.fullmatch(r"\+1 212 555 01\d\d", value)
        assert re.fullmatch(r"[a-z.]+@example\.org", about["email"])


def test_every_clinical_picture_and_every_story_is_somebodys():
    assert {person.profile for person in PEOPLE} == set(PROFILES)
    assert {person.story for person in PEOPLE} == set(STORIES)


# --- Running it ---------------------------------------------------------------------------------------


def test_a_second_run_adds_nobody_and_changes_the_password(loaded):
    before = counts()
    said = run()
    assert counts() == before
    assert "already" in said
    assert password_in(said) != password_in(loaded)


def test_everyone_signs_in_with_the_printed_password_and_has_one_group(loaded, client):
    password = password_in(loaded)
    assert len(password) >= 15
    for account in STAFF:
        client.logout()
        answer = client.post(
            reverse("admin:login"), {"username": account.username, "password": password}, secure=True
        )
        assert answer.status_code == 302
        user = User.objects.get(username=account.username)
        assert user.is_staff
        assert user.get_full_name() == f"{account.first_name} {account.last_name}"
        assert [group.name for group in user.groups.all()] == [account.group]
        assert account.group in permissions.GROUPS


def test_progress_is_a_line_every_ten_forms(loaded):
    every = len(PEOPLE) + len(DRAFTS)
    assert [line for line in loaded.splitlines() if line.endswith(" forms")] == [
        *(f"{done}/{every} forms" for done in range(10, every, 10)),
        f"{every}/{every} forms",
    ]


def test_what_a_rule_only_asks_or_tells_is_shown_on_somebody():
    day = date(2026, 11, 20)
    fired = {rule for person in PEOPLE for rule in fired_rules(assess(document_for(person, day)))}
    assert {"S22", "D12", "D13", "D14", "D15", "D16", "E21"} <= fired


def test_medicines_tried_are_shown_by_month_by_year_and_without_either():
    today = timezone.localdate()
    trials = [
        trial
        for person in PEOPLE
        for trial in document_for(person, today)["antidepressants"].get("trials", ())
    ]
    said = {key: [trial.get(key, "") for trial in trials] for key in ("started", "stopped")}
    assert {len(month) for month in said["started"]} == {0, 4, 7} == {len(month) for month in said["stopped"]}
    for trial in trials:
        if trial.get("still_taking") == "yes":
            assert "stopped" not in trial
        assert trial.get("started", "") <= trial.get("stopped", f"{today:%Y-%m}")


def test_typed_numbers_and_an_old_reading_are_shown():
    """What was typed reads as the number beside it, and one of the readings is old."""
    day = date(2026, 11, 20)
    documents = [document_for(person, day) for person in PEOPLE]
    trials = [trial for each in documents for trial in each.get("antidepressants", {}).get("trials", ())]
    texts = {trial["weeks_typed"] for trial in trials if "weeks_typed" in trial}
    assert "3 months" in texts
    assert any("37,5" in trial.get("dose_typed", "") for trial in trials)
    for trial in trials:
        assert "weeks_typed" not in trial or weeks(trial["weeks_typed"]).value == trial["weeks"]
        assert "dose_typed" not in trial or dose(trial["dose_typed"]).value == trial["dose_mg"]
    readings = [each["health"]["bp_date"] for each in documents if "bp_date" in each.get("health", {})]
    assert any(date.fromisoformat(each) < day - timedelta(days=30) for each in readings)
