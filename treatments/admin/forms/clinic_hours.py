"""The form of the clinic's hours, holidays and targets."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.typed.dates import parts_of
from treatments.admin.forms.rota import clock_time
from treatments.models import ClinicHours
from treatments.triage.clinic_hours import LONGEST_TARGET
from treatments.workflow.targets import TARGET_WORDS, TARGETS

# A date, as Americans and computers write it, then whatever it is called.
HOLIDAY = re.compile(
    r"\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4})\b[\s,:;-]*(.*)"
)
LONGEST_NAME = 60


class Holidays(forms.CharField):
    """A line for each; gives ISO dates with their names."""

    def clean(self, value: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in filter(str.strip, (super().clean(value) or "").splitlines()):
            day, name = holiday_of(line)
            if day is None:
                raise forms.ValidationError(
                    _("“%(line)s” does not begin with a date. Type it like 12/25/2026 or 2026-12-25.")
                    % {"line": line.strip()[:LONGEST_NAME]}
                )
            if day in found:
                raise forms.ValidationError(_("%(day)s stands there twice.") % {"day": day})
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(
                    _("The name of %(day)s is longer than %(most)d characters.")
                    % {"day": day, "most": LONGEST_NAME}
                )
            found[day] = name
        return found


def holiday_of(line: str) -> tuple[str | None, str]:
    found = HOLIDAY.fullmatch(line.strip())
    parts = parts_of(found[1], None) if found else None
    if found is None or parts is None or parts.month is None or parts.day is None:
        return None, ""
    try:
        return date(parts.year, parts.month, parts.day).isoformat(), found[2].strip()
    except ValueError:
        return None, ""


class ClinicHoursForm(forms.Form):
    """``seen_version`` is the version that the page showed."""

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Working days"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one working day.")},
    )
    opens = clock_time(gettext_lazy("Work begins"))
    closes = clock_time(gettext_lazy("Work ends"))
    words = forms.CharField(
        label=gettext_lazy("The hours in words"),
        max_length=100,
        help_text=gettext_lazy(
            "Patients read this, for example “Monday to Friday, 9 am to 5 pm”. It should say the same as above."
        ),
    )
    holidays = Holidays(
        label=gettext_lazy("Holidays"),
        required=False,
        widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy(
            "Days on which nobody works, one a line: the date, then its name if you like. For example “12/25/2026 Christmas”."
        ),
    )

    def __init__(self, data=None, *, hours: ClinicHours, **kwargs):
        values = {key: getattr(hours, key) for key in ("days", "opens", "closes", "words")}
        lines = "\n".join(f"{day} {name}".strip() for day, name in sorted(hours.holidays.items()))
        super().__init__(data, initial={**values, "holidays": lines, "seen_version": hours.version}, **kwargs)
        for key, words in TARGET_WORDS.items():
            self.fields[f"target-{key}"] = forms.IntegerField(
                label=words,
                initial=hours.targets.get(key, TARGETS[key]),
                min_value=1,
                max_value=LONGEST_TARGET,
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        begins, ends = told.get("opens"), told.get("closes")
        if begins and ends and begins >= ends:
            self.add_error("closes", _("Work ends after it begins."))
        return told

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of the change."""
        told = self.cleaned_data
        named = {key: told[key] for key in ("days", "opens", "closes", "words", "holidays")}
        targets = {key: told[f"target-{key}"] for key in TARGETS}
        return {"seen": told["seen_version"], "wanted": ClinicHours(targets=targets, **named)}
