"""Who may do which deed: the deeds' permissions, and the staff groups seeded from one table."""

from treatments.catalogue import TREATMENTS

# deed -> the permission it asks for. Deeds on a consult ask for their own queue's permission.
REFERRAL_DEEDS: dict[str, str] = {
    "claim": "treatments.claim_referral",
    "route": "treatments.route_referral",
    "close": "treatments.close_referral",
    "reopen": "treatments.reopen_referral",
    "note": "treatments.note_referral",
    "withdraw": "treatments.withdraw_consult",
    "release_hold": "treatments.release_hold",
}
CONSULT_DEEDS = ("accept", "return", "book", "complete")
READ_SUBSTANCE_USE = "treatments.read_substance_use"
EXPORT = "treatments.export_referral"


def view_queue(treatment: str) -> str:
    return f"treatments.view_{treatment}consult"


def work_queue(treatment: str) -> str:
    return f"treatments.work_{treatment}consult"


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
        *(REFERRAL_DEEDS[deed] for deed in ("claim", "route", "close", "reopen", "note", "withdraw")),
    ),
    "Clinicians": (*_DESK, READ_SUBSTANCE_USE, REFERRAL_DEEDS["note"], REFERRAL_DEEDS["release_hold"]),
    "TMS team": _team("tms"),
    "Spravato team": _team("spravato"),
    "Psychotherapy team": _team("psychotherapy"),
    "Privacy officers": ("treatments.view_event",),
    "Clinic administrators": (
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "intake.view_submission",
    ),
}
