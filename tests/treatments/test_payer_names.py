"""Which payer a typed name proposes, and which pack a coverage is held against."""

import pytest

from tests.documents import complete_document
from tests.payers import ON
from treatments.payers.choosing import authorization, choose, packs_of
from treatments.payers.loading import PACKS
from treatments.payers.names import OTHER, PAYERS, proposed
from treatments.payers.readiness import readiness


@pytest.mark.parametrize(
    ("typed", "state", "expected"),
    [
        ("Aetna PPO", None, ["aetna"]),
        ("AETNA", None, ["aetna"]),
        ("Aetnas", None, []),
        ("BCBS", None, []),
        ("BCBS", "AL", ["bcbs_al"]),
        ("bcbs", "al", ["bcbs_al"]),
        ("BCBS", "Alabama", ["bcbs_al"]),
        ("BCBS", "CA", []),
        ("Blue Cross", "TX", ["hcsc"]),
        ("Blue Cross & Blue Shield of Alabama", None, ["bcbs_al"]),
        ("Blue Cross/Blue Shield of North Dakota", None, ["bcbs_nd"]),
        ("Medicaid", "NY", ["ny_medicaid"]),
        ("Medicaid", "OH", []),
        ("Labor & Industries", None, ["wa_state"]),
        ("United-Healthcare (Optum)", None, ["uhc"]),
        ("health united", None, []),
        ("united of health care", None, []),
        ("Independence Blue Cross", "MI", ["ibx", "bcbs_mi"]),
        ("Medicare through Healthfirst", None, ["ny_medicaid", "medicare"]),
        ("Humana or Kaiser", None, ["humana", "kaiser"]),
        ("Acme Mutual of Ohio", "OH", []),
        ("other", None, []),
        ("", None, []),
    ],
)
def test_a_payer_is_proposed_by_all_words_of_a_name_next_to_each_other(typed, state, expected):
    assert proposed([typed, None], state) == expected


def test_insurer_and_plan_propose_each_by_itself():
    assert proposed(["Blue", "Cross"], "AL") == []
    assert proposed(["Aetna", "Cigna"], None) == ["aetna", "cigna"]


@pytest.mark.parametrize("key", PAYERS)
def test_every_payer_is_proposed_by_each_of_its_names(key):
    payer = PAYERS[key]
    for name in payer.names:
        assert key in proposed([name.upper()], None)
    for name in payer.names_with_state:
        assert key not in proposed([name], None)
        assert all(key in proposed([name], state) for state in payer.states)


def test_a_payer_has_a_pack_or_is_said_not_to_be_read():
    with_pack = {pack.payer for pack in PACKS.values()} - {"generic"}
    assert with_pack == {payer.key for payer in PAYERS.values() if not payer.not_read}
    assert len(with_pack) == 15
    assert OTHER not in PAYERS


@pytest.mark.parametrize(
    ("coverage", "treatment", "expected"),
    [
        ({}, "tms", ("GENERIC-TMS", "no_payer")),
        ({"payer": None, "line": "medicare"}, "spravato", ("GENERIC-SPR", "no_payer")),
        ({"payer": "other"}, "tms", ("GENERIC-TMS", "no_pack")),
        ({"payer": "uhc"}, "spravato", ("GENERIC-SPR", "no_pack")),
        ({"payer": "aetna"}, "tms", ("AETNA-TMS", "only_one")),
        ({"payer": "aetna"}, "spravato", ("GENERIC-SPR", "no_pack")),
        ({"payer": "aetna", "line": "medicare_advantage"}, "tms", ("GENERIC-TMS", "no_pack")),
        ({"payer": "medicare"}, "tms", ("GENERIC-TMS", "several")),
        ({"payer": "medicare", "line": "medicare"}, "tms", ("GENERIC-TMS", "several")),
        ({"payer": "medicare", "pack": "MEDICARE-L34522-TMS"}, "tms", ("MEDICARE-L34522-TMS", "chosen")),
        ({"payer": "ibx"}, "tms", ("GENERIC-TMS", "several")),
        ({"payer": "ibx", "line": "medicare_advantage"}, "tms", ("IBX-MA-TMS", "only_one")),
        ({"payer": "wa_state", "line": "workers_comp"}, "tms", ("WASHINGTON-TMS", "only_one")),
        ({"payer": "aetna", "pack": "GENERIC-TMS"}, "tms", ("GENERIC-TMS", "chosen")),
    ],
)
def test_the_pack_is_the_chosen_else_the_only_one_else_our_own_strict_list(coverage, treatment, expected):
    choice = choose(coverage, treatment)
    assert (choice.pack.pack, choice.reason) == expected


def test_packs_are_of_one_payer_and_treatment():
    assert [pack.pack for pack in packs_of("hcsc", "spravato")] == ["HCSC-SPR"]


@pytest.mark.parametrize(
    ("name", "contracted", "expected"),
    [
        ("EVERNORTH-TMS", "yes", "not_needed"),
        ("EVERNORTH-TMS", "no", "needed"),
        ("EVERNORTH-TMS", "not_sure", "ask"),
        ("EVERNORTH-TMS", None, "ask"),
        ("CENTENE-TMS", "yes", "needed"),
        ("AETNA-TMS", "no", "ask"),
    ],
)
def test_whether_the_payer_wants_to_be_asked(name, contracted, expected):
    assert authorization(PACKS[name], contracted) == expected


def test_a_readiness_names_what_was_typed_and_what_was_chosen_apart():
    document = complete_document(**{"practical.insurer": "Aetna", "practical.plan": "by Humana"})
    found = readiness(document, on=ON, treatment="tms", coverage={"payer": "uhc"})
    assert found["proposed"] == ["humana", "aetna"]
    assert (found["payer"], found["pack"], found["pack_reason"]) == ("uhc", "GENERIC-TMS", "no_pack")
