"""The one-page consult brief: what stands on it, where each line comes from, who may read it."""

import importlib.util
import re
import sys
import types
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from django.utils.formats import date_format

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT, answered, release_hold
from tests.documents import ABSENT
from tests.pages import flat
from treatments.admin.pages import brief as briefs
from treatments.models import Event
from treatments.reading import brief, checklists
from treatments.reading.check_lines import Line, cut
from treatments.reading.checklists import CHECKLISTS, Asked, Checklist
from treatments.reading.redaction import redaction_for
from treatments.workflow.actions.shared import alert_bars

LIST = "/admin/treatments/referral/"
QUEUE = "/admin/treatments/tmsconsult/"


def lines_of(user, referral, consult=None, chosen="") -> dict[str, list[Line]]:
    columns = briefs.brief_context(redaction_for(user), referral, consult, chosen)["columns"]
    return {part.title: part.lines for parts in columns for part in parts}


def line(lines: list[Line], words: str) -> Line:
    return next(each for each in lines if words.casefold() in each.words.casefold())


# --- Whose it is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "reader", "heading"),
    [
        ("tms", "For the TMS physician", "Before the coil"),
        ("spravato", "For the Spravato REMS nurse", "Before the first dose"),
        ("psychotherapy", "For the therapist", "What may shape the work"),
    ],
)
def test_each_team_has_a_brief_of_its_own(cast, clinic, signed_in, key, reader, heading):
    consult = clinic.consult("waiting", key)
    page = flat(signed_in(cast.team(key)).get(f"/admin/treatments/{key}consult/{consult.pk}/brief/"))
    assert reader in page and heading in page
    others = {"Before the coil", "Before the first dose", "What may shape the work"} - {heading}
    assert not any(other in page for other in others)


def test_the_desk_has_that_of_the_team_it_routed_to_or_the_one_it_chooses(cast, clinic, signed_in):
    referral, cora = clinic.routed("spravato"), signed_in(cast.cora)
    address = f"{LIST}{referral.pk}/brief/"
    page = flat(cora.get(address))
    assert "For the Spravato REMS nurse" in page and "Not routed to this team." not in page
    page = flat(cora.get(f"{address}?for=tms"))
    assert "<strong>For the TMS physician</strong>" in page and "Not routed to this team." in page
    assert cora.get(f"{address}?for=nonsense").status_code == 200


def test_a_treatment_without_a_checklist_has_what_the_rules_say_in_its_place(cast, clinic, monkeypatch):
    monkeypatch.delitem(CHECKLISTS, "tms")
    consult = clinic.consult("waiting", **CLINICIAN_FIRST_FOR_TMS)
    lines = lines_of(cast.tess, consult.referral, clinic.queue_row(consult))
    assert "Before the coil" not in lines
    assert any(
        each.words.startswith("■ Clinician first") and each.bold for each in lines["What the rules say"]
    )
    context = briefs.brief_context(redaction_for(cast.tess), consult.referral, clinic.queue_row(consult))
    assert context["reader"] == "For the TMS team"


def test_a_team_reads_its_own_reason_and_no_word_of_another_queue(cast, clinic, signed_in):
    consult = clinic.routed("tms", "spravato").consults.get(treatment="tms")
    page = flat(signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/brief/"))
    assert "Asked:" in page and "Spravato consults" not in page and "REMS" not in page
    assert "This person is also seen elsewhere in the clinic." in page


# --- What it says -------------------------------------------------------------------------------------------


def test_the_nos_that_matter_are_named_and_plain(cast, clinic):
    lines = lines_of(cast.cora, clinic.routed("tms"))["Before the coil"]
    metal = line(lines, "Metal in the head or neck")
    assert (metal.value, metal.bold) == ("No to each", False)
    assert "brain or nerve stimulator" in metal.words
    assert (line(lines, "Seizure").value, line(lines, "TMS before").value) == ("No to each", "No")


def test_a_yes_stands_first_by_itself_in_bold_with_the_persons_words(cast, clinic):
    changes = {"health.metal_in_head_or_neck": "yes", "health.metal_details": "a clip, 2009"}
    lines = lines_of(cast.cora, clinic.in_review(**changes), chosen="tms")["Before the coil"]
    assert (lines[0].words, lines[0].value, lines[0].bold) == ("Metal in the head or neck", "Yes", True)
    assert lines[0].own == "a clip, 2009"
    assert "Brain or nerve stimulator" in line(lines, "tattoo").words  # the nos of the same line stay


@pytest.mark.parametrize(("said", "words"), [("not_sure", "? Not sure"), (ABSENT, "? Not answered")])
def test_what_is_not_known_is_never_a_no_and_stands_before_every_no(cast, clinic, said, words):
    lines = lines_of(cast.cora, clinic.in_review(**{"health.stroke": said}), chosen="tms")["Before the coil"]
    stroke = line(lines, "Stroke")
    assert (stroke.value, stroke.bold) == (words, True)
    assert all(each.bold for each in lines[: lines.index(stroke)])


def test_of_a_ride_home_it_is_the_no_that_stands_out(cast, clinic):
    def ride(said) -> tuple[str, bool]:
        lines = lines_of(cast.cora, clinic.in_review(**{"practical.ride_home": said}), chosen="spravato")
        found = line(lines["Each visit"], "ride home")
        return found.value, found.bold

    assert ride("no") == ("No", True) and ride("yes") == ("Yes", False)
    assert ride("not_sure") == ("? Not sure", True)


def test_an_earlier_course_says_what_came_of_it(cast, clinic):
    changes = {
        "other_treatments.tms.had": "yes",
        "other_treatments.tms.improvement": "25_49",
        "other_treatments.tms.now": "not_sure",
    }
    lines = lines_of(cast.cora, clinic.in_review(**changes), chosen="tms")["Before the coil"]
    before = line(lines, "TMS before")
    assert before.value.startswith("Yes; 25–49 % better") and "TMS now: ? Not sure" in before.value
    assert before.bold


@pytest.mark.parametrize(
    ("medicines", "value", "bold"),
    [
        ([{"drug": "bupropion"}], "bupropion", True),
        ([{"drug": "lisinopril"}], "None named", False),
        ([{"drug": "blue pill from my aunt"}], "? Not known", True),
        (ABSENT, "? Not known", True),
    ],
)
def test_medicines_of_a_set_are_named_and_an_unread_name_is_not_known(cast, clinic, medicines, value, bold):
    changes = {"medicines.list": medicines, "antidepressants.trials": []}
    lines = lines_of(cast.cora, clinic.in_review(**changes), chosen="tms")["Before the coil"]
    found = line(lines, "Lowers the seizure threshold")
    assert (found.value, found.bold) == (value, bold)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "days", "remark", "bold"),
    [
        (140, 90, 15, "", False),
        (141, 80, 15, "high", True),
        (120, 91, 15, "high", True),
        (91, 120, 15, "high", True),
        (120, 80, 400, "old", True),
    ],
)
def test_a_blood_pressure_above_the_cutoff_or_long_ago_stands_out(
    cast, clinic, systolic, diastolic, days, remark, bold
):
    day = timezone.localdate() - timedelta(days=days)
    changes = {
        "health.bp_systolic": systolic,
        "health.bp_diastolic": diastolic,
        "health.bp_date": day.isoformat(),
    }
    lines = lines_of(cast.cora, clinic.in_review(**changes), chosen="spravato")["Before the first dose"]
    found = line(lines, "Blood pressure")
    said = f"{max(systolic, diastolic)}/{min(systolic, diastolic)}, {date_format(day, 'M j, Y')}"
    assert (found.value, found.bold) == (f"{said}, {remark}" if remark else said, bold)


def test_the_safety_answers_are_all_there_each_yes_by_itself_and_the_nos_by_name(cast, clinic):
    referral = clinic.new(**URGENT)
    lines = lines_of(cast.clara, referral)["Safety"]
    yes = line(lines, "hurting someone else")
    assert (yes.value, yes.bold) == ("Yes", True)
    nos = line(lines, "C-SSRS 2")
    assert (nos.value, nos.bold) == ("No to each", False)
    assert all(each.bold for each in lines[: lines.index(nos)])
    shown = "; ".join(each.words for titles in lines_of(cast.clara, referral).values() for each in titles)
    assert "Hears or sees things" in shown and "Eating disorder" in shown


def test_scores_above_their_cutoff_stand_out_and_an_unfinished_one_is_open(cast, clinic):
    scores = lines_of(cast.clara, clinic.new(**{"anxiety.gad7": [1, 1, 1, 1, 1, 1, None]}))["Scores"]
    assert (line(scores, "GAD-7").value, line(scores, "GAD-7").bold) == ("? not finished", True)
    calm = lines_of(cast.clara, clinic.new(**{"mood.phq9": [1] * 8 + [0]}))["Scores"]
    assert not line(calm, "PHQ-9").bold
    assert line(lines_of(cast.clara, clinic.new(**{"mood.phq9": [2] * 8 + [0]}))["Scores"], "PHQ-9").bold


def test_what_no_line_of_the_checklist_says_the_rules_say_beside_it(cast, clinic):
    lines = lines_of(cast.cora, clinic.routed("tms"))
    assert any("Supports" in each.words for each in lines["The rules also say"])
    assert all(each.words for each in lines["The rules also say"])


def test_the_clinicians_level_stands_in_the_frame_and_its_absence_too(cast, clinic, signed_in):
    referral = clinic.new(**SAME_DAY)
    assert "No clinician has judged the risk." in flat(
        signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/")
    )
    release_hold(referral=referral, actor=cast.clara)
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/"))
    assert "Clinician: Low" in page and "No clinician has judged" not in page


def test_a_hold_says_why_and_one_without_a_reason_left_names_its_rule(cast, clinic):
    referral = clinic.new(**SAME_DAY)
    words = briefs.brief_context(redaction_for(cast.cora), referral, None)["why_held"]
    assert words[-1] == alert_bars()
    assert all(" " in each for each in words)
    held = answered(referral, {"mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 0]})
    words = briefs.brief_context(redaction_for(cast.cora), held, None)["why_held"]
    assert set(held.hold_rules) & set(words)


def test_every_line_leads_to_its_answer_on_the_page(cast, clinic, signed_in):
    for key in ("tms", "spravato", "psychotherapy"):
        consult = clinic.consult("waiting", key)
        for person, row in (
            (cast.cora, f"{LIST}{consult.referral_id}/"),
            (cast.team(key), f"/admin/treatments/{key}consult/{consult.pk}/"),
        ):
            client = signed_in(person)
            page, sheet = (
                client.get(address).content.decode() for address in (row, f"{row}brief/?for={key}")
            )
            links = re.findall(rf'href="{row}(?:\?[^"#]*)?#(answer-[^"]+)"', sheet)
            assert len(links) > 30
            assert {unquote(link) for link in links} <= set(re.findall(r'id="(answer-[^"]+)"', page)), key
            ids = re.findall(r'id="(answer-[^"]+)"', page)
            assert len(ids) == len(set(ids))


def test_reading_a_brief_is_on_record_before_it_is_shown(cast, clinic, signed_in):
    consult = clinic.consult("waiting")
    signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/brief/")
    event = Event.objects.filter(kind="opened").latest("pk")
    assert (event.actor, event.consult_id) == (cast.tess, consult.pk)
    assert event.details == {"page": "brief"}


def test_the_brief_follows_the_rule_of_its_page(cast, clinic, signed_in):
    consult = clinic.consult("waiting")
    addresses = (
        f"{LIST}{consult.referral_id}/",
        f"{QUEUE}{consult.pk}/",
        f"/admin/treatments/spravatoconsult/{consult.pk}/",
    )
    for person in cast:
        client = signed_in(person)
        for address in addresses:
            page, paper = client.get(address), client.get(f"{address}brief/")
            assert page.status_code == paper.status_code, (person, address)
    assert signed_in(cast.sam).get(f"{QUEUE}{consult.pk}/brief/").status_code in (403, 404)


def test_without_the_grant_no_substance_use_answer_is_on_it(cast, clinic):
    referral = clinic.new()
    cast.clara.groups.clear()
    cast.clara.user_permissions.add(Permission.objects.get(codename="view_referral"))
    reader = User.objects.get(pk=cast.clara.pk)
    for key in CHECKLISTS:
        context = briefs.brief_context(redaction_for(reader), referral, None, key)
        assert context["answers_left_out"]
        lines = [each for parts in context["columns"] for part in parts for each in part.lines]
        assert lines and not any(each.path.startswith("substances.") for each in lines)
        assert not any("AUDIT" in each.words or "alcohol" in each.words for each in lines)


def test_an_unassessed_referral_has_a_brief_that_says_so(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setattr("treatments.triage.intake_received.assess_referral", lambda referral, at: False)
    referral = clinic.new()
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/"))
    assert "The rules have not run on this referral" in page


def test_of_too_many_trials_the_first_ten_stand_there_with_the_number_of_the_others(cast, clinic):
    trials = [{"drug": "sertraline", "weeks": each} for each in range(12)]
    context = briefs.brief_context(
        redaction_for(cast.cora), clinic.in_review(**{"antidepressants.trials": trials}), None
    )
    assert len(context["tried"]) == 10 and context["tried_more"] == "2 more, see the whole referral"


def test_medicines_of_this_episode_come_first(cast, clinic):
    trials = [
        {"drug": "citalopram", "this_episode": "no"},
        {"drug": "sertraline", "this_episode": "yes", "started": "2025-03", "still_taking": "yes"},
    ]
    tried = briefs.brief_context(
        redaction_for(cast.cora), clinic.in_review(**{"antidepressants.trials": trials}), None
    )["tried"]
    assert [row.name for row in tried] == ["sertraline, SSRI", "citalopram, SSRI"]
    assert (tried[0].when, tried[0].stopped, tried[1].when) == ("Mar 2025 – now", "still taken", "?")


def test_nothing_asked_and_nothing_given_are_told_apart():
    assert brief.entries(brief.ALLERGIES, "Allergies", {}).value == "? Not answered"
    assert brief.entries(brief.ALLERGIES, "Allergies", {"medicines": {"allergies": []}}).value == "None"


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({}, "? Not answered"),
        ({"therapy_had": "not_sure"}, "? Not sure"),
        ({"therapy_had": "no"}, "No"),
        ({"therapy_had": "yes"}, "Yes, which is not told"),
    ],
)
def test_no_therapy_and_nothing_known_of_it_are_told_apart(answers, value):
    assert brief.therapies({"other_treatments": answers}).value == value


def test_somebodys_own_words_are_cut_with_a_word_that_there_is_more():
    assert cut("a" * 120) == "a" * 120
    assert cut("a" * 121).endswith(" … (more in the whole referral)")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"nobody": Checklist("For nobody", ())}, "of no treatment"),
        ({"tms": Checklist("x", (("x", (Asked(("health.nonsense",)),)),))}, "nobody is asked"),
    ],
)
def test_a_checklist_of_no_treatment_or_question_stops_the_start(monkeypatch, row, words):
    for key, checklist in row.items():
        monkeypatch.setitem(CHECKLISTS, key, checklist)
    with pytest.raises(ValueError, match=words):
        checklists._check()


def test_a_brief_is_read_and_never_posted_to(cast, clinic, signed_in):
    referral = clinic.new(**URGENT)
    assert signed_in(cast.cora).post(f"{LIST}{referral.pk}/brief/").status_code == 404


# --- PDF: an optional extra -----------------------------------------------------------------------------


def test_without_weasyprint_a_sentence_says_what_to_do(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # importing it now raises ImportError
    referral = clinic.new()
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/?format=pdf")
    assert answer.status_code == 501
    assert "has not installed the part that makes PDF files" in flat(answer)
    assert not Event.objects.filter(kind__in=Event.READS).exists()  # nothing was read


class Sheet:
    """Stands in for WeasyPrint: keeps what it was given."""

    def __init__(self, *, string, url_fetcher=None):
        self.string, self.url_fetcher = string, url_fetcher

    def write_pdf(self, *, stylesheets, **how) -> bytes:
        Sheet.page = self
        return b"%PDF-1.7 stand-in"


def test_the_pdf_is_made_of_the_same_lines_and_fetches_nothing(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", types.SimpleNamespace(HTML=Sheet, CSS=Sheet))
    referral = clinic.new()
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/?format=pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert referral.name in Sheet.page.string and "Antidepressants tried" in Sheet.page.string
    assert "<link" not in Sheet.page.string and "<img" not in Sheet.page.string
    assert f"by {cast.cora.get_full_name()}" in flat(Sheet.page.string)  # as every page names her
    with pytest.raises(ValueError, match="fetches nothing"):
        Sheet.page.url_fetcher("file:///etc/hostname")
    event = Event.objects.get(kind__in=Event.READS)
    assert (event.kind, event.details) == ("exported", {"page": "brief", "form": "pdf"})


def test_a_teams_pdf_is_an_export_of_its_consult_and_asks_no_more_than_the_brief(
    cast, clinic, signed_in, monkeypatch
):
    monkeypatch.setitem(sys.modules, "weasyprint", types.SimpleNamespace(HTML=Sheet, CSS=Sheet))
    consult = clinic.consult("waiting")
    answer = signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/brief/?format=pdf")
    assert answer.status_code == 200
    event = Event.objects.get(kind__in=Event.READS)
    assert (event.kind, event.actor, event.consult_id) == ("exported", cast.tess, consult.pk)


def test_where_weasyprint_is_installed_it_makes_one_page(cast, clinic, signed_in):
    referral = clinic.routed("tms")
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/?format=pdf")
    if importlib.util.find_spec("weasyprint") is None:
        assert answer.status_code == 501
    else:
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
