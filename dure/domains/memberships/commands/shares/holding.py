"""What every movement of shares asks: is the body allowed to, how much is a share, how many may
one hold. And the certificate, which follows what is held."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, enforce
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from ...models import MemberClass, Membership, Series, ShareCertificate
from ...queries import shares as held

__all__ = [
    "ClassHoldsNoShares", "NoSharesHere", "PartOfAShare", "ShareUnitUnknown", "SharesNotHeld",
]  # fmt: skip

CERTIFICATES = "share_certificate"


class NoSharesHere(Refusal):
    """The network's legal form has no share capital."""

    text = _("This network has no share capital: %(rule)s")
    remedy = _(
        "Shares belong to cooperatives. If your bylaws do provide for them, lay the rule “shares.held” down with its article."
    )


class ShareUnitUnknown(Refusal):
    """Nobody laid down how much one share is."""

    text = _("How many won one share is has not been laid down.")
    remedy = _("Lay the rule “shares.unit_won” down with the article of your bylaws.")


class ClassHoldsNoShares(Refusal):
    """Supporters and the like do not hold shares."""

    text = _("“%(class)s” is a kind of member without shares.")
    remedy = _("Change the kind of member first, if the member is to hold shares.")


class PartOfAShare(InvalidInput):
    """Whole shares only."""

    text = _("One share is %(unit)s. Type an amount of whole shares.")


class SharesNotHeld(InvalidInput):
    """More shares than are held cannot move."""

    text = _("Member no. %(number)s holds %(held)d paid shares, not %(asked)d.")


def rules_of_shares(day: date) -> Rulebook:
    """The rules of the day that decides. Raises NoSharesHere, ShareUnitUnknown."""
    book = bylaws.rules_on(day)
    if not book.yes("shares.held"):
        raise NoSharesHere(rule=held.why_no_shares(book))
    if "shares.unit_won" not in book:
        raise ShareUnitUnknown
    return book


def shares_for(won: int, day: date) -> int:
    """How many shares an amount buys. Raises PartOfAShare, NoSharesHere, ShareUnitUnknown."""
    unit = rules_of_shares(day).number("shares.unit_won")
    if won <= 0 or won % unit:
        raise PartOfAShare(unit=format_won(unit))
    return won // unit


def lock_shares() -> Series:
    """One movement of shares at a time: who moves second sees what the first did."""
    Series.objects.get_or_create(name=CERTIFICATES)
    return Series.objects.select_for_update().get(name=CERTIFICATES)


def class_on(membership: Membership, day: date) -> MemberClass:
    """The kind of member on a day."""
    spells = membership.spells.select_related("member_class").order_by("-from_date")
    found = spells.filter(from_date__lte=day).first() or spells.last()
    assert found is not None, "a membership without class"
    return found.member_class


def holds_shares(member_class: MemberClass) -> None:
    """Raises ClassHoldsNoShares."""
    if not member_class.holds_shares:
        raise ClassHoldsNoShares(**{"class": member_class.name})


def least_findings(
    book: Rulebook, member_class: MemberClass | None, shares: int, won: int
) -> tuple[Finding, ...]:
    """The least number of shares by law, the least amount by the kind of member."""
    found = book.check_all(("shares.minimum_count", shares))
    if member_class is None or not member_class.share_minimum_won:
        return found
    least = member_class.share_minimum_won
    by_class = Finding(
        key="shares.class_minimum_won",
        label=str(_("least shares of “%(class)s”") % {"class": member_class.name}),
        origin="bylaws",
        document="",
        article=member_class.share_article or "–",
        text="",
        kind="won",
        comparison="at_least",
        required=str(least),
        actual=str(won),
        of=None,
        passed=won >= least,
    )
    return (*found, by_class)


def cap_findings(
    book: Rulebook, mine_won: int, total_won: int, holders: int
) -> tuple[tuple[Finding, ...], bool]:
    """The cap on one member, after a movement; and whether it binds yet (rules.shares, 2)."""
    found = book.check_all(("shares.cap_ratio", mine_won, total_won))
    founders = book.check_all(("founding.promoters_count", holders))
    return found, all(one.passed for one in founders)


def enforce_cap(book: Rulebook, mine_won: int, total_won: int, holders: int) -> tuple[Finding, ...]:
    """Raises RuleNotMet as soon as the cap binds; the finding is kept in any case."""
    found, binds = cap_findings(book, mine_won, total_won, holders)
    if binds:
        enforce(found)
    return found


def first_claim_date(left: date, book: Rulebook) -> date:
    """The first day on which a leaver may ask for the shares (rules.shares, 3)."""
    return held.first_claim_date(left, book, held.start_month())


def renew_certificate(series: Series, membership: Membership, day: date) -> None:
    """End the certificate that is no longer true, and give the next number to the new one."""
    now = held.holding(membership.pk)
    live = membership.certificates.filter(ended_date=None).first()
    if live is not None and (live.shares, live.won) == (now.shares, now.shares_won):
        return
    if live is not None:
        day = max(day, live.issued_date)
        live.ended_date = day
        live.save(update_fields=["ended_date"])
    if now.shares <= 0:
        return
    series.last += 1
    series.save(update_fields=["last"])
    ShareCertificate.objects.create(
        number=series.last,
        membership=membership,
        shares=now.shares,
        won=now.shares_won,
        issued_date=day,
    )
