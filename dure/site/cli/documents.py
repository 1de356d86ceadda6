"""The API's document."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.group()
def api() -> None:
    """API 문서 · The API's document."""


def text_of_document() -> str:
    """The OpenAPI document as it is committed: stable, readable, ending with a line."""
    from ..api import document

    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@api.command("document")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def api_document(file: Path | None) -> None:
    """OpenAPI 3.1 문서를 씁니다 · Writes the OpenAPI document (tests/api/openapi.json)."""
    if file is None:
        click.echo(text_of_document(), nl=False)
    else:
        file.write_text(text_of_document(), encoding="utf-8")
