"""What a page and a whole intake cost in CPU time, beside the session wizard with stock crispy-bootstrap5.

    make bench-pages

The wizard is django-formtools' ``NamedUrlSessionWizardView``: each page has an address, as ours, so that Back,
refresh and a second tab work. Beside it, for comparison, the ``SessionWizardView`` with one address for all pages.

Only the ratio and the medians of one run mean anything: all sides run by turns on one machine, each in a
process of its own, the same answers through the same middleware into a SQLite file of its own. Exits with
status 1 when a limit is missed.
"""

import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3  # turns of each side
INTAKES = 8  # whole intakes a turn, after two to warm up
REPEATS = 60  # of one page
LIMITS = {"scale page": 4.0, "POST": 10.0}  # milliseconds of CPU at the median
STEP = "wizard-current_step"
FEWER = 7.0  # times fewer CPU milliseconds an intake than the wizard


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


def ours() -> dict:
    """CPU milliseconds: of each whole intake, and of the mood page's GET and POST."""
    application = start("clinic.settings")
    from bench.browsing import Browser
    from intake.models import Submission
    from tests.intake import pat

    def intake(browser: Browser) -> tuple[float, float]:
        """The questions and sending them, which the wizard has too; the pages around them, which it has not."""

        def cost(*acts) -> float:
            return sum(one(browser, act) for act in acts)

        around = cost(lambda: browser.get("/"))
        questions = cost(lambda: browser.post("/", {}))
        around += cost(lambda: browser.get("/intake/"))
        for slug, told in pat.PAGES.items():
            address = pat.address(slug)
            questions += cost(lambda: browser.get(address), lambda: browser.post(address, told))  # noqa: B023
        around += cost(lambda: browser.get("/intake/check/"))
        questions += cost(lambda: browser.post("/intake/send/", {}))
        around += cost(lambda: browser.get("/intake/done/"))
        return questions, around

    def one(browser: Browser, act) -> float:
        act()
        return browser.spent

    intakes = [intake(Browser(application)) for _ in range(INTAKES + 2)][2:]
    sent = Submission.objects.filter(state="submitted").count()
    if sent != INTAKES + 2:
        raise RuntimeError(f"{sent} intakes arrived instead of {INTAKES + 2}")
    browser = Browser(application)
    browser.get("/")
    browser.post("/", {})
    fresh = [one(browser, lambda: browser.get(pat.address("mood"))) for _ in range(REPEATS)]
    posts = []
    for slug, told in pat.PAGES.items():
        browser.get(pat.address(slug))
        posts += [one(browser, lambda: browser.post(pat.address(slug), told)) for _ in range(5)]  # noqa: B023
    filled = [one(browser, lambda: browser.get(pat.address("mood"))) for _ in range(REPEATS)]
    return {
        "questions": [questions for questions, _ in intakes],
        "around": [around for _, around in intakes],
        "scale page": fresh,
        "scale page, filled in": filled,
        "POST": posts,
    }


def wizard() -> dict:
    """The same for the wizard at one address, which answers a POST with the next page: one request a page."""
    application = start("bench.wizard_settings")
    from bench.browsing import Browser
    from tests.intake import pat

    def intake(browser: Browser) -> float:
        browser.get("/")
        spent = browser.spent
        for slug, told in pat.PAGES.items():
            text = browser.post("/", {STEP: slug, **_prefixed(slug, told)})
            spent += browser.spent
        if text != "Sent":
            raise RuntimeError("the wizard did not reach its end")
        return spent

    intakes = _intakes(application, intake)
    browser = Browser(application)
    browser.get("/")
    for slug in itertools.takewhile(lambda each: each != "mood", pat.PAGES):
        browser.post("/", {STEP: slug, **_prefixed(slug, pat.PAGES[slug])})
    fresh = []
    for _ in range(REPEATS):
        browser.post("/", {"wizard_goto_step": "mood"})
        fresh.append(browser.spent)
    return {"questions": intakes, "scale page": fresh}


def addressed() -> dict:
    """The same for the wizard with an address for each page: a POST, then a GET, as ours."""
    application = start("bench.wizard_settings")
    from bench.browsing import Browser
    from tests.intake import pat

    def intake(browser: Browser) -> float:
        browser.get("/addressed/")
        spent = browser.spent
        browser.get(browser.location)
        spent += browser.spent
        for slug, told in pat.PAGES.items():
            browser.post(f"/addressed/{slug}/", {STEP: slug, **_prefixed(slug, told)})
            spent += browser.spent
            text = browser.get(browser.location)
            spent += browser.spent
        if text != "Sent":
            raise RuntimeError("the wizard did not reach its end")
        return spent

    intakes = _intakes(application, intake)
    browser = Browser(application)
    browser.get("/addressed/")
    browser.get(browser.location)
    for slug in itertools.takewhile(lambda each: each != "mood", pat.PAGES):
        browser.post(f"/addressed/{slug}/", {STEP: slug, **_prefixed(slug, pat.PAGES[slug])})
    fresh = []
    for _ in range(REPEATS):
        browser.get("/addressed/mood/")
        fresh.append(browser.spent)
    return {"questions": intakes, "scale page": fresh}


def _intakes(application, intake) -> list[float]:
    """The cost of each intake after one to warm up; every one of them must have arrived."""
    from bench.browsing import Browser
    from intake.models import Submission

    found = [intake(Browser(application)) for _ in range(INTAKES + 1)][1:]
    if Submission.objects.count() != INTAKES + 1:
        raise RuntimeError("an intake is missing")
    return found


def _prefixed(slug: str, told: dict) -> dict:
    """Pat's answers as the wizard's forms name them; a date is one box there."""
    plain = {f"{slug}-{name}": value for name, value in told.items()}
    for name in [name.removesuffix("_month") for name in told if name.endswith("_month")]:
        year, month, day = (plain.pop(f"{slug}-{name}_{part}") for part in ("year", "month", "day"))
        plain[f"{slug}-{name}"] = f"{year}-{month:0>2}-{day:0>2}"
    return plain


SIDES = {"ours": ours, "wizard": wizard, "addressed": addressed}


def measured(side: str) -> dict:
    """One turn of one side in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(  # noqa: S603
            [sys.executable, __file__, side],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "SECRET_KEY": "only-for-measuring" * 4,
                "DATABASE_URL": f"sqlite:///{folder}/clinic.sqlite3",
                "ALLOWED_HOSTS": "localhost",
                "HTTPS": "0",
                "STATIC_ROOT": f"{folder}/static",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        sys.exit(ran.stderr)
    return json.loads(ran.stdout.splitlines()[-1])


def main() -> int:
    turns: dict[str, list[dict]] = {side: [] for side in SIDES}
    for _ in range(ROUNDS):
        for side, found in turns.items():
            found.append(measured(side))

    def median(side: str, what: str) -> float:
        return statistics.median(value for turn in turns[side] for value in turn[what])

    print(f"{'CPU milliseconds, median':34}{'ours':>8}{'wizard':>9}{'one address':>13}")
    for words, what in (
        ("an intake: questions and sending", "questions"),
        ("a scale page (mood), fresh", "scale page"),
    ):
        own, *others = (median(side, what) for side in ("ours", "addressed", "wizard"))
        print(f"{words:34}{own:8.2f}{others[0]:9.1f}{others[1]:13.1f}")
        print(f"{'':34}{'':8}{others[0] / own:8.1f}x{others[1] / own:12.1f}x")
    for words, what in (
        ("a scale page (mood), filled in", "scale page, filled in"),
        ("a page's POST", "POST"),
        ("start, tasks, check, done", "around"),
    ):
        print(f"{words:34}{median('ours', what):8.2f}")
    missed = [
        f"{what}: more than {limit} ms" for what, limit in LIMITS.items() if median("ours", what) > limit
    ]
    if median("addressed", "questions") / median("ours", "questions") < FEWER:
        missed.append(f"an intake: not {FEWER:g} times fewer than the wizard")
    print("\n".join(["", *missed]) if missed else "\nWithin every limit.")
    return bool(missed)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(SIDES[sys.argv[1]]()))
    else:
        sys.exit(main())
