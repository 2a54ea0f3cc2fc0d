"""The example of a clinic's settings: names that the app reads, no secret, and a start that asks for what is missing."""

import base64
import os
import secrets
import subprocess

import pytest

from clinic import environment
from tests.deploy.files import DEPLOY, UNITS, entry, settings_in
from tests.starting import manage

EXAMPLE = DEPLOY / "settings.example"
SECRET = {"SECRET_KEY": secrets.token_urlsafe(64)}


def test_every_name_is_a_setting_and_every_required_one_is_there_but_the_secret() -> None:
    given = settings_in(EXAMPLE)
    assert set(given) <= set(environment.READ)
    required = {"SECRET_KEY", "SEALING_KEYS", "DATABASE_URL", "ALLOWED_HOSTS"}
    assert required - set(given) - {name.removesuffix("_FILE") for name in given} == set(SECRET)
    assert not [name for name in ("DEBUG", "DEMO", "STAFF_SECOND_FACTOR", "HTTPS") if name in given]


def test_no_secret_stands_in_it() -> None:
    given = settings_in(EXAMPLE)
    assert [name for name in given if ("PASSWORD" in name or "KEY" in name) and given[name]] == [
        "SEALING_KEYS_FILE"
    ]


def test_the_shell_and_systemd_read_the_same() -> None:
    script = 'env -i sh -c \'set -a; . "$1"; env -0\' sh "$1"'
    read = subprocess.run(
        ["sh", "-c", script, "sh", EXAMPLE], capture_output=True, check=True, text=True
    ).stdout
    by_shell = dict(pair.split("=", 1) for pair in read.split("\0") if pair)
    assert {name: by_shell.get(name) for name in settings_in(EXAMPLE)} == settings_in(EXAMPLE)


@pytest.mark.anywhere
def test_the_app_starts_with_it_once_the_secrets_are_there(tmp_path) -> None:
    key = tmp_path / "sealing-keys"
    given = {**settings_in(EXAMPLE), "SEALING_KEYS_FILE": str(key)}
    assert "SECRET_KEY" in manage("check", environment=given).stderr
    assert "SEALING_KEYS_FILE" in manage("check", environment=given | SECRET).stderr
    key.write_bytes(base64.b64encode(os.urandom(32)))
    whole = manage("check", "--deploy", environment=given | SECRET)
    assert "no issues" in whole.stdout + whole.stderr


def test_every_service_reads_it_and_none_is_root() -> None:
    assert len(UNITS) >= 3
    assert {entry(unit, "EnvironmentFile") for unit in UNITS} == {"/etc/clinic/settings"}
    assert {entry(unit, "User") for unit in UNITS} == {"clinic", "clinic_owner"}
