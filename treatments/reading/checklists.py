"""What each treatment's team asks before it accepts somebody: one checklist a treatment, as data.

A treatment without a row here has a brief all the same: what its rules found stands in the checklist's place.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake import fields
from intake.fields.kinds import Text
from intake.fields.lookup import field_path
from treatments.catalog import TREATMENTS


@dataclass(frozen=True, slots=True)
class Asked:
    """Yes-or-no questions that share a line where they were answered alike; ``look_at`` is the answer that stands out."""

    paths: tuple[str, ...]
    look_at: str = "yes"


@dataclass(frozen=True, slots=True)
class Course:
    """An earlier course of a treatment: whether there was one, and what came of it. ``path`` is its group."""

    path: str
    name: Text


@dataclass(frozen=True, slots=True)
class Takes:
    """What is taken now of these sets of the drug table."""

    words: Text
    sets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pressure:
    """The last blood pressure and its day."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """An answer in the person's own words, or a number."""

    path: str
    words: Text


Check = Asked | Course | Takes | Pressure | Wrote


@dataclass(frozen=True, slots=True)
class Checklist:
    """``reader`` is whom the brief is for, ``parts`` the headings with their checks in the order of the sheet."""

    reader: Text
    parts: tuple[tuple[Text, tuple[Check, ...]], ...]


def _of(section: str, *keys: str, look_at: str = "yes") -> Asked:
    return Asked(tuple(f"{section}.{key}" for key in keys), look_at)


TMS, KETAMINE, ECT = "other_treatments.tms", "other_treatments.ketamine", "other_treatments.ect"
TMS_BEFORE = Course(TMS, _("TMS before"))
KETAMINE_BEFORE = Course(KETAMINE, _("Ketamine or Spravato before"))
ECT_BEFORE = Course(ECT, _("ECT before"))
PSYCHOSIS = _of("history", "hears_or_sees", "feels_plotted_against", "deserves_punishment", "voices_command")
PREGNANCY = _of("health", "pregnant", "could_become_pregnant", "breastfeeding")

CHECKLISTS: dict[str, Checklist] = {
    "tms": Checklist(
        _("For the TMS physician"),
        (
            (
                _("Before the coil"),
                (
                    _of("health", "pacemaker_or_defibrillator", "pump_or_other_implant"),
                    _of(
                        "health", "metal_in_head_or_neck", "brain_or_nerve_stimulator", "metallic_face_tattoo"
                    ),
                    _of("health", "cochlear_implant", "hearing_loss_or_ringing"),
                    _of("health", "mri_problem"),
                    _of("health", "seizure_ever", "seizure_medicine", "fainting", "family_epilepsy"),
                    _of("health", "head_injury_unconscious"),
                    _of("health", "stroke", "brain_tumour_or_surgery", "raised_pressure_in_skull"),
                    Takes(
                        _("Lowers the seizure threshold"),
                        frozenset({"lowers_seizure_threshold", "stimulant"}),
                    ),
                    Takes(_("Against seizures"), frozenset({"stop_seizure"})),
                    _of("substances", "recent_binge", "stopped_heavy_use_last_7_days"),
                    _of("history", "sleep_under_4h"),
                    PREGNANCY,
                    TMS_BEFORE,
                    ECT_BEFORE,
                    KETAMINE_BEFORE,
                    Asked(("other_treatments.vns.had",)),
                    _of("practical", "can_attend_5_days", look_at="no"),
                ),
            ),
        ),
    ),
    "spravato": Checklist(
        _("For the Spravato REMS nurse"),
        (
            (
                _("Before the first dose"),
                (
                    Pressure(),
                    _of("health", "high_blood_pressure", "heart_disease"),
                    _of("health", "aneurysm_or_avm", "brain_bleed", "stroke"),
                    PSYCHOSIS,
                    PREGNANCY,
                    _of("health", "liver_disease"),
                    _of("health", "bladder_pain"),
                    _of("medicines", "ketamine_allergy"),
                    KETAMINE_BEFORE,
                    Takes(_("Opioids, sedatives"), frozenset({"cns_depressant", "sedating"})),
                    Takes(_("Stimulants"), frozenset({"stimulant"})),
                    Takes(_("MAOI now"), frozenset({"maoi"})),
                    _of("medicines", "maoi_last_14_days"),
                    _of(
                        "substances",
                        "substance_use_disorder_now",
                        "past_substance_use_disorder",
                        "ketamine_misuse_now",
                    ),
                    TMS_BEFORE,
                    ECT_BEFORE,
                ),
            ),
            (
                _("Each visit"),
                (
                    _of("practical", "ride_home", look_at="no"),
                    _of("practical", "must_drive_same_day"),
                    _of("practical", "can_stay_2_hours", "can_attend_twice_weekly", look_at="no"),
                ),
            ),
        ),
    ),
    "psychotherapy": Checklist(
        _("For the therapist"),
        (
            (
                _("What may shape the work"),
                (
                    _of("anxiety", "trauma_event"),
                    _of("health", "ptsd_diagnosis", "personality_disorder", "ocd", "adhd"),
                    PSYCHOSIS,
                    _of("history", "high_now", "little_sleep_not_tired", "bipolar_diagnosis"),
                    _of("history", "sleep_under_4h"),
                    _of("health", "eating_disorder"),
                    _of("health", "chronic_pain", "memory_disorder", "hearing_loss_or_ringing"),
                    _of("substances", "substance_use_disorder_now", "past_substance_use_disorder"),
                    _of("reason", "prefers_therapy_only"),
                    TMS_BEFORE,
                    KETAMINE_BEFORE,
                    ECT_BEFORE,
                ),
            ),
        ),
    ),
}

# What every team reads beside its checklist.
THERAPY = (Wrote("history.psychiatric_admissions", _("Psychiatric admissions")),)
HOPES = (
    Wrote("reason.goals", _("Hopes for")),
    Wrote("practical.insurer", _("Insurer")),
    Wrote("practical.plan", _("Plan")),
    Wrote("practical.best_times", _("Best times")),
    Wrote("reason.referred_by", _("Heard of us from")),
)


def paths_of(check: Check) -> tuple[str, ...]:
    """The questions that a check stands for; a list of medicines is none of its own."""
    match check:
        case Asked(paths):
            return paths
        case Course(path):
            return tuple(f"{path}.{part.key}" for part in fields.BY_PATH[path].parts)
        case Pressure():
            return ("health.bp_systolic", "health.bp_diastolic", "health.bp_date")
        case Wrote(path):
            return (path,)
    return ()


def _check() -> None:
    """Refuse a row that would fail later, in a brief."""
    if strangers := set(CHECKLISTS) - set(TREATMENTS):
        raise ValueError(f"checklists of no treatment: {', '.join(sorted(strangers))}")
    every = [check for row in CHECKLISTS.values() for _title, checks in row.parts for check in checks]
    for path in (path for check in (*every, *THERAPY, *HOPES) for path in paths_of(check)):
        if field_path(path) not in fields.BY_PATH:
            raise ValueError(f"a checklist asks for {path!r}, which nobody is asked")


_check()
