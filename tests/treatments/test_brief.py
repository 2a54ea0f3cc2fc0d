"""The one-page consult brief: what stands on it, where each line comes from, who may read it."""

import importlib.util
import sys
import types

import pytest
from django.utils import timezone

from intake import fields
from tests.conftest import SAME_DAY, URGENT, fresh
from tests.pages import flat
from treatments.admin.pages import brief as briefs
from treatments.models import Event
from treatments.reading import answers, brief
from treatments.reading.redaction import redaction_for
from treatments.workflow.actions.shared import alert_bars

LIST = "/admin/treatments/referral/"
QUEUE = "/admin/treatments/tmsconsult/"


def lines_of(user, referral, consult=None) -> dict[str, list[brief.Line]]:
    return {
        part.title: part.lines
        for part in briefs.brief_context(redaction_for(user), referral, consult)["parts"]
    }


def test_every_line_names_where_it_comes_from(cast, clinic):
    referral = clinic.routed("tms", **SAME_DAY)
    for title, lines in lines_of(cast.cora, referral).items():
        assert lines, title
        assert all(line.source for line in lines), title


def test_the_desk_reads_person_contact_safety_scores_trials_and_findings(cast, clinic, signed_in):
    referral = clinic.routed("tms")
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/"))
    for told in (referral.name, referral.reference, "about.phone", "mood.phq9[8]", "safety.cssrs",
                 "antidepressants.trials[0]", "medicines.", "fits well", "TMS", "Psychotherapy"):  # fmt: skip
        assert told in page, told


def test_safety_answers_stand_there_word_for_word(cast, clinic):
    referral = clinic.new(**SAME_DAY)
    lines = lines_of(cast.clara, referral)["Safety answers, in the person's words"]
    item = next(line for line in lines if line.source == "mood.phq9[8]")
    assert (item.lead, item.text) == (
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        "Several days",
    )


def test_a_team_reads_its_own_treatment_and_its_own_reason_only(cast, clinic, signed_in):
    consult = clinic.routed("tms", "spravato").consults.get(treatment="tms")
    parts = lines_of(cast.tess, consult.referral, clinic.queue_row(consult))
    assert "Spravato (esketamine)" not in parts
    assert [line.lead for line in parts["Why routed"]] == ["TMS"]
    page = signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/brief/")
    assert page.status_code == 200 and "Spravato" not in flat(page)


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
    from django.contrib.auth.models import Permission, User

    cast.clara.user_permissions.add(Permission.objects.get(codename="view_referral"))
    told = briefs.brief_context(redaction_for(User.objects.get(pk=cast.clara.pk)), referral, None)
    assert told["answers_left_out"]
    sources = [line.source for part in told["parts"] if part.title == "Scores" for line in part.lines]
    assert sources and not any(source.startswith("substances.") for source in sources)


def test_an_unassessed_referral_has_a_brief_that_says_so(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setattr("treatments.triage.intake_received.assess_referral", lambda referral, at: False)
    referral = clinic.new()
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/brief/"))
    assert "The rules have not run on this referral" in page


def test_open_questions_are_told_once_with_the_rules_that_wait_and_the_answer_that_is_missing():
    asks = [
        {"rule": "T01", "fields": ["health.metal"]},
        {"rule": "T02", "fields": ["health.metal", "health.seizure_ever"]},
    ]
    words = {"health.metal": "Any metal?", "health.seizure_ever": "Any seizure?"}
    assert brief.open_questions(asks, words.__getitem__) == [
        brief.Line("Any metal?", "T01, T02: health.metal"),
        brief.Line("Any seizure?", "T02: health.seizure_ever"),
    ]


def test_what_is_still_to_ask_stands_there_as_the_question_and_the_place_of_its_answer(cast, clinic):
    referral = clinic.new(**{"health.stroke": "not_sure", "health.seizure_ever": "not_sure"})
    lines = lines_of(cast.cora, referral)["Still to ask"]
    assert lines
    for line in lines:
        rules, path = line.source.split(": ")
        assert rules and ".".join(path.split("[")[0].split(".")[:2]) in fields.BY_PATH
        assert line.text == answers.question(path) != path


def test_the_hold_and_the_state_name_what_they_rest_on(cast, clinic, signed_in):
    held, consult = clinic.new(**SAME_DAY), clinic.consult("accepted", **SAME_DAY)
    referral, today = consult.referral, timezone.localdate().isoformat()

    def heads(person, about, of=None) -> list[tuple[str, str]]:
        return [
            (line.text, line.source)
            for line in briefs.brief_context(redaction_for(person), about, of)["head"]
        ]

    (hold, state, arrived) = heads(cast.cora, held)
    why = f"{', '.join(held.hold_rules)}, {alert_bars()}"
    assert hold == ("Same day", why) and held.hold_rules
    assert state == ("New", f"Received, the system, {today}")
    assert arrived == (f"received {today}", "Entered from paper")
    (hold, state, _arrived) = heads(cast.cora, fresh(referral))
    assert hold == ("No hold", f"released {today}")
    assert state == ("Routed", f"Accepted, Tess, {today}")
    (_hold, state, _arrived) = heads(cast.tess, fresh(referral), clinic.queue_row(consult))
    assert state[0].endswith(": Accepted") and state[1] == f"Accepted, Tess, {today}"
    page = flat(signed_in(cast.cora).get(f"{LIST}{held.pk}/brief/"))
    assert f'Same day <span class="source">{why}</span>' in page


@pytest.mark.parametrize(("lines", "shown", "last"), [(3, 3, "2"), (4, 4, "1 more: see the whole referral")])
def test_of_too_many_lines_the_first_stand_there_with_the_number_of_the_others(lines, shown, last):
    cut = brief.at_most(3, [brief.Line(str(number), "") for number in range(lines)])
    assert (len(cut), cut[-1].text) == (shown, last)


def test_nothing_asked_and_nothing_given_are_told_apart():
    assert brief.entries(brief.ALLERGIES, {}) == [brief.Line("Not answered", brief.ALLERGIES)]
    assert brief.entries(brief.ALLERGIES, {"medicines": {"allergies": []}}) == [
        brief.Line("None", brief.ALLERGIES)
    ]


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
    assert referral.name in Sheet.page.string and "antidepressants.trials[0]" in Sheet.page.string
    assert "<link" not in Sheet.page.string and "<img" not in Sheet.page.string
    assert f"by {cast.cora.get_full_name()}." in flat(Sheet.page.string)  # as every page names her
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
