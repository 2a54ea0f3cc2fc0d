"""What a page and a whole intake cost in CPU time, beside the session wizard with stock crispy-bootstrap5.

    make bench-pages

The wizard is django-formtools' ``NamedUrlSessionWizardView``: each page has an address, as ours, so that Back,
refresh and a second tab work. Beside it, for comparison: the same with a kept connection and our way to read
sessions, the ``SessionWizardView`` with one address for all pages, and a plain Django page that stores a draft row.

Only the ratio and the medians of one run mean anything: the sides take turns, an intake each, on one machine,
each in a process of its own, the same answers through the same middleware into a SQLite file of its own with
the same durability. Sessions and connections are as Django comes, but where they are said to be kept. Exits with status 1 when a
limit is missed.
"""

import base64
import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TURNS = 24  # of each side
WARM_UP = 3  # turns before them
REPEATS = 5  # of the pages measured beside the intake, a turn
LIMITS = {"scale page": 4.0, "POST": 10.0}  # milliseconds of CPU at the median
STEP = "wizard-current_step"
FEWER = 7.0  # times fewer CPU milliseconds an intake than the wizard

Turns = Iterator[dict[str, list[float]]]  # what was measured -> CPU milliseconds


def start(settings: str):
    """Django with a database of its own; returns the WSGI application."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    application = get_wsgi_application()
    gc.collect()
    gc.freeze()  # on every side, as clinic/wsgi.py does
    return application


def ours() -> Turns:
    """Each whole intake, and the mood page's GET and every page's POST."""
    application = start("clinic.settings")
    from bench.browsing import Browser
    from intake.models import Submission
    from tests.intake import pat

    def get(browser: Browser, address: str) -> float:
        browser.get(address)
        return browser.spent

    def post(browser: Browser, address: str, posted: dict) -> float:
        browser.post(address, posted)
        return browser.spent

    for sent in itertools.count(1):
        # The questions and sending them, which the wizard has too; the pages around them, which it has not.
        browser = Browser(application)
        around = get(browser, "/")
        questions = post(browser, "/", {"for": "self"})
        around += get(browser, "/intake/")
        fresh, filled, posts = [], [], []
        for slug, posted in pat.PAGES.items():
            shown = get(browser, pat.address(slug))
            posts.append(post(browser, pat.address(slug), posted))
            questions += shown + posts[-1]
            if slug == "mood":
                fresh = [shown]
                filled = [get(browser, pat.address(slug)) for _ in range(REPEATS)]
        around += get(browser, "/intake/check/")
        questions += post(browser, "/intake/send/", {})
        around += get(browser, "/intake/done/")
        if Submission.objects.filter(state="submitted").count() != sent:
            raise RuntimeError("an intake is missing")
        yield {
            "questions": [questions],
            "around": [around],
            "scale page": fresh,
            "scale page, filled in": filled,
            "POST": posts,
        }


def wizard() -> Turns:
    """The wizard at one address, which answers a POST with the next page: one request a page."""
    return _of_the_wizard(lambda slug: "/", follows=False)


def addressed() -> Turns:
    """The wizard with an address for each page: a POST, then a GET, as ours."""
    return _of_the_wizard(lambda slug: f"/addressed/{slug}/" if slug else "/addressed/", follows=True)


def kept() -> Turns:
    """The same with a kept connection and our way to read sessions."""
    return _of_the_wizard(
        lambda slug: f"/addressed/{slug}/" if slug else "/addressed/",
        follows=True,
        settings="bench.kept_settings",
    )


def plain() -> Turns:
    """A plain Django page for each of ours: the draft row by the ORM, a stock form, a stock template."""
    application = start("bench.wizard_settings")
    from bench.browsing import Browser
    from tests.intake import pat

    while True:
        browser = Browser(application)
        questions, mood, text = 0.0, [], ""
        for slug, posted in pat.PAGES.items():
            browser.get(f"/plain/{slug}/")
            questions += browser.spent
            mood = [browser.spent] if slug == "mood" else mood
            text = browser.post(f"/plain/{slug}/", _prefixed(slug, posted))
            questions += browser.spent
            if text != "Sent" and not browser.location:
                raise RuntimeError(f"{slug} was not saved")
        if text != "Sent":
            raise RuntimeError("the plain pages did not reach their end")
        yield {"questions": [questions], "scale page": mood}


def _of_the_wizard(
    address: Callable[[str], str], *, follows: bool, settings: str = "bench.wizard_settings"
) -> Turns:
    application = start(settings)
    from bench.browsing import Browser
    from intake.models import Submission
    from tests.intake import pat

    for sent in itertools.count(1):
        browser = Browser(application)
        questions, mood = 0.0, []

        def showing(text: str, browser=browser) -> tuple[str, float, float]:
            """The page shown in the end, the cost of showing it, and the cost of all that led to it."""
            spent = browser.spent
            if not follows:
                return text, spent, spent
            text = browser.get(browser.location)
            return text, browser.spent, spent + browser.spent

        text, shown, spent = showing(browser.get(address("")))
        questions += spent
        for slug, posted in pat.PAGES.items():
            if slug == "mood":
                if not follows:  # showing it came with storing the page before
                    browser.post(address(slug), {"wizard_goto_step": slug})
                    shown = browser.spent
                mood = [shown]
            answers = {STEP: slug, **_prefixed(slug, posted)}
            text, shown, spent = showing(browser.post(address(slug), answers))
            questions += spent
        if text != "Sent" or Submission.objects.count() != sent:
            raise RuntimeError("the wizard did not reach its end")
        yield {"questions": [questions], "scale page": mood}


def _prefixed(slug: str, posted: dict) -> dict:
    """Pat's answers as the wizard's forms name them; a date is one box there."""
    plain = {f"{slug}-{name}": value for name, value in posted.items()}
    for name in [name.removesuffix("_month") for name in posted if name.endswith("_month")]:
        year, month, day = (plain.pop(f"{slug}-{name}_{part}") for part in ("year", "month", "day"))
        plain[f"{slug}-{name}"] = f"{year}-{month:0>2}-{day:0>2}"
    return plain


SIDES = {"ours": ours, "addressed": addressed, "kept": kept, "wizard": wizard, "plain": plain}


class Side:
    """One side in a process of its own, which measures one turn whenever it is asked."""

    def __init__(self, name: str, folder: str):
        self.name = name
        self.found: dict[str, list[float]] = {}
        Path(folder, "clinic.sqlite3").touch()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, __file__, name],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "SECRET_KEY": "only-for-measuring" * 4,
                "SEALING_KEYS": base64.b64encode(bytes(range(32))).decode(),
                "DATABASE_URL": f"sqlite:///{folder}/clinic.sqlite3",
                "ALLOWED_HOSTS": "localhost",
                "HTTPS": "0",
                "STATIC_ROOT": f"{folder}/static",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def turn(self) -> dict[str, list[float]]:
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended.")
        return json.loads(line)

    def median(self, what: str) -> float:
        return statistics.median(self.found[what])

    def times(self, other: "Side", what: str) -> float:
        """How many times what the ``other`` took: the median of the turns, since the machine's pace changes."""
        pairs = zip(self.found[what], other.found[what], strict=True)
        return statistics.median(mine / others for mine, others in pairs)


def measured() -> dict[str, Side]:
    with tempfile.TemporaryDirectory() as folder:
        sides = {}
        for name in SIDES:
            os.mkdir(f"{folder}/{name}")
            sides[name] = Side(name, f"{folder}/{name}")
        for number in range(1 - WARM_UP, TURNS + 1):
            print(f"\rturn {max(number, 0)} of {TURNS}", end="", file=sys.stderr, flush=True)
            for side in sides.values():
                found = side.turn()
                if number < 1:
                    continue
                for what, spent in found.items():
                    side.found.setdefault(what, []).extend(spent)
        print(file=sys.stderr)
        for side in sides.values():
            side.process.stdin.close()
            side.process.wait()
    return sides


def main() -> int:
    sides = measured()
    own, *others = sides.values()
    heads = ("wizard", "its conn. kept", "one address", "plain page")
    print(f"{'CPU milliseconds, median':34}{'ours':>8}" + "".join(f"{head:>16}" for head in heads))
    for words, what in (
        ("an intake: questions and sending", "questions"),
        ("a scale page (mood), fresh", "scale page"),
    ):
        spent = [side.median(what) for side in others]
        times = [side.times(own, what) for side in others]
        print(f"{words:34}{own.median(what):8.2f}" + "".join(f"{each:16.1f}" for each in spent))
        print(f"{'':34}{'':8}" + "".join(f"{each:15.1f}x" for each in times))
    for words, what in (
        ("a scale page (mood), filled in", "scale page, filled in"),
        ("a page's POST", "POST"),
        ("start, tasks, check, done", "around"),
    ):
        print(f"{words:34}{own.median(what):8.2f}")
    missed = [f"{what}: more than {limit} ms" for what, limit in LIMITS.items() if own.median(what) > limit]
    if others[0].times(own, "questions") < FEWER:
        missed.append(f"an intake: not {FEWER:g} times fewer than the wizard")
    print("\n".join(["", *missed]) if missed else "\nWithin every limit.")
    return bool(missed)


def answer_turns(side: str) -> None:
    """In a side's process: one turn for each line that comes in."""
    turns = SIDES[side]()
    for _line in sys.stdin:
        print(json.dumps(next(turns)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer_turns(sys.argv[1])
    else:
        sys.exit(main())
