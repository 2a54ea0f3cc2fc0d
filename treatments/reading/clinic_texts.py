"""The clinic's texts as they count now, and who the clinic is on paper: what letters and pages are made from."""

from treatments.models import ClinicProfile, ClinicTextVersion
from treatments.workflow.clinic_texts import CLINIC_TEXTS


def text_of(key: str, language: str = "en") -> str:
    """The newest version, else the text as shipped; English where it has none in ``language``."""
    row = CLINIC_TEXTS[key]
    if language not in row.default:
        language = "en"
    return ClinicTextVersion.newest(key, language).body or row.default_in(language)


def clinic_values() -> dict[str, str]:
    """The placeholders that are the clinic itself, with what stands there now."""
    here = ClinicProfile.newest()
    return {
        "clinic": here.legal_name,
        "clinic_address": here.address,
        "clinic_phone": here.phone,
        "clinic_fax": here.fax,
    }
