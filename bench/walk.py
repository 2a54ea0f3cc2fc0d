"""What an intake takes of four invented people, in Chromium: pages, questions, taps, keys, words, heights, minutes.

    make walk

Maria types on a phone. Rosa does too, without JavaScript, tired; she leaves twice and comes back by code. Walter's
daughter has a wide screen and no mouse. The fourth says yes to everything about suicide, and full pages of help are
counted. Their answers stand in ``bench/walks``. Beside each figure stands its target (the project's own, from walks
of an earlier form on paper); exits with status 1 when one is missed.

Minutes: words by reading speed, seconds a tap, a key and a page, and what somebody needs to look things up. Reading
is 60 % of the words at 220 a minute for who is brisk, all of them at 150 for who is tired.
"""

import os
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.walker import Counts, Walker

ROOT = Path(__file__).resolve().parent.parent
WALKS = ROOT / "bench" / "walks"
PORT = 8765
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SENT = {"DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "localhost", "SITE_URL": f"http://localhost:{PORT}"}


@dataclass(frozen=True)
class Person:
    """Who walks, on what, how long they look things up (minutes, brisk and tired), and what it may take at most."""

    key: str
    words: str
    targets: dict[str, float]
    more: tuple[float, float] = (2, 5)
    scripts: bool = True
    keyboard: bool = False
    key_seconds: tuple[float, float] = (0.3, 0.6)

    @property
    def story(self) -> dict:
        """Their own answers over Maria's: what is not said is the shortest honest answer."""
        base, own = (
            tomllib.loads((WALKS / f"{key}.toml").read_text(encoding="utf-8")) for key in ("maria", self.key)
        )
        return {**own, "answers": {**base["answers"], **own.get("answers", {})}}

    def figures(self, counts: Counts) -> dict[str, float]:
        brisk = counts.minutes(
            words_a_minute=220, share=0.6, tap=1.5, key=self.key_seconds[0], page=2, more=self.more[0]
        )
        tired = counts.minutes(
            words_a_minute=150, share=1, tap=2.5, key=self.key_seconds[1], page=4, more=self.more[1]
        )
        return {
            "pages": counts.pages,
            "errors": counts.errors,
            "full help pages": counts.helps,
            "questions": counts.questions,
            "taps": counts.taps,
            "keys": counts.keys,
            "words": counts.words,
            "screens": round(counts.screens),
            "minutes, brisk": round(brisk),
            "minutes, tired": round(tired),
        }


PEOPLE = (
    Person(
        "maria",
        "Maria, on a phone",
        {
            "pages": 35,
            "taps": 175,
            "words": 3000,
            "screens": 66,
            "minutes, brisk": 17,
            "minutes, tired": 36,
        },
    ),
    Person(
        "rosa",
        "Rosa, without JavaScript",
        {
            "pages": 66,
            "errors": 2,
            "taps": 235,
            "words": 3700,
            "minutes, brisk": 29,
            "minutes, tired": 63,
        },
        more=(7, 17),
        scripts=False,
    ),
    Person(
        "walter",
        "Walter's daughter, keyboard",
        {"pages": 36, "keys": 700, "minutes, brisk": 19, "minutes, tired": 38},
        more=(6, 12),
        keyboard=True,
        key_seconds=(0.25, 0.25),
    ),
    Person("every_yes", "Yes to every question on suicide", {"full help pages": 2}),
)


@contextmanager
def clinic() -> Iterator[str]:
    """A clinic of its own that nobody has used; its address."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "clinic.sqlite3")
        database.touch()
        env = {
            **os.environ,
            **SENT,
            "DATABASE_URL": f"sqlite:///{database}",
            "STATIC_ROOT": f"{folder}/static",
        }
        for command in ("migrate", "collectstatic"):
            subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", command, "--noinput", "--verbosity", "0"],
                cwd=ROOT,
                env=env,
                check=True,
            )
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "clinic.serve", "--host", "127.0.0.1", "--port", str(PORT)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(SENT["SITE_URL"])
            yield SENT["SITE_URL"]
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/livez").close()  # nosec B310 # noqa: S310 our own server
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server does not start.")


def walked(person: Person, chromium: Browser, address: str) -> Counts:
    context = chromium.new_context(
        base_url=address,
        viewport=DESK if person.keyboard else PHONE,
        locale="en-US",
        java_script_enabled=person.scripts,
    )
    context.set_default_timeout(15_000)
    walker = Walker(context.new_page(), person.story, keyboard=person.keyboard)
    try:
        return walker.walk(person.story["start"])
    except Exception:
        print(f"{person.words}, after {' '.join(walker.trail[-4:])}, before this page:")
        print(walker.page.locator("main").inner_text(), list(walker.shown()))
        raise
    finally:
        if "-v" in sys.argv:
            print(" ".join(f"{slug}:{words}" for slug, words in walker.words))
        context.close()


def report(person: Person, counts: Counts) -> list[str]:
    """Print a person's figures beside their targets; which ones are missed."""
    found, missed = person.figures(counts), []
    print(f"\n{person.words}")
    for what, figure in found.items():
        target = person.targets.get(what)
        over = target is not None and figure > target
        beside = "" if target is None else f"  at most {target:,.0f}{'  MISSED' if over else ''}"
        print(f"  {what:<16}{figure:>7,.0f}{beside}")
        missed += [f"{person.words}: {what} {figure:,.0f}, at most {target:,.0f}"] if over else []
    return missed


def main() -> int:
    asked = [word for word in sys.argv[1:] if word != "-v"]
    missed: list[str] = []
    with clinic() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for person in PEOPLE:
            if not asked or person.key in asked:
                print(f"walking: {person.words}", file=sys.stderr, flush=True)
                missed += report(person, walked(person, chromium, address))
        chromium.close()
    print("\n" + "\n".join(missed or ["Within every target."]))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
