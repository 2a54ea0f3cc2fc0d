"""The cases of the rules alone, without Django and pytest's collecting: most mutants of the rules die here in a second."""

import sys

from tests.treatments.rule_expectations import CASES
from tests.treatments.test_rules import document_of, fails
from treatments.rules.engine import assess


def main() -> int:
    return int(any(fails(case, assess(document_of(case))) for case in CASES))


if __name__ == "__main__":
    sys.exit(main())
