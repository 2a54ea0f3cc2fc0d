"""The staff accounts of the demonstration, and the words their passwords are made of."""

from dataclasses import dataclass

from treatments.catalog import TREATMENTS, Treatment


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    first_name: str
    last_name: str
    group: str
    does: str


# Who works for each team; that of a treatment without a row here has somebody called after the treatment.
TEAM_MEMBERS = {
    "tms": ("tess", "Tess", "Okonkwo"),
    "spravato": ("sam", "Sam", "Exemplar"),
    "psychotherapy": ("pia", "Pia", "Modelli"),
}


def _of_team(treatment: Treatment) -> Account:
    username, first, last = TEAM_MEMBERS.get(
        treatment.key, (treatment.key, treatment.key.capitalize(), "Team")
    )
    return Account(username, first, last, treatment.team, f"works the queue of the {treatment.team}")


STAFF: tuple[Account, ...] = (
    Account("cora", "Cora", "Sampson", "Coordinators", "coordinator: claims, routes, closes"),
    Account("carl", "Carl", "Mockridge", "Coordinators", "second coordinator"),
    Account("clara", "Clara", "Testa", "Clinicians", "clinician: releases safety holds"),
    *map(_of_team, TREATMENTS.values()),
    Account("olive", "Olive", "Privatt", "Privacy officers", "reads who looked at what"),
    Account("adam", "Adam", "Keyholder", "Clinic administrators", "manages staff accounts"),
)

WORDS = (
    "amber", "anchor", "apple", "autumn", "bamboo", "barley", "basil", "beacon", "birch", "bridge",
    "bronze", "butter", "candle", "canyon", "carpet", "cedar", "cherry", "cinder", "clover", "cobalt",
    "copper", "coral", "cotton", "cricket", "desert", "ember", "falcon", "feather", "fennel", "forest",
    "garden", "ginger", "harbor", "hazel", "hollow", "island", "jasper", "juniper", "kettle", "lantern",
    "lemon", "linen", "maple", "marble", "meadow", "mirror", "morning", "nutmeg", "orchard", "otter",
    "paper", "pebble", "pepper", "pillow", "planet", "prairie", "quartz", "rabbit", "ribbon", "river",
    "saffron", "silver", "sparrow", "spruce", "summer", "timber", "tulip", "valley", "velvet", "violet",
    "walnut", "willow", "window", "winter",
)  # fmt: skip
