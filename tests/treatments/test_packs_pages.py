"""The payers' criteria on their pages: what stands there, and a clinician's signature for the clinic."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.treatments.payer import covered
from tests.treatments.test_every_action import page_of
from treatments.models import Event, PackReview
from treatments.payers.loading import PACKS
from treatments.triage.pack_reviews import review_pack
from treatments.workflow import Refused

AETNA = PACKS["AETNA-TMS"]
PAGE = "admin:treatments_packreview_pack"


def test_the_list_names_every_pack_with_its_source_and_that_nobody_has_reviewed_it(clinic, signed_in):
    page = signed_in(clinic.cast.cora).get(reverse("admin:treatments_packreview_changelist"))
    rows = page.context["rows"]
    assert [row["pack"].pack for row in rows] == list(PACKS)
    assert {row["reviewed"] for row in rows} == {"not reviewed by this clinic"}
    assert AETNA.source_title in page.content.decode()


def test_a_clinician_signs_a_version_once_and_it_is_an_event(clinic, signed_in):
    clara = signed_in(clinic.cast.clara)
    address = reverse(PAGE, args=[AETNA.pack])
    assert clara.get(address).context["may_review"]
    for _time in range(2):  # pressed twice
        answer = clara.post(address, {"version": AETNA.version})
        assert (answer.status_code, answer.url) == (302, address)
    event = Event.objects.get(kind="pack_reviewed")
    assert (event.actor, event.details) == (clinic.cast.clara, {"pack": AETNA.pack, "version": AETNA.version})
    page = clara.get(address)
    assert not page.context["may_review"]
    assert "reviewed by Clara" in page.content.decode()


def test_of_two_clinicians_the_second_reads_that_it_was_reviewed(clinic):
    review_pack(actor=clinic.cast.clara, pack=AETNA.pack, version=AETNA.version)
    clinic.cast.carl.groups.set(clinic.cast.clara.groups.all())
    with pytest.raises(Refused, match="A colleague has reviewed this version already"):
        review_pack(actor=clinic.cast.carl, pack=AETNA.pack, version=AETNA.version)
    assert PackReview.objects.count() == 1


def test_from_a_page_of_an_older_version_nothing_is_signed(clinic, signed_in):
    answer = signed_in(clinic.cast.clara).post(reverse(PAGE, args=[AETNA.pack]), {"version": "2020-01-01"})
    assert answer.status_code == 409
    assert "This pack has another version now." in answer.content.decode()
    assert not PackReview.objects.exists()


@pytest.mark.parametrize("name", ["cora", "tess", "olive", "adam", "sid"])
def test_nobody_but_a_clinician_signs(clinic, signed_in, name):
    person = getattr(clinic.cast, name)
    with pytest.raises(PermissionDenied):
        review_pack(actor=person, pack=AETNA.pack, version=AETNA.version)
    answer = signed_in(person).post(reverse(PAGE, args=[AETNA.pack]), {"version": AETNA.version})
    assert answer.status_code in (302, 403)
    assert not PackReview.objects.exists()


def test_a_signed_pack_says_so_beside_the_needs(clinic, signed_in):

    review_pack(actor=clinic.cast.clara, pack=AETNA.pack, version=AETNA.version)
    page = signed_in(clinic.cast.cora).get(page_of(covered(clinic), "payer"))
    assert page.context["payer"]["treatments"][0].reviewed.startswith("reviewed by Clara")
