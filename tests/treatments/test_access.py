"""Who may see and do what: every address of the site x every role x every kind of referral, and the break-ins.

A canary is a name that stands in one referral only: where it appears, that referral was seen.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import islice

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from intake.models import Submission
from tests import proving
from tests.conftest import GROUP_OF, RECORD, URGENT, Cast, Clinic, arrive, hire
from tests.treatments import papers
from tests.treatments.rota import a_row, with_mail
from tests.treatments.test_alerts import abandoned_draft
from treatments.figures.to_review import to_review
from treatments.models import (
    QUEUES,
    Alert,
    Consult,
    Event,
    OutsideServiceVersion,
    PrintedPaper,
    QueueSetting,
    Referral,
    Shift,
)
from treatments.triage.access_log import exported
from treatments.triage.service_list import change_service
from treatments.workflow.actions.table import ALERT_ACTIONS, BY_TEAMS, CONSULT_ACTIONS, REFERRAL_ACTIONS

DESK = {"cora", "carl", "clara"}
TEAM = {"tms": "tess", "spravato": "sam", "psychotherapy": "pia"}
STAFF = set(GROUP_OF)
# Beside the cast: nobody has signed in, and somebody with an account who is no staff.
STRANGERS = ("anonymous", "nora")
ROLES = [*STRANGERS, *GROUP_OF]
NOWHERE = 987_654  # the id of nothing
# The others answer as one of these two, or 405.
# Whose rights are Cora's, and those of Tess on queues of their own: tried in `make prove`.
ALIKE = proving.pick({"carl", "sam", "pia"}, {"carl"})
METHODS = proving.pick(("get", "post"), ("get", "post", "head", "put", "patch", "delete", "options"))

# Pages of actions on a referral that whoever does them may not read: they show nothing of the person.
WITHOUT_READING = {key for key, action in REFERRAL_ACTIONS.items() if action.without_reading}
UNREAD = "treatments_referral_action without reading"

# Who may see each page of the admin at all; which rows they see there is another question, asked below.
# The page of an action is listed under the name of its pattern, and its actions below.
SEES: dict[str, set[str]] = {
    "index": STAFF,
    # Of the two at one address the first answers; whoever is signed in and staff is led on.
    "login": {*STRANGERS},
    "account_login": {*STRANGERS},
    "account_reauthenticate": {*STAFF, "nora"},
    "mfa_index": {*STAFF, "nora"},
    "mfa_list_webauthn": {*STAFF, "nora"},
    # Who has no factor, or has not just shown who they are, is led on: tests/test_second_factor.py
    "mfa_authenticate": set(),
    "mfa_reauthenticate": set(),
    "mfa_reauthenticate_webauthn": set(),
    "mfa_activate_totp": set(),
    "mfa_deactivate_totp": set(),
    "mfa_add_webauthn": set(),
    "mfa_edit_webauthn": set(),
    "mfa_remove_webauthn": set(),
    "mfa_view_recovery_codes": set(),
    "mfa_generate_recovery_codes": set(),
    "mfa_download_recovery_codes": set(),
    "password_change": STAFF,
    "password_change_done": STAFF,
    "autocomplete": set(),
    "jsi18n": STAFF,
    "app_list": {*DESK, *TEAM.values(), "olive", "adam"},
    "treatments_referral_changelist": DESK,
    "treatments_referral_change": DESK,
    "treatments_referral_brief": DESK,
    "treatments_referral_then": DESK,
    "treatments_referral_paper": DESK,
    "treatments_referral_papers": DESK,
    "treatments_referral_payer": DESK,
    "treatments_referral_document": {"cora", "carl"},
    "treatments_referral_print": {"cora", "carl"},
    "treatments_referral_export": {"cora", "carl"},
    "treatments_referral_record_answer": {"cora", "carl", "clara"},
    "treatments_referral_action": DESK,
    "treatments_referral_route_here": {"cora", "carl"},
    UNREAD: {"olive"},
    "treatments_alert_changelist": DESK,
    "treatments_alert_change": DESK,
    "treatments_alert_action": set(),  # a redirect
    "treatments_event_changelist": {"olive"},
    "treatments_event_change": set(),
    "treatments_event_volume": {"olive"},
    "treatments_event_people": {"olive"},
    "treatments_event_review": {"olive"},
    "treatments_event_keeping": {"olive"},
    "treatments_oncallnotice_changelist": {"adam"},
    "treatments_oncallnotice_change": set(),
    "treatments_clinichours_changelist": {"adam"},
    "treatments_clinicprofile_changelist": {"adam"},
    "treatments_noticedefaults_changelist": {"adam"},
    **{f"treatments_clinictextversion_{page}": {"adam"} for page in ("changelist", "change")},
    **{f"treatments_outsideserviceversion_{page}": {"adam"} for page in ("changelist", "add", "change")},
    "treatments_packreview_changelist": {*DESK, "tess", "sam"},
    "treatments_packreview_pack": {*DESK, "tess", "sam"},
    "treatments_queuesetting_changelist": {"cora", "carl", *TEAM.values()},
    "treatments_queuesetting_change": {"cora", "carl", *TEAM.values()},
    **{f"treatments_shift_{page}": {"adam"} for page in ("changelist", "add", "change", "end")},
    "treatments_referral_enter": {"cora", "carl"},
    "treatments_referral_next": set(),  # a redirect
    "treatments_referral_views": DESK,
    "treatments_referral_keys": STAFF,
    "treatments_referral_notices": STAFF,
    **{f"treatments_{key}consult_changelist": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_change": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_brief": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_visits": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_then": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_paper": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_papers": {name} for key, name in TEAM.items()},
    **{f"treatments_{key}consult_payer": {name} for key, name in TEAM.items() if name != "pia"},
    "treatments_psychotherapyconsult_payer": set(),
    **{f"treatments_{key}consult_action": {name} for key, name in TEAM.items()},
    **{
        f"intake_{model}_{page}": {"adam"}
        for model in ("submission", "outgoingmail")
        for page in ("changelist", "change")
    },
    "auth_user_changelist": {"adam"},
    "auth_user_add": {"adam"},
    "auth_user_change": {"adam"},
    "alive": set(),  # an empty answer
    "emergency": set(),  # superusers: tests/treatments/test_emergency.py
    "running": {"adam"},
    "figures": DESK,
    "kept_typing": set(),  # a redirect, where nothing is kept
    "set_password": set(),  # whoever has a link that works: tests/treatments/test_accounts.py
    "auth_group_changelist": {"adam"},
    "auth_group_change": {"adam"},
}


# --- The world --------------------------------------------------------------------------------------------


class World:
    """One referral of each kind, each with its own canary, and who may know each of them."""

    def __init__(self, clinic: Clinic):
        self.clinic, self.cast = clinic, clinic.cast
        self.canaries: dict[str, set[str]] = {}
        listed = OutsideServiceVersion(name="Walk-in", kind="primary_care")
        change_service(actor=self.cast.adam, service=None, seen=0, wanted=listed)
        self.nora = User.objects.create_user("nora", password="correct horse battery")
        self.new = self.canary("new").new(**self.names)
        self.held = self.canary("held").in_review(**self.names, **URGENT)
        self.closed = self.canary("closed").closed(**self.names)
        self.withdrawn = self.canary("withdrawn").consult("withdrawn", **self.names)
        self.returned = self.canary("returned").consult("returned", "spravato", **self.names)
        self.own = {
            "tms": self.canary("tms", "tess").consult("waiting", "tms", **self.names),
            "spravato": self.canary("spravato", "sam").consult("accepted", "spravato", **self.names),
            "psychotherapy": self.canary("therapy", "pia").consult("booked", "psychotherapy", **self.names),
        }
        self.done = self.canary("done", "tess").consult("completed", "tms", **self.names)
        self.both = self.canary("both", "tess", "pia").routed("tms", "psychotherapy", **self.names)
        papers.print_one_of(self.new, self.cast.cora)
        for key, name in TEAM.items():
            papers.print_one_of(self.own[key], getattr(self.cast, name))
        self.asked = self.canary("asked").awaiting_patient(**self.names)  # and a mail lies in the outbox
        with_mail(self.cast.clara)
        a_row(self.cast, self.cast.clara)
        exported(referral=None, actor=self.cast.cora, details={"rows": 1, "form": "csv"})
        self.canary("draft")
        self.draft = abandoned_draft(self.names["about.first_name"])
        assert Submission.objects.count() == len(self.canaries)

    def canary(self, word: str, *team: str) -> Clinic:
        """The next referral is called so; the desk and these team members may know it."""
        name = f"Canary{word}bird"
        self.canaries[name.lower()] = {*DESK, *team}
        self.names = {
            "about.first_name": name,
            "about.last_name": name,
            "about.email": f"{name}@example.org",
            "about.phone": f"+1 212 555 {name}",
            "reason.goals": f"Goals of {name}",
        }
        return self.clinic

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            client.force_login(self.nora if role == "nora" else getattr(self.cast, role))
        return client

    def seen_in(self, response) -> set[str]:
        """The canaries in what was answered: the page, its headers, where it leads."""
        text = f"{response.headers}".lower()
        text += (
            (b"".join(response) if response.streaming else response.content)
            .decode("utf-8", "replace")
            .lower()
        )
        return {canary for canary in self.canaries if canary in text}

    def strange_to(self, role: str) -> set[str]:
        return {canary for canary, known in self.canaries.items() if role not in known}


@pytest.fixture(scope="module")
def stored_world(committed) -> World:
    with override_settings(SENDS_MAIL=True):
        return World(Clinic(hire(), arrive))


@pytest.fixture
def world(stored_world, db, settings) -> World:
    """The world of the module: what a test does to it is forgotten, in the database and here."""
    settings.SENDS_MAIL = True
    return deepcopy(stored_world)


@pytest.fixture
def cast(world) -> Cast:
    return world.cast


# --- Every address ------------------------------------------------------------------------------------------


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its pattern, as the resolver knows them."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


def of_admin() -> list[tuple[str, URLPattern]]:
    return [(route, each) for route, each in patterns() if route.startswith("admin/")]


def rows_of(route: str, world: World) -> list:
    """Ids of the model that the route is about: one of each kind, one that is somebody else's, one of nothing."""
    model = route.split("/")[2]
    if model == "referral":
        return [world.new.pk, world.held.pk, *(each.referral_id for each in world.own.values()), NOWHERE]
    if model.endswith("consult"):
        consults = [*world.own.values(), world.done, world.withdrawn, world.returned]
        return [*(each.pk for each in consults), *world.both.consults.values_list("pk", flat=True), NOWHERE]
    if model == "alert":
        return [*(alert.number for alert in Alert.objects.all()), NOWHERE]
    if model == "submission":
        return [world.new.submission_id, world.draft.pk, NOWHERE]
    rows = apps.get_model(route.split("/")[1], model).objects.order_by("pk")
    return [*rows.values_list("pk", flat=True)[:2], NOWHERE]


def fillings(route: str, world: World) -> Iterator[dict]:
    """What to put into the route's blanks; a blank that nobody thought of fails the test."""
    blanks = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route.replace("(?P", "")))
    if blanks not in FILLINGS:
        pytest.fail(f"Say in test_access.FILLINGS what stands in {route}")
    for values in FILLINGS[blanks](route, world):
        yield dict(zip(blanks, values, strict=True))


def newest_of_each_kind(route: str, world: World) -> Iterator[tuple]:
    for kind in ContentType.objects.all():
        for row in kind.model_class().objects.order_by("-pk")[:1]:
            yield kind.pk, row.pk


def rows_and_actions(route: str, world: World) -> Iterator[tuple]:
    staff_actions = REFERRAL_ACTIONS if "/referral/" in route else CONSULT_ACTIONS | BY_TEAMS
    for action in [*staff_actions, "nonsense"]:
        # Each action on one of each kind would be the same page ten times over.
        rows = rows_of(route, world)
        for row in rows if action in ("note", "accept") else rows[1:2]:
            yield row, action


def rows_and_events(route: str, world: World) -> Iterator[tuple]:
    decided = Event.objects.filter(assessment__isnull=False).order_by("pk")
    field = "referral" if "/referral/" in route else "referral__consults"
    for row in rows_of(route, world):
        for event in {*decided.filter(**{field: row})[:3], *decided[:1], Event(pk=NOWHERE)}:
            yield row, event.pk


def rows_and_papers(route: str, world: World) -> Iterator[tuple]:
    """Papers of the row, one of somebody else, and one of nothing."""
    field = "referral" if "/referral/" in route else "referral__consults"
    kept = PrintedPaper.objects.order_by("pk")
    for row in rows_of(route, world):
        for paper in {*kept.filter(**{field: row})[:2], *kept[:1], PrintedPaper(pk=NOWHERE)}:
            yield row, paper.pk


def one_blank(*values) -> Callable[[str, World], Iterator[tuple]]:
    return lambda route, world: ((value,) for value in values)


def rows(route: str, world: World) -> Iterator[tuple]:
    return ((row,) for row in rows_of(route, world))


def reviewed(route: str, world: World) -> Iterator[tuple]:
    """What stands before the privacy officer, a closed one, and what never did."""
    items = to_review(world.cast.olive).items
    yield from ((item.newest, item.why) for item in [*items[:2], *items[-2:]])
    yield from ((NOWHERE, "looks"), (items[0].newest, "nonsense"))


FILLINGS: dict[tuple[str, ...], Callable[[str, World], Iterator[tuple]]] = {
    (): lambda route, world: iter([()]),
    ("content_type_id", "object_id"): newest_of_each_kind,
    ("object_id", "action"): rows_and_actions,
    ("object_id", "event_id"): rows_and_events,
    ("object_id", "paper"): rows_and_papers,
    ("object_id",): rows,
    ("id",): rows,
    ("pk",): one_blank(NOWHERE),
    ("app_label",): one_blank("intake", "treatments", "auth"),
    ("object_id", "why"): reviewed,
    ("pack",): one_blank("AETNA-TMS", "nothing"),
    ("treatment",): one_blank(*QUEUES, "surgery"),
    ("form",): one_blank("csv", "xlsx", "exe"),
    ("url",): one_blank("nothing/here/"),
    ("key", "language"): lambda route, world: iter(
        [("letter_closed", "es"), ("close.other", "en"), ("letter_closed", "fr"), ("nothing", "en")]
    ),
    ("service",): one_blank(1, NOWHERE),
    ("key", "token"): lambda route, world: iter([("MQ", "abc-def")]),
}


def addresses(world: World, most: int = 1000) -> Iterator[tuple[str, str]]:
    """``(name of the pattern, address)`` for all of the admin, with lists searched and filtered too.

    At most so many of each pattern.
    """
    for route, pattern in of_admin():
        if pattern.name in ("logout", "account_logout") or (
            pattern.name is None and "<path:object_id>" in route
        ):
            continue  # the one ends the walk, the other is Django's redirect of an old form of address
        for blanks in islice(fillings(route, world), most):
            address = route
            for blank, value in blanks.items():
                address = re.sub(rf"<(?:\w+:)?{blank}>|\(\?P<{blank}>[^)]*\)", str(value), address)
            address = "/" + address.replace("^", "").replace("$", "")
            unread = blanks.get("action") in WITHOUT_READING
            yield UNREAD if unread else pattern.name or "", address
            if (pattern.name or "").endswith("_changelist"):
                # Never the whole canary: a search box says again what was searched for.
                for question in ("?show=all", "?q=canarywithdrawnb", "?show=completed&q=canary", "?o=1&all="):
                    yield pattern.name, address + question


def whatever_was_asked(world: World, address: str) -> dict:
    """A body that would do any action if it were allowed."""
    number = int(match.group(1)) if (match := re.search(r"/(\d+)/", address)) else 0
    row = (Consult if "consult/" in address else Referral).objects.filter(pk=number).first()
    return {
        "seen_version": row.version if row else 0,
        "note": "broke in",
        "done": "broke in",
        "reason": "other",
        "treatments": ["spravato"],
        "fields": ["history.episode_months"],
        "message": "broke in",
        "day": timezone.localdate().isoformat(),
        "consult": world.own["tms"].pk,
        "new_password1": "broke in broke in",
        "new_password2": "broke in broke in",
        "do": "end",
        "up_to": Event.objects.latest("pk").pk,
        **RECORD,
        "level": "low",
    }


def changes() -> list:
    """What shows whether anything was done: versions, states and owners, events that are not looks, rights, queues."""
    return [
        list(Referral.objects.order_by("pk").values_list("pk", "version", "state", "hold", "owner")),
        list(Consult.objects.order_by("pk").values_list("pk", "state")),
        Event.objects.exclude(kind__in=("opened", *Event.LISTINGS, "refused")).count(),
        list(User.objects.order_by("pk").values_list("pk", "password", "is_active", "is_superuser")),
        list(QueueSetting.objects.order_by("pk").values()),
        list(Shift.objects.order_by("pk").values()),
    ]


def test_every_address_of_the_admin_says_who_may_see_it():
    names = {pattern.name for route, pattern in of_admin() if pattern.name}
    assert names | {UNREAD} == {*SEES, "logout", "account_logout"}


@pytest.mark.walk
@pytest.mark.parametrize("role", [role for role in ROLES if role not in ALIKE])
def test_nobody_sees_a_page_or_a_person_that_is_not_theirs(role, world):
    client, strange, seen_at = world.client(role), world.strange_to(role), set()
    before, session, asked = changes(), client.cookies.get("sessionid"), 0
    for name, address in addresses(world, most=3 if role in STRANGERS else 1000):
        for method in METHODS:
            sent = whatever_was_asked(world, address) if method == "post" else {}
            asked += 1
            with transaction.atomic():
                response = getattr(client, method)(address, sent)
                where = f"{role} {method} {address} -> {response.status_code}"
                assert response.status_code < 500, where
                assert not world.seen_in(response) & strange, where
                if response.status_code == 200 and method != "options":
                    assert role in SEES.get(name, set()), where
                    seen_at.add(name)
                if method == "post" and role not in SEES.get(name, set()):
                    assert changes() == before, where
                transaction.set_rollback(True)
            if session:  # a new password or a new form brings a new one, and that was rolled back
                client.cookies["sessionid"] = session.value
    mine = {name for name, who in SEES.items() if role in who}
    assert mine - seen_at == set(), "the table promises pages that were never shown"
    proving.figure("{n:,} requests by nine roles and two strangers: 0 unauthorized sightings", asked)


def test_the_walk_would_find_a_hole(world, monkeypatch):
    """A planted one: every team may read the whole desk."""
    from treatments.admin.queues import QueueAdmin

    monkeypatch.setattr(QueueAdmin, "get_queryset", lambda self, request: self.model.objects.all())
    client, strange = world.client("tess"), world.strange_to("tess")
    found = set()
    for row in rows_of("admin/treatments/tmsconsult/", world):
        found |= world.seen_in(client.get(f"/admin/treatments/tmsconsult/{row}/")) & strange
    proving.control(f"a queue that shows the whole desk: {len(found)} strangers seen")
    assert found


def test_the_desk_sees_everybody(world):
    client = world.client("cora")
    response = client.get("/admin/treatments/referral/?show=all")
    assert world.seen_in(response) == set(world.canaries) - {"canarydraftbird"}
    assert "canarydraftbird" in world.seen_in(client.get("/admin/treatments/alert/"))


@pytest.mark.parametrize(("treatment", "role"), TEAM.items())
def test_a_team_sees_its_own_people_and_no_others(treatment, role, world):
    client = world.client(role)
    seen = set()
    for question in ("", "?show=completed"):
        seen |= world.seen_in(client.get(f"/admin/treatments/{treatment}consult/{question}"))
    assert seen == {canary for canary, known in world.canaries.items() if role in known}


# --- A team can't even tell that others exist ------------------------------------------------------------


def alike(first, second) -> bool:
    """The same answer but for the address and the form's token."""

    def bare(response) -> str:
        text = re.sub(r"\d+", "N", response.content.decode())
        return re.sub(r'value="\w{40,}"', "", text)

    return first.status_code == second.status_code and bare(first) == bare(second)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_team_cannot_tell_a_referral_of_another_queue_from_one_that_is_not_there(method, world):
    client = world.client("tess")
    strange = [world.own["spravato"], world.own["psychotherapy"], world.withdrawn, world.returned]
    ends = ["", "brief/", *(f"{action}/" for action in [*REFERRAL_ACTIONS, *CONSULT_ACTIONS, "nonsense"])]
    for consult in strange:
        for queue in {"tms", consult.treatment}:
            for end in ends if consult == strange[0] else ["", "accept/", "note/"]:
                there, nowhere = (
                    getattr(client, method)(
                        f"/admin/treatments/{queue}consult/{pk}/{end}", {"seen_version": 0}
                    )
                    for pk in (consult.pk, NOWHERE)
                )
                assert alike(there, nowhere), f"{queue} {consult.pk} {end}"
                assert there.status_code in (403, 404)
        for end in ["", "brief/", "document/", "claim/", "route/"]:
            there, nowhere = (
                getattr(client, method)(f"/admin/treatments/referral/{pk}/{end}", {"seen_version": 0})
                for pk in (consult.referral_id, NOWHERE)
            )
            assert alike(there, nowhere)


def test_a_team_cannot_search_for_people_of_another_queue(world):
    client = world.client("tess")
    for queue in QUEUES:
        for words in ("canaryspravatob", "nobodyatall"):
            response = client.get(f"/admin/treatments/{queue}consult/", {"q": words, "show": "completed"})
            assert response.status_code == (200 if queue == "tms" else 403)
            assert queue != "tms" or not list(response.context["cl"].result_list)


def test_the_shortcut_and_the_autocomplete_tell_nobody_what_exists(world):
    kind = ContentType.objects.get_for_model(Referral)
    for role in ROLES:
        client = world.client(role)
        there, nowhere = (client.get(f"/admin/r/{kind.pk}/{pk}/") for pk in (world.held.pk, NOWHERE))
        assert there.status_code == nowhere.status_code
    asked = {"app_label": "treatments", "model_name": "consult", "field_name": "referral", "term": "canary"}
    for role in set(ROLES) - DESK:
        assert world.client(role).get("/admin/autocomplete/", asked).status_code in (302, 403, 404)


# --- Questions in the address that no filter asks -------------------------------------------------------

ORACLES = [
    ("olive", "treatments/event", "note__contains=fits"),
    ("olive", "treatments/event", "details__treatments__0=tms"),
    ("olive", "treatments/event", "assessment__hold__level=urgent"),
    ("olive", "treatments/event", "referral__first_name__startswith=C"),
    ("tess", "treatments/tmsconsult", "referral__events__note__contains=x"),
    ("tess", "treatments/tmsconsult", "referral__consults__treatment=spravato"),
    ("tess", "treatments/tmsconsult", "referral=1"),
    ("adam", "auth/user", "referrals__first_name__startswith=C"),
    ("adam", "auth/user", "referrals=1"),
    ("adam", "auth/user", "password__startswith=md5"),
    ("adam", "treatments/oncallnotice", "alarm__danger=harm_to_others"),
    ("adam", "intake/submission", "alarms__danger=harm_to_others"),
    ("adam", "intake/submission", "answers__about__first_name__startswith=C"),
    ("adam", "intake/outgoingmail", "to__startswith=c"),
    ("adam", "intake/outgoingmail", "body__contains=question"),
]


@pytest.mark.parametrize(("role", "where", "question"), ORACLES)
def test_a_question_in_the_address_reads_no_column_that_is_not_shown(role, where, question, cast, signed_in):
    """Else whoever sees only that a row exists could spell out what it says, letter by letter."""
    response = signed_in(getattr(cast, role)).get(f"/admin/{where}/?{question}")
    assert response.status_code == 400


# --- Actions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"cora", "carl"}))
def test_nobody_but_coordinators_routes(role, world):
    client = world.client(role)
    for referral in (world.new, world.held, world.closed, world.both):
        before = changes()
        body = whatever_was_asked(world, f"/admin/treatments/referral/{referral.pk}/")
        response = client.post(f"/admin/treatments/referral/{referral.pk}/route/", body)
        assert response.status_code in (302, 403, 404)
        assert changes() == before


def test_somebody_who_has_left_is_out_at_once(world):
    client = world.client("cora")
    assert client.get("/admin/treatments/referral/").status_code == 200
    world.cast.cora.is_active = False
    world.cast.cora.save()
    response = client.get("/admin/treatments/referral/")
    assert response.status_code == 302
    assert not world.seen_in(response)


# --- What is public -----------------------------------------------------------------------------------------

# Everything a stranger reaches without signing in. A new one belongs here only after somebody thought about it.
PUBLIC = {
    "admin:login",
    "admin:account_login",
    "admin:account_logout",
    "admin:mfa_authenticate",
    "admin:set_password",
    "intake:start",
    "intake:colors",
    "intake:language",
    "intake:tasks",
    "intake:check",
    "intake:send",
    "intake:done",
    "intake:record",
    "intake:leave",
    "intake:cleared",
    "intake:later",
    "intake:mail-link",
    "intake:link-mailed",
    "intake:text-link",
    "intake:remind",
    "intake:reminders",
    "intake:make-code",
    "intake:code",
    "intake:come-back",
    "intake:link",
    "intake:new-link",
    "intake:new-link-asked",
    "intake:was-sent",
    "intake:page",
    "intake:memory",
    "intake:more",
    "intake:names",
    "intake:help",
    "intake:entry",
    "intake:remove",
    "intake:status",
    "intake:message",
    "intake:withdraw",
    "intake:substance-use",
    "intake:questions",
    "intake:status-help",
    "intake:send-reference",
    "intake:later-page",
    "intake:status-later",
    "intake:status-calendar",
}


def test_the_public_pages_are_these_and_no_others():
    public = set()
    for route, pattern in patterns():
        if not getattr(pattern.callback, "login_required", True):
            space = "admin" if route.startswith("admin/") else "intake"
            public.add(f"{space}:{pattern.name}")
    assert public == PUBLIC


@pytest.mark.walk
def test_everything_else_sends_a_stranger_to_the_sign_in(world):
    client = world.client("anonymous")
    for name, address in addresses(world, most=2):
        if name not in ("login", "account_login", "set_password"):
            response = client.get(address)
            assert response.status_code == 302, address
            assert response.url.startswith("/admin/login/"), address


@pytest.mark.walk
def test_the_pages_of_patients_show_a_stranger_nobody(world):
    client = world.client("anonymous")
    for route, _pattern in patterns():
        if not route.startswith("admin/"):
            address = "/" + re.sub(r"\(\?P<slug>[^)]*\)|<slug:slug>", "about", route)
            address = (
                re.sub(r"\(\?P<key>[^)]*\)", "0123456789abcdef", address).replace("^", "").replace("$", "")
            )
            for method in ("get", "post", "head", "put", "delete"):
                response = getattr(client, method)(address)
                assert response.status_code < 500, f"{method} {address}"
                assert not world.seen_in(response), f"{method} {address}"


def test_a_member_of_staff_is_nobody_on_the_pages_of_patients(world):
    client = world.client("cora")
    for address in ("/", "/intake/", "/intake/check/", "/intake/record/", "/intake/done/", "/status/"):
        assert not world.seen_in(client.get(address, follow=True)), address


# --- Breaking in: whatever is sent, the answer is a clear page -------------------------------------------

BIG = "9" * 30
LISTS = {
    "treatments/referral": "cora",
    "treatments/alert": "cora",
    "treatments/tmsconsult": "tess",
    "treatments/event": "olive",
    "treatments/oncallnotice": "adam",
    "treatments/shift": "adam",
    "auth/user": "adam",
    "auth/group": "adam",
    "intake/submission": "adam",
    "intake/outgoingmail": "adam",
}
QUESTIONS = [
    f"p={BIG}",
    "p=-1",
    "p=x",
    "p=",
    "o=1.2.3",
    f"o={BIG}",
    "o=-x.y",
    "e=1",
    "all=&p=2",
    "_facets=1",
    "_popup=1",
    "_to_field=password",
    "_to_field=id",
    "show=..",
    "received=..",
    "received=99999999999",
    "supported=__class__",
    "hold__exact=%00",
    "hold__exact=%FF",
    "hold__exact=x&hold__exact=y",
    "hold__in=a,b",
    "hold__isnull=x",
    "hold_rules__contains=x",
    f"id__in={BIG}",
    f"id__exact={BIG}",
    f"owner={BIG}",
    f"groups__id__exact={BIG}",
    f"groups={BIG}",
    "day=2026-02-30",
    "day=0001-01-01",
    "day=9999-12-31",
    f"who={BIG}",
    "who=x",
    "within=0",
    "how=x",
    "at__year=99999999",
    "at__year=0",
    f"at__gte={BIG}",
    "at__gte=2026-02-30",
    "at__gte=9999-12-31&at__lt=0001-01-01",
    "at__range=",
    "at__isnull=perhaps",
    "created_at__year=0",
    "date_joined__year=99999999",
    "received_at__year=-1",
    "first_name__regex=[]",
    "search__regex=(",
    "kind__exact=x",
    "is_active__exact=perhaps",
    "a__b__c__d=1",
    "__=1",
    "=1",
    "q=%F0%9F%98%80",
    "q=%FF%FE",
    "q=%25_%5C%27%22",
    "q=" + "x" * 3900,
    "q=" + "x" * 5000,
    "_changelist_filters=" + "%25" * 300,
    "_changelist_filters=q%3D%00",
    "_changelist_filters=//evil.example",
]


@pytest.mark.walk
@pytest.mark.parametrize(("where", "role"), LISTS.items())
def test_no_question_in_the_address_of_a_list_breaks_it(where, role, world):
    client = world.client(role)
    for question in QUESTIONS:
        with transaction.atomic():
            response = client.get(f"/admin/{where}/?{question}")
            assert response.status_code < 500, f"/admin/{where}/?{question[:80]}"
            transaction.set_rollback(True)


@pytest.mark.walk
@pytest.mark.parametrize("role", ["cora", "tess", "olive", "adam", "sid"])
def test_no_address_breaks_the_admin(role, cast, signed_in):
    client = signed_in(getattr(cast, role))
    found = [f"/admin/r/{kind}/{row}/" for kind in (BIG, "x", "-1") for row in ("1", "x", BIG)]
    for model in LISTS:
        for row in ("0", "-1", BIG, "9" * 300, "x", "%00", "%2F", "\u0663"):
            found += [f"/admin/{model}/{row}/{end}" for end in ("", "change/", "claim/", "brief/")]
    found += [
        "/admin/autocomplete/?app_label=auth&model_name=user&field_name=groups&page=x",
        f"/admin/autocomplete/?app_label=auth&model_name=user&field_name=groups&page={BIG}",
        "/admin/autocomplete/?app_label=x&model_name=y&field_name=z",
        "/admin/jsi18n/?language=%00",
        "/admin/login/?next=//evil.example",
        "/admin/login/?next=%0d%0aSet-Cookie:x",
        "/admin/password_change/?x=" + "y" * 5000,
    ]
    for address in found:
        with transaction.atomic():
            response = client.get(address)
            assert response.status_code < 500, address
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["cora", "sid"])
def test_no_key_breaks_the_shortcut_to_an_object(role, world):
    client = world.client(role)
    for kind in ContentType.objects.values_list("pk", flat=True):
        for row in ("1", "x", BIG):
            with transaction.atomic():
                assert client.get(f"/admin/r/{kind}/{row}/").status_code < 500
                transaction.set_rollback(True)


BODIES = [
    ("application/json", b'{"seen_version": 0}'),
    ("text/xml", b"<x/>"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"garbage"),
    ("multipart/form-data; boundary=" + "x" * 500, b"y"),
    ("application/x-www-form-urlencoded", b"%ff=%fe&seen_version=\xff&note=%00"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(2000))),
    ("application/x-www-form-urlencoded", b"note=" + b"x" * 3_000_000),
    ("application/x-www-form-urlencoded; charset=bogus", b"seen_version=1"),
    ("", b"seen_version=1"),
]
TAMPERED = [
    {},
    {"seen_version": BIG},
    {"seen_version": "\x00", "note": "\x00", "reason": "\x00", "consult": "\x00", "treatments": "\x00"},
    {"seen_version": "0", "consult": BIG, "note": "x", "fields": ["__class__"], "message": "x"},
    {"seen_version": ["0", "1"], "treatments": ["tms"] * 50, "reason": "x" * 20_000},
    {"seen_version": "0", "day": "9999-12-31", "reason": "other", "note": "\U0001f600\u202e"},
    {"seen_version": "0", "day": "0001-01-01"},
]


@pytest.mark.walk
@pytest.mark.parametrize("role", ["cora", "clara", "tess", "anonymous"])
def test_no_body_of_an_action_breaks_it(role, world):
    client = world.client(role)
    tess = role == "tess"
    rows = [("tmsconsult", world.own["tms"].pk)] if tess else [("referral", world.held.pk)]
    rows += [("alert", world.draft.number)]
    for model, pk in rows:
        staff_actions = (
            CONSULT_ACTIONS
            if "consult" in model
            else REFERRAL_ACTIONS
            if model == "referral"
            else ALERT_ACTIONS
        )
        for action in staff_actions:
            address = f"/admin/treatments/{model}/{pk}/{action}/".replace("//", "/")
            sent = [lambda a=address, d=data: client.post(a, d) for data in TAMPERED]
            if action in ("note", "accept", "withdraw", ""):
                sent += [
                    lambda a=address, k=kind, b=body: client.generic("POST", a, b, content_type=k)
                    for kind, body in BODIES
                ]
                sent += [
                    lambda a=address, m=method: getattr(client, m)(a)
                    for method in ("head", "put", "patch", "delete", "options", "trace")
                ]
            for send in sent:
                with transaction.atomic():
                    response = send()
                    assert response.status_code < 500, address
                    transaction.set_rollback(True)


COOKIES = [
    "sessionid=" + "x" * 5000,
    r'csrftoken="\000"; django_language="\000"; messages="\000"',
    "sessionid=%00%00%00%00%00%00%00%00%00",
]
HEADERS = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 10_000},
    {"HTTP_ACCEPT_LANGUAGE": "zz;q=x,*;;"},
    {"HTTP_REFERER": "\x00"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://[x"},
    {"CONTENT_LENGTH": "x"},
    {"HTTP_X_FORWARDED_PROTO": "x"},
]


@pytest.mark.parametrize(
    "address", ["/", "/intake/", "/intake/name/", "/status/", "/admin/", "/admin/login/"]
)
def test_no_cookie_header_or_body_of_a_stranger_breaks_a_page(address, db):
    for checks in (True, False):
        client = Client(raise_request_exception=False, enforce_csrf_checks=checks)
        for method in ("get", "post"):
            for more in [*HEADERS, *({"HTTP_COOKIE": cookie} for cookie in COOKIES)]:
                with transaction.atomic():
                    response = getattr(client, method)(address, **more)
                    assert response.status_code < 500, f"{method} {address} {more}"
                    transaction.set_rollback(True)
        for kind, body in BODIES:
            response = client.generic("POST", address, body, content_type=kind)
            assert response.status_code < 500, f"{address} {kind}"


@pytest.mark.parametrize(("address", "status"), [("/", 302), ("/intake/", 404)])
def test_a_body_that_claims_another_character_set_is_read_as_utf_8(address, status, db):
    kind = "application/x-www-form-urlencoded; charset="
    answers = [
        Client(raise_request_exception=False).generic(
            "POST", address, b"seen_version=1", content_type=kind + name
        )
        for name in ("utf-8", "utf-16", "utf-7", "nonsense")
    ]
    assert [response.status_code for response in answers] == [status] * 4


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["/", "/intake/", "/admin/", "/status/"])
def test_a_null_character_in_a_cookie_breaks_nothing(address, db):
    """PostgreSQL stores none, and the session is looked up by what the cookie says."""
    cookie = r'sessionid="\000\000\000\000\000\000\000\000\000\000"'
    with transaction.atomic():
        response = Client(raise_request_exception=False).get(address, HTTP_COOKIE=cookie)
        assert response.status_code < 500
        transaction.set_rollback(True)


@pytest.mark.parametrize("username", ["\x00", "x" * 100_000, "' or 1=1 --", "cora\n"])
def test_no_name_breaks_the_sign_in(username, cast):
    response = Client(raise_request_exception=False).post(
        "/admin/login/", {"username": username, "password": username}
    )
    assert response.status_code == 200
    assert "sessionid" not in response.cookies


def test_a_action_needs_the_pages_own_token(world):
    """A form on another site can't act for somebody who is signed in here."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.cora)
    before = changes()
    response = client.post(f"/admin/treatments/referral/{world.new.pk}/claim/", {"seen_version": 0})
    assert response.status_code == 409
    assert changes() == before


def test_the_admin_knows_no_model_that_nobody_thought_of():
    """Sessions, log entries and content types are registered nowhere."""
    labels = {model._meta.label_lower for model in admin.site._registry}
    assert labels == {
        "auth.user",
        "auth.group",
        "intake.submission",
        "intake.outgoingmail",
        "treatments.referral",
        "treatments.alert",
        "treatments.clinichours",
        "treatments.clinicprofile",
        "treatments.clinictextversion",
        "treatments.event",
        "treatments.noticedefaults",
        "treatments.packreview",
        "treatments.oncallnotice",
        "treatments.outsideserviceversion",
        "treatments.queuesetting",
        "treatments.shift",
        "treatments.tmsconsult",
        "treatments.spravatoconsult",
        "treatments.psychotherapyconsult",
    }
