"""Who may do which action: the actions' permissions, and the staff groups seeded from one table."""

from treatments.catalog import TREATMENTS

# action -> the permission it asks for. Actions on a consult ask for their own queue's permission.
REFERRAL_ACTIONS: dict[str, str] = {
    "claim": "treatments.claim_referral",
    "assign": "treatments.assign_referral",
    "release": "treatments.claim_referral",
    "undo": "treatments.undo_move",
    "contact": "treatments.contact_patient",
    "caring_contact": "treatments.contact_patient",
    "refer_elsewhere": "treatments.refer_elsewhere",
    "link_duplicate": "treatments.link_duplicate",
    "unlink_duplicate": "treatments.link_duplicate",
    "route": "treatments.route_referral",
    "ask_patient": "treatments.ask_patient",
    "cancel_question": "treatments.ask_patient",
    "close": "treatments.close_referral",
    "reopen": "treatments.reopen_referral",
    "note": "treatments.note_referral",
    "withdraw": "treatments.withdraw_consult",
    "release_hold": "treatments.release_hold",
}
CONSULT_ACTIONS = (
    *("accept", "return", "book", "reschedule", "complete", "postpone", "transfer", "feedback"),
    "undo_consult",
)
READ_SUBSTANCE_USE = "treatments.read_substance_use"
EXPORT = "treatments.export_referral"
EXPORT_WORKLIST = "treatments.export_worklist"
SET_QUEUES = "treatments.change_queuesetting"
ENTER_INTAKE = "treatments.enter_intake"


def view_queue(treatment: str) -> str:
    return f"treatments.view_{treatment}consult"


def work_queue(treatment: str) -> str:
    return f"treatments.work_{treatment}consult"


def may_set_queue(user, treatment: str) -> bool:
    """Pause the queue or change its limit: its own team, and whoever may for all queues."""
    return user.has_perm(SET_QUEUES) or user.has_perm(work_queue(treatment))


def queues_of(user) -> list[str]:
    """The treatments whose queue this person sees."""
    return [key for key in TREATMENTS if user.has_perm(view_queue(key))]


def _team(treatment: str) -> tuple[str, ...]:
    return (view_queue(treatment), work_queue(treatment), READ_SUBSTANCE_USE)


_DESK = ("treatments.view_referral", "treatments.view_safetyalert", "treatments.acknowledge_safetyalert")

GROUPS: dict[str, tuple[str, ...]] = {
    "Coordinators": (
        *_DESK,
        READ_SUBSTANCE_USE,
        EXPORT,
        EXPORT_WORKLIST,
        SET_QUEUES,
        ENTER_INTAKE,
        *(
            REFERRAL_ACTIONS[action]
            for action in ("assign", "undo", "contact", "refer_elsewhere", "link_duplicate")
        ),
        *(
            REFERRAL_ACTIONS[action]
            for action in ("claim", "route", "ask_patient", "close", "reopen", "note", "withdraw")
        ),
    ),
    "Clinicians": (
        *_DESK,
        READ_SUBSTANCE_USE,
        *(REFERRAL_ACTIONS[action] for action in ("note", "release_hold", "contact")),
    ),
    **{treatment.team: _team(key) for key, treatment in TREATMENTS.items()},
    "Privacy officers": ("treatments.view_event",),
    "Clinic administrators": (
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "intake.view_submission",
        "intake.view_outgoingmail",
        "treatments.view_oncallnotice",
    ),
}
