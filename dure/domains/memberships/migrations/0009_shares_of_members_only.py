"""Shares are those of members: who is being admitted is a member once they are paid or taken over."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from dure.kernel import triggers


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Movements are frozen while the table is rebuilt otherwise; they are made anew afterwards."""
    triggers.drop(schema_editor.connection)


def give_to_members(apps: Any, schema_editor: Any) -> None:
    """Shares an applicant subscribed go to the membership made since; unpaid ones without any end."""
    if schema_editor.connection.vendor == "postgresql":  # no check may wait when tables are altered
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    subscriptions = apps.get_model("memberships", "ShareSubscription").objects
    movements = apps.get_model("memberships", "ShareMovement").objects
    members = apps.get_model("memberships", "Membership").objects
    for one in subscriptions.filter(membership=None).order_by("pk"):
        own = members.filter(party_id=one.party_id).order_by("-joined_date", "-pk").first()
        moved = movements.filter(subscription_id=one.pk, membership=None)
        if own is not None:
            subscriptions.filter(pk=one.pk).update(membership=own)
            moved.update(membership=own)
        elif one.paid_won or moved.exists():
            raise RuntimeError(
                f"Share subscription {one.pk} of application {one.application_id} is paid and has"
                " no member: finish or undo the admission in the version before, then upgrade."
            )
        else:
            one.delete()


class Migration(migrations.Migration):
    dependencies = [("memberships", "0008_share_capital")]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RunPython(give_to_members, migrations.RunPython.noop),
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
