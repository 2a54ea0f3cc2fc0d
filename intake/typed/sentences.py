"""What is said of a typed text that can't be read."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

DOSE = _("Write a number in mg, such as 40.")
DOSE_WITHOUT_NUMBER = _("Write a number in mg, such as 40, or leave this empty.")
NOT_A_DAY = _(
    "We ask for one day. Write the mg you took on a day when you took it, "
    "and write how often beside the medicine's name, such as Prozac Weekly."
)
NO_STRENGTH = _("Write the strength in mg. It is on the label. If you do not know it, leave this empty.")
NOT_MG = _("We need milligrams (mg). If the label does not say mg, leave this empty.")
HOW_LONG = _("Write how long, such as 8 weeks or 3 months.")
TOO_VAGUE = _(
    "About how many weeks, months or years? A guess is fine, such as 3 months. Or leave this empty."
)
LESS_THAN = _("Write the weeks you took it, such as 3. Or leave this empty.")
ANY_NUMBER = _("write a number, such as 12")


def doubtful(raw: str) -> Text:
    """What is asked of a number such as 1.200."""
    whole, _point, decimals = raw.rpartition(".")
    decimal = float(f"{whole.replace('.', '')}.{decimals}")
    return format_lazy(
        _("Is that {whole} or {decimal}? Write it without a point."),
        whole=raw.replace(".", ""),
        decimal=f"{decimal:g}",
    )
