"""A group buy in one CSV file that anyone can reckon again, and terms as people type or paste them.

`kind,name,article,supplier,unit,quantity,tolerance,cases,won`, one row each:
`buy` (cases: least; name: by what transport is shared; article: who stands back) ·
`article` (name, unit, cases: least) · `supplier` (name, won: least sum, quantity: won of transport) ·
`price` (article, supplier, cases: from how many, won: of a case; quantity: at most so many cases) ·
`wish` (name: the member, article, quantity, tolerance); wishes stand in the order of time.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .terms import (
    Article,
    Offer,
    Sharing,
    Supplier,
    Terms,
    Transport,
    Wish,
    check,
)

HEADER = ("kind", "name", "article", "supplier", "unit", "quantity", "tolerance", "cases", "won")
_STEP = re.compile(r"(?:([\d,]+)\s*(?:상자|박스|cases?)?\s*(?:부터|이상|from|:)\s*)?([\d,]+)\s*원?")


class GroupBuyFileUnreadable(InvalidInput):
    """A file that is not a group buy."""

    text = _("Row %(row)d cannot be read: %(reason)s.")


def read_group_buy(content: bytes) -> tuple[Terms, tuple[Wish, ...]]:
    """Terms and wishes of a file. Raises GroupBuyFileUnreadable, GroupBuyImpossible."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GroupBuyFileUnreadable(row=1, reason=_("it is not UTF-8")) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not {"kind", "name"} <= set(reader.fieldnames or ()):
        raise GroupBuyFileUnreadable(row=1, reason=", ".join(HEADER))
    articles, suppliers, wishes = [], [], []
    steps: dict[tuple[str, str], list[tuple[int, int]]] = {}
    most: dict[tuple[str, str], int | None] = {}
    least, transport, sharing = 0, str(Transport.QUANTITY), str(Sharing.TIME)
    for number, found in enumerate(reader, start=2):
        row = _Row(found, number)
        kind, name = row.text("kind"), row.text("name")
        if kind == "buy":
            least = row.number("cases")
            transport, sharing = name or transport, row.text("article") or sharing
        elif kind == "article":
            articles.append(Article(name, row.number("unit"), row.number("cases")))
        elif kind == "supplier":
            suppliers.append(Supplier(name, row.number("won"), row.number("quantity")))
        elif kind == "price":
            pair = row.text("article"), row.text("supplier")
            steps.setdefault(pair, []).append((row.number("cases") or 1, row.number("won")))
            most[pair] = row.number("quantity") or most.get(pair)
        elif kind == "wish":
            wishes.append(
                Wish(name, row.text("article"), row.number("quantity"), row.number("tolerance"), number)
            )  # fmt: skip
        else:
            raise GroupBuyFileUnreadable(row=number, reason="kind")
    offers = tuple(
        Offer(article, supplier, tuple(sorted(tiers)), most[article, supplier])
        for (article, supplier), tiers in steps.items()
    )
    terms = Terms(tuple(articles), tuple(suppliers), offers, least, transport, sharing)
    return check(terms), tuple(wishes)


class _Row:
    def __init__(self, found: dict[str, str | None], number: int) -> None:
        self.found, self.at = found, number

    def text(self, column: str) -> str:
        return (self.found.get(column) or "").strip()

    def number(self, column: str) -> int:
        given = self.text(column).replace(",", "")
        if not given:
            return 0
        if not (given.isascii() and given.isdigit() and len(given) < 17):  # noqa: PLR2004
            raise GroupBuyFileUnreadable(row=self.at, reason=column)
        return int(given)


def written_group_buy(terms: Terms, wishes: Iterable[Wish]) -> str:
    """The file that is read again as the same."""
    rows: list[Sequence[object]] = [
        ("buy", terms.transport, terms.sharing, "", "", "", "", terms.least_cases, ""),
        *(("article", a.name, "", "", a.unit, "", "", a.least_cases, "") for a in terms.articles),
        *(
            ("supplier", s.name, "", "", "", s.transport_won, "", "", s.least_won)
            for s in terms.suppliers
        ),
        *(
            ("price", "", o.article, o.supplier, "", o.most_cases or "", "", least, won)
            for o in terms.offers
            for least, won in o.tiers
        ),
        *(("wish", w.member, w.article, "", "", w.quantity, w.tolerance, "", "") for w in wishes),
    ]
    held = io.StringIO(newline="")
    table = csv.writer(held, lineterminator="\n")
    table.writerow(HEADER)
    table.writerows(rows)
    return held.getvalue()


def terms_of_lines(articles: str, suppliers: str) -> tuple[
    tuple[Article, ...], tuple[Supplier, ...], tuple[Offer, ...]
]:  # fmt: skip
    """As people type it, or paste it from a spreadsheet; columns by tab, | or /:

    `article / pieces in a case / least cases / supplier / prices [/ most cases]`, prices as
    `12,000 · 10상자부터 11,000`; `supplier / least won / won of transport`. Raises GroupBuyFileUnreadable.
    """
    units: dict[str, Article] = {}
    offers: list[Offer] = []
    known = {one.name: one for one in _suppliers(suppliers)}
    for number, cells in lines_of(articles):
        if len(cells) < 5:  # noqa: PLR2004
            raise GroupBuyFileUnreadable(row=number, reason=_("five columns are asked for"))
        name, unit, least, supplier, prices = cells[:5]
        most = count_of(cells[5], number) if len(cells) > 5 and cells[5] else None  # noqa: PLR2004
        units.setdefault(name, Article(name, count_of(unit, number), count_of(least, number)))
        known.setdefault(supplier, Supplier(supplier))
        offers.append(Offer(name, supplier, _prices(prices, number), most))
    return tuple(units.values()), tuple(known.values()), tuple(offers)


def _suppliers(text: str) -> Iterable[Supplier]:
    for number, cells in lines_of(text):
        numbers = [count_of(one, number) for one in cells[1:3]]
        yield Supplier(cells[0], *numbers)


def lines_of(text: str) -> Iterable[tuple[int, list[str]]]:
    """(number, columns) of lines as people type or paste them."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, [" ".join(one.split()) for one in re.split(r"[\t|/]", line)]


def count_of(text: str, number: int) -> int:
    """12,000원 as a number. Raises GroupBuyFileUnreadable."""
    given = re.sub(r"[,\s]|상자|박스|개|원", "", text)
    if not given:
        return 0
    if not (given.isascii() and given.isdigit() and len(given) < 17):  # noqa: PLR2004
        raise GroupBuyFileUnreadable(row=number, reason=text)
    return int(given)


def _prices(text: str, number: int) -> tuple[tuple[int, int], ...]:
    """`12,000 · 10상자부터 11,000`."""
    steps = []
    for one in re.split(r"[·;]", text):
        found = _STEP.fullmatch(one.strip())
        if found is None:
            raise GroupBuyFileUnreadable(row=number, reason=text)
        least, won = found.groups()
        steps.append((count_of(least or "1", number), count_of(won, number)))
    return tuple(sorted(steps))
