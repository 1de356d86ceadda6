"""Who may do and read what in the books. Deny by default; each no says why."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.verdict import ALLOW, Verdict, deny

from .models import Entry
from .rules import ENTRUSTED, Source

KEEPERS = ("bookkeeper", "secretariat", "administrator", "operator", "system")
HEADS = ("secretariat", "administrator", "operator", "system")
STAFF = (*KEEPERS, "loan_officer", "auditor")
READERS = (*STAFF, "member", "representative")


class OfFund(Protocol):
    """A fund, or a row of one: what is judged is whose money it is."""

    @property
    def restriction(self) -> str: ...


def _keeps_books(act: Act) -> Verdict:
    if act.holds(*KEEPERS):
        return ALLOW
    return deny(_("Only the bookkeeper or the secretariat may write into the books."))


def _heads_books(act: Act) -> Verdict:
    if act.holds(*HEADS):
        return ALLOW
    return deny(_("Only the secretariat may change how the books are kept."))


def can_open_books(act: Act) -> Verdict:
    return _heads_books(act)


def can_open_fund(act: Act) -> Verdict:
    return _heads_books(act)


def can_set_fund_rule(act: Act) -> Verdict:
    return _heads_books(act)


can_lay_down_main_business = _heads_books
can_note_main_business_figure = _keeps_books


def can_add_account(act: Act) -> Verdict:
    return _heads_books(act)


def can_retire_account(act: Act) -> Verdict:
    return _heads_books(act)


def can_revive_account(act: Act) -> Verdict:
    return _heads_books(act)


def can_retire_fund(act: Act) -> Verdict:
    return _heads_books(act)


def can_revive_fund(act: Act) -> Verdict:
    return _heads_books(act)


def can_post_entry(act: Act, source: Source | None = None) -> Verdict:
    """With a source, another room's command posts, whose own policy has already spoken."""
    return ALLOW if source is not None else _keeps_books(act)


def can_post_entries(act: Act, source: Source | None = None) -> Verdict:
    return can_post_entry(act, source)


def can_move_between_funds(act: Act, source: Source | None = None) -> Verdict:
    return can_post_entry(act, source)


def can_reverse_entry(act: Act, source: Source | None = None) -> Verdict:
    return can_post_entry(act, source)


def can_move_party_balances(act: Act) -> Verdict:
    """It follows a merge, whose own policy has spoken; by hand, who keeps the books."""
    return ALLOW if act.cause is not None else _keeps_books(act)


def can_draft_entry(act: Act) -> Verdict:
    return _keeps_books(act)


def can_approve_entry(act: Act, entry: Entry) -> Verdict:
    verdict = _keeps_books(act)
    if not verdict:
        return verdict
    if act.actor_id is None and not act.holds("system"):
        return deny(_("A draft is approved by a person who has logged in."))
    if act.actor_id is not None and act.actor_id == entry.written_by_id:
        return deny(_("You drafted this entry yourself. A second person approves it."))
    return ALLOW


def can_withdraw_draft(act: Act, entry: Entry) -> Verdict:
    return _keeps_books(act)


def can_close_period(act: Act) -> Verdict:
    return _keeps_books(act)


def can_mark_period_step(act: Act) -> Verdict:
    return _keeps_books(act)


def can_unmark_period_step(act: Act) -> Verdict:
    return _keeps_books(act)


def can_reopen_period(act: Act) -> Verdict:
    return _heads_books(act)


def can_lock_period(act: Act) -> Verdict:
    return _heads_books(act)


def can_read_books(act: Act, fund: OfFund | None = None) -> Verdict:
    """Statements and sums: everyone who belongs to the network. What a fund holds for others is
    for the staff: whose money it is reads its own statement."""
    if not act.holds(*READERS):
        return deny(_("Statements are read by members and staff. Log in first."))
    if fund is not None and fund.restriction == ENTRUSTED and not act.holds(*STAFF):
        return deny(
            _("This fund is held for others, and its books are read by them and the staff.")
        )
    return ALLOW


def can_read_entries(act: Act) -> Verdict:
    """Single entries name who paid and received: staff only."""
    if act.holds(*KEEPERS, "auditor"):
        return ALLOW
    return deny(_("Single entries are read by the bookkeeper and the secretariat."))


def can_read_party_ledger(act: Act, party_id: int) -> Verdict:
    """Staff, the party itself, or who represents it."""
    if act.holds(*KEEPERS, "auditor") or act.actor_id == party_id:
        return ALLOW
    if party_id in act.things("representative") or party_id in act.things("person"):
        return ALLOW
    return deny(_("This account belongs to someone else."))
