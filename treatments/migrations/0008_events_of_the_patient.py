"""Kinds of events about asking the patient, and of what patients do after sending."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0007_ask_patient")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("assessed", "Assessed"),
                    ("hold_raised", "Hold raised"),
                    ("opened", "Opened"),
                    ("claim", "Claimed"),
                    ("route", "Routed"),
                    ("ask_patient", "Patient asked"),
                    ("cancel_question", "Question canceled"),
                    ("chased", "Patient reminded"),
                    ("ask_expired", "Question not answered in time"),
                    ("answered", "Patient answered"),
                    ("message", "Message from the patient"),
                    ("patient_withdrew", "Patient withdrew"),
                    ("note", "Note"),
                    ("close", "Closed"),
                    ("reopen", "Reopened"),
                    ("release_hold", "Hold released"),
                    ("accept", "Accepted"),
                    ("return", "Returned"),
                    ("book", "Booked"),
                    ("complete", "Completed"),
                    ("withdraw", "Withdrawn"),
                    ("exported", "Exported"),
                    ("acknowledge", "Alert acknowledged"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        )
    ]
