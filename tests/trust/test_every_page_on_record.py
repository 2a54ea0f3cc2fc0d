"""Views served are events written, and nothing else is: every page of the staff, walked as in
tests/treatments/test_access.py.
"""

import re

import pytest

from tests.treatments.test_access import addresses, stored_world, world  # noqa: F401 (fixtures)
from tests.trust.test_gets_write_nothing import nothing_written
from treatments.models import Event

SENDER = "203.0.113.7"
# What shows neither a patient nor the record: the doors, one's password, accounts, the rota, the settings of queues, what the clinic sets.
OF_NOBODY = re.compile(
    r"/admin/(login|password_change|again|factors|jsi18n|set-password|emergency|auth|intake/$|treatments/$"
    r"|treatments/(shift|queuesetting|clinichours|clinictextversion|clinicprofile|noticedefaults)/"
    r"|treatments/outsideserviceversion/)"
)


@pytest.mark.walk
@pytest.mark.parametrize("role", ["cora", "clara", "tess", "olive", "adam", "sid"])
def test_every_page_of_the_staff_that_is_shown_or_refused_is_one_event_from_where_it_was_asked(
    role,
    world,  # noqa: F811
):
    client, reader = world.client(role), getattr(world.cast, role)
    for name, address in addresses(world, most=3):
        before = Event.objects.count()
        with nothing_written(address):
            response = client.get(address, REMOTE_ADDR=SENDER)
        written = list(Event.objects.order_by("pk")[before:])
        where = f"{role} {address} -> {response.status_code}: {[event.kind for event in written]}"
        if 300 <= response.status_code < 400 or name == "alive":
            assert written == [], where
        elif response.status_code == 200 and OF_NOBODY.match(address):
            assert written == [], where
            assert not world.seen_in(response), where
        else:
            (event,) = written
            assert (event.actor, event.from_address) == (reader, SENDER), where
            assert (event.kind == "refused") == (response.status_code >= 400), where
