"""The server of ``make run``, started once for the tests that attack it from outside."""

from collections.abc import Iterator

import pytest

from tests.machine import Machine, Served, free_port


@pytest.fixture(scope="session")
def machine(tmp_path_factory) -> Machine:
    folder = tmp_path_factory.mktemp("clinic")
    machine = Machine(folder)
    machine.file.touch()  # outside a demonstration a clinic's file is never made by itself
    machine.environment |= {
        "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(folder / "static"),
    }  # fmt: skip
    machine.migrate()
    machine.run("collectstatic", "--noinput", "--verbosity", "0")
    return machine


@pytest.fixture(scope="module")
def server(machine) -> Iterator[Served]:
    served = Served(machine, free_port())
    yield served
    served.stop()
