"""PostgreSQL's own log repeats nothing that a patient told, once it is set as ``deploy/postgresql`` says."""

import pytest

from tests import proving
from tests.machine import ROOT, Machine
from tests.trust.own_postgres import own_cluster

pytestmark = pytest.mark.postgres
CANARY = "Kanarilog"
# A row that a constraint refuses, with a name among its columns: what an error would log.
BREAKS = f"""
from django.db import Error
from intake.models import Submission
try:
    Submission.objects.create(state="submitted", surname="{CANARY}", answers={{"about": {{"last_name": "{CANARY}"}}}})
except Error:
    print("refused")
"""


def test_the_log_repeats_a_name_until_it_is_set_as_documented_and_then_no_more(tmp_path):
    with own_cluster() as cluster:
        cluster.run("CREATE ROLE clinic LOGIN NOSUPERUSER", "CREATE DATABASE clinic OWNER clinic")
        machine = Machine(tmp_path)
        machine.environment |= {"DATABASE_URL": cluster.address("clinic", "clinic"), "DEMO": "1"}
        machine.migrate()
        warned = machine.command("check", "--database", "default").communicate()[0]
        assert "intake.W001" in warned and "log_min_error_statement" in warned
        assert machine.python(BREAKS) == "refused\n"
        assert CANARY in cluster.log  # as PostgreSQL comes
        proving.control("PostgreSQL as it comes: its log repeats the name")
        cluster.script(ROOT / "deploy" / "postgresql" / "settings.sql", "clinic")
        before = len(cluster.log)
        assert machine.python(BREAKS) == "refused\n"
        assert "intake_submitted_has_reference_and_time" in cluster.log[before:]
        assert CANARY not in cluster.log[before:]
        proving.figure("PostgreSQL's log as documented: 0 hits in a forced error")
        assert "no issues" in machine.command("check", "--database", "default").communicate()[0]
