"""The staff accounts of the demonstration, and the words their passwords are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    first_name: str
    last_name: str
    group: str
    does: str


STAFF: tuple[Account, ...] = (
    Account("cora", "Cora", "Sampson", "Coordinators", "coordinator: claims, routes, closes"),
    Account("carl", "Carl", "Mockridge", "Coordinators", "second coordinator"),
    Account("clara", "Clara", "Testa", "Clinicians", "clinician: releases safety holds"),
    Account("tess", "Tess", "Okonkwo", "TMS team", "works the TMS consult queue"),
    Account("sam", "Sam", "Exemplar", "Spravato team", "works the Spravato consult queue"),
    Account("pia", "Pia", "Modelli", "Psychotherapy team", "works the psychotherapy consult queue"),
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
