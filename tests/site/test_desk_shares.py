"""What the desk says about share capital."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.memberships import commands
from dure.site.desk import shares as desk
from tests.memberships.share_capital import approve, five, founded, leave


@pytest.fixture
def left(db, act):
    """One of five left in June and asks in January."""
    members = five(founded(act, "social_cooperative"), act)
    leave(act, members[0], date(2026, 6, 30))
    return members[0]


def test_refunds_to_pay_wait_until_they_are_paid(left, act):
    assert desk.share_refunds(act("bookkeeper")) is None
    claim = commands.ask_share_refund(act("bookkeeper", days=60), membership_id=left.pk)
    approve(act, claim)
    waiting = desk.share_refunds(act("bookkeeper", days=200))
    assert waiting is not None and len(waiting.steps) == 1
    assert waiting.steps[0].url.endswith(f"/shares/claims/{claim.pk}/pay/")
    commands.pay_share_refund(act("bookkeeper", days=200), claim_id=claim.pk)
    assert desk.share_refunds(act("bookkeeper", days=201)) is None


def test_claims_that_lapse_soon_and_the_report_wait(left, act):
    assert desk.lapsing_claims(act("bookkeeper")) is None
    assert desk.lapsing_claims(act("bookkeeper", days=740)) is not None
    assert desk.share_report(act("secretariat")) is None
    in_january, in_april = (desk.share_report(act("secretariat", days=n)) for n in (60, 150))
    assert in_january is not None and in_april is not None
    assert (in_january.tone, in_april.tone) == ("info", "bad")
