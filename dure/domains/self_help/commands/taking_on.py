"""A fund is taken on by a contract, with books and rules of its own; the contract is renewed."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import ENTRUSTED
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies
from ..events import MandateRenewed, SelfHelpFundTakenOn
from ..models import Mandate, SelfHelpFund
from ..rules import ACCOUNTS, PERIODS, FeeOf

__all__ = [
    "FeeImpossible", "FundCodeTaken", "MandateLaterKnown", "MandateUnnamed", "renew_mandate",
    "take_on_self_help_fund",
]  # fmt: skip

_PURPOSE = gettext_noop("Self-help fund of %(name)s, run on commission")


class MandateUnnamed(InvalidInput):
    """A fund is run by a contract."""

    text = _("Name the fund and the contract it is run under.")


class FundCodeTaken(Refusal):
    """One code, one fund."""

    text = _("“%(code)s” is the code of another fund already.")


class FeeImpossible(InvalidInput):
    """The fee is an amount or a share, as the contract says."""

    text = _(
        "The fee does not fit: an amount for each period above 0 won, or a share up to 100 %%."
    )


class MandateLaterKnown(Refusal):
    """Contracts follow each other."""

    text = _("A contract from %(date)s on is known already. The next one begins later.")


@command
def take_on_self_help_fund(
    act: Act,
    *,
    code: str,
    name: str,
    association_id: int,
    legal_form: str,
    contract: str,
    from_date: date,
    fee_of: str = FeeOf.NOTHING,
    fee_won: int = 0,
    fee_share: tuple[int, int] = (0, 1),
    fee_months: int = 1,
) -> SelfHelpFund:
    """Run an association's fund on commission: an entrusted fund in the books, the law of the
    association's legal form as rules of its own, and the contract.

    Raises MandateUnnamed, FundCodeTaken, FeeImpossible, FormUnreadable, NotFound, and the refusals of
    the ledger.
    """
    policies.can_take_on_self_help_fund(act).enforce()
    name, contract = clean_text(name, 80, _("Name")), clean_text(contract, 200, _("Contract"))
    if not name or not contract:
        raise MandateUnnamed
    _check_fee(fee_of, fee_won, fee_share, fee_months)
    if not parties.party_name(association_id):
        raise NotFound
    if code in books.chart().funds:
        raise FundCodeTaken(code=code[:40])
    # ---
    ledger.open_fund(
        act, code=code, name=name, purpose=entry_text(_PURPOSE, name=name),
        restriction=ENTRUSTED,
    )  # fmt: skip
    _add_accounts(act)
    fund = SelfHelpFund.objects.create(
        code=code, name=name, association_id=association_id, taken_on_date=from_date
    )
    _mandate(fund, contract, from_date, fee_of, fee_won, fee_share, fee_months)
    bylaws.adopt_legal_form(act, form=legal_form, from_date=from_date, owner=code)
    record(act, SelfHelpFundTakenOn(fund.pk, code, name, association_id, contract, from_date))
    return fund


@command
def renew_mandate(
    act: Act,
    *,
    fund_id: int,
    contract: str,
    from_date: date,
    fee_of: str = FeeOf.NOTHING,
    fee_won: int = 0,
    fee_share: tuple[int, int] = (0, 1),
    fee_months: int = 1,
) -> Mandate:
    """The next contract of a fund, from a day on; what was charged before stays.

    Raises MandateUnnamed, MandateLaterKnown, FeeImpossible.
    """
    fund: SelfHelpFund = SelfHelpFund.objects.hold(fund_id)
    policies.can_renew_mandate(act).enforce()
    contract = clean_text(contract, 200, _("Contract"))
    if not contract:
        raise MandateUnnamed
    _check_fee(fee_of, fee_won, fee_share, fee_months)
    last = fund.mandates.order_by("from_date").last()
    assert last is not None, "a fund without contract"
    if last.from_date >= from_date:
        raise MandateLaterKnown(date=last.from_date.isoformat())
    # ---
    last.until_date = from_date
    last.save(update_fields=["until_date"])
    made = _mandate(fund, contract, from_date, fee_of, fee_won, fee_share, fee_months)
    record(act, MandateRenewed(fund.pk, fund.name, contract, from_date, None))
    return made


def _add_accounts(act: Act) -> None:
    """The accounts that only networks with such funds need, each under the next number that is free."""
    for role, first, title, kind, by_party in ACCOUNTS:
        chart = books.chart()
        if role not in chart.roles:
            number = next(str(n) for n in count(int(first)) if str(n) not in chart.accounts)
            ledger.add_account(
                act, code=number, name=title, kind=kind, is_control=by_party, role=role
            )


def _check_fee(fee_of: str, won: int, share: tuple[int, int], months: int) -> None:
    part, whole = share
    fits = {
        FeeOf.NOTHING: True,
        FeeOf.PERIOD: won > 0,
        FeeOf.BALANCE: 0 < part <= whole,
        FeeOf.INCOME: 0 < part <= whole,
    }
    if fee_of not in fits or not fits[FeeOf(fee_of)] or months not in dict(PERIODS):
        raise FeeImpossible


def _mandate(
    fund: SelfHelpFund, contract: str, since: date, fee_of: str, won: int,
    share: tuple[int, int], months: int,
) -> Mandate:  # fmt: skip
    by_share = fee_of in (FeeOf.BALANCE, FeeOf.INCOME)
    return Mandate.objects.create(
        fund=fund, contract=contract, from_date=since, fee_of=fee_of, fee_months=months,
        fee_won=won if fee_of == FeeOf.PERIOD else 0,
        fee_numerator=share[0] if by_share else 0, fee_denominator=share[1] if by_share else 1,
    )  # fmt: skip
