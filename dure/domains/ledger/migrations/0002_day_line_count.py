"""The kept days also know how many lines moved them: a ledger's pages are found without reading it."""

from typing import Any

from django.db import migrations, models

from dure.kernel import triggers


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """SQLite cannot rebuild a table that a trigger writes into; they are made anew afterwards."""
    triggers.drop(schema_editor.connection)


def count_lines(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(
        "UPDATE ledger_daybalance SET line_count = found.line_count FROM ("
        " SELECT l.account_id, l.fund_id, e.booked_date, COUNT(*) AS line_count"
        " FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " WHERE e.posted_at IS NOT NULL GROUP BY l.account_id, l.fund_id, e.booked_date) found"
        " WHERE found.account_id = ledger_daybalance.account_id"
        " AND found.fund_id = ledger_daybalance.fund_id"
        " AND found.booked_date = ledger_daybalance.booked_date"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AddField(
            model_name="daybalance",
            name="line_count",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(count_lines, migrations.RunPython.noop),
    ]
