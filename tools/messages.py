"""Translations without GNU gettext: finds the strings, keeps the catalogues, compiles them.

    .venv/bin/python tools/messages.py update [APP ...]    e.g. update dure/domains/ledger
    .venv/bin/python tools/messages.py check [APP ...]
    .venv/bin/python tools/messages.py compile

Each app (dure/kernel, dure/ui, dure/site and every room in dure/domains) keeps its own
`locale/ko/LC_MESSAGES/django.po`. Source strings are English; the Korean has to be complete:
`check` fails on a string that is missing, untranslated, fuzzy, no longer used, has other
placeholders than its source, or is translated in one app differently from another.
Compiled catalogues (.mo) are not committed; `./run` and `./check` make them.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = "locale/ko/LC_MESSAGES/django.po"
HEADER = {
    "Project-Id-Version": "dure",
    "Language": "ko",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
TEMPLATES = {".html", ".txt", ".xml", ".svg"}
NOT_OURS = {"migrations", "locale", "static", "__pycache__", "tests"}

TRANSLATING = {"django.utils.translation", "dure.kernel.words"}

# Which arguments of Django's functions hold context, singular and plural.
ARGUMENTS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """One translatable string where it stands."""

    text: str
    plural: str | None
    context: str | None
    file: str
    line: int | None

    @property
    def key(self) -> Key:
        return (self.context, self.text)


class Unreadable(Exception):
    """A string that no catalogue can hold, with the place where it stands."""


# --- finding them in Python ------------------------------------------------------------------


def in_python(source: str, file: str) -> Iterator[Message]:
    tree = ast.parse(source, filename=file)
    aliases = {name: name for name in ARGUMENTS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in TRANSLATING:
            aliases |= {
                alias.asname or alias.name: alias.name
                for alias in node.names
                if alias.name in ARGUMENTS
            }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            function = aliases.get(node.func.id)
        elif isinstance(node.func, ast.Attribute):
            function = node.func.attr if node.func.attr in ARGUMENTS else None
        else:
            function = None
        if function is not None:
            yield from _call(function, node, file)


def _call(function: str, node: ast.Call, file: str) -> Iterator[Message]:
    at_context, at_text, at_plural = ARGUMENTS[function]

    def literal(index: int | None) -> str | None:
        if index is None or index >= len(node.args):
            return None
        return _constant(node.args[index], f"{file}:{node.lineno}")

    text = literal(at_text)
    if text is None:
        return  # a variable: whoever filled it has marked the string with gettext_noop
    yield Message(text, literal(at_plural), literal(at_context), file, node.lineno)


def _constant(node: ast.expr, place: str) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant(node.left, place), _constant(node.right, place)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.JoinedStr):
        raise Unreadable(f"{place}: an f-string cannot be translated; use %(name)s and % {{...}}")
    return None


# --- finding them in templates ---------------------------------------------------------------

_QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CONTEXT = re.compile(rf"\bcontext\s+{_QUOTED}")
_INLINE = re.compile(rf"^(?:translate|trans)\s+{_QUOTED}")
_BLOCK = re.compile(r"^(?:blocktranslate|blocktrans)\b")
_END = re.compile(r"^end(?:blocktranslate|blocktrans)$")
_CONSTANT = re.compile(rf"\b_\(\s*{_QUOTED}\s*\)")


def in_template(source: str, file: str) -> Iterator[Message]:
    """As Django itself would look it up: a percent sign doubled, a variable as %(name)s."""
    from django.template.base import Lexer, TokenType
    from django.utils.translation import trim_whitespace

    opened: str | None = None
    line: int | None = None
    parts: dict[bool, list[str]] = {}
    in_plural = False
    in_comment = False
    for token in Lexer(source).tokenize():
        words = token.contents.strip()
        is_tag = token.token_type == TokenType.BLOCK
        if in_comment:
            in_comment = not (is_tag and words == "endcomment")
            continue
        if token.token_type == TokenType.COMMENT:
            continue
        if opened is not None:
            if is_tag and _END.match(words):
                texts = ["".join(parts[plural]) for plural in parts]
                if re.search(r"\btrimmed\b", _CONTEXT.sub("", opened)):
                    texts = [trim_whitespace(text) for text in texts]
                context = _CONTEXT.search(opened)
                yield Message(
                    texts[0],
                    texts[1] if len(texts) > 1 else None,
                    _unquote(context.group(1)) if context else None,
                    file,
                    line,
                )
                opened = None
            elif is_tag and words == "plural":
                in_plural = True
                parts[True] = []
            elif is_tag:
                raise Unreadable(f"{file}:{token.lineno}: {{% {words} %}} inside a blocktranslate")
            elif token.token_type == TokenType.VAR:
                if "|" in words or "." in words:
                    raise Unreadable(
                        f"{file}:{token.lineno}: {{{{ {words} }}}} inside a blocktranslate;"
                        " name it with `with`"
                    )
                parts[in_plural].append(f"%({words})s")
            else:
                parts[in_plural].append(token.contents.replace("%", "%%"))
            continue
        if token.token_type == TokenType.TEXT:
            continue
        for quoted in _CONSTANT.findall(words):
            yield Message(_unquote(quoted).replace("%", "%%"), None, None, file, token.lineno)
        if not is_tag:
            continue
        if words == "comment" or words.startswith("comment "):
            in_comment = True
        elif inline := _INLINE.match(words):
            context = _CONTEXT.search(words[inline.end() :])
            yield Message(
                _unquote(inline.group(1)).replace("%", "%%"),
                None,
                _unquote(context.group(1)) if context else None,
                file,
                token.lineno,
            )
        elif _BLOCK.match(words):
            opened, line, parts, in_plural = words, token.lineno, {False: []}, False
    if opened is not None:
        raise Unreadable(f"{file}:{line}: a blocktranslate without its end")


def _unquote(quoted: str) -> str:
    quote = quoted[0]
    return quoted[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\")


# --- one app ---------------------------------------------------------------------------------


def apps(root: Path) -> list[Path]:
    floors = [root / "dure" / name for name in ("kernel", "ui", "site")]
    rooms = sorted(root.glob("dure/domains/*/__init__.py"))
    return [app for app in [*floors, *(room.parent for room in rooms)] if app.is_dir()]


def messages(app: Path, root: Path) -> dict[Key, list[Message]]:
    found: dict[Key, list[Message]] = defaultdict(list)
    for path in sorted(app.rglob("*")):
        inside = path.relative_to(app)
        if NOT_OURS & set(inside.parts[:-1]) or not path.is_file():
            continue
        name = path.relative_to(root).as_posix()
        if path.suffix == ".py":
            each = in_python(path.read_text(encoding="utf-8"), name)
        elif path.suffix in TEMPLATES and "templates" in inside.parts:
            each = in_template(path.read_text(encoding="utf-8"), name)
        else:
            continue
        for message in each:
            if message.text:
                found[message.key].append(message)
    return found


def _entry(uses: list[Message]) -> polib.POEntry:
    plural = next((use.plural for use in uses if use.plural is not None), None)
    entry = polib.POEntry(
        msgid=uses[0].text,
        msgctxt=uses[0].context,
        occurrences=[(file, "") for file in sorted({use.file for use in uses})],
    )
    if plural is not None:
        entry.msgid_plural = plural
        entry.msgstr_plural = {0: ""}
    if _percent_names(plural or uses[0].text):
        entry.flags.append("python-format")
    return entry


def _read(path: Path) -> dict[Key, polib.POEntry]:
    if not path.exists():
        return {}
    entries = polib.pofile(str(path), encoding="utf-8")
    return {(entry.msgctxt, entry.msgid): entry for entry in entries}


def _korean(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def update(app: Path, root: Path) -> bool:
    """Writes the app's catalogue anew; says whether that changed it.

    A new string that another app has already translated comes with that translation.
    """
    path = app / CATALOGUE
    before = _read(path)
    elsewhere = {
        key: _korean(entry)
        for other in apps(root)
        if other != app
        for key, entry in _read(other / CATALOGUE).items()
        if _korean(entry) and not entry.fuzzy
    }
    after = polib.POFile(wrapwidth=96)
    after.metadata = dict(HEADER)
    for key, uses in sorted(messages(app, root).items(), key=lambda item: _order(item[0])):
        entry = _entry(uses)
        known = before.get(key)
        korean = elsewhere.get(key, "")
        if known is not None:
            entry.tcomment = known.tcomment
            if known.fuzzy:
                entry.flags.append("fuzzy")
            korean = _korean(known) or korean
        if entry.msgid_plural:
            entry.msgstr_plural = {0: korean}
        else:
            entry.msgstr = korean
        after.append(entry)
    if not after and not path.exists():
        return False
    text = str(after).rstrip("\n") + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _order(key: Key) -> tuple[str, str]:
    return (key[1], key[0] or "")


# --- checking --------------------------------------------------------------------------------


def _percent_names(text: str) -> set[str]:
    return set(re.findall(r"%(?:\((\w+)\))?[#0\- +]*[\d.]*[diouxXeEfFgGcrsa]", _plain(text)))


def _brace_names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^{}]*\}", text))


def _plain(text: str) -> str:
    return text.replace("%%", "")


def placeholders_differ(entry: polib.POEntry) -> bool:
    source, korean = entry.msgid_plural or entry.msgid, _korean(entry)
    return _brace_names(source) != _brace_names(korean) or (
        "python-format" in entry.flags and _percent_names(source) != _percent_names(korean)
    )


def complaints(app: Path, root: Path) -> list[str]:
    name = app.relative_to(root).as_posix()
    used, kept = messages(app, root), _read(app / CATALOGUE)
    found = []

    def complain(what: str, key: Key, place: str = "") -> None:
        found.append(f"{name}: {what}: {key[1]!r}" + (f"  ({place})" if place else ""))

    for key, uses in sorted(used.items(), key=lambda item: _order(item[0])):
        place = f"{uses[0].file}:{uses[0].line}"
        plurals = {use.plural for use in uses if use.plural is not None}
        entry = kept.get(key)
        if len(re.findall(r"[가-힣]", key[1])) > len(re.findall(r"[A-Za-z]", key[1])):
            complain("source strings are English", key, place)
        if len(plurals) > 1:
            complain("has two plurals", key, place)
        if entry is None:
            complain("missing from the catalogue", key, place)
        elif plurals and (entry.msgid_plural or None) not in plurals:
            complain("the catalogue has another plural", key, place)
        elif not _korean(entry).strip():
            complain("no Korean", key, place)
        elif entry.fuzzy:
            complain("fuzzy", key, place)
        elif placeholders_differ(entry):
            complain("placeholders differ", key, place)
    for key in sorted(kept.keys() - used.keys(), key=_order):
        complain("no longer used", key)
    return found


def contradictions(selected: Iterable[Path], root: Path) -> list[str]:
    """One catalogue would hide the other's words: Django merges all of them into one."""
    heard: dict[Key, dict[str, str]] = defaultdict(dict)
    for app in selected:
        for key, entry in _read(app / CATALOGUE).items():
            if _korean(entry):
                heard[key].setdefault(_korean(entry), app.relative_to(root).as_posix())
    return [
        f"{' and '.join(said.values())}: one string, two translations: {key[1]!r}:"
        f" {' / '.join(said)}  (agree, or give one a context)"
        for key, said in sorted(heard.items(), key=lambda item: _order(item[0]))
        if len(said) > 1
    ]


# --- compiling -------------------------------------------------------------------------------


def compile_catalogue(app: Path) -> bool:
    source = app / CATALOGUE
    target = source.with_suffix(".mo")
    if not source.exists():
        target.unlink(missing_ok=True)
        return False
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    draft = target.with_suffix(".mo.new")
    polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(draft))
    draft.replace(target)
    return True


# --- the command -----------------------------------------------------------------------------


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("deed", choices=["update", "check", "compile"])
    parser.add_argument("apps", nargs="*", type=Path, help="only these folders (default: all)")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(arguments)
    every = apps(root)
    selected = [(root / app).resolve() for app in options.apps] or every
    strangers = [str(app) for app in selected if app not in every]
    if strangers:
        parser.error(f"no app of Dure: {', '.join(strangers)}")
    try:
        if options.deed == "compile":
            changed = [app for app in selected if compile_catalogue(app)]
        elif options.deed == "update":
            changed = [app for app in selected if update(app, root)]
        else:
            found = [line for app in selected for line in complaints(app, root)]
            found += contradictions(every, root)
            print("\n".join(found) or "every string has its Korean")
            return 1 if found else 0
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 1
    if not options.quiet:
        names = ", ".join(app.relative_to(root).as_posix() for app in changed)
        print(f"{options.deed}: {names or 'nothing to do'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
