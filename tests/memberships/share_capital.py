"""What the tests of share capital begin with: a cooperative, five holders, a resolution."""

from __future__ import annotations

from datetime import date

from dure.domains.bylaws import commands as bylaws
from dure.domains.ledger import commands as books, queries as ledger
from dure.domains.memberships import commands
from dure.domains.parties import commands as parties

from .conftest import STARTED, Network

UNIT = 10_000


def lay_down(act, key, value, **given):
    commands_given = {
        "document": "정관",
        "article": "제13조",
        "from_date": date(2020, 1, 1),
        "decided_by": "창립총회",
        **given,
    }
    return bylaws.adopt_provision(act("secretariat"), key=key, value=value, **commands_given)


def lay_unit(act, won=UNIT):
    return lay_down(
        act, "shares.unit_won", str(won), kind="won", comparison="exactly", label="출자 1좌의 금액"
    )


def founded(act, form):
    """A network of a legal form with shares of 10,000 won."""
    parties.found_network(act("system"), name="한울 협동조합", legal_form=form)
    books.open_books(act("system"), first_date=STARTED)
    for code, name, who, may_vote in commands.STARTING_CLASSES:
        commands.add_member_class(act("system"), name=name, code=code, who=who, may_vote=may_vote)
    lay_unit(act)
    return Network(act)


def hold(act, member, n, paid=date(2026, 3, 2)):
    """A member with paid shares."""
    return commands.subscribe_shares(
        act("system"), membership_id=member.pk, shares=n, subscribed_date=paid, paid_date=paid
    )


def five(network, act, n=10):
    """Five founders with equal shares."""
    members = [network.person(name) for name in ("가나", "다라", "마바", "사아", "자차")]
    for one in members:
        hold(act, one, n)
    return members


def leave(act, member, day=date(2026, 6, 30), **given):
    return commands.leave_membership(
        act("secretariat"), membership_id=member.pk, left_date=day, **given
    )


VOTES = {"members_total": 5, "members_present": 4, "votes_for": 3}


def approve(act, claim, day=date(2027, 2, 20), **given):
    wanted = {"decided_by": "2027 정기총회 제3호", "decided_date": day, **VOTES, **given}
    return commands.approve_share_refund(act("operator", days=200), claim_id=claim.pk, **wanted)


def book(role):
    return ledger.balance(ledger.account_for(role), "general")
