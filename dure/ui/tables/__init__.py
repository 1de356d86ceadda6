"""Lists: what the address asks, which rows answer, and how they are shown or taken along.

1. A module says once what its list is: a `Table` of `Column`s.
2. `ask(request, table)` reads search, filters, sort and page from the address; what is not
   offered there (an unknown sort, a page of letters) is passed over, never an error.
3. The room's query narrows by `asked.search` and `asked.given` and returns a queryset, or a list
   of dataclasses.
4. `show(...)` sorts, counts, slices and renders; with `?as=csv` or `?as=xlsx` it streams every
   row that was asked for. A list that is drawn by hand offers them with `taken_along(...)`.
"""

from .asking import Asked, Column, Table, ask
from .rows import Paged
from .saying import said, taken
from .showing import Listing, listing, show
from .taking import taken_along

__all__ = [
    "Asked",
    "Column",
    "Listing",
    "Paged",
    "Table",
    "ask",
    "listing",
    "said",
    "show",
    "taken",
    "taken_along",
]
