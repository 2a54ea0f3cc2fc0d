"""The questionnaires' wording and codes, pinned word for word."""

import pytest

from intake.scales import AUDIT_C, DRUG_ITEM, GAD7, PC_PTSD5, PHQ9, SUICIDE_SCREENS

CSSRS, ASQ = SUICIDE_SCREENS["cssrs"], SUICIDE_SCREENS["asq"]

PHQ9_ITEMS = [
    ("1", "Little interest or pleasure in doing things", "44250-9"),
    ("2", "Feeling down, depressed, or hopeless", "44255-8"),
    ("3", "Trouble falling or staying asleep, or sleeping too much", "44259-0"),
    ("4", "Feeling tired or having little energy", "44254-1"),
    ("5", "Poor appetite or overeating", "44251-7"),
    (
        "6",
        "Feeling bad about yourself - or that you are a failure or have let yourself or your family down",
        "44258-2",
    ),
    (
        "7",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "44252-5",
    ),
    (
        "8",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite - being so "
        "fidgety or restless that you have been moving around a lot more than usual",
        "44253-3",
    ),
    ("9", "Thoughts that you would be better off dead or of hurting yourself in some way", "44260-8"),
    (
        "difficulty",
        "If you checked off any problems, how difficult have these problems made it for you to do your work, "
        "take care of things at home, or get along with other people?",
        "69722-7",
    ),
]
PHQ9_SPANISH = {
    "1": "Poco interés o placer en hacer cosas",
    "2": "Se ha sentido decaído(a), deprimido(a) o sin esperanzas",
    "3": "Ha tenido dificultad para quedarse o permanecer dormido(a), o ha dormido demasiado",
    "4": "Se ha sentido cansado(a) o con poca energía",
    "5": "Sin apetito o ha comido en exceso",
    "6": "Se ha sentido mal con usted mismo(a) – o que es un fracaso o que ha quedado mal con usted mismo(a) "
    "o con su familia",
    "7": "Ha tenido dificultad para concentrarse en ciertas actividades, tales como leer el periódico o ver "
    "la televisión",
    "8": "¿Se ha movido o hablado tan lento que otras personas podrían haberlo notado? o lo contrario – muy "
    "inquieto(a) o agitado(a) que ha estado moviéndose mucho más de lo normal",
    "9": "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera",
    "difficulty": "Si marcó cualquiera de los problemas, ¿qué tanta dificultad le han dado estos problemas "
    "para hacer su trabajo, encargarse de las tareas del hogar, o llevarse bien con otras personas?",
}
GAD7_ITEMS = [
    ("1", "Feeling nervous, anxious or on edge", "69725-0"),
    ("2", "Not being able to stop or control worrying", "68509-9"),
    ("3", "Worrying too much about different things", "69733-4"),
    ("4", "Trouble relaxing", "69734-2"),
    ("5", "Being so restless that it is hard to sit still", "69735-9"),
    ("6", "Becoming easily annoyed or irritable", "69689-8"),
    ("7", "Feeling afraid as if something awful might happen", "69736-7"),
]
GAD7_SPANISH = {
    "1": "Sentirse nervioso(a), intranquilo(a) o con los nervios de punta",
    "2": "No poder dejar de preocuparse o no poder controlar la preocupación",
    "3": "Preocuparse demasiado por diferentes cosas",
    "4": "Dificultad para relajarse",
    "5": "Estar tan inquieto(a) que es difícil permanecer sentado(a) tranquilamente",
    "6": "Molestarse o ponerse irritable fácilmente",
    "7": "Sentir miedo como si algo terrible fuera a pasar",
}
AUDIT_C_ITEMS = [
    ("1", "How often do you have a drink containing alcohol?", "68518-0"),
    (
        "2",
        "How many drinks containing alcohol do you have on a typical day when you are drinking?",
        "68519-8",
    ),
    ("3", "How often do you have six or more drinks on one occasion?", "68520-6"),
]
AUDIT_C_OPTIONS = {
    "1": [
        "Never",
        "Monthly or less",
        "2 to 4 times a month",
        "2 to 3 times a week",
        "4 or more times a week",
    ],
    "2": ["1 or 2", "3 or 4", "5 or 6", "7 to 9", "10 or more"],
    "3": ["Never", "Less than monthly", "Monthly", "Weekly", "Daily or almost daily"],
}
DRUG_ITEMS = [
    (
        "1",
        "How many times in the past year have you used an illegal drug or used a prescription medication for "
        "nonmedical reasons?",
        None,
    )
]
PC_PTSD5_ITEMS = [
    ("event", "Have you ever experienced this kind of event?", None),
    (
        "1",
        "Had nightmares about the event(s) or thought about the event(s) when you did not want to?",
        None,
    ),
    (
        "2",
        "Tried hard not to think about the event(s) or went out of your way to avoid situations that "
        "reminded you of the event(s)?",
        None,
    ),
    ("3", "Been constantly on guard, watchful, or easily startled?", None),
    ("4", "Felt numb or detached from people, activities, or your surroundings?", None),
    (
        "5",
        "Felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the "
        "event(s) may have caused?",
        None,
    ),
]
CSSRS_ITEMS = [
    (
        "q1",
        "Have you wished you were dead or wished you could go to sleep and not wake up? (past month)",
        "93246-7",
    ),
    ("q2", "Have you actually had any thoughts of killing yourself? (past month)", "93247-5"),
    ("q3", "Have you been thinking about how you might do this?", "93248-3"),
    ("q4", "Have you had these thoughts and had some intention of acting on them?", "93249-1"),
    (
        "q5",
        "Have you started to work out or worked out the details of how to kill yourself? Do you intend to "
        "carry out this plan?",
        "93250-9",
    ),
    (
        "q6",
        "Have you ever done anything, started to do anything, or prepared to do anything to end your life? "
        "(lifetime)",
        "93267-3",
    ),
    ("q6_recent", "Was this within the past 3 months?", "93269-9"),
]
CSSRS_SPANISH = {
    "q1": "¿Ha deseado estar muerto(a) o poder dormirse y no despertar?",
    "q2": "¿Ha tenido realmente la idea de suicidarse?",
    "q3": "¿Ha pensado en cómo llevaría esto a cabo?",
    "q4": "¿Ha tenido estas ideas y en cierto grado la intención de llevarlas a cabo?",
    "q5": "¿Ha comenzado a elaborar o ha elaborado los detalles sobre cómo suicidarse? ¿Tenía intenciones de "
    "llevar a cabo este plan?",
    "q6": "¿Alguna vez ha hecho algo usted, comenzado a hacer algo o se ha preparado para hacer algo para "
    "terminar su vida?",
    "q6_recent": "¿Fue esto en los últimos 3 meses?",
}
ASQ_ITEMS = [
    ("q1", "In the past few weeks, have you wished you were dead?", None),
    (
        "q2",
        "In the past few weeks, have you felt that you or your family would be better off if you were dead?",
        None,
    ),
    ("q3", "In the past week, have you been having thoughts about killing yourself?", None),
    ("q4", "Have you ever tried to kill yourself?", None),
    ("q5", "Are you having thoughts of killing yourself right now?", None),
]


def english(scale):
    return [(item.key, item.text["en"], item.loinc) for item in scale.items]


def spanish(scale):
    return {item.key: item.text["es"] for item in scale.items}


def choices(options):
    return [(option.value, option.text["en"], option.loinc) for option in options]


@pytest.mark.parametrize(
    ("scale", "items"),
    [
        (PHQ9, PHQ9_ITEMS),
        (GAD7, GAD7_ITEMS),
        (AUDIT_C, AUDIT_C_ITEMS),
        (DRUG_ITEM, DRUG_ITEMS),
        (PC_PTSD5, PC_PTSD5_ITEMS),
        (CSSRS, CSSRS_ITEMS),
        (ASQ, ASQ_ITEMS),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_every_question_stands_word_for_word_with_its_code(scale, items):
    assert english(scale) == items


@pytest.mark.parametrize(
    ("scale", "texts"),
    [(PHQ9, PHQ9_SPANISH), (GAD7, GAD7_SPANISH), (CSSRS, CSSRS_SPANISH)],
    ids=lambda value: getattr(value, "key", ""),
)
def test_every_spanish_question_stands_word_for_word(scale, texts):
    assert spanish(scale) == texts


def test_only_the_phq9_has_spanish_questions_that_count_as_verified():
    assert not any("es" in item.unverified for item in PHQ9.items)
    assert all("es" in item.unverified for item in (*GAD7.items, *CSSRS.items))


@pytest.mark.parametrize("scale", [PHQ9, GAD7], ids=lambda scale: scale.key)
def test_the_phq9_and_the_gad7_share_their_stem_and_choices(scale):
    assert scale.stem == {
        "en": "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
        "es": "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes "
        "problemas?",
    }
    assert choices(scale.options) == [
        (0, "Not at all", "LA6568-5"),
        (1, "Several days", "LA6569-3"),
        (2, "More than half the days", "LA6570-1"),
        (3, "Nearly every day", "LA6571-9"),
    ]
    assert [option.in_language("es") for option in scale.options] == [
        "Ningún día",
        "Varios días",
        "Más de la mitad de los días",
        "Casi todos los días",
    ]
    assert all(item.options == scale.options for item in scale.scored_items)


def test_the_difficulty_question_has_its_own_choices_and_is_not_scored():
    item = PHQ9.item("difficulty")
    assert not item.scored
    assert item.stem_in("en") == ""
    assert choices(item.options) == [
        (0, "Not difficult at all", "LA6572-7"),
        (1, "Somewhat difficult", "LA6573-5"),
        (2, "Very difficult", "LA6575-0"),
        (3, "Extremely difficult", "LA6574-3"),
    ]
    assert [option.in_language("es") for option in item.options] == [
        "No ha sido difícil",
        "Un poco difícil",
        "Muy difícil",
        "Extremadamente difícil",
    ]


def test_each_audit_c_question_has_its_own_five_choices_worth_nothing_to_four():
    for item in AUDIT_C.items:
        assert [option.text["en"] for option in item.options] == AUDIT_C_OPTIONS[item.key]
        assert [option.value for option in item.options] == [0, 1, 2, 3, 4]


def test_only_the_two_audit_c_answer_codes_that_were_seen_are_there():
    codes = {option.text["en"]: option.loinc for item in AUDIT_C.items for option in item.options}
    assert {text: code for text, code in codes.items() if code} == {
        "3 or 4": "LA15695-2",
        "Monthly": "LA18876-5",
    }


def test_the_ptsd_lead_in_names_the_events_and_the_questions_ask_of_the_past_month():
    event = PC_PTSD5.item("event")
    assert event.stem_in("en") == (
        "Sometimes things happen to people that are unusually or especially frightening, horrible, or "
        "traumatic. For example: a serious accident or fire; a physical or sexual assault or abuse; an "
        "earthquake or flood; a war; seeing someone be killed or seriously injured; having a loved one die "
        "through homicide or suicide."
    )
    assert not event.scored
    assert all(item.stem_in("en") == "In the past month, have you:" for item in PC_PTSD5.scored_items)
    assert not PC_PTSD5.item("1").is_asked({"event": "no"})
    assert PC_PTSD5.item("1").is_asked({"event": "yes"})


def test_the_official_help_of_the_cssrs_stands_word_for_word():
    assert CSSRS.item("q3").help_in("en") == (
        "e.g. 'I thought about taking an overdose but I never made a specific plan as to when, where or how I "
        "would actually do it… and I would never go through with it.'"
    )
    assert CSSRS.item("q4").help_in("en") == (
        "as opposed to 'I have the thoughts but I definitely will not do anything about them.'"
    )


def test_the_suicide_screens_offer_to_decline_and_the_cssrs_codes_yes_and_no():
    assert choices(CSSRS.options) == [
        ("yes", "Yes", "LA33-6"),
        ("no", "No", "LA32-8"),
        ("declined", "I prefer not to answer", None),
    ]
    assert [option.value for option in ASQ.options] == ["yes", "no", "declined"]
