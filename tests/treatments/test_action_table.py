"""What derives from the rows of actions and events: permissions, groups, kinds of events, and the check at start."""

import pytest
from django import forms
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.conftest import fresh
from treatments import permissions
from treatments.admin import action_check
from treatments.admin.forms.shared import FORMS, ActionForm
from treatments.models import Event
from treatments.reading import redaction
from treatments.reading.safety_said import with_safety_lines
from treatments.triage.frame import FUNCTIONS, ActionContext, performs
from treatments.triage.situation import EXTRA_FACTS
from treatments.workflow.actions import table
from treatments.workflow.actions.row import LONGEST_KEY, Action, Subject
from treatments.workflow.actions.shared import whatever_the_state
from treatments.workflow.actions.table import ACTIONS
from treatments.workflow.events import EVENT_KINDS

# Letters and requests for records: the desk, and each team for its own people.
ON_PAPER = {"request_record", "write_letter"}
# What a payer asks: the desk, and the teams whose payers are asked.
OF_PAYERS = {"view_payer", "set_coverage", "log_payer_call", "add_evidence", "add_entry"}
DESK = (
    {"view_referral", "view_alert", "handle_alert", "read_substance_use", "record_answer"}
    | OF_PAYERS
    | ON_PAPER
)
# As they were while a table of its own held them.
RIGHTS = {
    "Coordinators": DESK
    | {"export_referral", "export_worklist", "change_queuesetting", "enter_intake", "answer_team"}
    | {"assign_referral", "undo_move", "contact_patient", "refer_elsewhere", "link_duplicate"}
    | {"claim_referral", "route_referral", "ask_patient", "close_referral", "reopen_referral"}
    | {"note_referral", "deal_with_referral", "withdraw_consult", "record_request"}
    | {"revoke_substance_consent"},
    "Clinicians": DESK
    | {"note_referral", "deal_with_referral", "release_hold", "contact_patient"}
    | {"add_clinical_entry", "review_pack"}
    | {"revoke_substance_consent"},
    "TMS team": {"view_tmsconsult", "work_tmsconsult", "read_substance_use"} | OF_PAYERS | ON_PAPER,
    "Spravato team": {"view_spravatoconsult", "work_spravatoconsult", "read_substance_use"}
    | OF_PAYERS
    | ON_PAPER,
    "Psychotherapy team": {
        "view_psychotherapyconsult",
        "work_psychotherapyconsult",
        "read_substance_use",
    }
    | ON_PAPER,
    "Privacy officers": {"view_event", "keep_referral", "erase_referral"},
    "Clinic administrators": {"view_user", "add_user", "change_user", "view_group"}
    | {
        "view_submission",
        "view_outgoingmail",
        "view_oncallnotice",
        "change_shift",
        "change_clinichours",
        "change_clinictextversion",
        "see_running",
    },
}


def test_each_group_is_seeded_with_the_rights_it_always_had(cast):
    found = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }
    assert found == RIGHTS


def test_migrating_makes_each_permission_of_the_rows_once(db):
    ours = {row.codename: str(row.name) for row in permissions.OURS}
    assert len(ours) == len(permissions.OURS)
    for _time in range(2):
        call_command("migrate", verbosity=0)
        made = Permission.objects.filter(codename__in=ours)
        assert dict(made.values_list("codename", "name")) == ours
        assert made.count() == len(ours)


def test_no_model_names_the_permission_of_an_action():
    of_models = {codename for model in apps.get_models() for codename, _name in model._meta.permissions}
    assert not of_models & {row.codename for row in permissions.OURS}


def test_every_fact_that_a_row_names_can_be_looked_up():
    assert {fact for row in ACTIONS.values() for fact in row.facts} == set(EXTRA_FACTS)


# --- Kinds of events ------------------------------------------------------------------------------------

# Details as they are written, for each kind that has any.
DETAILS = {
    "assign": {"to": 1, "name": "Carl"},
    "route": {"treatments": ["tms", "spravato"], "priority": 2},
    "ask_patient": {"question": 1, "fields": ["reason.goals"], "mailed": False, "for_staff": "x"},
    "assess_risk": {
        **{"risk_assessment": 1, "level": "high", "choice": "keep"},
        **{"hold": "urgent", "rules": ["S01"]},
    },
    "release_hold": {"recorded": {}, "hold": "urgent", "rules": ["S01"]},
    "close": {"reason": "other"},
    "deal_with": {"flags": ["message", "returned"]},
    "record_answer": {"amendment": 1, "who": "family", "how": "phone", "birth_date_said": True},
    "set_coverage": {"rank": 2},
    "log_payer_call": {"whom": "Aetna, Robin", "reference": "R 7", "next_on": "2026-12-03"},
    "add_evidence": {"fields": ["antidepressants.trials"]},
    "add_entry": {"entered": "pdmp_checked"},
    "add_clinical_entry": {"entered": "diagnosis"},
    "pack_reviewed": {"pack": "AETNA-TMS", "version": "2026-11-28"},
    "log_contact": {"channel": "call", "outcome": "no_answer", "day": "2026-11-29"},
    "refer_elsewhere": {
        **{"where": "ect_center", "reason": "cared_for_elsewhere"},
        **{"service": 1, "version": 2, "named": "Sample Center", "shown": True},
    },
    "link_duplicate": {"reference": "K7MW-4QXB"},
    "unlink_duplicate": {"reference": "K7MW-4QXB"},
    "book": {"day": "2026-11-29"},
    "reschedule": {"day": "2026-11-29", "moved_from": "2026-11-28"},
    "no_show": {"day": "2026-11-28", "starts": "09:30"},
    "visit_held": {"day": "2026-11-28"},
    "cancel_visit": {"day": "2026-11-28"},
    "complete": {"outcome": "started_treatment"},
    "postpone": {"not_before": "2026-11-29"},
    "transfer": {"treatments": ["psychotherapy"]},
    "return": {"reason": "no_capacity", "verdict": "useful", "again": "2026-11-29"},
    "feedback": {"verdict": "wrong_queue"},
    "undo": {"undone": "claim", "event": 1},
    "undo_consult": {"undone": "book", "event": 1},
    "assessed": {"ruleset": "2026.2"},
    "hold_raised": {"hold": "same_day", "rules": ["S05", "S06"]},
    "opened": {"page": "route"},
    "exported": {"rows": 1, "form": "csv"},
    "listed": {"page": "treatments_referral_changelist", "rows": 0, "filters": {"show": ["mine", "all"]}},
    "searched": {"page": "treatments_tmsconsult_changelist", "rows": 2, "searched": "lee"},
    "shown": {"page": "index"},
    "record_read": {"page": "treatments_event_volume"},
    "refused": {"page": "treatments_referral_action", "number": "7", "action": "route", "status": 403},
    "sign_in_failed": {"typed": "cora"},
    "sign_in_locked": {"typed": "cora"},
    "sign_in_closed": {"typed": "cora"},
    "chased": {"mailed": True},
    "visit_passed": {"day": "2026-11-28"},
    "caring_due": {"rules": ["S01"]},
    "queue_setting": {"treatments": ["tms"], "paused": True, "most_open": None},
    "account_made": {"given": "TMS team"},
    "account_changed": {"given": "TMS team", "taken": "Clinicians", "changed": "email"},
    "password_link": {"how": "shown"},
    "factor_added": {"how": "totp"},
    "factor_removed": {"how": "webauthn"},
    "access_opened": {"how": "opens"},
    "give_copy": {"how": "post"},
    "purged": {"time": "closed"},
    "hours_changed": {"version": 2, "changes": ["Holiday: Dec. 25, 2026 Christmas"]},
    "clinic_text_changed": {"version": 1, "changes": ["Letter: referral closed (English): new words"]},
    "clinic_profile_changed": {"version": 1, "changes": ["phone: 1 (before: –)"]},
    "outside_service_changed": {"version": 1, "changes": ["Added: Sample Center"]},
    "notice_defaults_changed": {"version": 1, "changes": ["Coordinators, Somebody mentioned me: None"]},
    "request_record": {"request": 3},
    "record_release": {"request": 3, "day": "2026-11-28"},
    "send_record_request": {"request": 3, "day": "2026-11-28", "due": "2026-12-11"},
    "chase_record_request": {"request": 3, "due": "2026-12-18"},
    "receive_record": {"request": 3, "day": "2026-12-02", "pages": 2},
    "refuse_record_request": {"request": 3},
    "cancel_record_request": {"request": 3},
    "print_request": {"paper": 4, "kind": "request"},
    "print_release": {"paper": 5, "kind": "release"},
    "write_letter": {"paper": 6, "kind": "letter"},
    "print_cover": {"paper": 7, "kind": "cover", "fax": "+1 212 555 0142"},
    "paper_opened": {"paper": 6, "kind": "letter", "form": "pdf"},
    "rota_changed": {"rota": "changed", "shift": 1, "row": "Clara, first", "before": "Carl, first"},
}
# Nothing to say of these, or only the note beside them.
WORDLESS = {
    *("claim", "unassign", "withdraw", "cancel_question", "note", "reopen", "caring_contact", "accept"),
    *("acknowledge", "received", "ask_expired", "answered", "message", "patient_withdrew"),
    *("entry_begun", "entry_left", "revoke_consent", "consent_revoked"),
    *("take_alert", "hand_over_alert", "let_go_alert", "note_alert", "close_alert"),
    *("account_ended", "account_resumed", "password_set", "access_reviewed"),
    *("glass_broken", "glass_mended"),
    *("ask_desk", "answer_team"),
    *("set_legal_hold", "end_legal_hold", "ask_erasure", "drop_erasure", "erase", "added"),
}
SAID = {
    "route": "TMS, Spravato (esketamine); Urgent",
    "close": "Another reason; next: nobody",
    "return": "The team has no room; next: the coordinators; room from Nov 29, 2026; Useful",
    "deal_with": "the patient wrote, a consult was returned",
    "record_answer": "by phone; said by family; birth date said",
    "set_coverage": "secondary",
    "log_payer_call": "Aetna, Robin; reference R 7; next: Dec 3, 2026",
    "add_entry": "Prescription monitoring program checked",
    "pack_reviewed": "AETNA-TMS, version 2026-11-28",
    "log_contact": "Call; No answer; Nov 29, 2026",
    "refer_elsewhere": "Cared for elsewhere; next: nobody; Sample Center; ECT center; shown to the person",
    "reschedule": "Nov 29, 2026; before: Nov 28, 2026",
    "undo": "Claimed",
    "assess_risk": "High; hold kept: Urgent S01",
    "hold_raised": "Same day S05, S06",
    "opened": "page “Route to consult queues”",
    "exported": "1 row; csv",
    "listed": "worklist; show: mine, all; 0 rows",
    "searched": "TMS consults; searched for “lee”; 2 rows",
    "shown": "home page",
    "refused": "treatments_referral_action; number 7; page “Route to consult queues”; answered 403",
    "sign_in_failed": "typed as name: “cora”",
    "account_changed": "given: TMS team; taken: Clinicians; changed: email",
    "password_link": "shown to the administrator, to hand over",
    "send_record_request": "request 3; Nov 28, 2026; due Dec 11, 2026",
    "receive_record": "request 3; Dec 2, 2026; 2 pages",
    "print_cover": "Fax cover, paper 7; to fax +1 212 555 0142",
    "paper_opened": "Letter, paper 6; pdf",
    "hours_changed": "Holiday: Dec. 25, 2026 Christmas",
    "rota_changed": "changed to: Clara, first; it was: Carl, first",
}


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_has_words(kind):
    row = EVENT_KINDS[kind]
    words = row.words(DETAILS.get(kind, {}))
    assert str(row.event)
    assert all(words) and bool(words) == (kind in DETAILS)
    assert (kind in DETAILS) != (kind in WORDLESS)
    if kind in SAID:
        assert "; ".join(words) == SAID[kind]


def test_the_kinds_that_an_event_may_have_are_the_rows():
    assert dict(Event._meta.get_field("kind").choices) == {key: row.event for key, row in EVENT_KINDS.items()}
    assert max(map(len, EVENT_KINDS)) <= LONGEST_KEY == Event._meta.get_field("kind").max_length


# --- A new action: a row, a function, a form -------------------------------------------------------------


@pytest.fixture
def planted(monkeypatch) -> Action:
    """A row more, with nothing that performs it and no form yet."""
    row = Action(
        key="wave",
        subject=Subject.REFERRAL,
        label="Wave",
        done="You waved.",
        event="Waved",
        permission=permissions.PERMISSIONS["note_referral"],
        refusal=whatever_the_state,
    )
    for rows in (ACTIONS, table.REFERRAL_ACTIONS, EVENT_KINDS):
        monkeypatch.setitem(rows, row.key, row)
    yield row
    FUNCTIONS.pop(row.key, None)
    FORMS.pop(row.key, None)


def with_function(row: Action) -> None:
    @performs(row)
    def wave(this: ActionContext, *, hand: str) -> None:
        this.event.note = hand


def with_form(row: Action, field: str = "hand") -> None:
    type("WaveForm", (ActionForm,), {"action": row, field: forms.CharField(), "__module__": __name__})


def test_all_actions_are_whole():
    assert list(action_check.what_is_missing()) == []


def test_the_check_at_start_refuses_a_row_without_a_function_or_a_form(planted):
    assert set(action_check.what_is_missing()) == {"Nothing performs wave.", "wave has no form."}
    assert [error.id for error in action_check.actions_are_whole(None)] == ["treatments.E001"] * 2


def test_the_check_at_start_refuses_a_function_whose_keywords_are_not_the_forms_fields(planted):
    with_function(planted)
    with_form(planted, "foot")
    assert list(action_check.what_is_missing()) == ["wave takes ['hand'], but its form asks for ['foot']."]


def test_the_check_at_start_refuses_a_form_or_a_function_without_a_row(planted, monkeypatch):
    with_function(planted)
    with_form(planted)
    assert list(action_check.what_is_missing()) == []
    monkeypatch.delitem(ACTIONS, planted.key)
    assert list(action_check.what_is_missing()) == ["wave has no row."]


def test_the_check_at_start_refuses_a_key_that_no_event_could_store(monkeypatch):
    monkeypatch.setitem(ACTIONS, "w" * (LONGEST_KEY + 1), ACTIONS["note"])
    assert any("longer than 32" in sentence for sentence in action_check.what_is_missing())


def test_a_new_action_works_on_its_page_and_in_the_timeline_without_a_migration(planted, clinic, signed_in):
    with_function(planted)
    with_form(planted)
    referral = clinic.in_review()
    client = signed_in(clinic.cast.cora)
    page = f"/admin/treatments/referral/{referral.pk}/"
    assert "Wave" in client.get(page).content.decode()
    sent = {"seen_version": referral.version, "hand": "left"}
    assert client.post(f"{page}wave/", sent).url.endswith(page)
    event = referral.events.exclude(kind="opened").latest("pk")
    assert (event.kind, event.note) == ("wave", "left")
    assert fresh(referral).version == referral.version + 1
    assert "Waved" in client.get(page).content.decode()
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        loader.graph
    )
    assert changes == {}


def test_an_action_that_keeps_the_assessment_keeps_it_by_its_row(clinic):
    assert {key for key, row in ACTIONS.items() if row.keeps_assessment} == {
        *("route", "assess_risk", "accept", "transfer")
    }
    event = clinic.routed().events.get(kind="route")
    kept = redaction.assessment_to_keep(event.referral)
    assert event.assessment == with_safety_lines(kept, event.referral.submission)


def test_what_moves_a_case_can_be_taken_back_and_what_reached_somebody_cannot():
    assert {key for key, row in ACTIONS.items() if row.undoable} == {
        *("claim", "assign", "unassign", "route", "withdraw", "close", "reopen", "refer_elsewhere"),
        *("accept", "book", "reschedule", "no_show", "visit_held", "cancel_visit", "complete", "return"),
    }


def test_every_reader_of_a_referral_reads_of_its_arrival_its_safety_and_its_patient_and_of_no_other_work():
    assert {key for key, kind in EVENT_KINDS.items() if kind.shared} == {
        *(
            "received",
            "assessed",
            "answered",
            "added",
            "patient_withdrew",
            "consent_revoked",
            "record_answer",
        ),
        *("hold_raised", "assess_risk", "take_alert", "hand_over_alert", "let_go_alert"),
        *("note_alert", "close_alert"),
        *("release_hold", "acknowledge"),  # of records from before risk assessments
    }


def test_only_these_may_leave_a_referral_where_it_was():
    assert {key for key, row in ACTIONS.items() if row.may_stay} == {
        *("assign", "refer_elsewhere", "undo"),
        *("no_show", "visit_held", "cancel_visit"),  # while another visit stands
        *("ask_patient", "cancel_question", "record_answer"),  # while a team has it
    }


def test_where_rights_have_no_table_yet_none_are_made():
    """The first migrations of another app run without the tables of rights."""
    permissions.create_permissions(None, using="default", apps=Apps())
