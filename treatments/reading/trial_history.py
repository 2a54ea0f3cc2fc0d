"""The treatment history as a picture: what each trial came to, in the words its bar carries. Pure."""

from django.utils.translation import gettext as _

from intake.fields import Answers
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
    )


def adequacy(trial: Trial) -> tuple[str, str]:
    """The kind of bar and its words, by the four-week measure."""
    if trial.counts.value is False:
        return "apart", _("No antidepressant trial of its own")
    if trial.alone.value is False:
        return "apart", _("Added to another, no trial of its own")
    return {
        True: ("adequate", _("Adequate")),
        False: ("short", _("Not adequate")),
        None: ("unknown", _("Not known whether adequate")),
    }[trial.adequate_lenient.value]


def dose(trial: Trial) -> str:
    """The highest dose against the least adequate one."""
    given = _("dose not known") if trial.dose_mg is None else f"{trial.dose_mg:g} mg"
    if trial.drug is None:
        return _("%(dose)s, name not recognized") % {"dose": given}
    if trial.counts.value is False:
        return given
    if trial.min_dose_mg is None:
        return _("%(dose)s, no minimum in the table") % {"dose": given}
    return _("%(dose)s, minimum %(least)s mg") % {"dose": given, "least": f"{trial.min_dose_mg:g}"}
