"""Who takes part in a fund, and the capital they pay in and get back: their own, in their fund."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries, rules
from ..events import FundCapitalPaidBack, FundCapitalPaidIn, ParticipantEntered, ParticipantLeft
from ..models import Contribution, Participant, SelfHelpFund

__all__ = [
    "CapitalStands", "ContributionDayImpossible", "ContributionNotHeld", "ContributionUnreadable",
    "FundMoneyShort", "ParticipatesAlready", "ParticipationEnded", "end_participation",
    "enter_participant", "pay_back", "pay_in",
]  # fmt: skip

_IN_TEXT = gettext_noop("Paid into the self-help fund")
_BACK_TEXT = gettext_noop("Paid back out of the self-help fund")


class ParticipatesAlready(Refusal):
    """Once in a fund."""

    text = _("%(name)s takes part in this fund already.")


class ParticipationEnded(Refusal):
    """Who left takes part no more."""

    text = _("This participation ended on %(date)s.")


class CapitalStands(Refusal):
    """Who leaves takes the capital along first."""

    text = _("%(won)s of this participant are still in the fund.")
    remedy = _("Pay the contribution back first; then end the participation.")


class ContributionUnreadable(InvalidInput):
    """Amounts are above zero."""

    text = _("Type an amount above 0 won.")


class ContributionDayImpossible(InvalidInput):
    """Money moved on a day of the participation, and not in the future."""

    text = _(
        "%(date)s cannot be the day: it is before the participation began, or later than today."
    )


class ContributionNotHeld(Refusal):
    """Nobody gets back more than was paid in."""

    text = _("%(held)s are paid in by this participant; %(won)s cannot be paid back.")


class FundMoneyShort(Refusal):
    """A fund pays out what it has; no other fund helps it out."""

    text = _("“%(fund)s” has %(has)s; %(won)s cannot be paid out of it.")
    remedy = _("Wait until loans come back. The money of other funds is not touched.")


@command
def enter_participant(
    act: Act, *, fund_id: int, party_id: int, joined_date: date | None = None
) -> Participant:
    """Enter who takes part in a fund. Raises ParticipatesAlready, ContributionDayImpossible, NotFound."""
    fund: SelfHelpFund = SelfHelpFund.objects.hold(fund_id)
    policies.can_enter_participant(act).enforce()
    name, day = parties.party_name(party_id), joined_date or act.today
    if not name:
        raise NotFound
    if day > act.today:
        raise ContributionDayImpossible(date=day.isoformat())
    if fund.participants.filter(party=party_id, left_date=None).exists():
        raise ParticipatesAlready(name=name)
    # ---
    made = Participant.objects.create(fund=fund, party_id=party_id, joined_date=day)
    record(act, ParticipantEntered(fund.pk, made.pk, party_id, fund.name, day))
    return made


@command
def end_participation(
    act: Act, *, participant_id: int, left_date: date | None = None
) -> Participant:
    """Somebody takes part no more. Raises CapitalStands, ParticipationEnded, ContributionDayImpossible."""
    lock_shares()
    one = _hold(participant_id)
    policies.can_end_participation(act).enforce()
    day = left_date or act.today
    if not one.joined_date <= day <= act.today:
        raise ContributionDayImpossible(date=day.isoformat())
    if held := queries.own_capital(one.pk):
        raise CapitalStands(won=format_won(held))
    # ---
    one.left_date = day
    one.save(update_fields=["left_date"])
    record(act, ParticipantLeft(one.fund_id, one.pk, one.party_id, one.fund.name, day))
    return one


@command
def pay_in(
    act: Act, *, participant_id: int, won: int, paid_date: date | None = None
) -> Contribution:
    """Take a contribution in: Dr cash, Cr entrusted capital by party, in the fund it is for.

    Raises ContributionUnreadable, ContributionDayImpossible, ParticipationEnded, and the refusals of
    the ledger.
    """
    lock_shares()
    one = _hold(participant_id)
    policies.can_pay_in(act, one.party_id).enforce()
    day = _day(act, one, won, paid_date)
    # ---
    made = _moved(act, one, won, day, _IN_TEXT)
    fact = FundCapitalPaidIn(one.fund_id, one.fund.code, one.party_id, won, day, made.entry_id)
    record(act, fact)
    return made


@command
def pay_back(
    act: Act, *, participant_id: int, won: int, paid_date: date | None = None
) -> Contribution:
    """Pay a contribution back; the ceilings of what this fund has lent come down with it and are held
    in the same transaction.

    Raises ContributionNotHeld, FundMoneyShort, ContributionUnreadable, ContributionDayImpossible,
    ParticipationEnded, CeilingWouldBreak, and the refusals of the ledger.
    """
    lock_shares()
    one = _hold(participant_id)
    policies.can_pay_back(act, one.party_id).enforce()
    day = _day(act, one, won, paid_date)
    held = min(queries.own_capital(one.pk), queries.own_capital(one.pk, day))
    if won > held:
        raise ContributionNotHeld(held=format_won(held), won=format_won(won))
    if (has := books.fund_money(one.fund.code)) < won:
        raise FundMoneyShort(fund=one.fund.name, has=format_won(has), won=format_won(won))
    # ---
    made = _moved(act, one, -won, day, _BACK_TEXT)
    fact = FundCapitalPaidBack(one.fund_id, one.fund.code, one.party_id, won, day, made.entry_id)
    record(act, fact)
    return made


def _hold(participant_id: int) -> Participant:
    one: Participant = Participant.objects.select_related("fund").hold(participant_id)
    if one.left_date is not None:
        raise ParticipationEnded(date=one.left_date.isoformat())
    return one


def _day(act: Act, one: Participant, won: int, given: date | None) -> date:
    if won <= 0:
        raise ContributionUnreadable
    day = given or act.today
    if not one.joined_date <= day <= act.today:
        raise ContributionDayImpossible(date=day.isoformat())
    return day


def _moved(act: Act, one: Participant, won: int, day: date, text: str) -> Contribution:
    entry = ledger.post_entry(
        act,
        date=day,
        text=entry_text(text),
        sides=rules.paid_in(queries.chart(), one.fund.code, one.party_id, won),
        source=Source("self_help.Participant", one.pk),
    )
    return Contribution.objects.create(participant=one, paid_date=day, won=won, entry=entry)
