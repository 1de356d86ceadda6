"""No limit, rate, period or quorum is a number in a room: it is a provision, with its article.

Looked at are the rooms' rules, policies, commands, queries and reactions. What is named like a
measure of people or money (…_DAYS, …_WON, …) and set to a number, a span of days, an exact share,
a default, a comparison with a number: each is refused unless it is on the list below with the
reason why it decides about nobody. A day of the month or a month of the year is no span.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = Path(__file__).resolve().parents[2] / "dure" / "domains"
PARTS = ("rules", "policies", "commands", "queries", "reactions")
MEASURES = re.compile(
    r"(?:^|_)(days|weeks|months|years|hours|minutes|won|ratios?|rates?|percent|quorum)(?:_|$)",
    re.IGNORECASE,
)
SMALL = 1  # no, one, the day after: not limits

DECIDES_ABOUT_NOBODY = {
    "bylaws/rules": "the room that holds the limits",
    "loans/commands/products.py: MOST_LENT_WON": "what the daily run can count in 64 bits",
    "parties/rules/numbers.py: _DAYS": "the days of the months, in the calendar",
    "parties/commands/access.py: TOKEN_DAYS_MAX": "how long a secret of a program may live",
    "parties/commands/access.py: days=90": "the usual life of a program's secret",
    "parties/commands/access.py: STAFF_SESSION_MINUTES_MAX": "how long a browser keeps a power",
    "parties/commands/access.py: minutes=30": "the usual life of such a session",
    "parties/commands/access.py: days <= 90": "a bug's bound: the life is the caller's",
    "ledger/commands/checking.py: timedelta(days=366)": "a year mistyped is caught at the door",
    "ledger/queries/entries.py: FEW_DAYS": "how a list is looked up, not what it shows",
    "ledger/queries/overviews.py: months=24": "how much of a picture is drawn",
    "memberships/queries/dues.py: months=12": "how much of a picture is drawn",
    "memberships/queries/members.py: months=36": "how much of a picture is drawn",
    "memberships/rules/dues.py: MONTHS_OF": "a quarter has three months, in the calendar",
    "memberships/rules/dues.py: Fraction(1, 2)": "what “half” means where a plan says half",
}


def literals(code: str) -> Iterator[str]:
    """The limits written as numbers in a piece of Python."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _constant(name):
                if _numbers(value):
                    yield name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if _constant(name) and _numbers(value):
                    yield name
            case ast.Call(func=ast.Name(id="timedelta") | ast.Attribute(attr="timedelta")):
                if any(_big(word.value) for word in node.keywords) or any(map(_big, node.args)):
                    yield ast.unparse(node)
            case ast.Call(func=ast.Name(id="Fraction"), args=[ast.Constant(), ast.Constant()]):
                yield ast.unparse(node)
            case ast.Compare(left=left, comparators=others):
                for one, other in zip([left, *others], others, strict=False):
                    if _measure(one) and _big(other) or _big(one) and _measure(other):
                        yield f"{ast.unparse(one)} {_sign(node)} {ast.unparse(other)}"
            case ast.arguments():
                yield from _defaults(node)


def _defaults(given: ast.arguments) -> Iterator[str]:
    named = [*given.posonlyargs, *given.args]
    pairs = [
        *zip(named[len(named) - len(given.defaults) :], given.defaults, strict=True),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if default is not None and MEASURES.search(argument.arg) and _big(default):
            yield f"{argument.arg}={ast.unparse(default)}"


def _constant(name: str) -> bool:
    return name.isupper() and MEASURES.search(name) is not None


def _numbers(value: ast.expr) -> bool:
    return any(_big(node) for node in ast.walk(value))


def _big(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and abs(node.value) > SMALL
    )


def _measure(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return isinstance(name, str) and MEASURES.search(name) is not None


def _sign(node: ast.Compare) -> str:
    return {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}.get(type(node.ops[-1]).__name__, "==")


def found_in_rooms() -> list[str]:
    """Every such number: memberships/commands/dues.py: FAR_AHEAD_MONTHS."""
    found = []
    for room in sorted(ROOMS.iterdir()):
        for part in PARTS:
            files = [room / f"{part}.py", *sorted((room / part).rglob("*.py"))]
            for file in files:
                if file.exists():
                    where = file.relative_to(ROOMS).as_posix()
                    found += [f"{where}: {what}" for what in literals(file.read_text("utf-8"))]
    return found


def test_no_room_holds_a_limit_as_a_number():
    found = [
        one
        for one in found_in_rooms()
        if one not in DECIDES_ABOUT_NOBODY and not one.startswith("bylaws/rules")
    ]
    assert found == [], "lay it down in dure/domains/bylaws/packs, with its article"


def test_the_list_of_exceptions_holds_nothing_that_is_gone():
    found = set(found_in_rooms())
    assert [one for one in DECIDES_ABOUT_NOBODY if one not in found and ":" in one] == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("REMINDER_DAYS = 14", "REMINDER_DAYS"),
        ("QUORUM: Fraction = Fraction(1, 2)", "QUORUM"),
        ("LOAN_RATES = (3, 4)", "LOAN_RATES"),
        ("late = on - timedelta(days=30)", "timedelta(days=30)"),
        ("late = on - datetime.timedelta(weeks=2)", "datetime.timedelta(weeks=2)"),
        ("enough = present >= whole * Fraction(2, 3)", "Fraction(2, 3)"),
        ("def remind(on: date, days: int = 14) -> None: ...", "days=14"),
        ("def pay(act, *, most_won=10_000_000): ...", "most_won=10000000"),
        ("if member.months < 24: raise TooEarly", "member.months < 24"),
        ("if 10_000_000 < amount_won: raise TooMuch", "10000000 < amount_won"),
        ("if 0 < days <= 90: go()", "days <= 90"),
    ],
)  # fmt: skip
def test_a_planted_limit_is_seen(code, what):
    assert what in list(literals(code))


@pytest.mark.parametrize(
    "code",
    [
        "day = on + timedelta(days=1)",
        "PAGE_SIZE = 50",
        "NAME_MAX = 80",
        "if amount_won > 0: go()",
        "late = on - timedelta(days=book.number('dues.reminder_after_days'))",
        "share = Fraction(paid, due)",
    ],
)
def test_what_limits_nobody_is_left_alone(code):
    assert list(literals(code)) == []
