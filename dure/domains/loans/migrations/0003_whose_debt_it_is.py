"""A loan names its debtor itself: not every borrower is a member of the network."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def name_debtors(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(
        "UPDATE loans_loan SET party_id = (SELECT m.party_id FROM memberships_membership m"
        " WHERE m.id = loans_loan.membership_id)"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("loans", "0002_loans"),
        ("parties", "0004_kept_apart_and_third_parties"),
    ]

    operations = [
        migrations.AddField(
            model_name="loan",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
            ),
        ),
        migrations.RunPython(name_debtors, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="loan",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.party"
            ),
        ),
    ]
