"""The OpenAPI document is committed: a change of the API is a change of a file one can read.

Rewrite it with `dure api document tests/api/openapi.json`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ninja import Schema

from dure.kernel.deeds import COMMANDS
from dure.site.cli.documents import text_of_document

FILE = Path(__file__).parent / "openapi.json"


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def operations(found: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, of_path in found["paths"].items()
        for method, operation in of_path.items()
    ]


def test_the_committed_document_is_the_one_served() -> None:
    assert FILE.read_text(encoding="utf-8") == text_of_document(), (
        "the API changed: dure api document tests/api/openapi.json"
    )


def test_it_is_openapi_3_1(committed: dict[str, Any]) -> None:
    assert committed["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_ours_and_tells_its_problems(
    committed: dict[str, Any],
) -> None:
    names = [operation["operationId"] for _path, _method, operation in operations(committed)]
    assert len(set(names)) == len(names)
    commands = {name.split(".")[1] for name in COMMANDS}
    for path, method, operation in operations(committed):
        where = f"{method} {path}"
        assert re.fullmatch(r"[a-z][a-z0-9_]+", operation["operationId"]), where
        assert {"400", "404", "409", "422"} <= operation["responses"].keys(), where
        if method != "get":
            assert operation["operationId"] in commands, f"{where}: one deed, one word"
            headers = [p["name"] for p in operation["parameters"] if p["in"] == "header"]
            assert "Idempotency-Key" in headers, where
        if operation.get("security"):
            assert {"401", "403"} <= operation["responses"].keys(), where


def test_every_shape_has_a_name_of_its_own() -> None:
    """Of two shapes with one name the document would show one, for both."""

    def below(kind: type[Schema]) -> Iterator[type[Schema]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    ours = {one for one in below(Schema) if one.__module__.startswith("dure.")}
    names = Counter(one.__name__ for one in ours)
    assert len(ours) > 100
    assert not [name for name, count in names.items() if count > 1]


def test_money_and_days_are_typed(committed: dict[str, Any]) -> None:
    """`…_won` is an integer everywhere, `…_date` a date."""
    for name, schema in committed["components"]["schemas"].items():
        for field, about in schema.get("properties", {}).items():
            about = about.get("items", about)
            kinds = {part.get("type") for part in about.get("anyOf", [about])} - {"null", None}
            if field.endswith("_won"):
                assert kinds <= {"integer", "string"}, f"{name}.{field}: {kinds}"
                if name.endswith("Out"):
                    assert kinds == {"integer"}, f"{name}.{field}"
