"""Deals: each side acts for itself, the office types in what came on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

TRUSTED = ("administrator", "operator", "system")
OFFICE = ("secretariat", *TRUSTED)
MONEY = (*OFFICE, "bookkeeper")
READERS = (*MONEY, "auditor")
BELONGING = ("member", "representative")


class OfTwo(Protocol):
    """A deal, or a card of one: what is judged is whose it is."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...
    @property
    def recorder_id(self) -> int: ...
    @property
    def waits_for_id(self) -> int | None: ...


def can_see_trade(act: Act) -> Verdict:
    """Look at mutual trade at all."""
    if act.holds(*READERS, *BELONGING):
        return ALLOW
    return deny(_("Mutual trade is for members. Log in first."))


def can_see_all_deals(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("The deals of all are for the office, the bookkeeper and the auditor."))


def can_see_all_pairs(act: Act) -> Verdict:
    """Who traded how much with whom: the office, or all members where the network opened it."""
    if act.holds(*READERS):
        return ALLOW
    if act.holds(*BELONGING) and bylaws.rules_on(act.today).yes("trade.pairs_open"):
        return ALLOW
    return deny(_("What two members trade is read by these two and the office."))


def can_see_visits(act: Act) -> Verdict:
    if act.holds(*READERS):
        return ALLOW
    return deny(_("Whom to visit is for the office, the bookkeeper and the auditor."))


def can_see_deal(act: Act, deal: OfTwo) -> Verdict:
    if deal.seller_id in act.own or deal.buyer_id in act.own or act.holds(*READERS):
        return ALLOW
    return deny(_("This deal is between others."))


def can_act_for(act: Act, party_id: int | None) -> Verdict:
    """For whom one speaks; the office types in what came on paper."""
    if party_id in act.own or act.holds(*OFFICE):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


can_record_deal = can_act_for


def can_confirm_deal(act: Act, deal: OfTwo) -> Verdict:
    return can_act_for(act, deal.waits_for_id)


can_refuse_deal = can_confirm_deal


def can_withdraw_deal(act: Act, deal: OfTwo) -> Verdict:
    return can_act_for(act, deal.recorder_id)


def can_receive_deal_payment(act: Act, deal: OfTwo) -> Verdict:
    """Who is owed says that it came."""
    return can_act_for(act, deal.seller_id)


can_undo_deal_payment = can_receive_deal_payment


def by_office(act: Act) -> Verdict:
    return ALLOW if act.holds(*OFFICE) else deny(_("Only the secretariat does this."))


def with_money(act: Act) -> Verdict:
    if act.holds(*MONEY):
        return ALLOW
    return deny(_("Only the bookkeeper and the secretariat do this."))


class OfParty(Protocol):
    """A membership: whose it is."""

    @property
    def party_id(self) -> int: ...


def can_move_deals(act: Act) -> Verdict:
    """It follows a merge, whose own policy has spoken."""
    return ALLOW if act.cause is not None else by_office(act)


class Row(Protocol):
    """A deal of a file."""

    @property
    def seller_id(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...


def can_import_deals(act: Act, deals: Iterable[Row] = (), on_paper: str = "") -> Verdict:
    """The office any, and only the office by a paper; a member those of its own."""
    if act.holds(*OFFICE):
        return ALLOW
    if on_paper:
        return deny(_("By a paper the office confirms; you ask the other side."))
    if act.own and all(one.seller_id in act.own or one.buyer_id in act.own for one in deals):
        return ALLOW
    return deny(_("You do this for yourself, or for the organisation you speak for."))


def _as_side(act: Act, deal: OfTwo, party_id: int) -> Verdict:
    """As one of the two sides."""
    if party_id not in (deal.seller_id, deal.buyer_id):
        return deny(_("This deal is between others."))
    return can_act_for(act, party_id)


can_add_deal_paper = _as_side
can_propose_deal_correction = _as_side
can_dispute_deal = _as_side
can_agree_deal_correction = can_confirm_deal
can_decline_deal_correction = can_confirm_deal


def can_settle_deal_dispute(act: Act, deal: Disputed) -> Verdict:
    """Who raised it; the office where the two agreed before it."""
    return can_act_for(act, deal.disputed_by_id)


class Disputed(Protocol):
    """A deal that may be in dispute."""

    @property
    def disputed_by_id(self) -> int | None: ...


def can_note_tax_invoice(act: Act, deal: OfTwo) -> Verdict:
    """Who sold issues it."""
    return can_act_for(act, deal.seller_id)


class WithPapers(OfTwo, Protocol):
    """A deal whose papers are asked for."""

    @property
    def on_paper(self) -> str: ...
    @property
    def dispute(self) -> str: ...


def can_open_deal_papers(act: Act, deal: WithPapers, office_reads: bool) -> Verdict:
    """The two sides; the office where the rules let it, in a dispute, or where it confirmed by paper."""
    if deal.seller_id in act.own or deal.buyer_id in act.own:
        return ALLOW
    if act.holds(*READERS) and (office_reads or deal.on_paper or deal.dispute):
        return ALLOW
    return deny(
        _("The papers of a deal are read by its two sides, and by the office in a dispute.")
    )
