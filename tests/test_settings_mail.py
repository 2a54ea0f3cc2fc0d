"""The settings of mail, links and on-call: sound ones start, odd ones stop the start with one sentence."""

import pytest

from tests.test_settings import SOUND, start

SERVER = {"EMAIL_HOST": "mail.clinic.example", "DEFAULT_FROM_EMAIL": "desk@clinic.example"}


@pytest.mark.parametrize(
    "more",
    [
        SERVER,
        {**SERVER, "ON_CALL_EMAIL": "on-call@clinic.example"},
        {"ON_CALL_WEBHOOK": "https://pager.example/hook?key=1"},
        {"TEXT_WEBHOOK": "https://texts.example/send?key=1", "TEXT_WEBHOOK_SECRET": "s" * 32},
        {"TEXT_WEBHOOK": "http://127.0.0.1:9000/", "TEXT_WEBHOOK_SECRET": "s" * 32},
        {"SITE_URL": "https://intake.clinic.example/", "DRAFT_DAYS": "7", "LINK_HOURS": "2"},
        {"CLOSED_YEARS": "100", "WITHDRAWN_DAYS": "36500", "RECORD_YEARS": "6"},
    ],
)
def test_sound_settings_start(more: dict) -> None:
    assert start(**SOUND, **more).returncode == 0


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"EMAIL_HOST": "mail.clinic.example"}, "DEFAULT_FROM_EMAIL"),
        ({**SERVER, "DEFAULT_FROM_EMAIL": "the desk"}, "DEFAULT_FROM_EMAIL"),
        ({**SERVER, "EMAIL_PORT": "smtp"}, "EMAIL_PORT"),
        ({**SERVER, "EMAIL_USE_TLS": "maybe"}, "EMAIL_USE_TLS"),
        ({"ON_CALL_EMAIL": "on-call@clinic.example"}, "EMAIL_HOST"),
        ({**SERVER, "ON_CALL_EMAIL": "on-call"}, "ON_CALL_EMAIL"),
        ({"ON_CALL_WEBHOOK": "ftp://pager.example"}, "ON_CALL_WEBHOOK"),
        ({"ON_CALL_WEBHOOK": "file:///etc/passwd"}, "ON_CALL_WEBHOOK"),
        ({"TEXT_WEBHOOK": "https://texts.example"}, "TEXT_WEBHOOK_SECRET"),
        ({"TEXT_WEBHOOK_SECRET": "s" * 32}, "TEXT_WEBHOOK"),
        ({"TEXT_WEBHOOK": "https://texts.example", "TEXT_WEBHOOK_SECRET": "short"}, "TEXT_WEBHOOK_SECRET"),
        ({"TEXT_WEBHOOK": "http://texts.example", "TEXT_WEBHOOK_SECRET": "s" * 32}, "TEXT_WEBHOOK"),
        ({"TEXT_WEBHOOK": "texts.example", "TEXT_WEBHOOK_SECRET": "s" * 32}, "TEXT_WEBHOOK"),
        ({"ON_CALL_REPEAT_MINUTES": "0"}, "ON_CALL_REPEAT_MINUTES"),
        ({"SITE_URL": "clinic.example"}, "SITE_URL"),
        ({"ALLOWED_HOSTS": "*"}, "SITE_URL"),
        ({"DRAFT_DAYS": "0"}, "DRAFT_DAYS"),
        ({"LINK_HOURS": "a day"}, "LINK_HOURS"),
        ({"RECORD_YEARS": "5"}, "RECORD_YEARS"),
        ({"CLOSED_YEARS": "for ever"}, "CLOSED_YEARS"),
        ({"CLOSED_YEARS": "-1"}, "CLOSED_YEARS"),
        ({"CLOSED_YEARS": "101"}, "CLOSED_YEARS"),
        ({"WITHDRAWN_DAYS": "-1"}, "WITHDRAWN_DAYS"),
        ({"WITHDRAWN_DAYS": "36501"}, "WITHDRAWN_DAYS"),
        ({"RECORD_YEARS": "-6"}, "RECORD_YEARS"),
        ({"RECORD_YEARS": "101"}, "RECORD_YEARS"),
    ],
)
def test_an_odd_setting_is_named_and_stops_the_start(more: dict, named: str) -> None:
    refused = start(**{**SOUND, **more})
    assert refused.returncode == 1
    assert refused.stderr.startswith("Settings: ") and named in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_webhooks_address_is_never_shown_because_it_may_hold_a_key() -> None:
    assert "secret" not in start(**SOUND, ON_CALL_WEBHOOK="pager.example/secret").stderr
