"""On SQLite the events that stand are chained, in batches; stopped in between, it goes on where it stood."""

from django.db import migrations

from treatments.migrations._record_chain import chained


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("treatments", "0029_record_chain")]

    operations = [chained()]
