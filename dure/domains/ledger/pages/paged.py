"""Pages of a query as one sequence, so that a list shows one of them and a file takes all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar, overload

PER_PAGE = 50
TAKEN_AT_ONCE = 2_000


class APage(Protocol):
    """What the ledger's queries answer: one page of rows, and how many there are in all."""

    @property
    def rows(self) -> tuple[Any, ...]: ...
    @property
    def count(self) -> int: ...
    @property
    def page(self) -> int: ...
    @property
    def pages(self) -> int: ...


P = TypeVar("P", bound=APage)


class Paged(Sequence[Any], Generic[P]):
    """Rows read a page at a time: the page asked for at once, the others only when walked through."""

    def __init__(self, read: Callable[[int, int], P], page: int) -> None:
        self._read = read
        self.shown = read(page, PER_PAGE)

    def __len__(self) -> int:
        return self.shown.count

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, int):
            return self._read(at // PER_PAGE + 1, PER_PAGE).rows[at % PER_PAGE]
        page = (at.start or 0) // PER_PAGE + 1
        shown = self.shown if page == self.shown.page else self._read(page, PER_PAGE)
        return shown.rows[: (at.stop or len(self)) - (at.start or 0)]

    def __iter__(self) -> Iterator[Any]:
        number = pages = 1
        while number <= pages:
            page = self._read(number, TAKEN_AT_ONCE)
            yield from page.rows
            number, pages = number + 1, page.pages
