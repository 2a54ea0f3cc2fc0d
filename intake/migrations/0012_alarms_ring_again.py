"""An answer that is unsafe again, or worse, rings again in the same draft.

Going back fails while a danger has rung twice: alarms are never removed.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0011_drafts_index")]

    operations = [
        migrations.RemoveConstraint(model_name="alarm", name="intake_one_alarm_per_danger"),
    ]
