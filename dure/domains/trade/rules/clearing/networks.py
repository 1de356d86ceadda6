"""Synthetic trade networks, for tests and measuring. The same seed gives the same network.

1. Firms differ: firm number k has the weight k to the power of -`skew`. Who buys and who sells is
   drawn by weight, the order of the firms shuffled for each role, so large buyers need not sell much.
2. Amounts are log-normal around 300,000 won (sigma 1.2), in steps of 10 won, at least 1,000.
3. Due dates lie evenly over `spread` days before 2026-11-20.
It is made to be uneven like trade, not to resemble any: what share can be cleared depends on `skew`
(0.5 much, 1.0 little) and is no evidence of a benefit.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from .invoices import Invoices, type_numbers

MIDDLE_AMOUNT = 300_000
SIGMA = 1.2
STEP = 10
LEAST_AMOUNT = 1_000
LAST_DAY = date(2026, 11, 20)


def generate(
    firms: int, invoices: int, seed: int, *, skew: float = 0.75, spread: int = 120
) -> Invoices:
    """That many invoices among that many firms (two at least), named F00001, …, ids 1, 2, …"""
    draw = np.random.Generator(np.random.PCG64(seed))
    weights = np.cumsum(np.arange(1, firms + 1) ** -skew)
    weights /= weights[-1]

    def drawn() -> type_numbers:
        return np.asarray(draw.permutation(firms)[np.searchsorted(weights, draw.random(invoices))])

    debtor, creditor = drawn(), drawn()
    creditor = np.where(debtor == creditor, (creditor + 1) % firms, creditor)
    bell = np.sqrt(-2 * np.log1p(-draw.random(invoices)))
    bell *= np.cos(2 * np.pi * draw.random(invoices))
    amount = np.rint(MIDDLE_AMOUNT * np.exp(SIGMA * bell) / STEP).astype(np.int64) * STEP
    due = LAST_DAY.toordinal() - (draw.random(invoices) * spread).astype(np.int64)
    occur, ends = np.unique(np.concatenate((debtor, creditor)), return_inverse=True)
    width = len(str(firms))
    return Invoices(
        ids=[str(number) for number in range(1, invoices + 1)],
        firms=[f"F{number + 1:0{width}}" for number in occur.tolist()],
        debtor=ends[:invoices].astype(np.int64),
        creditor=ends[invoices:].astype(np.int64),
        amount=np.maximum(amount, LEAST_AMOUNT),
        due=due,
    )
