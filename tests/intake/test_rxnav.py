"""On demand (make check-rxcuis, needs the network): RxNav knows each drug by the CUI that we have from memory."""

import json
import os
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from intake.drugs.table import TABLE

RXNAV = os.environ.get("RXNAV", "https://rxnav.nlm.nih.gov")
FROM_MEMORY = {drug.generic: drug.rxcui for drug in TABLE if drug.rxcui and not drug.rxcui_verified}


def known_as(name: str) -> list[str]:
    """The CUIs of this name; none for a name that RxNav does not know."""
    with urlopen(f"{RXNAV}/REST/rxcui.json?{urlencode({'name': name})}", timeout=20) as answer:  # noqa: S310
        return json.load(answer)["idGroup"].get("rxnormId", [])


@pytest.mark.rxnav
@pytest.mark.parametrize("name", FROM_MEMORY)
def test_a_cui_from_memory_is_that_of_the_drug(name):
    assert FROM_MEMORY[name] in known_as(name)
