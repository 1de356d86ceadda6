"""What resolutions do: one table. Each effect ends in one command of a room.

Governance does not know what a share or a loan is; a room does not know what a vote is. Here they
meet: an effect says what it is about, what the rules find before a vote, who may vote on it, and
which command it ends in.
"""

from __future__ import annotations

from dure.domains.governance.queries.effects import Effect

from . import (
    admission,
    bodies,
    conduct,
    cooperative_fund,
    laws,
    loans,
    mutual_aid,
    officers,
    plans,
    resolutions,
    shares,
    trade,
)

EFFECTS: dict[str, Effect] = {
    **admission.EFFECTS,
    **conduct.EFFECTS,
    **shares.EFFECTS,
    **laws.EFFECTS,
    **officers.EFFECTS,
    **loans.EFFECTS,
    **mutual_aid.EFFECTS,
    **bodies.EFFECTS,
    **resolutions.EFFECTS,
    **plans.EFFECTS,
    **trade.EFFECTS,
    **cooperative_fund.EFFECTS,
}
