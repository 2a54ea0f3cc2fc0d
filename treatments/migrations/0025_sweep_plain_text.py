"""The space of the plain columns is given back, so that nothing of what they held is left in the files."""

from django.db import migrations

from intake.migrations._sealing import swept
from treatments.migrations._sealed_columns import SEALED


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("treatments", "0024_plain_columns_gone")]

    operations = [swept(*(f"treatments_{model}" for model in SEALED))]
