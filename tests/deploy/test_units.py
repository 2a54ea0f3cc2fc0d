"""The systemd units: systemd itself reads them, finds them well locked in, and what they start is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.deploy.files import DEPLOY, UNITS, entries, entry, placed
from tests.machine import ROOT

pytestmark = pytest.mark.deploy

MOST_EXPOSED = 20  # of 100, by systemd's own measure; 17 today


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The units in a folder of their own, with this tree in the place of /srv/clinic."""
    folder = tmp_path_factory.mktemp("units")
    shutil.copytree(DEPLOY / "systemd", folder, dirs_exist_ok=True)
    for file in folder.rglob("*.*"):
        if file.is_file():
            file.write_text(placed(file.read_text(), {"/srv/clinic": str(ROOT)}))
    return folder


def systemd_says(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_systemd_finds_no_fault_in_any_unit(installed):
    units = sorted(map(str, [*installed.glob("*.service"), *installed.glob("*.timer")]))
    assert len(units) > len(UNITS)
    found = systemd_says("verify", "--man=no", *units)
    assert (found.returncode, found.stderr) == (0, "")


def test_systemd_does_find_a_fault(installed):
    """The control: a program that is not there."""
    broken = installed / "clinic-broken.service"
    broken.write_text("[Service]\nExecStart=/nowhere/python\n")
    assert systemd_says("verify", "--man=no", str(broken)).returncode != 0
    broken.unlink()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_service_may_do_little_beyond_its_work(installed, unit):
    measure = f"--threshold={MOST_EXPOSED}"
    assert systemd_says("security", "--offline=true", measure, str(installed / unit.name)).returncode == 0


def test_without_the_shared_file_a_service_would_be_open(tmp_path):
    alone = shutil.copy(DEPLOY / "systemd" / "clinic-web.service", tmp_path)
    found = systemd_says("security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(alone))
    assert found.returncode != 0


def test_every_timer_has_its_service_and_runs_at_a_time_that_systemd_knows():
    for timer in (DEPLOY / "systemd").glob("*.timer"):
        assert timer.with_suffix(".service").exists()
        assert systemd_says("calendar", entry(timer, "OnCalendar")).returncode == 0


def test_a_service_writes_where_it_may():
    """A file outside of these would be read-only, and found at night."""
    for unit in UNITS:
        lines = entries(unit)
        starts = " ".join(value for name, value in lines if name.startswith("ExecStart"))
        folders = {value for name, value in lines if name == "ReadWritePaths"}
        assert set(re.findall(r"/var/\S+", starts)) == folders


def test_every_command_of_a_unit_is_there():
    started = [value for unit in UNITS for name, value in entries(unit) if name == "ExecStart"]
    named = {found[1] for each in started if (found := re.search(r"manage\.py (\w+)", each))}
    assert named == {"tick", "backup", "purge"} and named <= set(get_commands())
