"""What staff did about people's payers, story by story: coverage, records seen, entries, calls; each at another stage."""

from treatments.demo.records import asked, sent
from treatments.demo.step import Step, step

FIRST_TRIAL, SECOND_TRIAL = "antidepressants.trials[0]", "antidepressants.trials[1]"


def seen(when: str, who: str, place: str, about: str = FIRST_TRIAL, **more: object) -> Step:
    """A printout of the pharmacy that agrees, unless ``more`` says otherwise."""
    told: dict[str, object] = {
        **{"about": [about], "strength": "shown", "agrees": "yes", "kind": "pharmacy_printout"},
        **{"place": place, "on_days_ago": 0},
    }
    return step(when, who, "add_evidence", **(told | more))


AETNA = {
    "payer": "aetna",
    "packs": {"tms": "AETNA-TMS"},
    "said": {
        **{"line": "commercial", "plan": "Open Choice PPO", "member_id": "W 1234 56789", "relation": "self"},
        **{"contracted": "yes", "benefits_note": "Deductible met; mental health under the same plan."},
    },
    "benefits_checked_on_days_ago": 0,
}
FILLS = {
    **{"to_name": "Lakeside Pharmacy (invented)", "to_role": "pharmacy", "fax": "+1 212 555 0168"},
    **{"what": "fills of both antidepressants: doses and dates", "paths": [FIRST_TRIAL, SECOND_TRIAL]},
}
# The policy is chosen, one record was seen, another one is out, the rest is being gathered.
GATHERING = (
    step("+2 09:20", "cora", "set_coverage", **AETNA),
    seen("25 min", "cora", "Fax folder, page 3."),
    step("10 min", "cora", "log_payer_call", whom="Aetna, provider line", reference="A-20417",
         result="They want fills of both medicines and the last PHQ-9.", next_in_days=6),
    *asked("9 min", "cora", FILLS),
    *sent("40 min", "cora"),
)  # fmt: skip
# A clinician has entered what only a clinician may; a team adds the rest.
JUDGED = (
    step("+2 10:10", "carl", "set_coverage", payer="hcsc", said={"line": "commercial"}),
    step("+3 15:20", "clara", "add_clinical_entry", key="diagnosis", value="F33.2", on_days_ago=0),
    step("4 min", "clara", "add_clinical_entry", key="psychosis_history", value="none", on_days_ago=0),
    step("+4 09:15", "tess", "add_entry", treatment="tms", key="prescriber", value="psychiatrist", on_days_ago=0),
    step("5 min", "tess", "add_entry", treatment="tms", key="madrs", value="31", on_days_ago=1, strength="shown"),
)  # fmt: skip
# Nobody has read this payer's policy.
UNREAD = (
    step("+2 11:05", "cora", "set_coverage", payer="uhc", said={"line": "commercial", "contracted": "not_sure"}),
)  # fmt: skip
# The pharmacy has something else than the person remembers.
DIFFERS = (
    step("+5 09:40", "sam", "set_coverage", treatment="spravato", payer="cigna",
         packs={"spravato": "CIGNA-SPR"}, said={"line": "commercial"}),
    seen("15 min", "sam", "Fax folder, page 9.", treatment="spravato", agrees="no",
         says="Four weeks at most: filled once, never again."),
)  # fmt: skip
# A payer that is on no list.
ANOTHER = (step("+2 16:10", "cora", "set_coverage", payer="other", payer_name="Valley Mutual Sample Plan"),)
