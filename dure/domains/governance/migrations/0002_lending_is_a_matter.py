"""Loans to members are a matter of their own; the meetings of all that are there have it like every other."""

from django.db import migrations, models


def give_to_assemblies(apps, schema_editor):
    Body = apps.get_model("governance", "Body")
    Competence = apps.get_model("governance", "Competence")
    rows = Body.objects.filter(kind__in=("general_meeting", "delegates_meeting"))
    Competence.objects.bulk_create(
        Competence(body=one, matter="lending", from_date=one.from_date, until_date=one.until_date)
        for one in rows.order_by("pk")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0001_first_release'),
    ]

    operations = [
        migrations.AlterField(
            model_name='competence',
            name='matter',
            field=models.CharField(choices=[('bylaws_change', 'change of the bylaws'), ('rules_change', 'making and change of rules'), ('officers', 'election and removal of officers'), ('plan_and_budget', 'plan and budget'), ('settlement', 'settlement of accounts'), ('audit_report', "auditor's report"), ('merger', 'merger'), ('division', 'division'), ('dissolution', 'dissolution'), ('suspension', 'suspension of business'), ('continuation', 'continuation'), ('expulsion', 'expulsion of a member'), ('share_refund', "refund of a leaver's shares"), ('preferred_shares', 'preferred shares in another co-operative'), ('admission', 'admission of members'), ('conduct', 'warning and suspension of members'), ('bodies', 'making and ending bodies, filling seats'), ('mutual_aid', 'review of mutual aid'), ('lending', 'loans to members'), ('business', 'business of the day')], max_length=24),
        ),
        migrations.AlterField(
            model_name='demand',
            name='matter',
            field=models.CharField(choices=[('bylaws_change', 'change of the bylaws'), ('rules_change', 'making and change of rules'), ('officers', 'election and removal of officers'), ('plan_and_budget', 'plan and budget'), ('settlement', 'settlement of accounts'), ('audit_report', "auditor's report"), ('merger', 'merger'), ('division', 'division'), ('dissolution', 'dissolution'), ('suspension', 'suspension of business'), ('continuation', 'continuation'), ('expulsion', 'expulsion of a member'), ('share_refund', "refund of a leaver's shares"), ('preferred_shares', 'preferred shares in another co-operative'), ('admission', 'admission of members'), ('conduct', 'warning and suspension of members'), ('bodies', 'making and ending bodies, filling seats'), ('mutual_aid', 'review of mutual aid'), ('lending', 'loans to members'), ('business', 'business of the day')], max_length=24),
        ),
        migrations.AlterField(
            model_name='item',
            name='matter',
            field=models.CharField(choices=[('bylaws_change', 'change of the bylaws'), ('rules_change', 'making and change of rules'), ('officers', 'election and removal of officers'), ('plan_and_budget', 'plan and budget'), ('settlement', 'settlement of accounts'), ('audit_report', "auditor's report"), ('merger', 'merger'), ('division', 'division'), ('dissolution', 'dissolution'), ('suspension', 'suspension of business'), ('continuation', 'continuation'), ('expulsion', 'expulsion of a member'), ('share_refund', "refund of a leaver's shares"), ('preferred_shares', 'preferred shares in another co-operative'), ('admission', 'admission of members'), ('conduct', 'warning and suspension of members'), ('bodies', 'making and ending bodies, filling seats'), ('mutual_aid', 'review of mutual aid'), ('lending', 'loans to members'), ('business', 'business of the day')], max_length=24),
        ),
        migrations.RunPython(give_to_assemblies, migrations.RunPython.noop),
    ]
