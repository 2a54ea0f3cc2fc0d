"""The time of one assessment: a document in, the rules' account out, without database, web or disk.

    make bench-core

Over the worked examples and documents drawn from the fields as the tests draw them. Of each document the least
CPU time of some rounds counts, so that a busy machine measures the same. Exits with status 1 when the 95th
percentile takes more than the limit.
"""

import statistics
import sys
import time

from hypothesis import HealthCheck, Phase, given, settings

from tests.documents import INTAKES, complete_document, documents, worked_example
from treatments.rules.engine import assess

LIMIT = 1.0  # milliseconds of CPU
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


def milliseconds(document: dict) -> float:
    """The least of some rounds."""
    taken = []
    for _round in range(ROUNDS):
        start = time.process_time_ns()
        assess(document)
        taken.append(time.process_time_ns() - start)
    return min(taken) / 1e6


def report(name: str, measured: list[dict]) -> float:
    """Print a line; the 95th percentile."""
    times = [milliseconds(document) for document in measured]
    late = statistics.quantiles(times, n=20)[-1]
    median = statistics.median(times)
    print(
        f"{name:<18} {len(times):>4} documents  median {median:.2f} ms  95 % {late:.2f} ms  most {max(times):.2f} ms"
    )
    return late


def main() -> int:
    late = max(report("worked examples", examples()), report("drawn", drawn()))
    if late > LIMIT:
        print(f"Over the limit of {LIMIT} ms.")
    return int(late > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
