"""Short words for what was answered yes and what no, for lines that name many answers at once."""

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.rules.criteria.said import YES

# What speaks for a treatment where it is answered yes; a no of these is a finding.
YESES: dict[str, Text] = {
    "practical.ride_home": _("a ride home"),
    "practical.can_stay_2_hours": _("can stay two hours"),
    "practical.can_attend_twice_weekly": _("can come twice a week"),
    "practical.can_attend_5_days": _("can come five days a week"),
    "other_treatments.ketamine.tolerated": _("tolerated Spravato or ketamine"),
}
# After "No:"; what the rules name in their reasons is named alike.
NOS: dict[str, Text] = {
    **YES,
    "health.pump_or_other_implant": _("a medicine pump or another implant"),
    "health.seizure_medicine": _("a medicine against seizures"),
    "health.hearing_loss_or_ringing": _("hearing loss or ringing in the ears"),
    "health.aneurysm_or_avm": _("an aneurysm or AVM"),
    "health.brain_bleed": _("bleeding in the brain"),
    "health.liver_disease": _("liver disease"),
    "health.bladder_pain": _("bladder pain or cystitis"),
    "health.pregnant": _("pregnant"),
    "health.breastfeeding": _("breastfeeding"),
    "health.could_become_pregnant": _("could become pregnant"),
    "history.bipolar_diagnosis": _("a bipolar diagnosis"),
    "history.psychosis_ever": _("psychosis ever"),
    "history.gave_birth_last_12_months": _("gave birth within 12 months"),
    "medicines.ketamine_allergy": _("an allergy to ketamine or esketamine"),
    "other_treatments.tms.had": _("TMS before"),
    "other_treatments.tms.serious_event": _("a serious event under TMS"),
    "other_treatments.ketamine.had": _("Spravato or ketamine before"),
    "other_treatments.ect.had": _("ECT before"),
    "reason.prefers_therapy_only": _("prefers therapy alone"),
    "anxiety.trauma_event": _("a trauma"),
    "safety.cssrs.q6": _("suicidal behavior ever"),
    "safety.cssrs.q6_recent": _("suicidal behavior within three months"),
}
