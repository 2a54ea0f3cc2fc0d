"""The link by which staff set their password works with something stray behind it, too."""

import pytest
from django.urls import reverse

from intake.mail.account_links import password_link
from tests.pages import flat

pytestmark = pytest.mark.django_db

NEW = "a quiet green lantern"


@pytest.mark.parametrize("stray", ["", ".", ">", "%3E", "%22", ")", "%20", "=20", "%E2%80%8B"])
def test_something_stray_behind_the_link_keeps_nobody_out(cast, client, settings, stray):
    path = password_link(cast.cora).removeprefix(settings.SITE_URL) + stray
    assert client.get(path).status_code == 200
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).url == reverse("admin:login")
    cast.cora.refresh_from_db()
    assert cast.cora.check_password(NEW)


def test_a_link_without_its_end_asks_whether_all_of_it_was_copied(cast, client, settings):
    path = password_link(cast.cora).removeprefix(settings.SITE_URL)
    cut = client.get(f"{path[:-4]}/")
    assert cut.status_code == 404
    assert "Did you copy all of it" in flat(cut)
