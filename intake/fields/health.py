"""The body: what can make a treatment unsafe, and illnesses that can keep depression going."""

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import not_male, when
from intake.fields.kinds import choice, date, long_text, many, number, section, yes_no

HEALTH = section(
    "health",
    # Brain and head
    yes_no("seizure_ever", "brain", _("Have you ever had a seizure or epilepsy?")),
    choice(
        "seizure_when",
        "brain",
        _("When was your last seizure?"),
        (
            ("last_12_months", _("In the last 12 months")),
            ("longer_ago", _("Longer ago")),
            ("not_sure", _("I am not sure")),
        ),
        asked_when=when("health.seizure_ever", "yes"),
    ),
    yes_no(
        "seizure_medicine",
        "brain",
        _("Do you take a medicine against seizures now?"),
        asked_when=when("health.seizure_ever", "yes"),
    ),
    long_text(
        "seizure_details",
        "brain",
        _("Tell us about your seizures"),
        _("For example what kind, when the last one was, and what medicine you take for it."),
        asked_when=when("health.seizure_ever", "yes", "not_sure"),
        short=_("Your seizures"),
    ),
    yes_no("fainting", "brain", _("Do you faint, or have you fainted more than once?")),
    yes_no("family_epilepsy", "brain", _("Does a parent, brother, sister or child of yours have epilepsy?")),
    yes_no("head_injury_unconscious", "brain", _("Have you ever been knocked out by a head injury?")),
    yes_no("stroke", "brain", _("Have you ever had a stroke?")),
    yes_no("brain_tumour_or_surgery", "brain", _("Have you had a brain tumor or brain surgery?")),
    yes_no(
        "raised_pressure_in_skull",
        "brain",
        _("Have you had raised pressure inside your skull?"),
        _("A doctor would have told you."),
    ),
    yes_no("hearing_loss_or_ringing", "brain", _("Do you have hearing loss or ringing in your ears?")),
    # Metal and devices
    yes_no(
        "metal_in_head_or_neck",
        "implants",
        _("Is there any metal in your head, eyes or neck?"),
        _(
            "For example clips, coils, stents, a shunt, splinters, shrapnel or a bullet. Dental fillings do not count."
        ),
    ),
    long_text(
        "metal_details",
        "implants",
        _("Tell us about the metal"),
        _("For example what it is, where it is, and when it was put in."),
        asked_when=when("health.metal_in_head_or_neck", "yes", "not_sure"),
        short=_("The metal"),
    ),
    yes_no("cochlear_implant", "implants", _("Do you have a cochlear (hearing) implant?")),
    yes_no("brain_or_nerve_stimulator", "implants", _("Do you have a brain or nerve stimulator?")),
    yes_no(
        "metallic_face_tattoo",
        "implants",
        _("Do you have a tattoo on your face or head made with metal ink?"),
        _("Permanent makeup counts."),
    ),
    yes_no(
        "pacemaker_or_defibrillator",
        "implants",
        _("Have you ever had a pacemaker or a defibrillator?"),
        _("Count one worn outside your body, even in the past."),
    ),
    yes_no("pump_or_other_implant", "implants", _("Do you have a medicine pump or any other implant?")),
    yes_no(
        "mri_problem", "implants", _("Have you ever been told not to have an MRI, or had a problem in one?")
    ),
    # Heart and blood vessels
    yes_no("high_blood_pressure", "heart", _("Do you have high blood pressure?")),
    number(
        "bp_systolic",
        "heart",
        _("The higher number of your last blood pressure"),
        _(
            "For example, the 120 in 120/80. You may also write both here: 120/80. Leave blank if you do not know."
        ),
        low=30,
        high=350,
        unit="mmHg",
        short=_("Blood pressure"),
    ),
    number(
        "bp_diastolic",
        "heart",
        _("The lower number"),
        _("For example, the 80 in 120/80."),
        low=10,
        high=250,
        unit="mmHg",
        short=_("Blood pressure"),
    ),
    date(
        "bp_date",
        "heart",
        _("When was it measured?"),
        _("For example May 2026."),
        short=_("When it was measured"),
    ),
    yes_no(
        "heart_disease",
        "heart",
        _("Do you have heart disease?"),
        _("For example a heart attack, heart failure or an uneven heartbeat."),
    ),
    yes_no(
        "aneurysm_or_avm",
        "heart",
        _("Have you ever had an aneurysm or an AVM?"),
        _(
            "These are weak or tangled blood vessels. A doctor would have told you. Count one that was repaired."
        ),
    ),
    yes_no("brain_bleed", "heart", _("Have you ever had bleeding in the brain?")),
    yes_no(
        "chest_pain_or_stroke_signs_now",
        "symptoms",
        _(
            "Do you have any of these right now: "
            "chest pain, weakness on one side, or sudden trouble speaking or seeing?"
        ),
    ),
    # The rest of the body
    choice(
        "liver_disease",
        "body",
        _("Do you have liver disease?"),
        (
            ("no", _("No")),
            ("mild", _("Yes, mild")),
            ("moderate", _("Yes, moderate")),
            ("severe", _("Yes, severe")),
            ("not_sure", _("I am not sure")),
        ),
    ),
    yes_no("bladder_pain", "body", _("Do you have bladder pain or a bladder disease called cystitis?")),
    yes_no("memory_disorder", "body", _("Do you have dementia, or a severe problem with your memory?")),
    yes_no(
        "eating_disorder",
        "body",
        _("Do you have, or have you had, an eating disorder?"),
        _("For example anorexia or bulimia."),
    ),
    yes_no("pregnant", "body", _("Are you pregnant?"), asked_when=not_male),
    yes_no("breastfeeding", "body", _("Are you breastfeeding?"), asked_when=not_male),
    yes_no(
        "could_become_pregnant",
        "body",
        _("Could you become pregnant, or do you plan to?"),
        _("Answer no if you use reliable birth control."),
        asked_when=not_male,
    ),
    many(
        "new_symptoms",
        "symptoms",
        _("In the last 2 days, have any of these been new for you?"),
        (
            ("tremor_or_jerks", _("Shaking or sudden jerks")),
            ("sweating_or_fever", _("Heavy sweating or fever")),
            ("agitation_or_confusion", _("Very restless or confused")),
            ("diarrhoea", _("Diarrhea")),
            ("stiffness", _("Stiff muscles")),
        ),
        _("Choose all that fit."),
    ),
    # Illnesses that can keep depression going
    yes_no("thyroid_disease", "conditions", _("Do you have a thyroid disease?")),
    yes_no("anaemia", "conditions", _("Do you have anemia (too few red blood cells)?")),
    yes_no("vitamin_deficiency", "conditions", _("Have you been told that you lack vitamin D or B12?")),
    yes_no("chronic_pain", "conditions", _("Do you have pain that has lasted for months?")),
    yes_no(
        "autoimmune_disease",
        "conditions",
        _("Do you have an autoimmune disease?"),
        _("For example lupus, arthritis of the joints, or MS."),
    ),
    yes_no("sleep_apnoea", "conditions", _("Do you have sleep apnea?")),
    yes_no("lung_disease", "conditions", _("Do you have a lung disease, such as asthma or COPD?")),
    yes_no(
        "steroid_interferon_isotretinoin",
        "conditions",
        _("Do you take a steroid, interferon or isotretinoin (Accutane)?"),
    ),
    yes_no("ocd", "conditions", _("Do you have obsessive-compulsive disorder (OCD)?")),
    yes_no("adhd", "conditions", _("Do you have ADHD?")),
    yes_no(
        "personality_disorder",
        "conditions",
        _("Have you been told that you have a personality disorder?"),
        _("A doctor would have told you."),
    ),
    yes_no("anxiety_disorder", "conditions", _("Do you have an anxiety disorder?")),
    yes_no("ptsd_diagnosis", "conditions", _("Have you been told that you have PTSD?")),
    long_text(
        "other_conditions",
        "conditions",
        _("Any other illness we should know about"),
        short=_("Other illnesses"),
    ),
)
