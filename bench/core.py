"""The time of one assessment and of one readiness, without database, web or disk.

    make bench-core

Over the worked examples and documents drawn from the fields as the tests draw them. Of each document the least
CPU time of some rounds counts, so that a busy machine measures the same. Exits with status 1 when the 95th
percentile of the assessments takes more than the limit, or that of the readinesses more than three times an
assessment of the same run. A readiness is judged by the longest list there is, with evidence about each list.
"""

import statistics
import sys
import time
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings

from tests.documents import INTAKES, complete_document, documents, worked_example
from treatments.payers.loading import PACKS
from treatments.payers.readiness import readiness
from treatments.rules.engine import assess

LIMIT = 1.0  # milliseconds of CPU
TIMES = 3.0  # of an assessment, for a readiness
LONGEST = max(PACKS.values(), key=lambda pack: len(pack.needs))
LISTS = ("antidepressants.trials", "other_treatments.therapy", "medicines.list")
DRAWN = 300
ROUNDS = 7


def drawn() -> list[dict]:
    """The same documents at every run."""
    found: list[dict] = []

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents())
    def draw(document: dict) -> None:
        found.append(document)

    draw()
    return found


def examples() -> list[dict]:
    names = sorted(path.stem for path in INTAKES.glob("*.json"))
    return [worked_example(name)["document"] for name in names] + [complete_document()]


def milliseconds(document: dict, work: Callable[[dict], object] | None = None) -> float:
    """The least of some rounds; an assessment where no other work is named."""
    work, taken = work or assess, []
    for _round in range(ROUNDS):
        start = time.process_time_ns()
        work(document)
        taken.append(time.process_time_ns() - start)
    return min(taken) / 1e6


def judged(document: dict) -> object:
    """The readiness of a document on the day it was sent."""
    given = [path for path in LISTS if path.split(".")[1] in document.get(path.split(".")[0], {})]
    rows = [{"about": path, "strength": "shown", "agrees": "yes", "kind": "chart_note"} for path in given]
    return readiness(
        document,
        on=document["submitted_on"],
        treatment=LONGEST.treatment,
        coverage={"pack": LONGEST.pack},
        evidence=rows,
    )


def report(name: str, measured: list[dict], work: Callable[[dict], object] | None = None) -> float:
    """Print a line; the 95th percentile."""
    times = [milliseconds(document, work) for document in measured]
    late = statistics.quantiles(times, n=20)[-1]
    median = statistics.median(times)
    print(
        f"{name:<28} {len(times):>4} documents  median {median:.2f} ms  95 % {late:.2f} ms  most {max(times):.2f} ms"
    )
    return late


def main() -> int:
    kinds = {"worked examples": examples(), "drawn": drawn()}
    late = max([report(name, documents) for name, documents in kinds.items()])
    ready = max([report(f"readiness, {name}", documents, judged) for name, documents in kinds.items()])
    print(f"A readiness takes {ready / late:.1f} times an assessment.")
    if late > LIMIT:
        print(f"Over the limit of {LIMIT} ms.")
    if ready > TIMES * late:
        print(f"A readiness takes more than {TIMES:g} times an assessment.")
    return int(late > LIMIT or ready > TIMES * late)


if __name__ == "__main__":
    sys.exit(main())
