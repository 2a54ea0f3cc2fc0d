"""Starts the server, the same for ``make run`` and for a clinic: ``python -m clinic.serve --host 127.0.0.1 --port 8000``.

One worker per core, each with the few threads of ``clinic/rsgi.py``. A worker that dies is replaced, however often.
"""

import argparse
import importlib
import os
import resource
import time
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

LOOK_EVERY = 0.5  # seconds
REST = 1.0  # seconds between two starts of the same worker, so that one that can't start burns no core
HEADER_SECONDS = 15
CONNECTIONS = 4096  # of a worker; a slow sender holds one, and no thread
OTHER_FILES = 200  # that a worker has open besides
LEAVE_SECONDS = 10  # for requests that are being answered while the server ends


class Server(MPServer):
    """Granian that never leaves because a worker died.

    Its own loop takes two deaths of a worker within six seconds for a crash loop and ends, which a server that
    patients write to must not. Reloading and renewing workers by age or size, which that loop does too, aren't used.
    """

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        started = [0.0] * self.workers
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait(LOOK_EVERY)
            if self.interrupt_signal:
                break
            self.main_loop_interrupt.clear()
            now = time.monotonic()
            dead = [at for at, each in enumerate(self.wrks) if not each.is_alive()]
            for at in dead:
                if now - started[at] >= REST:
                    started[at] = now
                    self._respawn_workers([at], spawn_target, target_loader)
            # Granian ends with a fault if a worker ever died; this one was replaced.
            self.interrupt_children.clear()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def connections() -> int:
    """How many connections a worker may hold, after asking for as many open files as that takes."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    files = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return files - OTHER_FILES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=cores(), help="one per core")
    parser.add_argument("--app", default="clinic.rsgi:application", help=argparse.SUPPRESS)  # for tests
    arguments = parser.parse_args()
    # What can't be right ends the start with its sentence here, not in workers that are started over and over.
    line = importlib.import_module("clinic.settings").LOGGING["formatters"]["line"]
    Server(
        arguments.app,
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.RSGI,
        workers=arguments.workers,
        http=HTTPModes.http1,
        websockets=False,
        backlog=CONNECTIONS,
        backpressure=connections(),
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        workers_kill_timeout=LEAVE_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {"generic": line, "access": line}},
    ).serve()


if __name__ == "__main__":
    main()
