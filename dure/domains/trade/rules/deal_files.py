"""A file of deals: which column says what, and its rows. Pure.

1. The first row names the columns, in Korean or English, in any order; who sold, who bought, what,
   the sum and the day are needed.
2. A side is named as the network names it; what cannot be read is told with its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext as _now

from .imports import ImportedDeal

HEADS: dict[str, tuple[str, ...]] = {
    "seller": ("판 곳", "판매자", "공급자", "seller"),
    "buyer": ("산 곳", "구매자", "공급받는자", "buyer"),
    "what": ("무엇", "내용", "품목", "what"),
    "won": ("금액", "합계", "합계금액", "sum"),
    "dealt_date": ("거래일", "날짜", "작성일자", "day"),
    "vat_won": ("부가세", "세액", "tax"),
    "due_date": ("기한", "due"),
    "tax_number": ("승인번호", "세금계산서", "tax invoice"),
    "paid_date": ("입금일", "paid"),
}
NEEDED = ("seller", "buyer", "what", "won", "dealt_date")


def read_deals(
    head: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], ids: Mapping[str, int]
) -> tuple[list[ImportedDeal], list[tuple[int, str]]]:
    """The deals of a file, and what is wrong by row. `ids`: the parties by their bare names."""
    named = {bare(name): key for key, names in HEADS.items() for name in names}
    at = {named[bare(name)]: number for number, name in enumerate(head) if bare(name) in named}
    if missing := [HEADS[key][0] for key in NEEDED if key not in at]:
        return [], [(1, _now("The column %(name)s is missing.") % {"name": missing[0]})]
    found, faults = [], []
    for number, cells in rows:
        cell = {key: cells[column].strip() for key, column in at.items() if column < len(cells)}
        try:
            found.append(_deal(number, cell, ids))
        except InvalidInput as error:
            faults.append((number, str(error)))
        except KeyError as error:
            faults.append((number, _now("“%(name)s” is not known.") % {"name": error.args[0]}))
    return found, faults


def bare(name: str) -> str:
    """A name without what people type differently."""
    return "".join(name.split()).casefold()


def _deal(number: int, cell: Mapping[str, str], ids: Mapping[str, int]) -> ImportedDeal:
    sides = [ids.get(bare(cell[key])) for key in ("seller", "buyer")]
    for key, side in zip(("seller", "buyer"), sides, strict=True):
        if side is None:
            raise KeyError(cell[key])
    due, paid = cell.get("due_date", ""), cell.get("paid_date", "")
    return ImportedDeal(
        number, sides[0] or 0, sides[1] or 0, cell["what"], parse_won(cell["won"]),
        parse_date(cell["dealt_date"]), parse_won(cell.get("vat_won") or "0"),
        parse_date(due) if due else None,
        "".join(cell.get("tax_number", "").split()).replace("-", ""),
        parse_date(paid) if paid else None,
    )  # fmt: skip
