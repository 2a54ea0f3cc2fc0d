"""Staff accounts: nobody changes their own, nobody types another's password, and every change is an event."""

import io
import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils.http import urlsafe_base64_encode

from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail
from tests.conftest import Cast, fresh
from tests.pages import flat
from treatments.figures.to_review import to_review
from treatments.models import Event
from treatments.triage.access_review import review
from treatments.triage.accounts import (
    change_account,
    end_account,
    give_link,
    make_account,
    resume_account,
    set_password,
    state_of,
)
from treatments.workflow import Refused

LIST = "/admin/auth/user/"
NEW = "a quiet lantern by the river"


def page_of(account: User) -> str:
    return f"{LIST}{account.pk}/"


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def names(account: User) -> set[str]:
    return set(account.groups.values_list("name", flat=True))


def form(account: User, *groups: str, **more) -> dict:
    """What the page of an account sends."""
    sent = {"first_name": account.first_name, "last_name": account.last_name, "email": account.email}
    keys = [group(name).pk for name in groups]
    return {**sent, "groups": keys, "seen": state_of(account), "do": "change", **more}


def kinds(**about) -> list[str]:
    return list(Event.objects.filter(**about).order_by("pk").values_list("kind", flat=True))


def link_on(response) -> str:
    """The path of the link that a page shows."""
    (found,) = re.findall(r"http://localhost:8000(/admin/set-password/[-\w/]+)", response.content.decode())
    return found


@pytest.fixture
def adam(cast, signed_in) -> Client:
    return signed_in(cast.adam)


@pytest.fixture
def olive(cast, signed_in) -> Client:
    return signed_in(cast.olive)


# --- A new account ---------------------------------------------------------------------------------------

NELL = {"first_name": "Nell", "last_name": "New", "email": "", "username": "nell"}


def test_a_new_account_works_as_soon_as_its_link_is_used(adam, client, cast):
    shown = adam.post(f"{LIST}add/", {**NELL, "groups": [group("TMS team").pk]})
    assert not client.login(username="nell", password="")
    assert client.post(link_on(shown), {"new_password1": NEW, "new_password2": NEW}).url == "/admin/login/"
    assert client.post("/admin/login/", {"username": "nell", "password": NEW}).status_code == 302
    assert client.get("/admin/treatments/tmsconsult/").status_code == 200
    assert client.get("/admin/treatments/referral/").status_code == 403
    nell = User.objects.get(username="nell")
    assert kinds(account=nell) == [
        "account_made",
        "access_opened",
        "password_link",
        "access_opened",
        "password_set",
    ]
    assert Event.objects.get(account=nell, kind="account_made").actor == cast.adam
    assert Event.objects.get(account=nell, kind="password_set").actor == nell


def test_two_accounts_do_not_share_a_user_name_whatever_its_letters(adam):
    shown = adam.post(f"{LIST}add/", {**NELL, "username": "Cora"})
    assert "There is an account with this user name." in flat(shown)
    assert User.objects.filter(username__iexact="cora").count() == 1


@pytest.mark.parametrize(
    "forged", [{"is_superuser": "on"}, {"user_permissions": [1]}, {"password1": NEW}, {"is_staff": ""}]
)
def test_a_new_account_has_nothing_but_its_groups(adam, forged):
    adam.post(f"{LIST}add/", {**NELL, "groups": [], **forged})
    nell = User.objects.get(username="nell")
    assert (nell.is_superuser, nell.is_staff, nell.user_permissions.count()) == (False, True, 0)
    assert not nell.has_usable_password()


@pytest.mark.parametrize("odd", ["9" * 30, "-1", "\x00", "x" * 20_000, ""])
def test_a_team_that_does_not_exist_is_an_error_at_its_field(adam, cast, odd):
    for page, sent in ((f"{LIST}add/", NELL), (page_of(cast.tess), form(cast.tess))):
        response = adam.post(page, {**sent, "groups": [odd]})
        assert response.status_code == 200 and "There is no such team." in flat(response)
    assert names(cast.tess) == {"TMS team"} and not User.objects.filter(username="nell").exists()


# --- One's own rights ----------------------------------------------------------------------------------


def test_an_administrator_cannot_tick_groups_on_himself_by_a_forged_post(adam, cast):
    for forged in (form(cast.adam, "Coordinators", "Clinic administrators"), {"do": "link"}, {"do": "end"}):
        response = adam.post(page_of(cast.adam), forged)
        assert (response.status_code, names(cast.adam)) == (409, {"Clinic administrators"})
        assert "Your own account is changed by another administrator." in flat(response)
    assert fresh(cast.adam).is_active and fresh(cast.adam).has_usable_password()
    assert not Event.objects.filter(account=cast.adam).exists()
    assert (
        "<button"
        not in adam.get(page_of(cast.adam)).content.decode().split("content-main")[-1].split("form")[0]
    )


@pytest.mark.parametrize("end", ["change/", "password/", "delete/", "history/"])
def test_the_stock_pages_of_accounts_are_gone(adam, cast, end):
    response = adam.post(
        f"{page_of(cast.cora)}{end}", {"password1": NEW, "password2": NEW, "is_superuser": "on"}
    )
    assert response.status_code == 404
    assert not fresh(cast.cora).check_password(NEW)


def test_nobody_gains_a_right_by_changing_a_group_that_they_are_in(adam, cast):
    own = group("Clinic administrators")
    more = Permission.objects.get(codename="view_referral")
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    for client in (adam, root):
        for address in (f"/admin/auth/group/{own.pk}/change/", "/admin/auth/group/add/"):
            assert client.post(address, {"name": own.name, "permissions": [more.pk]}).status_code in (
                403,
                404,
            )
    assert more not in own.permissions.all()
    assert set(Group.objects.values_list("name", flat=True)) == {
        *("Coordinators", "Clinicians", "TMS team", "Spravato team", "Psychotherapy team"),
        *("Privacy officers", "Clinic administrators"),
    }


def test_a_superuser_gives_themselves_no_group_either(cast):
    root = User.objects.create_superuser("root")
    with pytest.raises(Refused):
        change_account(account=root, actor=root, groups=[group("Coordinators")])
    assert not root.groups.exists()


@pytest.mark.parametrize("do", ["change", "link", "end", "resume"])
@pytest.mark.parametrize("who", ["cora", "olive", "tess", "sid"])
def test_nobody_but_an_administrator_changes_an_account(cast, signed_in, who, do):
    response = signed_in(getattr(cast, who)).post(page_of(cast.pia), form(cast.pia, "Clinicians", do=do))
    assert response.status_code == 404
    assert names(cast.pia) == {"Psychotherapy team"}
    with pytest.raises(PermissionDenied):
        give_link(account=cast.pia, actor=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        make_account(actor=getattr(cast, who), username="nell", groups=[])


def test_an_administrator_does_not_touch_a_superusers_account(adam):
    root = User.objects.create_superuser("root", password=NEW, first_name="Root")
    for do in ("change", "link", "end"):
        assert adam.post(page_of(root), form(root, "Coordinators", do=do)).status_code == 403
    assert fresh(root).is_active and fresh(root).check_password(NEW)


# --- Changes -----------------------------------------------------------------------------------------------


def test_a_change_is_an_event_that_says_what_was_given_and_taken(adam, cast, olive):
    adam.post(page_of(cast.pia), form(cast.pia, "TMS team", "Clinicians", last_name="Modelli"))
    assert names(cast.pia) == {"TMS team", "Clinicians"}
    event = Event.objects.get(kind="account_changed")
    assert (event.actor, event.account) == (cast.adam, cast.pia)
    assert event.details == {
        **{"given": "Clinicians, TMS team", "taken": "Psychotherapy team"},
        "changed": "last name",
    }
    told = flat(olive.get("/admin/treatments/event/", {"q": "pia"}))
    assert "given: Clinicians, TMS team, taken: Psychotherapy team, changed: last name" in told
    assert "given: Clinicians, TMS team" in flat(adam.get(page_of(cast.pia)))


def test_a_change_of_nothing_is_no_event(adam, cast):
    assert adam.post(page_of(cast.pia), form(cast.pia, "Psychotherapy team")).status_code == 302
    assert kinds(account=cast.pia) == []


def test_a_change_over_another_administrators_is_refused(adam, cast):
    sent = form(cast.pia, "TMS team")
    change_account(account=cast.pia, actor=cast.adam, groups=[group("Clinicians")])
    response = adam.post(page_of(cast.pia), sent)
    assert response.status_code == 409
    assert names(cast.pia) == {"Clinicians"}


def test_an_account_that_is_ended_signs_out_at_once_and_for_good(cast, signed_in):
    cora = signed_in(cast.cora)
    assert cora.get("/admin/treatments/referral/").status_code == 200
    end_account(account=cast.cora, actor=cast.adam)
    end_account(account=cast.cora, actor=cast.adam)
    assert cora.get("/admin/treatments/referral/").status_code == 302
    resume_account(account=cast.cora, actor=cast.adam)
    assert cora.get("/admin/treatments/referral/").status_code == 302
    assert kinds(account=cast.cora) == ["account_ended", "account_resumed", "access_opened"]


def test_an_ended_account_gets_no_link(adam, cast):
    end_account(account=cast.cora, actor=cast.adam)
    assert adam.post(page_of(cast.cora), {"do": "link"}).status_code == 409


# --- The link ----------------------------------------------------------------------------------------------


def test_a_link_ends_the_old_password_and_works_once(adam, cast, client):
    path = link_on(adam.post(page_of(cast.cora), {"do": "link"}))
    assert not fresh(cast.cora).has_usable_password()
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert fresh(cast.cora).check_password(NEW)
    again = "another quiet lantern"
    assert client.post(path, {"new_password1": again, "new_password2": again}).status_code == 404
    assert client.get(path).status_code == 404
    assert fresh(cast.cora).check_password(NEW)


def test_a_new_link_ends_the_one_before(adam, cast, client):
    first, second = (link_on(adam.post(page_of(cast.cora), {"do": "link"})) for _time in range(2))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_link_used_twice_at_once_sets_one_password(adam, cast):
    token = link_on(adam.post(page_of(cast.cora), {"do": "link"})).split("/")[-2]
    set_password(account=cast.cora, password=NEW, token=token)
    with pytest.raises(Refused):
        set_password(account=cast.cora, password="another one entirely", token=token)
    assert fresh(cast.cora).check_password(NEW)


def test_the_link_of_one_account_sets_no_other_password(adam, cast, client):
    path = link_on(adam.post(page_of(cast.cora), {"do": "link"}))
    key = urlsafe_base64_encode(str(cast.adam.pk).encode())
    of_adam = f"/admin/set-password/{key}/{path.split('/')[-2]}/"
    assert client.post(of_adam, {"new_password1": NEW, "new_password2": NEW}).status_code == 404
    assert not fresh(cast.adam).check_password(NEW)


@pytest.mark.parametrize("key", ["MQ", "x", "99999999999999999999", "LTE"])
def test_a_link_that_is_none_says_so_and_no_more(cast, client, key):
    response = client.get(f"/admin/set-password/{key}/abc-def/")
    assert response.status_code == 404
    assert "This link does not work" in flat(response)


def test_a_weak_password_is_refused_and_the_link_still_works(adam, cast, client):
    path = link_on(adam.post(page_of(cast.cora), {"do": "link"}))
    assert client.post(path, {"new_password1": "short", "new_password2": "short"}).status_code == 200
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).status_code == 302


def test_setting_a_password_by_a_link_signs_nobody_in(adam, cast, client):
    path = link_on(adam.post(page_of(cast.cora), {"do": "link"}))
    client.post(path, {"new_password1": NEW, "new_password2": NEW})
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/treatments/referral/").status_code == 302


@override_settings(EMAIL_HOST="mail.example", SENDS_MAIL=True)
def test_where_there_is_a_mail_server_nobody_but_the_owner_sees_the_link(adam, cast, client):
    User.objects.filter(pk=cast.cora.pk).update(email="cora@example.org")
    response = adam.post(page_of(cast.cora), {"do": "link"}, follow=True)
    assert "set-password" not in response.content.decode()
    waiting = OutgoingMail.objects.get(account=cast.cora)
    assert "set-password" not in waiting.body
    send_due_mail()
    (path,) = re.findall(r"http://localhost:8000(/admin/set-password/[-\w/]+)", mail.outbox[0].body)
    assert mail.outbox[0].to == ["cora@example.org"]
    assert client.get(path).status_code == 200


def test_changing_ones_own_password_is_an_event(cast, signed_in):
    cora = signed_in(cast.cora)
    sent = {"old_password": "correct horse battery", "new_password1": NEW, "new_password2": NEW}
    assert cora.post("/admin/password_change/", {**sent, "old_password": "wrong"}).status_code == 200
    assert kinds(account=cast.cora) == []
    assert cora.post("/admin/password_change/", sent).status_code == 302
    assert fresh(cast.cora).check_password(NEW)
    assert kinds(account=cast.cora) == ["password_set"]
    assert cora.get("/admin/treatments/referral/").status_code == 200


# --- The privacy officer is told -------------------------------------------------------------------------

OPENING = {
    "a group": lambda cast: change_account(account=cast.sid, actor=cast.adam, groups=[group("Coordinators")]),
    "a link": lambda cast: give_link(account=cast.cora, actor=cast.adam),
    "an address": lambda cast: change_account(
        account=cast.tess, actor=cast.adam, groups=list(cast.tess.groups.all()), email="x@example.org"
    ),
    "a new account": lambda cast: make_account(
        actor=cast.adam, username="nell", groups=[group("Clinicians")]
    ),
    "an officer more": lambda cast: change_account(
        account=cast.sid, actor=cast.adam, groups=[group("Privacy officers")]
    ),
    "an officer fewer": lambda cast: change_account(account=cast.olive, actor=cast.adam, groups=[]),
    "the officer ended": lambda cast: end_account(account=cast.olive, actor=cast.adam),
}


@pytest.mark.parametrize("what", OPENING)
@override_settings(SENDS_MAIL=True)
def test_whatever_opens_patients_data_is_told_to_the_privacy_officer_at_once(cast, what):
    User.objects.filter(pk=cast.olive.pk).update(email="olive@example.org")
    OPENING[what](cast)
    event = Event.objects.get(kind="access_opened")
    assert event.actor == cast.adam
    (told,) = OutgoingMail.objects.filter(to="olive@example.org")
    assert "/admin/treatments/event/people/" in told.body


def test_what_opens_nothing_is_told_to_nobody(cast):
    change_account(account=cast.sid, actor=cast.adam, groups=[group("Clinic administrators")])
    change_account(account=cast.cora, actor=cast.adam, groups=[])
    end_account(account=cast.tess, actor=cast.adam)
    assert not Event.objects.filter(kind="access_opened").exists()


def test_it_stands_on_the_officers_home_page_until_she_has_closed_it(cast, olive):
    change_account(account=cast.sid, actor=cast.adam, groups=[group("Coordinators")])
    change_account(account=cast.sid, actor=cast.adam, groups=[group("Clinicians")])
    assert "To review in the record of access: 2." in flat(olive.get("/admin/"))
    assert not to_review(cast.adam).items
    newest = Event.objects.filter(kind="access_opened").latest("pk").pk
    page = f"/admin/treatments/event/{newest}/review/rights/"
    assert olive.post(page, {"reason": "agreed with Adam"}).status_code == 302
    assert "To review in the record of access: 1." in flat(olive.get("/admin/"))
    closings = Event.objects.filter(kind="access_reviewed", actor=cast.olive, account=cast.sid)
    assert closings.count() == 2  # the change, and that it opens patients' data


def test_another_officers_closing_clears_nobody_elses_list(cast, olive):
    change_account(account=cast.sid, actor=cast.adam, groups=[group("Privacy officers")])
    opened = Event.objects.get(kind="access_opened").pk
    review(actor=fresh(cast.sid), why="rights", events=[opened, opened - 1], reason="my own account")
    assert not to_review(fresh(cast.sid)).items
    assert "To review in the record of access: 1." in flat(olive.get("/admin/"))
    page = flat(olive.get(f"/admin/treatments/event/{opened}/review/rights/"))
    assert "closed it" in page and "my own account" in page
    review(actor=cast.olive, why="rights", events=[opened, opened - 1], reason="agreed with Adam")
    assert not to_review(cast.olive).items


def test_what_an_officer_had_looked_at_before_each_was_closed_by_itself_stays_looked_at(cast, olive):
    for name in ("Coordinators", "Clinicians"):
        change_account(account=cast.sid, actor=cast.adam, groups=[group(name)])
        newest = Event.objects.filter(kind="access_opened").latest("pk").pk
        Event.objects.create(kind="access_reviewed", actor=cast.olive, details={"up_to": newest})
    assert not to_review(cast.olive).items


def test_nobody_but_the_officer_closes_it(cast, adam):
    change_account(account=cast.sid, actor=cast.adam, groups=[group("Coordinators")])
    newest = Event.objects.get(kind="access_opened").pk
    page = f"/admin/treatments/event/{newest}/review/rights/"
    assert adam.post(page, {"reason": "never mind"}).status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        review(actor=cast.adam, why="rights", events=[newest], reason="never mind")


# --- The first administrator --------------------------------------------------------------------------------


def first_administrator(*words: str) -> str:
    said = io.StringIO()
    call_command("first_administrator", *words, stdout=said)
    return said.getvalue()


def test_the_first_administrator_has_the_right_group_and_sets_the_password_by_a_link(db, client):
    said = first_administrator("ada", "--email", "ada@example.org")
    (path,) = re.findall(r"http://localhost:8000(/admin/set-password/[-\w/]+)", said)
    client.post(path, {"new_password1": NEW, "new_password2": NEW})
    client.post("/admin/login/", {"username": "ada", "password": NEW})
    ada = User.objects.get(username="ada")
    assert names(ada) == {"Clinic administrators"} and not ada.is_superuser
    assert client.get(LIST).status_code == 200
    assert client.get("/admin/treatments/referral/").status_code == 403
    assert kinds(account=ada) == ["account_made", "password_link", "password_set"]


def test_there_is_no_second_first_administrator(cast: Cast):
    with pytest.raises(CommandError, match="There is an administrator already"):
        first_administrator("ada")
    assert "It works once" in first_administrator("adam")
    User.objects.filter(username="adam").update(is_active=False)
    with pytest.raises(CommandError, match="no administrator's"):
        first_administrator("cora")


def test_without_groups_the_first_administrator_is_not_made(db):
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="Run seed_groups first"):
        first_administrator("ada")
