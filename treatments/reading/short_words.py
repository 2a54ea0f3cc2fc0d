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
# Of a question that is no safety question, where it stands beside an answer or has to be asked.
QUESTIONS: dict[str, Text] = {
    "mood.phq9[2]": _("PHQ-9, sleep"),
    "history.sleep_pattern": _("sleep"),
    "antidepressants.trials": _("medicines tried"),
    "antidepressants.more_not_remembered": _("medicines not remembered"),
    "other_treatments.therapy": _("talking therapies"),
}
# Of a safety question on paper.
SAFETY: dict[str, Text] = {
    "mood.phq9[8]": _("PHQ-9 item 9: better off dead, or hurting oneself"),
    "safety.cssrs.q1": _("C-SSRS 1: wished to be dead, past month"),
    "safety.cssrs.q2": _("C-SSRS 2: thoughts of killing oneself, past month"),
    "safety.cssrs.q3": _("C-SSRS 3: thought about how"),
    "safety.cssrs.q4": _("C-SSRS 4: some intention of acting"),
    "safety.cssrs.q5": _("C-SSRS 5: a plan, and means to carry it out"),
    "safety.cssrs.q6": _("C-SSRS 6: ever did or prepared anything"),
    "safety.cssrs.q6_recent": _("C-SSRS 6: within the past 3 months"),
    "safety.asq.q1": _("ASQ 1: wished to be dead, past weeks"),
    "safety.asq.q2": _("ASQ 2: others better off without them"),
    "safety.asq.q3": _("ASQ 3: thoughts of killing oneself, past week"),
    "safety.asq.q4": _("ASQ 4: ever tried to kill oneself"),
    "safety.asq.q5": _("ASQ 5: thoughts of killing oneself right now"),
    "safety.harm_to_others": _("Thoughts of hurting someone else"),
    "health.chest_pain_or_stroke_signs_now": _("Chest pain or stroke signs now"),
    "health.new_symptoms": _("New symptoms in the last two days"),
    "history.not_eating_or_moving": _("Stopped eating, drinking or moving"),
    "about.filled_by": _("Form filled in by somebody else"),
}
# After "No:"; what the rules name in their reasons is named alike.
NOS: dict[str, Text] = {
    **YES,
    "health.pump_or_other_implant": _("a medicine pump or another implant"),
    "health.seizure_medicine": _("a medicine against seizures"),
    "health.hearing_loss_or_ringing": _("hearing loss or ringing in the ears"),
    "health.aneurysm_or_avm": _("an aneurysm or AVM"),
    "health.brain_bleed": _("bleeding in the brain"),
    "health.mri_problem": _("a problem with MRI"),
    "health.liver_disease": _("liver disease"),
    "health.bladder_pain": _("bladder pain or cystitis"),
    "health.pregnant": _("pregnant"),
    "health.breastfeeding": _("breastfeeding"),
    "health.could_become_pregnant": _("could become pregnant"),
    "history.bipolar_diagnosis": _("a bipolar diagnosis"),
    "history.psychosis_ever": _("psychosis ever"),
    "history.gave_birth_last_12_months": _("gave birth within 12 months"),
    "health.personality_disorder": _("a personality disorder"),
    "health.ptsd_diagnosis": _("a PTSD diagnosis"),
    "health.adhd": _("ADHD"),
    "medicines.maoi_last_14_days": _("an MAOI stopped within 14 days"),
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
