"""Shares are those of members: who is being admitted is a member once they are paid or taken over."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from dure.kernel import triggers


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Movements are frozen while the table is rebuilt otherwise; they are made anew afterwards."""
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("memberships", "0008_share_capital")]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RemoveConstraint("sharemovement", "share_movement_has_holder"),
        migrations.RemoveConstraint("sharesubscription", "subscription_of_member_or_applicant"),
        migrations.RemoveField("sharesubscription", "application"),
        migrations.RemoveField("sharesubscription", "party"),
        migrations.AlterField(
            "sharemovement",
            "membership",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="memberships.membership",
            ),
        ),
        migrations.AlterField(
            "sharesubscription",
            "membership",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subscriptions",
                to="memberships.membership",
            ),
        ),
    ]
