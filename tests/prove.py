"""``make prove``: every promise of docs/trust.md tried often, with its control, and a table of the figures.

python -m tests.prove [--size tenth] [words of the promises to try ...]
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / ".local" / "proofs.txt"
POSTGRES = os.environ.get("POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASES = {"SQLite": "", "PostgreSQL": POSTGRES}
NO_TESTS_RAN = 5
COUNTS = {
    "suite": "the counts of the suite",
    "tenth": "a tenth of the full counts",
    "full": "the full counts",
}


@dataclass(frozen=True)
class Promise:
    """What is promised, the tests that try it (files, or names in them), and on which databases."""

    words: str
    tests: tuple[str, ...]
    on: tuple[str, ...] = tuple(DATABASES)
    at_once: bool = False  # in as many processes as there are cores; not where seconds are measured


KILLED = "tests/trust/test_killed_while_writing.py"
BACKUP = "tests/trust/test_backup.py"
ACCESS = "tests/treatments/test_access.py"
PROMISES = (
    Promise("No acknowledged page or form is lost", (KILLED,)),
    Promise(
        "A form is sent once, a referral routed and accepted once; a stale page is refused",
        ("tests/trust/test_many_races.py",),
    ),
    Promise(
        "Nobody reads what isn't theirs",
        (
            f"{ACCESS}::test_nobody_sees_a_page_or_a_person_that_is_not_theirs",
            f"{ACCESS}::test_the_walk_would_find_a_hole",
        ),
        at_once=True,
    ),
    Promise("Malformed input never breaks it", ("tests/trust/test_mutated.py",)),
    Promise(
        "No patient data outside the sealed columns",
        (
            "tests/trust/test_canaries_at_rest.py",
            "tests/trust/test_canaries_around.py",
            "tests/trust/test_postgresql_log.py",
        ),
    ),
    Promise("Every look is on record", ("tests/trust/test_views_on_record.py",)),
    Promise(
        "Backups restore",
        (
            f"{BACKUP}::test_a_drill_restores_compares_opens_a_record_and_leaves_nothing",
            f"{BACKUP}::test_a_row_that_did_not_come_back_is_found",
        ),
    ),
    Promise(
        "It stays up beside slow bodies",
        ("tests/trust/test_slow_bodies.py", "tests/trust/behind_nginx.py"),
        on=("SQLite",),
    ),
    Promise("It stays up while a table is locked", ("tests/trust/test_locked_table.py",), on=("PostgreSQL",)),
    Promise(
        "A fault of the database is seen and loses nothing typed", ("tests/trust/test_database_faults.py",)
    ),
    Promise(
        "A reader without the grant can't tell two people apart who differ in protected answers alone",
        ("tests/trust/test_random_pairs.py",),
        on=("SQLite",),
        at_once=True,
    ),
    Promise("Who may see is watched", ("tests/trust/test_self_grant.py",)),
    Promise("Clocks may jump", ("tests/trust/test_clock_travel.py",)),
    Promise("A referral is always assessed", ("tests/trust/test_left_unassessed.py",)),
)


@dataclass
class Outcome:
    """What one promise came to, over its databases."""

    promise: Promise
    said: dict[tuple[str, str, str], int] = field(default_factory=dict)  # (kind, database, words): sum
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def row(self) -> str:
        kept = "**no**: " + "; ".join(self.faults) if self.faults else "yes"
        cells = [
            self.promise.words,
            self.words("figure"),
            self.words("control"),
            kept,
            f"{self.seconds:.0f} s",
        ]
        return f"| {' | '.join(cells)} |"

    def words(self, kind: str) -> str:
        """All of this kind, by database."""
        by_database = {
            database: "; ".join(
                words.format(n=number) if number else words
                for (of_kind, where, words), number in self.said.items()
                if (of_kind, where) == (kind, database)
            )
            for database in self.promise.on
        }
        return ". ".join(f"{database}: {words}" for database, words in by_database.items() if words)


def lines_of(process: subprocess.Popen, file: Path) -> Iterator[tuple[str, str, int]]:
    """What the tests say while they run: (kind, words, number)."""
    with file.open(encoding="utf-8") as said:
        ended = False
        while not ended:
            ended = process.poll() is not None
            while line := said.readline():
                yield tuple(json.loads(line))
            time.sleep(0.2)


def run(outcome: Outcome, database: str, size: str, seed: int) -> None:
    """Try the promise on one database."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *outcome.promise.tests]
    if outcome.promise.at_once:
        command += ["-n", "auto", "--dist", "worksteal"]
    with tempfile.TemporaryDirectory() as folder:
        figures, output = Path(folder, "figures"), Path(folder, "output")
        figures.touch()
        more = {"PROVE": size, "PROVE_SEED": str(seed), "PROVE_FIGURES": str(figures)}
        if address := DATABASES[database]:
            more["DATABASE_URL"] = address
        with output.open("w") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **more}, stdout=out, stderr=subprocess.STDOUT
            )
            for kind, words, number in lines_of(process, figures):
                shown = words.format(n=number) if number else words
                print(f"  {database}, {kind}: {shown}", flush=True)
                if kind != "progress":
                    key = kind, database, words
                    outcome.said[key] = outcome.said.get(key, 0) + number
        if process.returncode not in (0, NO_TESTS_RAN):
            outcome.faults.append(f"tests fail on {database}")
            print(output.read_text()[-6000:])


def prove(promise: Promise, size: str, seed: int) -> Outcome:
    print(f"\n{promise.words}", flush=True)
    began, outcome = time.monotonic(), Outcome(promise)
    for database in promise.on:
        run(outcome, database, size, seed)
    if {kind for kind, _database, _words in outcome.said} != {"figure", "control"}:
        outcome.faults.append("no figure, or no control")
    outcome.seconds = time.monotonic() - began
    return outcome


def table_of(outcomes: list[Outcome], size: str, seed: int) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    head = f"On commit {commit}, {datetime.now(UTC):%B %d, %Y}, {COUNTS[size]}, seed {seed}, {os.cpu_count()} cores.\n"
    rows = ["| promise | tried, and found | the control finds | kept | took |", "|---|---|---|---|---|"]
    return "\n".join([head, *rows, *(outcome.row for outcome in outcomes)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=COUNTS, default="tenth", help="the full counts take a night")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("words", nargs="*", help="only promises or tests that have one of these words")
    asked = parser.parse_args()
    chosen = [
        promise
        for promise in PROMISES
        if not asked.words or any(word in f"{promise.words} {promise.tests}" for word in asked.words)
    ]
    outcomes = []
    for promise in chosen:
        outcomes.append(prove(promise, asked.size, asked.seed))
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(table_of(outcomes, asked.size, asked.seed), encoding="utf-8")
    print(f"\n{TABLE.read_text(encoding='utf-8')}\n(also in {TABLE.relative_to(ROOT)})")
    sys.exit(any(outcome.faults for outcome in outcomes))


if __name__ == "__main__":
    main()
