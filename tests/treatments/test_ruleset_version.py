"""The ruleset version: nothing that decides an assessment changes without a new one."""

from dataclasses import replace

from intake.fields import FIELDS, Reader
from treatments.management.ruleset_digest import digest
from treatments.rules.criteria import RULES
from treatments.rules.version import DIGESTS, RULESET


def test_the_rules_are_those_recorded_for_this_version():
    assert digest() == DIGESTS[RULESET], (
        "something that decides an assessment changed: raise RULESET in treatments/rules/version.py, "
        "then run `manage.py rules --record`"
    )


def test_a_changed_row_changes_the_digest():
    for change in (
        {"effects": {"tms": "supports"}},
        {"reason": "Other."},
        {"sources": ("P1",)},
        {"hold": None},
    ):
        assert digest((replace(RULES[0], **change), *RULES[1:])) != digest()


def test_another_reader_of_a_field_changes_the_digest():
    """Else lists would go on showing what was stored while the answer was not protected."""
    protected = replace(FIELDS[0], reader=Reader.SUBSTANCE_USE)
    assert digest(fields=(protected, *FIELDS[1:])) != digest()


def test_a_removed_row_changes_the_digest():
    assert digest(RULES[1:]) != digest()
