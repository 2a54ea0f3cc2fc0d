"""Staff read days and times in one way: no template and no list of theirs formats them in another."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import time_machine
from django.contrib import admin
from django.db.models import DateTimeField

from intake.times import moments

ROOT = Path(__file__).parent.parent
OTHERS = ("intake", "clinic")  # of the patient's side
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if path.relative_to(ROOT / "templates").parts[0] not in OTHERS
]
FILTER = re.compile(r"\|(?:date|time|naturaltime|timesince|timeuntil)\b(?::(?P<how>\"[^\"]*\"|'[^']*'))?")
# What a machine reads, and the name of a weekday before its day.
ALLOWED = {"'c'", "'Y-m-d'", '"l"'}
NOON = datetime(2026, 11, 28, 21, 22, tzinfo=UTC)  # 4:22 pm at the clinic


def test_no_template_of_the_staff_formats_a_day_or_a_time_by_itself():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEMPLATES
        for match in FILTER.finditer(path.read_text())
        if match["how"] not in ALLOWED
    ]
    assert found == []


def test_no_code_of_the_staff_writes_a_clock_or_a_whole_day_by_itself():
    way = re.compile(r"_format\(|DATE(TIME)?_FORMAT|TIME_FORMAT")
    # Parts of a day, in lists and charts that have no room for more; the words of the rota's hours.
    parts = re.compile(
        r"""["'](M j|M Y|M y|D, M j, Y|l, M j|g|g A|g:i A)["']|strftime|\bdate_format=|time_format="""
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "treatments").rglob("*.py"))
        if "migrations" not in path.parts
        for line in path.read_text().splitlines()
        if way.search(line) and not line.startswith("from ") and not parts.search(line)
    ]
    assert [line for line in found if "%Y-%m-%d" not in line and "%H:%M" not in line] == []


@pytest.mark.parametrize("model", admin.site._registry)
def test_no_list_shows_a_moment_as_django_would(model):
    shown = [name for name in admin.site._registry[model].list_display if isinstance(name, str)]
    fields = {field.name for field in model._meta.get_fields() if isinstance(field, DateTimeField)}
    assert not fields & set(shown)


@time_machine.travel(NOON, tick=False)
def test_the_one_way():
    assert moments.clock(NOON) == moments.clock(time(16, 22)) == "4:22 pm"
    assert moments.short_day(NOON) == moments.short_day(date(2026, 11, 28)) == "Nov 28, 2026"
    assert moments.stamp(NOON) == "Nov 28, 2026, 4:22 pm"
    assert (moments.moment(NOON), moments.since(NOON)) == ("today, 4:22 pm", "4:22 pm")
    late = datetime(2026, 11, 28, 3, tzinfo=UTC)  # the evening before, at the clinic
    assert moments.moment(late) == moments.since(late) == "Nov 27, 2026, 10:00 pm"
    assert moments.short_day(late) == "Nov 27, 2026"
