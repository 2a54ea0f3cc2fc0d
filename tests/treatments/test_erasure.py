"""Who was erased: every page, list and file says so, nothing tells who they were, and the counts are as before."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.encryption.sealing import Destroyed
from intake.models import Message, ResumeKey, Submission
from intake.signals import TooLate
from tests.conftest import fresh, sent_intake
from tests.intake.marks import mark
from tests.treatments import alerts, kept, papers
from treatments.figures import outcomes, people, safety_times
from treatments.models import Alert, DuplicateLink, Event, PrintedPaper, Referral
from treatments.triage.alerts import note_alert
from treatments.triage.assessment import assess_referral
from treatments.triage.duplicates import link_duplicate
from treatments.triage.notes import add_note
from treatments.triage.patient_requests import ask_erasure, erase
from treatments.workflow import Refused
from treatments.workflow.actions.table import BY_TEAMS, CONSULT_ACTIONS, REFERRAL_ACTIONS

GONE = "This person was erased. Nothing more can be done here."
DAY = "erased on "
FROM = re.compile(r'^SELECT .* FROM "(\w+)"')


def canaries() -> list[str]:
    return [kept.REST, *kept.PLAIN.values(), kept.BORN, "5550199"]


@pytest.fixture
def skeleton(clinic) -> Referral:
    referral = kept.lived(clinic)
    papers.print_one_of(clinic.in_review(), clinic.cast.cora)
    letter = papers.letter_on(referral, clinic.cast.cora, f"Dear {{recipient}}, {kept.REST}")
    assert kept.REST in letter.body
    return kept.erased(clinic, fresh(referral))


def test_nothing_plain_is_left_of_the_person(skeleton):
    form = skeleton.submission
    assert skeleton.reference == skeleton.search == form.reference == f"#{skeleton.pk}"
    assert (form.key, form.surname, form.born_on, form.progress) == (None, "", None, {})
    rows = [Referral.objects.filter(pk=skeleton.pk).values(), Submission.objects.filter(pk=form.pk).values()]
    plain = [{name: value for name, value in row.items() if name != "answers"} for (row,) in map(list, rows)]
    assert not [word for word in canaries() if word.lower() in str(plain).lower()]
    assert not DuplicateLink.objects.exists()
    assert not ResumeKey.objects.filter(submission=form).exists()
    assert (form.answers, form.current) == ({}, {})


def test_the_key_is_gone_so_what_is_sealed_opens_no_more(skeleton):
    with pytest.raises(Destroyed):
        _ = skeleton.submission.data_key
    assert {event.note for event in skeleton.events.exclude(kind="erase")} == {""}
    assert {row.next_steps for row in skeleton.risk_assessments.all()} == {""}
    assert {row.body for row in skeleton.printedpapers.all()} == {""}
    assert {(row.text, row.to_name) for row in skeleton.letters.all()} == {("", "")}


def test_a_form_whose_key_is_missing_by_a_fault_is_no_erased_one(clinic):
    referral = clinic.new()
    Submission.objects.filter(pk=referral.submission_id).update(key=None)
    with pytest.raises(Destroyed):
        _ = Submission.objects.get(pk=referral.submission_id).answers


def test_figures_keep_their_numbers(clinic):
    def numbers():
        now = timezone.localtime()
        since = now.replace(year=now.year - 1)
        came = [each for some in people.read_people(since, now) for each in some]
        return (
            [each(["tms"], since) for each in (outcomes.read_feedback, outcomes.read_outcomes)],
            [(each.steps, each.left) for each in came],
            [row.times.number for row in safety_times.safety_rows(since, now)],
        )

    referral = kept.lived(clinic)
    before = numbers()
    kept.erased(clinic, referral)
    assert numbers() == before


# --- Every page of staff ---------------------------------------------------------------------------------


def pages_of(referral: Referral) -> dict[str, list[str]]:
    """By who opens them: everything that is about this one person."""
    own = reverse("admin:treatments_referral_change", args=[referral.pk])
    consult = referral.consults.get()
    teams = reverse("admin:treatments_tmsconsult_change", args=[consult.pk])
    event = referral.events.filter(assessment__isnull=False).latest("pk").pk
    alert = alerts.page(Alert.objects.get(pk=referral.submission_id))
    paper = PrintedPaper.objects.filter(referral=referral).latest("pk").pk
    of_row = ("", "brief/", "brief/?format=pdf", f"then/{event}/", "papers/", f"paper/{paper}/")
    desk = (*of_row, "print/", "print/?format=pdf", "document/", *(f"{key}/" for key in REFERRAL_ACTIONS))
    officers = [f"{own}{key}/" for key, row in REFERRAL_ACTIONS.items() if row.without_reading]
    return {
        "cora": [*(own + part for part in desk), alert],
        "clara": [own, alert],
        "tess": [teams + part for part in (*of_row, *(f"{key}/" for key in CONSULT_ACTIONS | BY_TEAMS))],
        "olive": officers,
    }


def test_every_page_of_the_person_says_when_they_were_erased(skeleton, clinic, signed_in):
    for name, addresses in pages_of(skeleton).items():
        client = signed_in(getattr(clinic.cast, name))
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, (name, address)
            assert DAY in answer.content.decode(), (name, address)


def test_no_list_page_or_file_fails_or_tells_who_it_was(skeleton, clinic, signed_in):
    lists = {
        "cora": [
            *(
                "/admin/",
                "/admin/treatments/referral/?show=all&state__exact=closed",
                "/admin/treatments/referral/?show=all",
            ),
            *(
                "/admin/treatments/referral/export/csv/?show=all&state__exact=closed",
                "/admin/treatments/referral/export/xlsx/?show=all&state__exact=closed",
            ),
            f"/admin/treatments/referral/?show=all&state__exact=closed&q=%23{skeleton.pk}",
            *("/admin/treatments/alert/?show=all", f"/admin/treatments/referral/{skeleton.pk}/next/"),
        ],
        "tess": ["/admin/", "/admin/treatments/tmsconsult/?show=completed"],
        "olive": [
            *(
                "/admin/treatments/event/",
                "/admin/treatments/event/volume/",
                "/admin/treatments/event/keeping/",
            ),
            f"/admin/treatments/event/?q=%23{skeleton.pk}",
            f"/admin/treatments/event/keeping/?reference=%23{skeleton.pk}",
        ],
        "adam": [
            "/admin/intake/submission/",
            "/admin/intake/outgoingmail/",
            "/admin/treatments/oncallnotice/",
        ],
    }
    for name, addresses in lists.items():
        client = signed_in(getattr(clinic.cast, name))
        for address in [*addresses, *pages_of(skeleton).get(name, [])]:
            answer = client.get(address)
            assert answer.status_code in (200, 302, 403), (name, address)
            said = b"".join(answer) if answer.streaming else answer.content
            assert not [word for word in canaries() if word.encode().lower() in said.lower()], (name, address)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("cora", "/admin/treatments/referral/?show=all&state__exact=closed"),
        ("cora", "/admin/treatments/referral/export/csv/?show=all&state__exact=closed"),
        ("cora", "/admin/treatments/alert/?show=all"),
        ("tess", "/admin/treatments/tmsconsult/?show=completed"),
    ],
)
def test_a_list_that_names_people_names_the_day_instead(name, address, skeleton, clinic, signed_in):
    answer = signed_in(getattr(clinic.cast, name)).get(address)
    said = b"".join(answer) if answer.streaming else answer.content
    assert DAY in said.decode()


def test_the_record_of_who_looked_goes_on(skeleton, clinic, signed_in):
    signed_in(clinic.cast.cora).get(reverse("admin:treatments_referral_change", args=[skeleton.pk]))
    last = skeleton.events.latest("pk")
    assert (last.kind, last.actor) == ("opened", clinic.cast.cora)


# --- Nothing more happens ----------------------------------------------------------------------------------


def test_no_action_touches_who_was_erased(skeleton, clinic):
    with pytest.raises(Refused, match=GONE):
        add_note(referral=skeleton, actor=clinic.cast.cora, note="again")
    with pytest.raises(Refused, match=GONE):
        note_alert(alert=Alert.objects.get(pk=skeleton.submission_id), actor=clinic.cast.cora, note="again")
    with pytest.raises(Refused, match=GONE):
        link_duplicate(referral=clinic.new(), actor=clinic.cast.cora, other=skeleton)


def test_the_rules_leave_them_alone(skeleton):
    assert not assess_referral(skeleton)
    assert fresh(skeleton).fired == []


def test_what_the_patient_still_sends_from_an_open_page_is_too_late(clinic):
    referral = clinic.closed()
    as_read = Submission.objects.get(pk=referral.submission_id)
    kept.erased(clinic, referral)
    with pytest.raises(TooLate):
        Message.write(as_read, text="hello", key=uuid4())
    assert not Message.objects.exists()
    assert not Event.objects.filter(referral=referral, kind="message").exists()


def test_erasing_takes_the_form_before_its_referral_as_sending_does(clinic):
    """Both are locked to their end: in another order the two would wait for each other."""
    referral = kept.lived(clinic)
    ask_erasure(referral=referral, actor=clinic.cast.cora, note="by phone")
    with CaptureQueriesContext(connection) as asked:
        erase(referral=fresh(referral), actor=clinic.cast.olive, reference=referral.reference)
    begun = next(place for place, each in enumerate(asked) if "SAVEPOINT" in each["sql"])
    read = [found[1] for each in asked.captured_queries[begun:] if (found := FROM.search(each["sql"]))]
    assert read[:2] == ["intake_submission", "treatments_referral"]


def test_the_patients_pages_know_them_no_more(clinic, client, signed_in):
    from intake.views.guard import SESSION_KEY, STATUS_KEY

    referral = kept.lived(clinic)
    session = client.session
    session[SESSION_KEY] = str(referral.submission_id)
    session[STATUS_KEY] = [str(referral.submission_id), int(timezone.now().timestamp()) + 3600]
    session.save()
    mark(client, referral.submission)
    assert kept.REST in client.get(reverse("intake:record")).content.decode()
    assert referral.reference in client.get(reverse("intake:status")).content.decode()
    kept.erased(clinic, referral)
    for name in ("record", "done", "status"):
        answer = client.get(reverse(f"intake:{name}"))
        assert f"#{referral.pk}" not in answer.content.decode()
        assert kept.REST not in answer.content.decode()
    sent = {"reference": referral.reference, "date_of_birth_0": "3", "date_of_birth_1": "9"}
    assert client.post(reverse("intake:status"), sent).status_code == 200


def test_another_person_is_untouched(clinic):
    other = sent_intake(**{"reason.goals": "stays"})
    kept.erased(clinic, kept.lived(clinic))
    assert Submission.objects.get(pk=other.pk).answers["reason"]["goals"] == "stays"
