"""Every page of the admin, for whoever sees it: nothing for axe to complain about, no violation of the policy."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.walk import press, sign_in
from tests.conftest import CLINICIAN_FIRST_FOR_TMS, RECORD, SAME_DAY, URGENT, fresh, release_hold
from tests.treatments import kept, papers, payer
from tests.treatments.rota import NIGHT, a_row, with_mail
from tests.treatments.test_before_routing import WISH
from tests.treatments.test_clinic_hours import CHRISTMAS, asked
from treatments.admin.pages.papers import OF_RECORDS
from treatments.demo.set_by_clinic import set_without_code
from treatments.figures.to_review import to_review
from treatments.models import Alert, PrintedPaper
from treatments.triage.access_log import opened
from treatments.triage.accounts import change_account
from treatments.triage.alerts import close_alert
from treatments.triage.clinic_hours import change_hours
from treatments.triage.contacts import log_contact
from treatments.triage.coverage import set_coverage
from treatments.triage.desk_place import sweep_due_checks
from treatments.triage.duplicates import link_duplicate
from treatments.triage.figure_count import count_figures
from treatments.triage.notes import add_note
from treatments.triage.record_requests import print_release
from treatments.triage.team_questions import ask_desk
from treatments.workflow.actions.table import CONSULT_ACTIONS, REFERRAL_ACTIONS
from treatments.workflow.papers import LETTERS_OF_A_LINE, LINES_OF_A_SHEET
from treatments.workflow.rota import Rank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_A_TEAM = ("set_coverage", "log_payer_call", "add_evidence", "add_entry")
DESK = "/admin/treatments/referral/"
QUEUE = "/admin/treatments/tmsconsult/"
FIGURES = ["/admin/figures/", "/admin/figures/?days=30&queue=tms"]


def visit(page, look, addresses) -> None:
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('#content details').forEach(each => { each.open = true; })")
        look(page, address)


def test_every_action_of_the_desk(page, clinic, cast, look):
    mine = clinic.in_review(**CLINICIAN_FIRST_FOR_TMS)
    other = clinic.new()
    link_duplicate(referral=mine, actor=cast.cora, other=other, note="same person")
    sign_in(page, cast.cora)
    hers = {key for key, action in REFERRAL_ACTIONS.items() if not action.without_reading}
    actions = sorted(hers - {"assess_risk", "add_clinical_entry"})
    visit(page, look, [f"{DESK}{mine.pk}/{action}/" for action in actions])


def test_a_clinicians_actions(page, clinic, cast, look):
    held = clinic.new(**SAME_DAY)
    sign_in(page, cast.clara)
    visit(page, look, [f"{DESK}{held.pk}/{action}/" for action in ("assess_risk", "note", "caring_contact")])
    packs = "/admin/treatments/packreview/"
    visit(page, look, [f"{DESK}{held.pk}/add_clinical_entry/", packs, f"{packs}AETNA-TMS/"])


def test_every_action_of_a_team_and_its_settings(page, clinic, cast, look):
    consult = clinic.consult("accepted", **CLINICIAN_FIRST_FOR_TMS)
    event = consult.events.get(kind="accept")
    sign_in(page, cast.tess)
    actions = [f"{QUEUE}{consult.pk}/{action}/" for action in (*CONSULT_ACTIONS, *OF_A_TEAM)]
    settings = ["/admin/treatments/queuesetting/", "/admin/treatments/queuesetting/tms/"]
    visit(page, look, [*actions, *settings, "/admin/", f"{QUEUE}{consult.pk}/then/{event.pk}/"])


def test_letters_records_and_what_is_printed(page, clinic, cast, look):
    consult = clinic.consult("accepted")
    referral = consult.referral
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        overdue = papers.requested(clinic, "sent")
    papers.ask(referral, cast.cora, "signed"), papers.ask(referral, cast.cora, "received")
    kept = [papers.print_one_of(referral, cast.cora), papers.letter_on(referral, cast.cora)]
    own, of_team = f"{DESK}{referral.pk}/", papers.print_one_of(consult, cast.tess)
    pages = [own, f"{own}papers/", *(f"{own}paper/{paper.pk}/" for paper in kept)]
    sign_in(page, cast.cora)
    visit(page, look, [*pages, *(f"{own}{key}/" for key in OF_RECORDS), f"{DESK}{overdue.pk}/", "/admin/"])
    page.context.clear_cookies()
    sign_in(page, cast.tess)
    own = f"{QUEUE}{consult.pk}/"
    visit(page, look, [own, f"{own}papers/", f"{own}paper/{of_team.pk}/", f"{own}write_letter/"])


def test_the_fullest_papers_print_on_one_page_each(page, clinic, cast):
    referral = clinic.closed()
    line = "We have seen your patient and go on with the consult, as agreed with them in person, 26"
    longest = "\n".join([line[:LETTERS_OF_A_LINE]] * LINES_OF_A_SHEET)
    papers.letter_on(referral, cast.cora, longest)
    request = papers.ask(clinic.in_review(), cast.cora, what="fills of every antidepressant since 2001 " * 7)
    until = timezone.localdate() + timedelta(days=365)
    for language in ("en", "es"):
        asked = {
            "purpose": "planning care " * 11,
            "until": until,
            "substance_use": True,
            "language": language,
        }
        print_release(referral=fresh(request.referral), actor=cast.cora, **asked)
    sign_in(page, cast.cora)
    for paper in PrintedPaper.objects.all():
        page.goto(f"{DESK}{paper.referral_id}/paper/{paper.pk}/")
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type /Page\b", printed)) == 1, paper.kind


@pytest.mark.parametrize("role", ["cora", "tess"])
def test_what_a_payer_still_needs(page, clinic, cast, look, role):
    consult = clinic.consult("accepted")
    payer.seen(consult.referral, clinic, agrees="no", says="three weeks")
    set_coverage(referral=fresh(consult.referral), actor=cast.cora, **payer.AETNA)
    sign_in(page, getattr(cast, role))
    own = f"{DESK}{consult.referral_id}/"
    of_desk = [
        own,
        f"{own}payer/",
        f"{own}add_evidence/?need=tms.3",
        f"{own}brief/?for=tms",
        f"{DESK}?show=all",
    ]
    visit(page, look, of_desk if role == "cora" else [f"{QUEUE}{consult.pk}/"])


def test_the_papers_and_the_pages_around_the_desk(page, clinic, cast, look):
    referral = clinic.routed("tms", **SAME_DAY)
    clinic.new(**URGENT)
    event = referral.events.get(kind="assess_risk")
    own = f"{DESK}{referral.pk}/"
    sign_in(page, cast.cora)
    papers = [own, f"{own}brief/", f"{own}print/", f"{own}then/{event.pk}/"]
    visit(page, look, [*papers, "/admin/", f"{DESK}enter/", "/admin/treatments/queuesetting/"])


@pytest.mark.parametrize(
    ("role", "addresses"),
    [("cora", ["/admin/", *FIGURES]), ("clara", ["/admin/"]), ("tess", ["/admin/"])],
)
def test_the_home_of_each_role_with_all_that_it_shows(role, addresses, page, clinic, cast, look):
    consult = clinic.consult("accepted", **{"about.phone": "+1 212 555 0144", "about.voicemail_ok": "no"})
    ask_desk(consult=consult, actor=cast.tess, note="Any metal in the head or neck?")
    clinic.consult("completed"), clinic.new(**SAME_DAY), clinic.new(), clinic.new(**URGENT)
    with time_machine.travel(timezone.now() - timedelta(days=14), tick=False):
        clinic.booked_today()
        release_hold(
            **{
                "referral": clinic.in_review(**URGENT),
                "actor": cast.clara,
                "recorded": RECORD,
                "level": "high",
            },
            **{"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": cast.clara},
            **{"release_at_high": True, "carried_by": "Her brother"},
        )
    log_contact(
        **{"referral": clinic.in_review(), "actor": cast.cora, "channel": "call", "outcome": "no_answer"},
        next_due=timezone.localdate(),
    )
    low = Alert.objects.get(pk=clinic.new(**WISH).submission_id)
    close_alert(alert=low, actor=cast.cora, done="Called, is safe.", reached="person")
    sweep_due_checks()
    for _each in range(7):  # some are folded
        add_note(referral=clinic.new(), actor=cast.carl, note="@cora, @clara: please look.")
    ask_desk(consult=clinic.consult("accepted"), actor=cast.tess, note="For @tess and @cora.")
    sign_in(page, getattr(cast, role))
    visit(page, look, (*addresses, "/admin/treatments/referral/notices/"))
    if role == "cora":
        visit(page, look, FIGURES[:1])  # before the first count
    count_figures(timezone.now())


def test_the_on_call_rota_and_the_clinics_hours(page, cast, look, settings):
    settings.SENDS_MAIL = True
    with_mail(cast.clara, cast.cora)
    row = a_row(cast, cast.clara, weekdays=range(5), **NIGHT)
    cast.clara.email = ""
    cast.clara.save()
    a_row(cast, cast.cora, Rank.SECOND, weekdays=[5, 6])
    sign_in(page, cast.adam)
    rota = "/admin/treatments/shift/"
    change_hours(actor=cast.adam, **asked(holidays=CHRISTMAS))
    hours = "/admin/treatments/clinichours/"
    visit(page, look, [rota, f"{rota}add/", f"{rota}{row.pk}/", f"{rota}{row.pk}/end/", hours])


def test_what_the_clinic_sets_without_code(page, cast, look):
    set_without_code({"adam": cast.adam}, timezone.now())
    sign_in(page, cast.adam)
    texts, services = "/admin/treatments/clinictextversion/", "/admin/treatments/outsideserviceversion/"
    letter, word = f"{texts}letter_closed/en/", f"{texts}close.duplicate/en/"
    others = ["/admin/treatments/clinicprofile/", "/admin/treatments/noticedefaults/"]
    visit(page, look, [texts, letter, word, services, f"{services}add/", f"{services}1/", *others])
    page.goto(letter)
    page.get_by_label("Words").fill("Dear {nobody}")
    press(page, "Save")
    expect(page.get_by_text("This text may not hold {nobody}.")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("Dear {nobody}")
    look(page, "a letter refused")


def test_the_actions_that_use_what_the_clinic_has_set(page, clinic, cast, look):
    set_without_code({"adam": cast.adam}, timezone.now())
    mine = clinic.in_review()
    sign_in(page, cast.cora)
    visit(page, look, [f"{DESK}{mine.pk}/refer_elsewhere/", f"{DESK}{mine.pk}/ask_patient/"])
    page.get_by_label("Start the message from").select_option("question_medicines")
    page.get_by_role("button", name="Put into the message").click()
    expect(page.get_by_label("Message to the patient")).to_have_value(
        re.compile("read us the names and doses")
    )


def test_the_privacy_officers_pages(page, clinic, cast, look):
    referral = clinic.in_review()
    for _each in range(25):
        opened(referral=referral, actor=cast.cora)
    with time_machine.travel(timezone.now() - timedelta(days=12)):
        opened(referral=referral, actor=cast.cora)
    change_account(account=cast.sid, actor=cast.adam, groups=list(cast.cora.groups.all()))
    asked, held = kept.asked(clinic), kept.held(clinic)
    sign_in(page, cast.olive)
    events = "/admin/treatments/event/"
    day = timezone.localdate().isoformat()
    visit(
        page,
        look,
        [
            events,
            f"{events}?q=nobody",
            f"{events}?day={day}&how=looks",
            f"{events}volume/",
            f"{events}people/",
            f"{events}people/?group=looks&who={cast.cora.pk}",
            *(f"{events}{item.newest}/review/{item.why}/" for item in to_review(cast.olive).items[:3]),
            f"{events}keeping/",
            f"{events}keeping/?reference={referral.reference}",
            *(f"{DESK}{asked.pk}/{action}/" for action in ("set_legal_hold", "erase")),
            f"{DESK}{held.pk}/end_legal_hold/",
        ],
    )


def test_the_administrators_pages(page, clinic, cast, look):
    user, group = f"/admin/auth/user/{cast.tess.pk}/", cast.tess.groups.get()
    sign_in(page, cast.adam)
    own = f"/admin/auth/user/{cast.adam.pk}/"
    people = ["/admin/", "/admin/running/", "/admin/auth/user/", "/admin/auth/user/add/", user, own]
    visit(page, look, [*people, "/admin/auth/group/", f"/admin/auth/group/{group.pk}/change/"])


def test_an_administrator_ticks_a_persons_groups(page, cast):
    sign_in(page, cast.adam)
    page.goto(f"/admin/auth/user/{cast.sid.pk}/")
    page.get_by_role("group", name="Team").get_by_label("TMS team").check()
    press(page, "Save")
    expect(page.get_by_text("The account was changed.")).to_be_visible()
    assert [group.name for group in cast.sid.groups.all()] == ["TMS team"]
