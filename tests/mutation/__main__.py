"""One room: its mutants, a seeded sample of them, the tests run on each, and what survived without a reason."""

import argparse
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from os import chdir, cpu_count
from pathlib import Path
from time import monotonic

from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

from tests.mutation import rows
from tests.mutation.mutants import session_of

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".local" / "mutation"
ROOMS = tomllib.loads((Path(__file__).parent / "rooms.toml").read_text())
ACCEPTED = tomllib.loads((Path(__file__).parent / "accepted.toml").read_text()).get("mutant", [])
BAR = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutate")
    parser.add_argument("room", nargs="*", choices=[[], *ROOMS], help="ROOM=..., or all of them one by one")
    parser.add_argument("--all", action="store_true", help="every mutant instead of a sample (ALL=1)")
    parser.add_argument("--jobs", type=int, default=cpu_count() or 1, help="so many at a time (JOBS=1)")
    chosen = parser.parse_args()
    rows.offer()
    results = [judge(room, every=chosen.all, jobs=chosen.jobs) for room in chosen.room or ROOMS]
    return 0 if all(results) else 1


def judge(room: str, *, every: bool, jobs: int) -> bool:
    """Run what is left to run for the room, and print what came of it."""
    started = monotonic()
    copies = [copy_of_the_tree(number) for number in range(jobs)]
    command = command_of(ROOMS[room])
    whole = monotonic()
    if subprocess.run(shlex.split(command), cwd=copies[0], stdout=subprocess.DEVNULL).returncode:
        print(f"{room}: its tests fail without any mutant.")
        return False
    timeout = 60 + 3 * (monotonic() - whole)
    with use_db(session_of(room, copies[0], ROOMS[room], PLACE, every=every)) as session:
        pending = [*session.pending_work_items]
        print(f"{room}: {len(pending)} mutants to try.", flush=True)
        for done, (job, result) in enumerate(results_of(pending, copies, command, timeout), start=1):
            session.set_result(job, result)
            print(f"\r{done}/{len(pending)}", end="", file=sys.stderr, flush=True)
        tried = [result for _job, result in session.results if result.worker_outcome == WorkerOutcome.NORMAL]
    return report(room, tried, monotonic() - started)


def command_of(tests: list[str]) -> str:
    """What must fail on a mutant: the quick programs among the tests first, then the others in pytest."""
    python = str(ROOT / ".venv/bin/python")
    programs = [name for name in tests if name.startswith("tests/mutation/")]
    others = [name for name in tests if name not in programs and name.endswith(".py")]
    runs = [[python, "-m", name.removesuffix(".py").replace("/", ".")] for name in programs]
    runs.append([python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *others])
    return shlex.join(["sh", "-c", " && ".join(map(shlex.join, runs))])


def copy_of_the_tree(number: int) -> Path:
    """Mutants are written into files: into those of a copy."""
    copy = PLACE / f"tree{number}"
    shutil.rmtree(copy, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def results_of(
    pending: list[WorkItem], copies: list[Path], command: str, timeout: float
) -> Iterator[tuple[str, WorkResult]]:
    """Each mutant's result as it comes; one process for each copy of the tree."""
    pools = [ProcessPoolExecutor(1, initializer=chdir, initargs=(copy,)) for copy in copies]
    jobs = [
        (item.job_id, pools[number % len(pools)].submit(mutate_and_test, item.mutations, command, timeout))
        for number, item in enumerate(pending)
    ]
    for job, future in jobs:
        yield job, future.result()
    for pool in pools:
        pool.shutdown()


def report(room: str, tried: list[WorkResult], seconds: float) -> bool:
    survivors = [changed_line(result.diff) for result in tried if not result.is_killed]
    killed = len(tried) - len(survivors)
    share = killed / len(tried) if tried else 1
    print(f"\n{room}: {killed} of {len(tried)} mutants killed ({share:.0%}) in {seconds / 60:.0f} minutes.")
    reasons = {(row["file"], row["was"], row["becomes"]): row["reason"] for row in ACCEPTED}
    unexplained = [survivor for survivor in survivors if not reasons.get(survivor)]
    for file, was, becomes in unexplained:
        print(f"\nsurvived, without a reason in tests/mutation/accepted.toml: {file}\n- {was}\n+ {becomes}")
    return share >= BAR and not unexplained


def changed_line(diff: str) -> tuple[str, str, str]:
    """``(file, line before, line after)`` of a mutant."""
    lines = diff.splitlines()
    file = next(line.removeprefix("+++ b/") for line in lines if line.startswith("+++ b/"))
    sides = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign) and line[:3] != sign * 3)
        for sign in "-+"
    )
    return file, *sides


if __name__ == "__main__":
    sys.exit(main())
