"""Making many tables at once.

After each table Django renders every model that is related to it anew, which in a program whose
tables all lead to a party means nearly all of them: half a minute for a new network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations import Migration

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class TablesAtOnce(Migration):
    """A migration that only creates tables: its models are rendered once, when all are known."""

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # rendered again by whoever asks next
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state
