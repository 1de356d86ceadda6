"""The guards of the house: each takes what it judges and lists what offends, so that the tests
can show every one of them a planted violation as well as the real code."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
import subprocess
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import models

ROOT = Path(__file__).resolve().parents[2]
DOORS = {"commands", "queries", "events", "rules"}
DRAWERS = set("utils util helpers helper common services service managers manager misc".split())
LINES_MAX = 400


# --- the floors, as pyproject.toml states them ------------------------------------------------


def floors() -> dict[str, int]:
    """Each room and its floor; 0 is the lowest."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [
        each
        for each in settings["tool"]["importlinter"]["contracts"]
        if each.get("containers") == ["dure.domains"]
    ]
    return {
        room.strip(" ()"): height
        for height, floor in enumerate(reversed(contract["layers"]))
        for room in floor.split("|")
    }


# --- doors between rooms ----------------------------------------------------------------------


def trespasses(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Imports of one room from another that do not go through a door."""
    found = []
    for importer, imported in imports:
        if not (importer.startswith("dure.domains.") and imported.startswith("dure.domains.")):
            continue
        ours, theirs = importer.split(".")[2], imported.split(".")[2:]
        if theirs[0] != ours and (len(theirs) < 2 or theirs[1] not in DOORS):
            found.append(f"{importer} -> {imported}")
    return sorted(found)


# --- tables -----------------------------------------------------------------------------------


def bad_keys(every: Iterable[type[models.Model]], height: Mapping[str, int]) -> list[str]:
    """Foreign keys that point up or sideways, or that would delete along with what they name."""
    found = []
    for model in every:
        ours = _room(model)
        if ours is None:
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            name = f"{model._meta.label}.{field.name}"
            theirs = _room(field.related_model)
            if theirs is None:
                continue
            if theirs != ours and not _below(theirs, ours, height):
                found.append(f"{name} points up to {theirs}")
            if isinstance(field, models.ManyToManyField):
                if field.remote_field.through._meta.auto_created:
                    found.append(f"{name} has a join table that cascades: give it a model")
            elif field.remote_field.on_delete is not models.PROTECT:
                found.append(f"{name} does not PROTECT")
    return sorted(found)


def _room(model: type[models.Model]) -> str | None:
    """The room or lower floor a table of ours belongs to."""
    parts = model.__module__.split(".")
    if parts[0] != "dure":
        return None
    return parts[2] if parts[1] == "domains" else parts[1]


def _below(lower: str, upper: str, height: Mapping[str, int]) -> bool:
    whole = {"kernel": -2, "ui": -1, **height, "site": len(height) + 1}
    return whole[lower] < whole[upper]


# --- deeds ------------------------------------------------------------------------------------


def modules_called(name: str, doors_only: bool = False) -> Iterator[ModuleType]:
    """`commands` of every room, and (unless only the doors count) what is inside the packages."""
    package = "dure.domains"
    for room in pkgutil.iter_modules(importlib.import_module(package).__path__):
        full = f"{package}.{room.name}.{name}"
        if importlib.util.find_spec(full) is None:
            continue
        module = importlib.import_module(full)
        yield module
        if doors_only:
            continue
        for inner in pkgutil.walk_packages(getattr(module, "__path__", []), f"{full}."):
            yield importlib.import_module(inner.name)


def incomplete_commands(
    commands: Mapping[str, Callable[..., Any]],
    events: Iterable[type],
    policies: Callable[[str], object] = lambda room: importlib.import_module(f"{room}.policies"),
) -> list[str]:
    """Commands without their policy, or that record no event."""
    names = {event.__name__ for event in events}
    found = []
    for full, registered in sorted(commands.items()):
        run = inspect.unwrap(registered)
        policy = f"can_{run.__name__}"
        try:
            if not hasattr(policies(_package(run)), policy):
                found.append(f"{full}: there is no policy {policy}")
        except ModuleNotFoundError:
            found.append(f"{full}: its room has no policies")
        calls = list(_calls(run))
        if not any(_name(call) == policy for call in calls):
            found.append(f"{full}: never asks {policy}")
        if not any(_name(call) == "record" and _records(call, names) for call in calls):
            found.append(f"{full}: records no event")
    return found


def _calls(run: Callable[..., Any], seen: set[str] | None = None) -> Iterator[ast.Call]:
    """The calls in a function, and in the functions of its own room that it calls."""
    seen = set() if seen is None else seen
    if run.__qualname__ in seen:
        return
    seen.add(run.__qualname__)
    tree = ast.parse(textwrap.dedent(inspect.getsource(run)))
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        yield call
        called = _resolve(call.func, run.__globals__)
        called = inspect.unwrap(called) if callable(called) else None
        if not inspect.isfunction(called):
            continue
        if called.__module__ == run.__module__ or called.__module__.startswith(
            f"{_package(run)}.commands."
        ):
            yield from _calls(called, seen)


def _package(run: Callable[..., Any]) -> str:
    """The room, or the floor, that a command belongs to."""
    room, door, _ = run.__module__.partition(".commands")
    return room if door else room.rpartition(".")[0]


def _resolve(node: ast.expr, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, names), node.attr, None)
    return None


def _name(node: ast.expr) -> str:
    """`pay_out_loan` of `loans.pay_out_loan(...)`."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _records(call: ast.Call, events: set[str]) -> bool:
    """`record(act, LoanPaidOut(...))`, or a name that was bound to such a fact before."""
    what = call.args[1] if len(call.args) > 1 else None
    if isinstance(what, ast.Call):
        return _name(what) in events
    return isinstance(what, ast.Name | ast.IfExp)


def verbs_that_are_no_commands(
    doors: Iterable[ModuleType], commands: Mapping[str, Callable[..., Any]]
) -> list[str]:
    """What a room's `commands` offers to others without act, policy and deed."""
    known = {(run.__module__, run.__name__) for run in commands.values()}
    return sorted(
        f"{door.__name__}.{name}"
        for door in doors
        for name, thing in vars(door).items()
        if inspect.isfunction(thing)
        and f"{thing.__module__}.".startswith(f"{door.__name__}.")
        and not name.startswith("_")
        and (thing.__module__, thing.__name__) not in known
    )


def speechless_events(events: Iterable[type], base: type) -> list[str]:
    """Events that say nothing, or that could be changed after the fact."""
    found = []
    for event in sorted(events, key=lambda each: f"{each.__module__}.{each.__name__}"):
        name = f"{event.__module__}.{event.__name__}"
        if event.sentence is base.sentence:
            found.append(f"{name} has no sentence")
        if not dataclasses.is_dataclass(event):
            found.append(f"{name} is no dataclass")
        elif not event.__dataclass_params__.frozen:
            found.append(f"{name} is not frozen")
    return found


# --- files ------------------------------------------------------------------------------------


def tracked(root: Path = ROOT) -> list[Path]:
    """What git would carry along: known to it, or new and not ignored."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=root, capture_output=True, check=True).stdout
    files = (root / name for name in listed.decode().split("\0") if name)
    return sorted(file for file in files if file.is_file())


def drawers(files: Iterable[Path], root: Path = ROOT) -> list[str]:
    """Modules named after nothing."""
    return sorted(
        relative.as_posix()
        for relative in (file.relative_to(root) for file in files)
        if relative.parts[0] == "dure" and relative.suffix == ".py"
        if DRAWERS & {*relative.parts[:-1], relative.stem}
    )


def too_long(files: Iterable[Path], root: Path = ROOT) -> list[str]:
    """Files that should have become a package of the same name."""
    found = []
    for file in files:
        relative = file.relative_to(root)
        if relative.parts[0] != "dure" or relative.suffix not in {".py", ".html"}:
            continue
        if "migrations" in relative.parts:
            continue
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LINES_MAX:
            found.append(f"{relative.as_posix()}: {lines} lines")
    return sorted(found)


# Paths of somebody's machine, and places that packages are fetched from.
_MACHINES = re.compile(
    r"(?<![\w.~-])/(?:work|home|root|Users)/[\w.-]+|\bhttps?://[^\s\"']*(?:/simple\b|registry\.|pypi)"
)


def names_of_machines(files: Iterable[Path], root: Path = ROOT) -> list[str]:
    """Lines that are true on one machine only."""
    found = []
    for file in files:
        relative = file.relative_to(root)
        if "vendor" in relative.parts:
            continue
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if _MACHINES.search(line) or f"{root}/" in line:
                found.append(f"{relative.as_posix()}:{number}: {line.strip()[:80]}")
    return found


_FETCHED = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["'](?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
)


def fetched_from_elsewhere(files: Iterable[Path], root: Path = ROOT) -> list[str]:
    """Pages and styles that a browser would complete from another server."""
    found = []
    for file in files:
        relative = file.relative_to(root)
        if relative.parts[0] == "dure" and relative.suffix in {".html", ".css"}:
            for hit in _FETCHED.findall(file.read_text(encoding="utf-8")):
                found.append(f"{relative.as_posix()}: {hit}")
    return found


# --- locks and assets -------------------------------------------------------------------------


def bad_locks(locks: Iterable[Path]) -> list[str]:
    """Locks that name a host, or lock without a hash."""
    found = []
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        if "://" in text or "--index" in text or "--find-links" in text:
            found.append(f"{lock.name} names a host")
        logical = text.replace("\\\n", " ").splitlines()
        for line in logical:
            if line.strip() and not line.startswith("#"):
                if "==" not in line or "--hash=sha256:" not in line:
                    found.append(f"{lock.name}: no hash for {line.split()[0]}")
    return found


def bad_assets(folder: Path) -> list[str]:
    """Vendored files that are not what the manifest says, or that it does not mention."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = []
    for row in rows:
        missing = {"name", "version", "licence", "file", "sha256"} - row.keys()
        file = folder / row["file"]
        if missing:
            found.append(f"{row['file']}: the manifest has no {', '.join(sorted(missing))}")
        elif not file.is_file():
            found.append(f"{row['file']} is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != row["sha256"]:
            found.append(f"{row['file']} was changed")
    present = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    strangers = present - {row["file"] for row in rows} - {"manifest.json"}
    return found + [f"{file} is not in the manifest" for file in sorted(strangers)]
