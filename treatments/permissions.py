"""Who may do what: the rights that actions and pages ask for, and the staff groups that are seeded with them."""

from django.apps import apps
from django.apps.registry import Apps
from django.utils.translation import gettext_lazy as _

from treatments.catalog import TREATMENTS
from treatments.workflow.actions.coverage import PAYER_STAFF
from treatments.workflow.actions.row import Permission, work_queue
from treatments.workflow.actions.shared import CLINICIANS, COORDINATORS, PRIVACY_OFFICERS
from treatments.workflow.actions.table import PERMISSIONS

READ_SUBSTANCE_USE = "treatments.read_substance_use"
EXPORT = "treatments.export_referral"
EXPORT_WORKLIST = "treatments.export_worklist"
SET_QUEUES = "treatments.change_queuesetting"
KEEP_ROTA = "treatments.change_shift"
SET_HOURS = "treatments.change_clinichours"
# Texts and words, the clinic's profile, outside services, who hears what.
SET_CLINIC = "treatments.change_clinictextversion"
ENTER_INTAKE = "treatments.enter_intake"
VIEW_PAYER = "treatments.view_payer"
REVIEW_PACK = "treatments.review_pack"


VIEW_EVENTS = "treatments.view_event"
SEE_RUNNING = "treatments.see_running"
MAKE_ACCOUNTS = "auth.add_user"
CHANGE_ACCOUNTS = "auth.change_user"
ADMINISTRATORS = "Clinic administrators"


def view_queue(treatment: str) -> str:
    return f"treatments.view_{treatment}consult"


def may_set_queue(user, treatment: str) -> bool:
    """Pause the queue or change its limit: its own team, and whoever may for all queues."""
    return user.has_perm(SET_QUEUES) or user.has_perm(work_queue(treatment))


def queues_of(user) -> list[str]:
    """The treatments whose queue this person sees."""
    return [key for key in TREATMENTS if user.has_perm(view_queue(key))]


def opens_patients(user) -> bool:
    """Whether this account reads patients, or the record of who did: whoever uses it is watched."""
    return any(user.has_perm(name) for name in (*_DESK, VIEW_EVENTS, *map(view_queue, TREATMENTS)))


def _team(treatment: str) -> tuple[str, ...]:
    return (view_queue(treatment), work_queue(treatment))


TEAMS = {treatment.team: key for key, treatment in TREATMENTS.items()}
_DESK = ("treatments.view_referral", "treatments.view_alert")

# What no action asks for.
OTHERS: tuple[Permission, ...] = (
    Permission("export_referral", _("Can export a referral"), (COORDINATORS,)),
    Permission("export_worklist", _("Can export the worklist"), (COORDINATORS,)),
    Permission("enter_intake", _("Can enter an intake for a person on the phone"), (COORDINATORS,)),
    Permission("view_payer", _("Can see what a payer still needs"), PAYER_STAFF),
    Permission("review_pack", _("Can sign a payer's criteria for the clinic"), (CLINICIANS,)),
    Permission("see_running", _("Can see how the server is running"), (ADMINISTRATORS,)),
    Permission("read_substance_use", _("Can read substance-use answers"), (COORDINATORS, CLINICIANS, *TEAMS)),
)
# What Django makes from our models and its own, by group.
OF_MODELS: dict[str, tuple[str, ...]] = {
    COORDINATORS: (*_DESK, SET_QUEUES),
    CLINICIANS: _DESK,
    **{team: _team(treatment) for team, treatment in TEAMS.items()},
    PRIVACY_OFFICERS: (VIEW_EVENTS,),
    ADMINISTRATORS: (
        "auth.view_user",
        MAKE_ACCOUNTS,
        CHANGE_ACCOUNTS,
        "auth.view_group",
        "intake.view_submission",
        "intake.view_outgoingmail",
        "treatments.view_oncallnotice",
        KEEP_ROTA,
        SET_HOURS,
        SET_CLINIC,
    ),
}
OURS: tuple[Permission, ...] = (*PERMISSIONS.values(), *OTHERS)
GROUPS: dict[str, tuple[str, ...]] = {
    group: (*names, *(f"treatments.{row.codename}" for row in OURS if group in row.groups))
    for group, names in OF_MODELS.items()
}


def create_permissions(sender: object, using: str, apps: Apps = apps, **kwargs: object) -> None:
    """After ``migrate``: the permissions of the rows, so that an action more makes no migration."""
    try:
        content_types = apps.get_model("contenttypes", "ContentType").objects.using(using)
        rows = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:
        return
    on, _created = content_types.get_or_create(app_label="treatments", model="referral")
    there = set(rows.filter(content_type=on).values_list("codename", flat=True))
    rows.bulk_create(
        rows.model(codename=row.codename, name=str(row.name), content_type=on)
        for row in OURS
        if row.codename not in there
    )
