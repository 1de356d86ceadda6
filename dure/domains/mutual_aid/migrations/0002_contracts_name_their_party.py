import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_parties(apps, schema_editor):
    enrolments = apps.get_model("mutual_aid", "AidEnrolment").objects
    members = apps.get_model("memberships", "Membership").objects
    party = members.filter(pk=OuterRef("membership")).values("party")
    enrolments.filter(party=None).update(party=Subquery(party))


class Migration(migrations.Migration):

    dependencies = [
        ("memberships", "0001_first_release"),
        ("mutual_aid", "0001_first_release"),
        ("parties", "0001_first_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="aidenrolment",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
            ),
        ),
        migrations.RunPython(name_parties, migrations.RunPython.noop),
    ]
