"""`make typical-changes`: each change that the house promises to be small, applied to a copy of the tree and tried.

A change is a patch beside this file. It must apply, pass the checks, leave no migration unwritten, pass the tests
that concern it, and touch no more production files than promised. `python -m tests.typical_changes NAME` tries one.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
NOT_PRODUCTION = ("tests/", "docs/")


@dataclass(frozen=True, slots=True)
class Change:
    """``most`` production files may be touched, the generated migration among them; ``tests`` are what to run."""

    name: str
    most: int
    migrations: int
    tests: tuple[str, ...]

    @property
    def patch(self) -> Path:
        return HERE / f"{self.name}.patch"

    def files(self) -> list[str]:
        """The files that the patch touches, as paths from the root."""
        return re.findall(r"^\+\+\+ b/(.+)$", self.patch.read_text(encoding="utf-8"), re.M)

    def production_files(self) -> list[str]:
        return [file for file in self.files() if not file.startswith(NOT_PRODUCTION)]


CHANGES = (
    Change(
        "new_action",
        most=3,
        migrations=0,
        tests=("tests/treatments/test_every_action.py",),
    ),
    Change(
        "new_treatment",
        most=3,
        migrations=1,
        tests=("tests/treatments/test_new_treatment.py",),
    ),
    Change("new_question", most=1, migrations=0, tests=("tests/intake/test_new_question.py",)),
)


def copy_of_the_tree(folder: Path) -> Path:
    """What git would commit now, without its history."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def faults_of(change: Change) -> list[str]:
    """What of the promise fails, in words; everything that the tools said is printed."""
    touched = change.production_files()
    migrations = [file for file in touched if "/migrations/" in file and file.endswith(".py")]
    faults = []
    if len(touched) > change.most:
        faults.append(f"{len(touched)} production files are touched, {change.most} are promised")
    if len(migrations) != change.migrations:
        faults.append(f"{len(migrations)} migrations are written, {change.migrations} are promised")
    environment = {**os.environ, "SECRET_KEY": "only-for-tests", "DEBUG": "1"}
    environment.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of_the_tree(Path(folder))
        (tree / ".local").mkdir()  # where the database of DEBUG lies
        for words in (
            ("git", "apply", "--whitespace=nowarn", str(change.patch)),
            (sys.executable, "manage.py", "check"),
            (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
            (sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *change.tests),
        ):
            if subprocess.run(words, cwd=tree, env=environment, check=False).returncode:
                faults.append(f"fails: {' '.join(words[-4:])}")
                break
    return faults


def main(names: list[str]) -> int:
    """Try the changes named, or all; the number of those that break a promise."""
    broken = 0
    for change in CHANGES:
        if names and change.name not in names:
            continue
        print(f"\n== {change.name}", flush=True)
        faults = faults_of(change)
        broken += bool(faults)
        print(*(f"  {file}" for file in change.files()), sep="\n")
        print(
            f"{len(change.production_files())} production files (promised: at most {change.most}):",
            "; ".join(faults) or "kept",
            flush=True,
        )
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
