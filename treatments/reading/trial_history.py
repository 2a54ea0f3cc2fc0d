"""The treatment history as a picture: what each trial came to, in the words its bar carries. Pure."""

from django.utils.translation import gettext as _

from intake.drugs import shown
from intake.fields import Answers
from intake.fields.antidepressants import WEEKS_CHOICES
from intake.fields.treatments_tried import BENEFITS
from treatments import charts
from treatments.rules.trial import Trial
from treatments.rules.trials import Trials


def history(answers: Answers) -> charts.History | None:
    """The picture of the medicines tried; None where none was named."""
    entries = answers.get("antidepressants", {}).get("trials")
    return charts.history([course(trial) for trial in Trials(entries, None).listed]) if entries else None


def course(trial: Trial) -> charts.Course:
    kind, words = adequacy(trial)
    benefit = BENEFITS.get(trial.entry.get("improvement"))
    return charts.Course(
        drug=trial.drug.generic if trial.drug else trial.typed,
        dose=dose(trial),
        weeks=trial.weeks,
        adequacy=kind,
        adequacy_words=words,
        response=benefit.words if benefit else _("benefit not known"),
        weeks_chosen=weeks_chosen(trial),
    )


def adequacy(trial: Trial) -> tuple[str, str]:
    """The kind of bar and its words, by the four-week measure."""
    if trial.counts.value is False:
        return "apart", _("No antidepressant trial of its own")
    if trial.alone.value is False:
        base = trial.addition.generic or ""
        return "apart", _("Added to %(base)s, no trial of its own") % {"base": base}
    return {
        True: ("adequate", _("Adequate")),
        False: ("short", _("Not adequate")),
        None: ("unknown", _("Not known whether adequate")),
    }[trial.adequate_lenient.value]


def dose(trial: Trial) -> str:
    """The highest dose, as typed where that was more than a number, against the least adequate one."""
    typed = str(trial.entry.get("dose_typed") or "").strip()
    if trial.dose_mg is None:
        number = _("dose not known")
    else:
        number = shown(trial.drug, trial.dose_mg) if trial.drug else f"{trial.dose_mg:g} mg"
    given = f"{number} (“{typed}”)" if typed else number
    if trial.drug is None:
        return _("%(dose)s, name not recognized") % {"dose": given}
    if trial.counts.value is False:
        return given
    if trial.reading.words:
        given = f"{given}, {trial.reading.words}"
    if trial.min_dose_mg is None:
        return given if trial.reading.words else _("%(dose)s, no minimum in the table") % {"dose": given}
    return _("%(dose)s, minimum %(least)s mg") % {"dose": given, "least": f"{trial.min_dose_mg:g}"}


def weeks_chosen(trial: Trial) -> str:
    """The range of weeks that was chosen, "" where a number was written or nothing is known."""
    return str(dict(WEEKS_CHOICES).get(str(trial.entry.get("weeks_choice")), ""))


def weeks(trial: Trial) -> str:
    """How long that dose was taken, as typed or chosen where that was more than a number."""
    if chosen := weeks_chosen(trial):
        return chosen
    typed = str(trial.entry.get("weeks_typed") or "").strip()
    number = _("weeks not known") if trial.weeks is None else _("%(n)g weeks") % {"n": trial.weeks}
    return f"{number} (“{typed}”)" if typed else number
