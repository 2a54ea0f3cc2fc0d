"""The questionnaires the clinic uses: wording, choices, codes, bands and sources, loaded from data files.

The suicide screens stand apart in `suicide/`: the C-SSRS is under its owner's copyright, and a clinic
that may not use it takes the ASQ instead. Import from here; `shapes` and `loading` are the parts.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from intake.scales.loading import load
from intake.scales.shapes import Band, Item, Level, Option, Scale

__all__ = [
    "AUDIT_C",
    "CSSRS_SINCE_LAST_VISIT",
    "DRUG_ITEM",
    "GAD7",
    "PC_PTSD5",
    "PHQ9",
    "SUICIDE_SCREENS",
    "Band",
    "Item",
    "Level",
    "Option",
    "Scale",
    "suicide_screen",
]

_HERE = Path(__file__).parent

PHQ9: Scale = load(_HERE / "phq9.toml")
GAD7: Scale = load(_HERE / "gad7.toml")
AUDIT_C: Scale = load(_HERE / "audit_c.toml")
DRUG_ITEM: Scale = load(_HERE / "drug_item.toml")
PC_PTSD5: Scale = load(_HERE / "pc_ptsd5.toml")

SUICIDE_SCREENS: Mapping[str, Scale] = MappingProxyType(
    {key: load(_HERE / "suicide" / f"{key}.toml") for key in ("cssrs", "asq")}
)
# Asked again in check-ins; no screen of the intake, so no clinic chooses it there.
CSSRS_SINCE_LAST_VISIT: Scale = load(_HERE / "suicide" / "cssrs_since_last_visit.toml")


def suicide_screen(key: str) -> Scale:
    """The suicide screen with this key; ValueError naming the known keys for another one."""
    if key not in SUICIDE_SCREENS:
        known = ", ".join(sorted(SUICIDE_SCREENS))
        raise ValueError(f"{key!r} is not a suicide screen: known are {known}")
    return SUICIDE_SCREENS[key]
