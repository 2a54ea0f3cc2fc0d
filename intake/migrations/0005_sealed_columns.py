"""A key for each submission, and the columns in which what people tell is sealed, still empty."""

from django.db import migrations, models

SEALED = (
    *(("submission", "answers"), ("alarm", "answer"), ("alarmchange", "answer"), ("message", "text")),
    *(("question", "message"), ("question", "fields"), ("amendment", "changes")),
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_mail_account")]

    operations = [
        # On the way back this one and the columns below are made strict again when they are filled.
        migrations.RemoveConstraint("message", "intake_message_says_something"),
        migrations.AddField("submission", "key", models.BinaryField(null=True)),
        *(
            migrations.AddField(model, f"{name}_sealed", models.BinaryField(null=True))
            for model, name in SEALED
        ),
        migrations.AlterField("question", "message", models.TextField(null=True)),
        migrations.AlterField("amendment", "changes", models.JSONField(null=True)),
    ]
