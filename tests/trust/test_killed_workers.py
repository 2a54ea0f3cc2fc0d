"""The server stays when its workers die, however often and however fast."""

import os
import signal

import pytest

from tests.machine import Served, alive, free_port, wait_for

KILLS = 5


@pytest.mark.anywhere
@pytest.mark.parametrize("workers", [1, 2])
def test_the_server_stays_whatever_happens_to_its_workers(machine, workers):
    served = Served(machine, free_port(), f"--workers {workers}")
    try:
        for _kill in range(KILLS):
            wait_for(lambda: len(served.serving()) == workers)
            killed = served.serving()
            for worker in killed:
                os.kill(worker, signal.SIGKILL)
            wait_for(lambda killed=killed: not any(map(alive, killed)))
        wait_for(served.answers)
        assert served.process.poll() is None
    finally:
        served.stop()
    assert served.process.returncode == 0
