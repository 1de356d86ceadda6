"""Offers and wants: what they say, when they can be listed, and by which words they are found. Pure.

1. An organisation offers goods or a service, or looks for one, until a day. An offer has a price of a
   unit, and perhaps a lower one for members; a want has a quantity and a budget.
2. It is found by the words of its name first, then by its category, its description, its certificates
   and its place.
3. Words that mean the same are kept as lines of words with commas between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from dure.domains.parties.rules.regions import region_name
from dure.domains.parties.rules.search import NAME, TEXT, WHOLE, akin_words, index_terms
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

OFFER, WANT = "offer", "want"
SIDES = ((OFFER, pgettext_lazy("listing", "offer")), (WANT, pgettext_lazy("listing", "want")))
GOODS, SERVICE = "goods", "service"
KINDS = ((GOODS, pgettext_lazy("listing", "goods")), (SERVICE, pgettext_lazy("listing", "service")))
TAXES = (
    ("taxed", pgettext_lazy("value-added tax", "taxed")),
    ("exempt", pgettext_lazy("value-added tax", "exempt")),
    ("zero", pgettext_lazy("value-added tax", "zero-rated")),
)
CATEGORIES = (
    ("food", pgettext_lazy("category", "Food and catering")),
    ("farm", pgettext_lazy("category", "Farm produce")),
    ("cleaning", pgettext_lazy("category", "Cleaning and disinfection")),
    ("print", pgettext_lazy("category", "Printing and banners")),
    ("design", pgettext_lazy("category", "Design, photo and video")),
    ("it", pgettext_lazy("category", "Computers and websites")),
    ("education", pgettext_lazy("category", "Education and lectures")),
    ("care", pgettext_lazy("category", "Care and health")),
    ("culture", pgettext_lazy("category", "Culture, events and travel")),
    ("gifts", pgettext_lazy("category", "Gifts and crafts")),
    ("building", pgettext_lazy("category", "Repair and construction")),
    ("transport", pgettext_lazy("category", "Delivery and removal")),
    ("space", pgettext_lazy("category", "Rooms and equipment")),
    ("reuse", pgettext_lazy("category", "Reuse and energy")),
    ("advice", pgettext_lazy("category", "Advice and office work")),
    ("other", pgettext_lazy("category", "Other")),
)
CATEGORY_WORDS: Mapping[str, str] = {  # by which a category is found, whatever language is shown
    "food": "식품 도시락 식사 케이터링 다과",
    "farm": "농산물 먹거리",
    "cleaning": "청소 방역 소독",
    "print": "인쇄 출력 현수막",
    "design": "디자인 사진 영상",
    "it": "컴퓨터 전산 누리집",
    "education": "교육 강의 강사",
    "care": "돌봄 건강",
    "culture": "문화 행사 여행",
    "gifts": "선물 답례품 공예",
    "building": "수리 집수리 시공",
    "transport": "배송 운송 이사",
    "space": "공간 대관 장비 대여",
    "reuse": "재활용 새활용 에너지",
    "advice": "상담 회계 사무",
}
CATEGORY = (5, 0)
SYNONYM_LINES_MAX = 500
SYNONYM_WORDS_MAX = 10


@dataclass(frozen=True, slots=True)
class About:
    """What a listing says."""

    name: str
    until_date: date | None = None  # its last day; None: as late as the rules allow
    kind: str = SERVICE
    category: str = "other"
    description: str = ""
    unit: str = ""
    price_won: int | None = None
    member_price_won: int | None = None
    tax: str = ""
    region_code: str = ""
    delivery: str = ""
    capacity: str = ""
    certificates: str = ""
    quantity: str = ""
    budget_won: int | None = None
    is_public: bool = False


def what_is_wrong(side: str, about: About, today: date, last: date) -> Promise | None:
    """Why this cannot be listed (rule 1); None: it can. `last`: the latest last day."""
    if not about.name:
        return _("it has a name")
    if side not in dict(SIDES) or about.kind not in dict(KINDS):
        return _("it is an offer or a want, of goods or a service")
    if about.category not in dict(CATEGORIES):
        return _("its category is one of the list")
    if about.until_date is None or not today <= about.until_date <= last:
        return _("its last day is not over, and within what the rules allow")
    if any(one is not None and one <= 0 for one in _amounts(about)):
        return _("what it costs is above 0 won, or left open")
    if side == WANT:
        if about.price_won is not None or about.member_price_won is not None or about.tax:
            return _("a want has a budget and no price")
        return None
    if about.budget_won is not None or about.quantity:
        return _("an offer has a price and no budget")
    if about.tax not in dict(TAXES):
        return _("an offer says whether value-added tax is on it")
    if about.member_price_won is not None and (
        about.price_won is None or about.member_price_won > about.price_won
    ):
        return _("members pay no more than others")
    return None


def _amounts(about: About) -> tuple[int | None, ...]:
    return about.price_won, about.member_price_won, about.budget_won


def terms_of(about: About, owner: str) -> dict[str, int]:
    """The index of a listing (rule 2)."""
    return index_terms(
        [
            (about.name, NAME),
            (CATEGORY_WORDS.get(about.category, ""), CATEGORY),
            (about.description, TEXT),
            (about.certificates, TEXT),
            (region_name(about.region_code) if about.region_code else "", WHOLE),
            (owner, WHOLE),
        ]
    )


# -- words that mean the same


@cache
def seed() -> str:
    """The lines a network begins with."""
    return (Path(__file__).parent.parent / "data" / "synonyms.txt").read_text(encoding="utf-8")


def synonym_lines(text: str) -> list[list[str]]:
    """The groups of a text (rule 3); a line of fewer than two words says nothing."""
    lines = [
        list(dict.fromkeys(word for one in line.split(",") if (word := "".join(one.split()).lower())))
        for line in text.splitlines()
    ]  # fmt: skip
    return [line for line in lines if len(line) > 1]


@lru_cache(maxsize=4)
def synonyms(text: str) -> Mapping[str, tuple[str, ...]]:
    """For each word of the lines: those that mean the same."""
    return akin_words(synonym_lines(text))


def as_text(lines: Iterable[Iterable[str]]) -> str:
    """The lines as they are shown and typed."""
    return "\n".join(", ".join(line) for line in lines) + "\n"
