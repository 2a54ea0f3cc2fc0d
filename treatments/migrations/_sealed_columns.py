"""Which columns of the clinic's side are sealed: model -> column -> what it held and what it is called."""

from importlib import import_module

NOTE = {"note": ("text", "note")}
PARTS = {
    **{"ideation": "ideation", "plan": "plan", "intent": "intent", "behavior": "behavior"},
    **{"risk_factors": "risk factors", "protective_factors": "protective factors"},
    "next_steps": "plan to lower the risk",
}
SEALED = {
    "event": {
        **NOTE,
        "details": ("json or nothing", "details"),
        "assessment": ("json", "assessment"),
    },
    "alertentry": {"text": ("text", "what was done")},
    "riskassessment": {
        **{name: ("text", words) for name, words in PARTS.items()},
        "also_with": ("text", "also spoke with"),
        "carried_by": ("text", "who carries out the plan"),
        "covers": ("json or nothing", "rules and answers looked at"),
    },
    "consult": {"why": ("text", "reason for routing")},
    "contactattempt": NOTE,
    "caringcontact": NOTE,
    "duplicatelink": NOTE,
    "feedback": NOTE,
}
# Written by whoever assesses a risk: never empty.
NEVER_EMPTY = {("riskassessment", name) for name in PARTS}
# SQLite rebuilds these tables and drops their triggers: lifted before, made again at the end.
EVENTS = import_module("treatments.migrations.0002_events_append_only")
GUARDED = (
    ("treatments_alertentry", "What staff did about an alert is append-only."),
    ("treatments_riskassessment", "Risk assessments are append-only."),
)
