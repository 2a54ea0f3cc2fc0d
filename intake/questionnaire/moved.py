"""Where questions of the intake stood before: addresses and drafts of then lead to the pages that ask them now."""

# Pages that are gone, and which page asks their questions now.
MOVED = {
    "helper-details": "helper",
    "sex": "name",
    "contact-safe": "contact",
    "past-recent": "past",
    "others": "past",
    "sleep": "now",
    "high-trouble": "highs",
    "vns": "other-treatments",
    "drinks": "alcohol",
    "withdrawal": "drugs",
    "seizure-details": "brain",
    "metal-details": "implants",
    "blood-pressure": "heart",
    "pregnancy": "body",
    "mind": "conditions",
    "home": "contact",
    "medicines-not-remembered": "medicines-tried",
    # What these asked besides is asked after sending.
    "emergency": "reason",
    "insurance": "visits",
}
# Where questions stood before, by that page: a draft of then has not been asked them on the page of now.
ONCE_ON = {
    "home": ("about.veteran", "about.interpreter_needed"),
    "sex": ("about.sex_at_birth", "about.gender"),
    "contact-safe": ("about.voicemail_ok", "about.text_ok", "about.email_ok"),
    "past-recent": ("safety.cssrs.q6_recent",),
    "others": ("safety.harm_to_others",),
    "sleep": ("history.sleep_under_4h", "history.sleep_pattern"),
    "high-trouble": ("history.high_trouble",),
    "vns": ("other_treatments.vns.now",),
    "drinks": ("substances.audit_c.2", "substances.audit_c.3"),
    "withdrawal": ("substances.stopped_heavy_use_last_7_days", "substances.withdrawal_symptoms"),
    "seizure-details": ("health.seizure_when", "health.seizure_medicine", "health.seizure_details"),
    "metal-details": ("health.metal_details",),
    "pregnancy": (
        "health.pregnant",
        "health.breastfeeding",
        "health.could_become_pregnant",
        "history.gave_birth_last_12_months",
    ),
    "blood-pressure": ("health.bp_systolic", "health.bp_diastolic", "health.bp_date"),
    "mind": (
        "health.eating_disorder",
        "health.ocd",
        "health.adhd",
        "health.personality_disorder",
        "health.anxiety_disorder",
        "health.ptsd_diagnosis",
        "health.other_conditions",
    ),
    "insurance": ("practical.insurer",),
    "medicines-not-remembered": ("antidepressants.more_not_remembered",),
}
