"""What a watchdog is told: alive, ready, or why not."""

import pytest
from django.db import connection
from django.test import Client

from tests.trust import harm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_both_answer_get_and_head_alone_and_make_no_session(client, address):
    assert client.get(address).status_code == client.head(address).status_code == 200
    assert client.post(address).status_code == 405
    response = client.get(address)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_being_alive_asks_nothing_of_the_database_and_being_ready_one_thing(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.cora)  # a session that other pages would read
    with django_assert_num_queries(0):
        assert client.get("/livez").content == b"alive\n"
    with django_assert_num_queries(1):
        assert client.get("/readyz").content == b"ready\n"


def test_a_watchdog_on_the_machine_needs_neither_the_hosts_name_nor_a_certificate(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client(headers={"host": "10.0.0.7:8000"})  # made now: middleware reads the setting as it starts
    assert client.get("/").status_code == 400
    assert client.get("/livez").status_code == client.get("/readyz").status_code == 200


def test_without_its_newest_migration_it_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'treatments'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


@pytest.mark.parametrize("what", ["refused", "gone before"])
def test_without_its_database_it_is_alive_and_not_ready(what, real_database, client, caplog):
    client.get("/readyz")
    with harm.EVERY[what]():
        assert client.get("/livez").status_code == 200
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")
    assert client.get("/readyz").status_code == 200
    assert not [record for record in caplog.records if record.name == "clinic.faults"]


@pytest.mark.postgres
def test_a_connection_that_died_in_the_pool_is_replaced_before_anybody_sees_it(real_database, client):
    assert client.get("/readyz").status_code == 200
    connection.close()  # back into the pool
    with harm.other() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert client.get("/readyz").status_code == 200
