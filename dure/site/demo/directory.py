"""The networks of the public directory, brought in as anybody brings in a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import uuid5

from dure.domains.parties import commands
from dure.domains.parties.rules.imports import chunks, guess_kind, guess_mapping, guess_publish
from dure.domains.parties.rules.regions import DATA
from dure.kernel.acts import Act
from dure.ui.files import open_table

FILE = DATA / "networks.csv"


def take_in_directory(act: Act) -> None:
    """Lay the file out, then accept it: 166 networks in three sections, all published."""
    content = FILE.read_bytes()
    table = open_table(FILE.name, content)
    mapping = guess_mapping(table.head)
    kind = guess_kind(mapping)
    staged = commands.stage_import(
        act, file_name=FILE.name, digest=hashlib.sha256(content).hexdigest(), mapping=mapping,
        publish=guess_publish(mapping), kind=kind,
    )  # fmt: skip
    for chunk in chunks(table.rows, mapping, kind=kind):
        part = replace(act, key=uuid5(act.key, str(chunk.from_row)))
        commands.accept_import(part, import_id=staged.pk, chunk=chunk)
