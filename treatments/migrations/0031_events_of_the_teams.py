"""Events of a visit that is moved, and of a team that undoes its last move."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0030_caring_contact_taken_over"),
    ]

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
                    ("reschedule", "Visit rescheduled"),
                    ("complete", "Completed"),
                    ("postpone", "Postponed"),
                    ("transfer", "Transferred to another queue"),
                    ("feedback", "Feedback on the referral"),
                    ("queue_setting", "Queue changed"),
                    ("entry_begun", "Entering an intake begun"),
                    ("entry_left", "Entering an intake given up"),
                    ("withdraw", "Withdrawn"),
                    ("assign", "Assigned"),
                    ("release", "Unassigned"),
                    ("undo", "Last move undone"),
                    ("undo_consult", "Team's last move undone"),
                    ("contact", "Contact attempt"),
                    ("caring_due", "Caring contact due"),
                    ("caring_contact", "Caring contact made"),
                    ("refer_elsewhere", "Referred to another service"),
                    ("link_duplicate", "Linked to a duplicate"),
                    ("unlink_duplicate", "Link to a duplicate removed"),
                    ("exported", "Exported"),
                    ("acknowledge", "Alert acknowledged"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
    ]
