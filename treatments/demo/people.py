"""Invented people, one a row: who they are, which clinical picture, when they wrote, what happened since."""

from dataclasses import dataclass, field

from treatments.demo import trials


@dataclass(frozen=True, slots=True)
class Person:
    """``birthday`` is month-day and ``age`` holds on the day the form arrived, so no age ever drifts.

    ``arrived`` reads "12 days ago 14:05" by the clinic's clock, or "3 hours ago".
    """

    name: str
    sex: str
    birthday: str
    age: int
    language: str
    profile: str
    story: str
    arrived: str
    also: dict = field(default_factory=dict)  # changes of this person's own, by dotted path
    first_said: dict = field(default_factory=dict)  # by page, what was saved there and changed before sending


F, M, X = "female", "male", "intersex"
SIN_GANAS = {"reason.goals": "Quiero volver a tener ganas de hacer cosas con mi familia."}
EN_ESPANOL = SIN_GANAS | {"antidepressants.trials": trials.ONE_ADEQUATE_IN_SPANISH}
DORMIR = {"reason.goals": "Necesito dormir y dejar de llorar.", "about.interpreter_needed": "yes"}
SIN_MAS = {"reason.goals": "Ya probé muchas pastillas y ninguna me ayudó.", "about.interpreter_needed": "no"}
THEY = {"about.pronouns": "they/them", "about.gender": "Nonbinary", "about.preferred_name": "Quin"}
TRANS = {"about.pronouns": "she/her", "about.gender": "Trans woman"}
HARM_FIRST = {"past": {"safety": {"harm_to_others": "yes"}}}
FAMILY = {"history.family_bipolar": "yes"}
VERY_HIGH_LONG_AGO = {
    "health.high_blood_pressure": "yes",
    "health.bp_systolic": 186,
    "health.bp_diastolic": 104,
    "health.bp_date": 70,
}
NO_MAIL = {"about.email_ok": "no"}
ANXIOUS_CALLS = {"about.voicemail_ok": "no", "about.contact_by": ["text"], "about.pronouns": "she/her"}

PEOPLE: tuple[Person, ...] = (
    # Today and yesterday: most are still new
    Person("Amara Sampleton", F, "03-14", 41, "en", "straightforward_trd", "new", "2 hours ago"),
    Person("Lucía Ejemplo", F, "07-02", 36, "es", "thoughts_low", "new", "4 hours ago", SIN_GANAS),
    Person("Dmitri Testov", M, "11-30", 52, "en", "thoughts_with_plan", "alert_handed_over", "1 hour ago"),
    Person("Hana Demoto", F, "01-09", 29, "en", "postpartum", "new", "5 hours ago", ANXIOUS_CALLS, HARM_FIRST),
    Person("Kwabena Mockson", M, "05-21", 47, "en", "item_9_only", "new", "6 hours ago"),
    Person("Noor Fictional", F, "09-17", 33, "en", "unrecognized_drugs", "looked_at", "1 day ago 08:40"),
    Person("Tomasz Probny", M, "12-05", 58, "en", "blood_pressure_crisis", "alert_seen", "1 day ago 09:20"),
    Person("Ximena Inventada", F, "04-11", 44, "es", "sparse", "new", "1 day ago 12:15"),
    Person("Malik Pretend", M, "08-26", 31, "en", "harm_to_others", "alert_seen", "1 day ago 10:05"),
    Person("Ingrid Muster", F, "02-18", 63, "en", "misspelt_drugs", "new", "2 days ago 16:30"),
    Person("Joaquín Demorales", M, "10-08", 39, "es", "one_adequate", "new", "3 days ago 19:45", EN_ESPANOL),
    Person("Saoirse Madeup", F, "06-23", 26, "en", "mild", "new", "4 days ago 21:10", FAMILY),
    Person("Rosalind Papertown", F, "02-09", 57, "en", "benefit_faded", "new", "2 days ago 08:25", VERY_HIGH_LONG_AGO),
    Person("Caspar Notional", M, "06-14", 46, "en", "weekly_form", "new", "3 days ago 13:05"),
    # Claimed, being looked into
    Person("Wei Testfield", M, "03-03", 55, "en", "low_doses", "waiting_for_the_patient", "3 days ago 11:25", NO_MAIL),
    Person("Fatima Dummyeh", F, "12-19", 38, "en", "thoughts_moderate", "held_in_review", "2 days ago 13:40"),
    Person("Beatriz Ejemplar", F, "05-06", 50, "es", "recent_attempt", "held_in_review", "4 days ago 09:15", DORMIR),
    Person("Eleanor Placeholder", F, "01-27", 78, "en", "filled_by_family", "held_to_call", "5 days ago 15:50"),
    Person("Quin Imaginary", X, "07-15", 24, "en", "does_not_remember", "asking_for_records", "6 days ago 20:05", THEY),
    Person("Olu Samplewale", M, "09-09", 42, "en", "substance_use", "message_overdue", "5 days ago 10:30"),
    Person("Marisol Prueba", F, "11-02", 34, "es", "psychosis", "released_in_review", "6 days ago 14:20", DORMIR),
    Person("Petra Vorbild", F, "10-04", 39, "en", "thoughts_moderate", "release_kept", "5 days ago 12:20"),
    Person("Emeka Madeup", M, "06-23", 26, "en", "bupropion_after_a_seizure", "release_lapsed", "5 days ago 13:10"),
    Person("Inés Supuesta", F, "03-08", 52, "es", "thoughts_low", "low_closed_by_carl", "3 days ago 09:50", SIN_GANAS),
    Person("Femi Specimen", M, "03-31", 27, "en", "screen_declined", "held_to_call", "3 days ago 21:50"),
    # Routed, waiting in one queue or more
    Person("Gideon Storybrook", M, "04-30", 61, "en", "helped_by_tms_before", "routed_to_tms", "5 days ago 12:10"),
    Person("Priya Testwal", F, "08-13", 45, "en", "trd_two_classes", "asked_through_the_desk", "9 days ago 17:35"),
    Person("Anders Eksempel", M, "10-22", 37, "en", "benzodiazepine", "routed_to_spravato", "8 days ago 11:00"),
    Person("Leilani Makebelieve", F, "06-01", 27, "en", "none_tried", "routed_to_psychotherapy", "7 days ago 09:55"),
    Person("Yusuf Denemeci", M, "02-07", 48, "en", "cochlear_implant", "routed_to_two", "10 days ago 13:15"),
    Person("Carmen Ficticia", F, "12-28", 57, "es", "trd_with_augmentation", "routed_to_three", "12 days ago 10:45", SIN_MAS),
    Person("Rosalind Nonesuch", F, "03-19", 30, "en", "pregnant", "released_then_two", "11 days ago 18:25", {"mood.phq9": [2, 2, 2, 2, 2, 2, 2, 1, 1]}),
    Person("Odile Essai", F, "08-20", 54, "en", "thyroid_and_pain", "one_withdrawn", "13 days ago 14:35"),
    # With a team
    Person("Chidi Examplu", M, "05-17", 35, "en", "stimulant", "accepted_by_tms", "13 days ago 08:50"),
    Person("Vera Testwood", F, "09-04", 16, "en", "teenager", "accepted_by_psychotherapy", "14 days ago 17:20"),
    Person("Bodhi Sampleworth", M, "01-11", 49, "en", "ketamine_and_ect_before", "accepted_by_spravato", "15 days ago 12:40"),
    Person("Harold Mockingham", M, "07-29", 72, "en", "older_high_blood_pressure", "booked_by_tms", "16 days ago 10:20"),
    Person("Esperanza Modelo", F, "10-16", 40, "es", "combination", "booked_by_spravato", "18 days ago 14:55", SIN_GANAS),
    Person("Nadia Fauxberg", F, "04-05", 32, "en", "ptsd", "did_not_come", "17 days ago 19:30", TRANS),
    Person("Roy Drillford", M, "11-11", 46, "en", "veteran", "one_completed_one_booked", "26 days ago 11:15"),
    Person("Sunniva Prøve", F, "08-08", 53, "en", "bipolar_signs", "completed_by_tms", "29 days ago 09:05"),
    # Sent back, held, sent elsewhere
    Person("Ravi Testanand", M, "02-24", 43, "en", "epilepsy", "returned_unsafe", "9 days ago 16:05"),
    Person("Camille Fausse", F, "06-12", 28, "en", "short_trials", "returned_for_information", "12 days ago 12:30"),
    Person("Stellan Provman", M, "12-14", 66, "en", "pacemaker", "returned_and_rerouted", "19 days ago 10:10"),
    Person("Zainab Mithali", F, "03-25", 37, "en", "thyroid_and_pain", "returned_no_room", "15 days ago 13:50"),
    Person("Teo Simulado", M, "05-28", 22, "es", "without_substance_consent", "returned_one_of_two", "16 days ago 15:35", SIN_MAS),
    Person("Margit Próba", F, "09-21", 59, "en", "old_attempt", "released_then_accepted", "20 days ago 11:45"),
    Person("Jesse Notareal", M, "07-07", 33, "en", "bupropion_after_a_seizure", "released_then_routed", "8 days ago 14:25"),
    Person("Ayo Testimony", F, "01-20", 51, "en", "takes_an_maoi", "handed_to_cora", "2 days ago 10:35"),
    # Closed, and one taken up again
    Person("Björn Låtsas", M, "10-30", 45, "en", "wants_psilocybin", "closed_declined", "22 days ago 18:40"),
    Person("Delphine Supposée", F, "04-16", 36, "en", "bipolar", "closed_elsewhere", "21 days ago 09:35"),
    Person("Marcus Blankenform", M, "08-03", 29, "en", "combination", "closed_not_reached", "25 days ago 22:15"),
    Person("Sofía Maqueta", F, "06-27", 48, "es", "serotonin_cluster", "emergency_then_closed", "24 days ago 13:05", DORMIR),
    Person("Noor Fictional", F, "09-17", 33, "en", "unrecognized_drugs", "closed_duplicate", "3 days ago 08:15"),
    Person("Gwendolyn Testham", F, "02-11", 64, "en", "straightforward_trd", "completed_and_closed", "30 days ago 10:50"),
    Person("Isaac Dryrun", M, "11-23", 40, "en", "withdrawal", "closed_and_reopened", "28 days ago 15:15"),
)  # fmt: skip
