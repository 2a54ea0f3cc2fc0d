"""Outside services: rows that the clinic keeps, staff refer to, and a person is shown only where staff ticked so."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from intake.status import GivenService, status_of
from tests.intake import screen
from tests.intake.test_status import STATUS, enter
from tests.racing import at_once
from tests.treatments import kept
from treatments.models import Event, OutsideServiceVersion
from treatments.triage.outside_services import refer_elsewhere
from treatments.triage.service_list import change_service
from treatments.triage.undo import undo
from treatments.workflow import Refused
from treatments.workflow.outside_services import OUTSIDE_SERVICES, place_of, service_in

LIST = "/admin/treatments/outsideserviceversion/"
WALK_IN = {
    "name": "Sampletown Walk-in",
    "kind": "crisis_service",
    "phones": "(555) 010-0110\n+1 555 010 0111 ext. 4",
    "address": "2 Example Street\nSampletown",
    "web": "walkin.example.org",
    "languages": "English, Spanish",
    "hours": "Every day",
    "active": True,
    "for_patients": True,
}
STALE = "Somebody else has changed this since you opened the page. Look at it again."


def words(page) -> str:
    return screen.words(page.content.decode())


def sent(seen: int = 0, **changes) -> dict:
    """What the page sends: a tick that is not set is not sent."""
    return {
        "seen_version": seen,
        **{key: value for key, value in (WALK_IN | changes).items() if value is not False},
    }


def versions() -> list[tuple]:
    rows = OutsideServiceVersion.objects.order_by("pk")
    return list(rows.values_list("service", "version", "name", "active"))


def changes() -> list[list[str]]:
    found = Event.objects.filter(kind="outside_service_changed").order_by("pk")
    return [event.details["changes"] for event in found]


@pytest.fixture
def adam(cast, signed_in) -> Client:
    return signed_in(cast.adam)


@pytest.fixture
def keep(cast):
    def keep(service: int | None = None, seen: int = 0, **told) -> None:
        wanted = OutsideServiceVersion(**(WALK_IN | told))
        change_service(actor=cast.adam, service=service, seen=seen, wanted=wanted)

    return keep


# --- The list -------------------------------------------------------------------------------------------


def test_a_service_is_added_changed_and_taken_out_of_use_and_every_version_is_kept(adam):
    assert adam.post(f"{LIST}add/", sent()).url == LIST
    assert adam.post(f"{LIST}add/", sent(name="Another", kind="primary_care")).url == LIST
    adam.post(f"{LIST}1/", sent(1, phones="988", kind="primary_care"))
    adam.post(f"{LIST}1/", sent(2, phones="988", kind="primary_care", active=False))
    adam.post(f"{LIST}1/", sent(3, phones="988", kind="primary_care", active=False))
    assert versions() == [
        (1, 1, "Sampletown Walk-in", True),
        (2, 1, "Another", True),
        (1, 2, "Sampletown Walk-in", True),
        (1, 3, "Sampletown Walk-in", False),
    ]
    assert changes() == [
        ["Added: Sampletown Walk-in"],
        ["Added: Another"],
        [
            "Sampletown Walk-in, kind: Primary care (before: Crisis service)",
            "Sampletown Walk-in, phones: 988 (before: (555) 010-0110, +1 555 010 0111 ext. 4)",
        ],
        ["Sampletown Walk-in, in use: no (before: yes)"],
    ]
    assert "no longer in use" in words(adam.get(LIST))
    page = words(adam.get(f"{LIST}1/"))
    assert "Version 1" in page and "Version 3" in page and "(555) 010-0110" in page


WRONG = {
    "no name": ({"name": " "}, "This field is required."),
    "a kind that there is not": ({"kind": "spa"}, "Select a valid choice."),
    "a phone of words": ({"phones": "call us"}, "“call us” is no phone number."),
    "a health word in a name": ({"name": "Sample Psychiatry"}, "tells whoever looks on what it is about"),
    "a part of a health word": ({"name": "Sampletown Psych Associates"}, "tells whoever looks on"),
    "another word for it": ({"name": "Sample Behavioral Health"}, "tells whoever looks on what it is about"),
    "a health word in hours": ({"hours": "TMS on Mondays"}, "“TMS” tells whoever looks on"),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_and_kept_as_typed_and_changes_nothing(adam, keep, wrong, sentence):
    page = adam.post(f"{LIST}add/", sent(**wrong))
    assert (
        page.status_code == 200 and sentence in words(page) and "walkin.example.org" in page.content.decode()
    )
    with pytest.raises(Refused, match=r".+"):
        keep(**wrong)
    assert versions() == changes() == []


def test_a_service_that_no_patient_is_shown_may_be_named_as_it_is(keep):
    keep(name="Example University ECT", for_patients=False)
    assert versions() == [(1, 1, "Example University ECT", True)]


def test_a_change_over_anothers_and_of_no_service_are_refused(adam, keep, cast):
    keep()
    keep(1, 1, hours="Mornings")
    page = adam.post(f"{LIST}1/", sent(1, hours="Never"))
    assert page.status_code == 409 and STALE in words(page) and len(versions()) == 2
    with pytest.raises(Refused, match="not in the list"):
        keep(7)
    assert adam.get(f"{LIST}7/").status_code == adam.get(f"{LIST}{2**40}/").status_code == 404
    with pytest.raises(PermissionDenied):
        change_service(actor=cast.cora, service=1, seen=2, wanted=OutsideServiceVersion(**WALK_IN))


def test_of_two_changes_at_once_one_is_refused(real_database, keep):
    keep()
    ends = at_once(*[lambda hours=hours: keep(1, 1, hours=hours) for hours in ("One", "Two")])
    assert [str(end) for end in ends if isinstance(end, Refused)] == [STALE] and len(versions()) == 2


# --- The action -----------------------------------------------------------------------------------------


def test_the_action_offers_services_in_use_and_each_kind_alone(keep, clinic, cast, signed_in):
    keep()
    keep(name="Gone", active=False)
    page = words(
        signed_in(cast.cora).get(f"/admin/treatments/referral/{clinic.in_review().pk}/refer_elsewhere/")
    )
    assert (
        "Sampletown Walk-in · Crisis service · (555) 010-0110" in page
        and "(may be shown to the person)" in page
    )
    assert "Gone" not in page and all(str(kind.label) in page for kind in OUTSIDE_SERVICES.values())


def test_the_event_keeps_which_service_it_was_and_what_it_was_called(keep, clinic, cast, signed_in):
    keep()
    referral, client = clinic.in_review(), signed_in(cast.cora)
    page = f"/admin/treatments/referral/{referral.pk}/"
    told = {"where": "service-1", "note": "Told her of it.", "seen_version": referral.version}
    assert client.post(f"{page}refer_elsewhere/", told).status_code == 302
    keep(1, 1, name="Another name", kind="primary_care")
    event = referral.events.get(kind="refer_elsewhere")
    assert event.details == {
        **{"where": "crisis_service", "service": 1, "version": 1},
        **{"named": "Sampletown Walk-in", "shown": False},
    }
    assert "Sampletown Walk-in; Crisis service" in words(client.get(page))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"where": "service-9"}, "Choose where the person is referred to."),
        ({"where": "service-2"}, "Choose where the person is referred to."),
        ({"where": "spa"}, "Choose where the person is referred to."),
        ({"where": "service-1", "note": " "}, "Write what was arranged with the other service."),
        ({"where": "primary_care", "show": True}, "Only a service that patients may be shown"),
        ({"where": "service-3", "show": True}, "Only a service that patients may be shown"),
    ],
)
def test_what_no_service_allows_is_refused(keep, clinic, cast, told, sentence):
    keep(), keep(name="Gone", active=False), keep(name="Quiet", for_patients=False)
    referral = clinic.in_review()
    with pytest.raises(Refused, match=sentence):
        refer_elsewhere(referral=referral, actor=cast.cora, **{"note": "Arranged.", **told})
    assert not referral.events.filter(kind="refer_elsewhere").exists()


@pytest.mark.parametrize(
    "text", ["", "service-", "service-x", "primary_care", "service-1234567890", "xservice-1"]
)
def test_what_names_no_service(text):
    assert service_in(text) is None and service_in(place_of(12)) == 12


# --- What the person reads ------------------------------------------------------------------------------


@pytest.fixture
def given(keep, clinic, cast):
    def given(referral=None, *, where: int = 1, **told):
        referral = referral or clinic.in_review()
        asked = {"where": place_of(where), "note": "Told her of it.", "show": True, **told}
        refer_elsewhere(referral=referral, actor=cast.cora, **asked)
        return referral

    keep()
    return given


def shown(referral) -> list[str]:
    return [service.name for service in status_of(referral.submission).services]


def test_the_status_page_shows_what_was_ticked_with_phones_that_dial(given, client):
    referral = given()
    assert status_of(referral.submission).services == (
        GivenService(
            name="Sampletown Walk-in",
            phones=(("(555) 010-0110", "5550100110"), ("+1 555 010 0111 ext. 4", "+15550100111")),
            address="2 Example Street\nSampletown",
            languages="English, Spanish",
            hours="Every day",
        ),
    )
    page = looked_up(client, referral)
    html = page.content.decode()
    assert 'href="tel:5550100110"' in html and 'href="tel:+15550100111"' in html
    for said in (
        "Who else can help you",
        "Sampletown Walk-in",
        "2 Example Street",
        "They speak: English, Spanish",
    ):
        assert said in words(page)
    part = html.split("Who else can help you")[1].split("<h2")[0]
    assert "http" not in part and "walkin.example.org" not in part and "src=" not in part
    assert not re.search("crisis service|told her", words(page), re.IGNORECASE)


def looked_up(client: Client, referral):
    assert enter(client, referral.submission).status_code == 302
    page = client.get(STATUS)
    assert referral.reference in page.content.decode()
    return page


def test_nothing_is_shown_that_was_not_ticked(given, clinic, client):
    referral = given(show=False)
    assert shown(referral) == shown(clinic.in_review()) == []
    assert "Who else can help you" not in words(looked_up(client, referral))


def test_a_service_is_shown_as_it_is_now_and_once(given, keep):
    referral = given(given())
    keep(1, 1, hours="Mornings", phones="988")
    (service,) = status_of(referral.submission).services
    assert (service.hours, service.phones) == ("Mornings", (("988", "988"),))


@pytest.mark.parametrize("change", [{"active": False}, {"for_patients": False}])
def test_what_the_clinic_shows_to_nobody_any_more_is_not_shown(given, keep, change):
    referral = given()
    keep(1, 1, **change)
    assert shown(referral) == []


def test_what_was_undone_is_not_shown(given, cast):
    referral = given(close=True)
    assert shown(referral) == ["Sampletown Walk-in"]
    referral.refresh_from_db()
    undo(referral=referral, actor=cast.cora)
    assert shown(referral) == []


def test_events_of_before_there_was_a_list_keep_reading(clinic, cast, signed_in):
    referral = clinic.in_review()
    refer_elsewhere(referral=referral, actor=cast.cora, where="primary_care")
    assert referral.events.get(kind="refer_elsewhere").details == {"where": "primary_care"}
    assert "Primary care" in words(signed_in(cast.cora).get(f"/admin/treatments/referral/{referral.pk}/"))
    assert shown(referral) == []


def test_erasing_somebody_takes_what_they_were_given_and_leaves_the_list(given, clinic):
    before = versions()
    referral = kept.erased(clinic, given(close=True))
    assert not referral.events.get(kind="refer_elsewhere").details, "its key is gone"
    assert versions() == before == [(1, 1, "Sampletown Walk-in", True)]
