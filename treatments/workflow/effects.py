"""The effects that rules have on a treatment, in words and with the shape that stands for each."""

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

EFFECTS: dict[str, tuple[str, Text]] = {
    "clinician_first": ("■", _("Clinician first")),
    "caution": ("◆", _("Caution")),
    "supports": ("●", _("Supports")),
    "no_finding": ("○", _("No finding")),
    "none": ("", ""),
    "": ("–", _("Not assessed")),
}
OPEN: dict[str, Text] = {
    "clinician_first": _("ask: may need a clinician first"),
    "caution": _("ask: may call for caution"),
    "supports": _("ask: may support"),
}
