"""A referral names its newest risk assessment, so that a list shows the plan by one join."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_newest(apps, schema_editor) -> None:
    assessments = apps.get_model("treatments", "RiskAssessment").objects
    newest = assessments.filter(referral=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    referrals = apps.get_model("treatments", "Referral").objects.exclude(clinician_level="")
    referrals.update(newest_risk=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [("treatments", "0025_sweep_plain_text")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="newest_risk",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="treatments.riskassessment",
            ),
        ),
        migrations.RunPython(name_the_newest, migrations.RunPython.noop),
    ]
