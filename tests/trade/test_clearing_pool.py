"""A pool beside a clearing: what vanishes, who owes the pool, and the proof."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from dure.domains.trade.rules import clearing
from dure.domains.trade.rules.clearing import invoices as reading, solving

CHAIN = [("1", "가", "나", 10), ("2", "나", "다", 10), ("3", "다", "라", 7), ("4", "마", "바", 5)]
DAY = date(2026, 1, 1)
debts = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 9), min_size=1, max_size=14,
)  # fmt: skip


def invoices_of(rows):
    return clearing.invoices_of([(*row, None) for row in rows])


def proof_of(found):
    table = clearing.set_off_table(found)
    return clearing.written(clearing.certificate_of(found, table)).encode(), table.encode()


def checked(found):
    """The pool's own rules, and the certificate."""
    pairs, pool = found.pairs, found.pooled
    assert ((pool.lent >= 0) & (pool.lent <= pool.most)).all() and (pool.paid >= 0).all()
    assert pool.won == pool.paid.sum() <= pool.limit
    assert not ((pool.lent > 0) & (pool.paid > 0)).any()
    left = pairs.amount - found.set_off
    after = solving.positions(pairs, left) + pool.paid - pool.lent
    assert (after == solving.positions(pairs, pairs.amount)).all()
    assert found.cleared - pool.won <= found.ceiling
    proof, table = proof_of(found)
    clearing.verify(clearing.read_certificate(proof), table, found.invoices)


def by_linear_program(rows, limit, most):
    """(vanished less lent, lent): the greatest, then the least, by another solver."""
    from scipy.optimize import linprog

    firms = sorted({side for _id, u, v, _won in rows for side in (u, v)})
    debts, many = len(rows), len(firms)
    balance = np.zeros((many, debts + 2 * many))
    for at, (_id, u, v, _won) in enumerate(rows):
        balance[firms.index(u), at] += 1
        balance[firms.index(v), at] -= 1
    balance[:, debts : debts + many] = -np.eye(many)  # lent
    balance[:, debts + many :] = np.eye(many)  # paid
    lent = np.r_[np.zeros(debts), np.ones(many), np.zeros(many)]
    gain = np.r_[np.ones(debts), -np.ones(many), np.zeros(many)]
    owes = [sum(won for _id, u, _v, won in rows if u == one) for one in firms]
    owed = [sum(won for _id, _u, v, won in rows if v == one) for one in firms]
    bounds = [(0, won) for *_, won in rows]
    bounds += [(0, min(most.get(one, 0), won)) for one, won in zip(firms, owes, strict=True)]
    bounds += [(0, won) for won in owed]
    told = {"A_eq": balance, "b_eq": np.zeros(many), "bounds": bounds, "method": "highs"}
    best = linprog(-gain, A_ub=[lent], b_ub=[limit], **told)
    least = linprog(lent, A_ub=[lent, -gain], b_ub=[limit, best.fun + 1e-9], **told)
    return round(-best.fun), round(least.fun)


def test_a_chain_vanishes_as_far_as_the_pool_reaches() -> None:
    everyone = dict.fromkeys("가나다라마바", 100)
    for limit, cleared, lent in ((0, 0, 0), (5, 15, 5), (7, 21, 7), (100, 27, 10)):
        found = clearing.clear(invoices_of(CHAIN), clearing.Pool(limit, everyone))
        assert (found.cleared, found.pooled.won) == (cleared, lent)
        checked(found)
    # 마 owes 바 alone: to put the pool in 바's place would help nobody
    owing = dict(zip(found.invoices.firms, found.pooled.lent.tolist(), strict=True))
    paid = dict(zip(found.invoices.firms, found.pooled.paid.tolist(), strict=True))
    assert owing == {"가": 10, "나": 0, "다": 0, "라": 0, "마": 0, "바": 0}
    assert (paid["다"], paid["라"], paid["바"]) == (3, 7, 0)
    # nobody owes the pool who did not agree to; 나 may, up to 4
    found = clearing.clear(invoices_of(CHAIN), clearing.Pool(100, {"나": 4}))
    assert (found.cleared, found.pooled.won) == (8, 4)
    checked(found)
    # without anybody who borrows it is the plain set-off
    rings = invoices_of([*CHAIN, ("5", "다", "가", 6)])
    plain, idle = clearing.clear(rings), clearing.clear(rings, clearing.Pool(100))
    assert plain.set_off.tolist() == idle.set_off.tolist() and idle.pooled.won == 0


@settings(max_examples=120, deadline=None)
@given(debts, st.integers(0, 12), st.dictionaries(st.integers(0, 6), st.integers(0, 9)))
def test_the_most_for_the_least_by_another_solver(given_debts, limit, most) -> None:
    rows = [(str(n), f"F{u}", f"F{v}", won) for n, ((u, v), won) in enumerate(given_debts.items())]
    lends = {f"F{one}": won for one, won in most.items()}
    found = clearing.clear(invoices_of(rows), clearing.Pool(limit, lends))
    checked(found)
    lent = found.pooled.won
    assert (found.cleared - lent, lent) == by_linear_program(rows, limit, lends)
    alone = clearing.clear(invoices_of(rows))
    assert found.cleared - lent >= alone.cleared
    assert found.cleared >= alone.cleared + 2 * lent or not lent
    again = clearing.clear(invoices_of(rows[::-1]), clearing.Pool(limit, lends))
    assert proof_of(again) == proof_of(found)


def test_every_won_of_the_pool_that_is_altered_is_refused() -> None:
    found = clearing.clear(invoices_of(CHAIN), clearing.Pool(8, {"가": 9, "나": 3, "마": 5}))
    good = proof_of(found)[0]
    clearing.verify(clearing.read_certificate(good))

    def refused(change) -> str:
        said = json.loads(good)
        change(said)
        parts = {name: said[name] for name in said if name not in ("format", "about")}
        said["sha256"] = clearing.certificate.content_hash(clearing.Certificate(**parts))
        with pytest.raises(reading.InvalidInput) as error:
            clearing.verify(clearing.read_certificate(json.dumps(said).encode()))
        return error.value.code

    def add(column, at, won):
        return lambda said: said["pool"][column].__setitem__(at, said["pool"][column][at] + won)

    for at in range(len(found.invoices.firms)):
        for won in (1, -1):
            for column in ("lent", "paid"):
                assert refused(add(column, at, won)) == "PoolOutOfBounds"
    assert refused(lambda said: said["pool"].update(limit=7)) == "PoolOutOfBounds"
    assert refused(lambda said: said["pool"].update(limit=9)) == "NotTheMost"
    assert refused(add("most", 0, 2)) == "PoolOutOfBounds"  # more than it owes
    assert refused(add("levels", 1, -9)) == "NotTheMost"
    assert refused(lambda said: said["totals"].update(lent=9)) == "TotalsDiffer"
    assert refused(lambda said: said["pool"].pop("most")) == "CertificateUnreadable"
    assert refused(lambda said: said["pool"]["lent"].append(0)) == "CertificateUnreadable"
    assert refused(lambda said: said.update(pool=None)) == "CertificateUnreadable"

    def shifted(said) -> None:
        """Lent and paid to others, all sums kept."""
        said["pool"]["lent"][0] -= 1
        said["pool"]["lent"][1] += 1

    assert refused(shifted) == "SetOffUnbalanced"
