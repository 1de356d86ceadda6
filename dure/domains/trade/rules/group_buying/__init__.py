"""Group buying (공동구매): what is bought for whom, from whom, and what each pays. Pure.

1. An article comes in cases of so many pieces. A wish is pieces asked and a tolerance: up to so many
   more are taken along if that fills a case.
2. Whole cases only. Nobody gets more than asked and tolerated; every piece bought goes to somebody.
3. Of all that can be bought it is: the most pieces of those asked; then the fewest won with transport;
   then the fewest cases; then the suppliers in their order. Tolerance fills the last case that
   begins with a piece asked. More of it is taken only where a least number of cases, the least sum of
   a supplier, or a lower price of more cases makes that cheaper in all, or possible at all.
4. An article is bought in its least number of cases or more, or not at all; from a supplier for its
   least sum or more, or not at all; the whole buy in its least number of cases, or everyone is released.
5. With one article at one price this is the rule of Foodsoft, case for case.
6. What cannot be filled stands back by the order of time (first wish first served), or in parts (each
   in proportion, the largest remainder first, then time). Pieces asked come before tolerance.
7. Of one article every piece costs the same, whoever supplied it; won are split to the last one, the
   largest remainder first, then time. Transport is borne by quantity (cases), by won, or equally.
8. What is delivered short is taken off by the same rule, and paid in proportion, a part of a won dropped.
9. The same terms and wishes in any order give the same answer.
"""

from .hints import Hint, hints_of, missing_cases
from .reading import count_of, lines_of, read_group_buy, terms_of_lines, written_group_buy
from .sharing import Bought, Got, Plan, close, delivered, owed_to, share_out
from .solving import solve
from .terms import (
    SHARINGS,
    TRANSPORTS,
    Article,
    GroupBuyImpossible,
    Offer,
    Sharing,
    Supplier,
    Terms,
    Transport,
    Why,
    Wish,
    as_json,
    check,
    from_json,
    sums_of,
)

__all__ = [
    "SHARINGS",
    "TRANSPORTS",
    "Article",
    "Bought",
    "Got",
    "GroupBuyImpossible",
    "Hint",
    "Offer",
    "Plan",
    "Sharing",
    "Supplier",
    "Terms",
    "Transport",
    "Why",
    "Wish",
    "as_json",
    "check",
    "close",
    "count_of",
    "delivered",
    "from_json",
    "hints_of",
    "lines_of",
    "missing_cases",
    "owed_to",
    "read_group_buy",
    "share_out",
    "solve",
    "sums_of",
    "terms_of_lines",
    "written_group_buy",
]
