"""Which reads were downloads; the log may be let go of when a year is over."""

from typing import Any

from django.db import migrations, models


from dure.kernel import triggers


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """SQLite cannot rebuild a table that a trigger writes into; they are made anew afterwards."""
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_matter_of_personal_texts'),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AddField(
            model_name='read',
            name='is_download',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='read',
            index=models.Index(fields=['at'], name='read_by_moment'),
        ),
    ]
