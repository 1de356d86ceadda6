"""Rows of files as offers and wants. Pure.

1. A column is known by its head, in Korean or English, with or without what stands in brackets.
2. A cell says what people say: 9천원, 2026.12.31, 과세, 도시락. An empty cell leaves its field as it is
   when nothing is said; offers are taxed unless they say otherwise.
3. A category or a word of a list that is not known is told, and its row left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dure.kernel.dates import parse_date
from dure.kernel.money import parse_won
from dure.kernel.refusals import InvalidInput
from dure.kernel.words import gettext_lazy as _

from .listings import CATEGORIES, CATEGORY_WORDS, GOODS, KINDS, OFFER, SERVICE, TAXES, About

HEADS: Mapping[str, str] = {
    **dict.fromkeys(("무엇", "이름", "품명", "품목", "상품명", "name", "what"), "name"),
    **dict.fromkeys(("분류", "업종", "category"), "category"),
    **dict.fromkeys(("종류", "구분", "상품서비스", "kind"), "kind"),
    **dict.fromkeys(("설명", "내용", "description"), "description"),
    **dict.fromkeys(("단위", "unit"), "unit"),
    **dict.fromkeys(("값", "단가", "가격", "price"), "price_won"),
    **dict.fromkeys(("회원값", "회원가", "회원단가", "priceformembers"), "member_price_won"),
    **dict.fromkeys(("부가세", "과세", "세금", "tax"), "tax"),
    **dict.fromkeys(("지역", "region"), "region_code"),
    **dict.fromkeys(("배송", "배달", "delivery"), "delivery"),
    **dict.fromkeys(("공급할수있는양", "공급량", "capacity"), "capacity"),
    **dict.fromkeys(("인증", "certificates"), "certificates"),
    **dict.fromkeys(("수량", "quantity"), "quantity"),
    **dict.fromkeys(("예산", "budget"), "budget_won"),
    **dict.fromkeys(("올려두는날", "기한", "listeduntil", "until"), "until_date"),
    **dict.fromkeys(("공개", "public"), "is_public"),
}
KNOWN_KINDS = {
    "상품": GOODS,
    "물품": GOODS,
    "서비스": SERVICE,
    "용역": SERVICE,
    **{k: k for k, _w in KINDS},
}
KNOWN_TAXES = {
    "과세": "taxed",
    "면세": "exempt",
    "영세": "zero",
    "영세율": "zero",
    **{k: k for k, _w in TAXES},
}
YES = frozenset({"예", "o", "y", "yes", "공개", "1", "true"})


class ListingHeadMissing(InvalidInput):
    """Without a name nothing is listed."""

    text = _("The file has no column for the name.")
    remedy = _("Give the column with the names the head “이름”.")


class ListingWordUnknown(InvalidInput):
    """A cell that says none of the words of its list."""

    text = _("“%(given)s” is not known; known are: %(known)s.")


def columns_of(head: Sequence[str]) -> list[str]:
    """The field of each column, "" where none is known. Raises ListingHeadMissing."""
    found = [HEADS.get(re.sub(r"\(.*?\)|[\s·/]", "", one).lower(), "") for one in head]
    if "name" not in found:
        raise ListingHeadMissing
    return found


def read_row(side: str, columns: Sequence[str], cells: Sequence[str]) -> About:
    """What a row says. Raises ListingWordUnknown, and what the amounts and days raise."""
    given: dict[str, Any] = {"name": "", "tax": "taxed" if side == OFFER else ""}
    for column, cell in zip(columns, cells, strict=False):
        if column and (text := cell.strip()):
            given[column] = _READ.get(column, str)(text)
    if side == OFFER:
        given.pop("quantity", None), given.pop("budget_won", None)
    else:
        for name in ("price_won", "member_price_won"):
            given.pop(name, None)
        given["tax"] = ""
    return About(**given)


def _category(text: str) -> str:
    bare = re.sub(r"[\s·]", "", text).lower()
    for code, label in CATEGORIES:
        if bare in (code, re.sub(r"[\s·]", "", str(label)).lower()):
            return code
    for code, words in CATEGORY_WORDS.items():
        if bare in words.split():
            return code
    raise ListingWordUnknown(
        given=text[:30], known=", ".join(str(label) for _c, label in CATEGORIES)
    )


def _known(words: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ListingWordUnknown(given=text[:30], known=", ".join(words))
        return words[text.lower()]

    return read


_READ: Mapping[str, Callable[[str], Any]] = {
    "category": _category,
    "kind": _known(KNOWN_KINDS),
    "tax": _known(KNOWN_TAXES),
    "price_won": parse_won,
    "member_price_won": parse_won,
    "budget_won": parse_won,
    "until_date": parse_date,
    "is_public": lambda text: text.lower() in YES,
}
