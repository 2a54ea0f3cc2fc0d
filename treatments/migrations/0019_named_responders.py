"""A notice names its responder and the row of the rota that it was sent by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treatments.models.on_call


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_alarms_append_only"),
        ("treatments", "0018_on_call_rota"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="oncallnotice",
            name="on_call_one_notice_per_alarm_and_channel",
        ),
        migrations.AddField(
            model_name="oncallnotice",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=treatments.models.on_call.level_choices, default=0, verbose_name="as"
            ),
        ),
        migrations.AddField(
            model_name="oncallnotice",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="oncallnotice",
            name="shift",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treatments.shift",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None)),
                fields=("alarm", "channel"),
                name="on_call_one_notice_per_alarm_and_channel",
                violation_error_message="The on-call person is told of this alarm on this channel already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("alarm", "level", "person", "channel"),
                name="on_call_one_notice_per_alarm_and_responder",
                violation_error_message="This person is told of this alarm already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 0), ("person", None)),
                    models.Q(("level__gt", 0), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="on_call_address_is_nobody_in_person",
                violation_error_message="A responder is a person, and the on-call address is none.",
            ),
        ),
    ]
