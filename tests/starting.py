"""Starts of ``manage.py`` under environments of their own, each forked from one interpreter that has read Django."""

import atexit
import json
import os
import runpy
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
# By which coverage counts the branches of processes that a test starts.
COUNTED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}


def manage(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
    """What ``manage.py`` said and how it ended, started with these words and exactly this environment."""
    starter = _starter()
    request = {"words": [*map(str, words)], "environment": {"PATH": os.environ["PATH"], **environment}}
    starter.stdin.write(json.dumps(request) + "\n")
    starter.stdin.flush()
    return subprocess.CompletedProcess(words, **json.loads(starter.stdout.readline()))


@cache
def _starter() -> subprocess.Popen:
    """One for each worker: reading Django costs more than most of what is asked of it."""
    starter = subprocess.Popen(
        [sys.executable, "-m", "tests.starting"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **COUNTED},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(starter.wait)
    atexit.register(starter.stdin.close)  # called first, and ends it
    return starter


def _started(words: list[str], environment: dict[str, str]) -> dict:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if not child:
            _become(words, environment, out.fileno(), errors.fileno())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        streams = {"stdout": out, "stderr": errors}
        for file in streams.values():
            file.seek(0)
        return {"returncode": status, **{name: file.read().decode() for name, file in streams.items()}}


def _become(words: list[str], environment: dict[str, str], out: int, errors: int) -> None:
    """Run the command as if this process had been started for it; never returns."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(errors, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["manage.py", *words]
    runpy.run_path("manage.py", run_name="__main__")
    sys.exit()


if __name__ == "__main__":
    import django.core.management
    import django.db.models
    import django.forms
    import django.views.generic  # noqa: F401  (what every start reads)

    for line in sys.stdin:
        print(json.dumps(_started(**json.loads(line))), flush=True)
