"""Files of parties on their way in: looked at first, written only when accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..rules.codes import IMPORT_STATES


class PartyImport(models.Model):
    """A file someone wants to bring in. Its content is dropped when it is accepted or discarded."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    content = models.BinaryField(null=True, blank=True)  # null: read from a file on the machine
    mapping = models.JSONField()  # a field, or nothing, for each column
    state = models.CharField(max_length=12, choices=IMPORT_STATES)
    publish = models.BooleanField(default=False)
    kind = models.CharField(max_length=24, blank=True)  # what rows without designation are
    staged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    done_rows = models.PositiveIntegerField(default=0)  # how far accepting has come in the file
    read_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(state="accepting"),
                name="party_import_one_at_work_per_file",
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="party_import_by_state")]


class PartyImportRow(models.Model):
    """A row of an accepted file that was not written, with the cell and the reason."""

    party_import = models.ForeignKey(
        PartyImport, on_delete=models.PROTECT, related_name="rejected_rows"
    )
    row = models.PositiveIntegerField()
    cell = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["party_import", "row"], name="party_import_row_in_order")]
