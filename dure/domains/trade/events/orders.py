"""Facts about orders. `party_id` is the side that acted, `other_id` the one across."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _now

from dure.kernel.deeds import Event
from dure.kernel.money import format_won
from dure.kernel.refusals import type_text


@dataclass(frozen=True, slots=True)
class OrderProposed(Event):
    order_id: int
    party_id: int
    other_id: int
    won: int
    sells: bool

    def sentence(self) -> type_text:
        text = _now("A quote of %(won)s was sent.") if self.sells else _now(
            "An order of %(won)s was sent."
        )  # fmt: skip
        return text % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class OrderCountered(Event):
    order_id: int
    party_id: int
    other_id: int
    number: int
    won: int

    def sentence(self) -> type_text:
        return _now("Other terms of an order were proposed: %(won)s.") % {
            "won": format_won(self.won)
        }


@dataclass(frozen=True, slots=True)
class OrderAccepted(Event):
    order_id: int
    party_id: int
    other_id: int
    won: int
    on_paper: str = ""

    def sentence(self) -> type_text:
        return _now("Both agreed: %(won)s are ordered.") % {"won": format_won(self.won)}


@dataclass(frozen=True, slots=True)
class OrderDeclined(Event):
    order_id: int
    party_id: int
    other_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The terms of an order were declined: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class OrderWithdrawn(Event):
    order_id: int
    party_id: int
    other_id: int

    def sentence(self) -> type_text:
        return _now("The terms of an order were taken back before they were agreed to.")


@dataclass(frozen=True, slots=True)
class OrderDelivered(Event):
    order_id: int
    deal_id: int
    party_id: int
    other_id: int
    won: int

    def sentence(self) -> type_text:
        return _now("Goods of an order were delivered for %(won)s. The buyer is asked.") % {
            "won": format_won(self.won)
        }


@dataclass(frozen=True, slots=True)
class OrderEnded(Event):
    order_id: int
    party_id: int
    other_id: int
    reason: str

    def sentence(self) -> type_text:
        return _now("The rest of an order was let go: %(reason)s") % {"reason": self.reason}
