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
    """``most`` production files may be touched, generated migrations among them; ``tests`` are what to run.

    ``migrations``: how many `makemigrations` writes. They are made on the copy, so that no patch has a number.
    """

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


def migrations_in(tree: Path) -> dict[str, str]:
    """What stands in the folders of migrations: path from the root -> content."""
    found = [file for folder in tree.glob("*/migrations") for file in folder.iterdir() if file.is_file()]
    return {file.relative_to(tree).as_posix(): file.read_text(encoding="utf-8") for file in found}


def outcome_of(change: Change) -> tuple[list[str], list[str]]:
    """The files touched, and what of the promise fails, in words; what the tools said is printed."""
    touched, faults = change.production_files(), []
    environment = {**os.environ, "SECRET_KEY": "only-for-tests", "DEBUG": "1"}
    environment.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_of_the_tree(Path(folder))
        (tree / ".local").mkdir()  # where the database of DEBUG lies
        before = migrations_in(tree)
        for words in (
            ("git", "apply", "--whitespace=nowarn", str(change.patch)),
            (sys.executable, "manage.py", "check"),
            *([(sys.executable, "manage.py", "makemigrations")] if change.migrations else ()),
            (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
            (sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *change.tests),
        ):
            if subprocess.run(words, cwd=tree, env=environment, check=False).returncode:
                faults.append(f"fails: {' '.join(words[-4:])}")
                break
        generated = [file for file, content in migrations_in(tree).items() if before.get(file) != content]
    touched += generated
    written = sum(file.endswith(".py") for file in generated)
    if len(touched) > change.most:
        faults.append(f"{len(touched)} production files are touched, {change.most} are promised")
    if written != change.migrations:
        faults.append(f"{written} migrations are written, {change.migrations} are promised")
    return touched, faults


def main(names: list[str]) -> int:
    """Try the changes named, or all; the number of those that break a promise."""
    broken = 0
    for change in CHANGES:
        if names and change.name not in names:
            continue
        print(f"\n== {change.name}", flush=True)
        touched, faults = outcome_of(change)
        broken += bool(faults)
        print(*(f"  {file}" for file in touched), sep="\n")
        print(
            f"{len(touched)} production files (promised: at most {change.most}):",
            "; ".join(faults) or "kept",
            flush=True,
        )
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
