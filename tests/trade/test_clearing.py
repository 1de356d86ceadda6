"""Clearing: the greatest set-off beside an independent program, its proof, its files."""

from __future__ import annotations

import json
import random
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from dure.domains.trade.cli import group
from dure.domains.trade.rules import clearing
from dure.domains.trade.rules.clearing import invoices as reading, solving, splitting, verifying

DAY = date(2026, 11, 20)
VECTORS = {
    "published": ([("10", "20", 100), ("20", "30", 100), ("30", "10", 200), ("40", "30", 100)],
                  500, 100, 300, [100, 100, 100, 0]),
    "triangle": ([("A", "B", 3), ("B", "C", 5), ("C", "A", 7)], 15, 4, 9, [3, 3, 3]),
    "two": ([("A", "B", 500_000), ("B", "A", 320_000)], 820_000, 180_000, 640_000,
            [320_000, 320_000]),
    "greedy trap": ([("A", "B", 10), ("B", "A", 10), ("B", "C", 10), ("C", "D", 10), ("D", "A", 10)],
                    50, 10, 40, [10, 0, 10, 10, 10]),
    "open chain": ([("A", "B", 7), ("B", "C", 7)], 14, 7, 0, [0, 0]),
    "two rings that share a firm": (
        [("A", "B", 4), ("B", "A", 4), ("A", "C", 9), ("C", "A", 5)], 22, 4, 18, [4, 4, 5, 5]),
    "ten billion each": ([("A", "B", 10**10), ("B", "C", 10**10), ("C", "A", 10**10)],
                         3 * 10**10, 0, 3 * 10**10, [10**10] * 3),
}  # fmt: skip

edges = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]),
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=3),
    min_size=1,
    max_size=20,
)


def made(rows):
    return clearing.invoices_of(
        [
            (str(number), f"F{u}", f"F{v}", won, date(2026, 1, 1 + day))
            for number, (u, v, won, day) in enumerate(rows, 1)
        ]
    )


def rows_of(found):
    return [(u, v, won, day) for (u, v), parts in found.items() for won, day in parts]


def table_of(found):
    return list(clearing.read_set_off(clearing.set_off_table(found).encode()))


def by_cycle_cancelling(rows):
    """The greatest circulation as one first thinks of it: while a residual cycle gains, turn it."""
    nodes = {one for u, v, *_ in rows for one in (u, v)}
    left: dict = {}
    gone: dict = {}
    for u, v, won, *_ in rows:
        left[u, v] = left.get((u, v), 0) + won
        gone[u, v] = 0
    while cycle := gaining_cycle(nodes, left, gone):
        most = min(left[u, v] if gain > 0 else gone[v, u] for u, v, gain in cycle)
        for u, v, gain in cycle:
            pair = (u, v) if gain > 0 else (v, u)
            left[pair] -= gain * most
            gone[pair] += gain * most
    return sum(gone.values())


def gaining_cycle(nodes, left, gone):
    arcs = [(u, v, 1) for (u, v), won in left.items() if won]
    arcs += [(v, u, -1) for (u, v), won in gone.items() if won]
    best, came = dict.fromkeys(nodes, 0), {}
    last = None
    for _round in nodes:
        last = None
        for u, v, gain in arcs:
            if best[u] + gain > best[v]:
                best[v], came[v], last = best[u] + gain, (u, v, gain), v
    if last is None:
        return []
    for _round in nodes:
        last = came[last][0]
    cycle: list = []
    at = last
    while not cycle or at != last:
        cycle.append(came[at])
        at = came[at][0]
    return cycle


def by_linear_program(found):
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    pairs = found.pairs
    many = np.arange(len(pairs))
    balance = coo_array(
        (
            np.r_[np.ones(len(pairs)), -np.ones(len(pairs))],
            (np.r_[pairs.debtor, pairs.creditor], np.r_[many, many]),
        ),
        shape=(pairs.firms, len(pairs)),
    )
    best = linprog(
        -np.ones(len(pairs)), A_eq=balance.tocsc(), b_eq=np.zeros(pairs.firms),
        bounds=np.c_[np.zeros(len(pairs)), pairs.amount], method="highs",
    )  # fmt: skip
    assert best.status == 0
    return round(-best.fun)


def holds(found):
    """All that must hold of any clearing."""
    pairs, gone = found.pairs, found.set_off
    assert ((gone >= 0) & (gone <= pairs.amount)).all()
    assert not solving.positions(pairs, gone).any()
    left = pairs.amount - gone
    assert (solving.positions(pairs, left) == solving.positions(pairs, pairs.amount)).all()
    assert found.cleared <= found.ceiling
    remainder = {
        (int(u), int(v))
        for u, v, won in zip(pairs.debtor, pairs.creditor, left, strict=True)
        if won
    }
    while remainder:
        owing = {u for u, _v in remainder}
        kept = {(u, v) for u, v in remainder if v in owing}
        assert kept != remainder, "the remainder has a cycle"
        remainder = kept
    table = clearing.set_off_table(found)
    certificate = clearing.written(clearing.certificate_of(found, table))
    clearing.verify(clearing.read_certificate(certificate.encode()), table.encode(), found.invoices)


@pytest.mark.parametrize("name", VECTORS)
def test_known_cases(name: str) -> None:
    rows, total, net, cleared, set_off = VECTORS[name]
    numbered = [(str(n), u, v, won, None) for n, (u, v, won) in enumerate(rows)]
    found = clearing.clear(clearing.invoices_of(numbered))
    assert (found.total_debt, found.net_internal_debt) == (total, net)
    assert (found.cleared, found.ceiling) == (cleared, total - net)
    gone = {one.id: one.set_off for one in table_of(found)}
    assert [gone[str(n)] for n in range(len(rows))] == set_off
    holds(found)


@settings(max_examples=120, deadline=None)
@given(edges, st.randoms(use_true_random=False))
def test_the_most_by_two_other_ways_whatever_the_order(given_edges, chance: random.Random) -> None:
    rows = rows_of(given_edges)
    found = clearing.clear(made(rows))
    holds(found)
    assert found.cleared == by_cycle_cancelling(rows) == by_linear_program(found)
    numbered = list(enumerate(rows, 1))
    chance.shuffle(numbered)
    again = clearing.clear(
        clearing.invoices_of(
            [
                (str(n), f"F{u}", f"F{v}", won, date(2026, 1, 1 + day))
                for n, (u, v, won, day) in numbered
            ]
        )
    )
    assert clearing.set_off_table(again) == clearing.set_off_table(found)
    assert again.levels.tolist() == found.levels.tolist()


@pytest.mark.parametrize("skew", [0.4, 1.0])
def test_a_network_of_hundreds_beside_the_linear_program(skew: float) -> None:
    found = clearing.clear(clearing.generate(300, 3_000, 7, skew=skew))
    holds(found)
    assert found.cleared == by_linear_program(found)
    assert clearing.generate(300, 3_000, 7, skew=skew).total == found.total_debt


def test_the_oldest_goes_first_within_a_pair_and_among_equal_ways() -> None:
    found = clearing.clear(
        clearing.invoices_of(
            [
                ("10", "A", "B", 40, DAY), ("9", "A", "B", 40, DAY), ("x", "A", "B", 40, None),
                ("11", "A", "B", 40, date(2026, 3, 1)), ("12", "B", "A", 100, None),
            ]
        )
    )  # fmt: skip
    assert [(one.id, one.set_off) for one in table_of(found)] == [
        ("11", 40), ("9", 40), ("10", 20), ("x", 0), ("12", 100),
    ]  # fmt: skip
    for older, newer in product("BC", repeat=2):
        if older != newer:
            due = {older: date(2026, 1, 5), newer: date(2026, 3, 5)}
            ring = [("1", "A", "B", 100, due["B"]), ("2", "A", "C", 100, due["C"]),
                    ("3", "B", "D", 100, DAY), ("4", "C", "D", 100, DAY),
                    ("5", "D", "A", 100, DAY)]  # fmt: skip
            gone = {one.creditor: one.set_off
                    for one in table_of(clearing.clear(clearing.invoices_of(ring)))
                    if one.debtor == "A"}  # fmt: skip
            assert gone == {older: 100, newer: 0}


def test_altered_by_one_won_it_is_refused_by_name() -> None:
    rows = [("1", "A", "B", 60, DAY), ("2", "A", "B", 60, None), ("3", "B", "C", 90, DAY),
            ("4", "C", "A", 80, DAY), ("5", "C", "D", 50, DAY)]  # fmt: skip
    invoices = clearing.invoices_of(rows)
    found = clearing.clear(invoices)
    table = clearing.set_off_table(found)
    good = clearing.written(clearing.certificate_of(found, table)).encode()
    clearing.verify(clearing.read_certificate(good), table.encode(), invoices)

    def refusal(change, *, rehash: bool = True) -> str:
        said = json.loads(good)
        change(said)
        if rehash:
            said["sha256"] = clearing.certificate.content_hash(
                clearing.Certificate(
                    **{k: v for k, v in said.items() if k not in ("format", "about")}
                )
            )
        with pytest.raises(reading.InvalidInput) as refused:
            clearing.verify(clearing.read_certificate(json.dumps(said).encode()))
        return refused.value.code

    def add(column: str, at: int, won: int = 1):
        def change(said) -> None:
            said[column][at] += won

        return change

    def less(said) -> None:
        """Feasible, yet not the most: a ring turned back by one won."""
        for at in range(3):
            said["set_off"][at] -= 1
        said["totals"]["cleared"] -= 3
        said["totals"]["remaining"] += 3

    for at in range(4):
        for won in (1, -1):
            assert refusal(add("set_off", at, won)) in ("SetOffUnbalanced", "SetOffOutOfBounds")
            assert refusal(add("amount", at, won)) in (
                "TotalsDiffer", "SetOffOutOfBounds", "NotTheMost",
            )  # fmt: skip
    assert refusal(less) == "NotTheMost"
    for name in json.loads(good)["totals"]:
        if name != "invoices":
            change = {"k": name}
            assert refusal(lambda said, c=change: said["totals"].update({c["k"]: 1})) == (
                "TotalsDiffer"
            )
    assert refusal(lambda said: said["totals"].update(invoices=6), rehash=False) == (
        "CertificateAltered"
    )
    assert refusal(lambda said: said["firms"].reverse(), rehash=False) == "CertificateAltered"
    for at in range(4):
        for by in (
            1,
            -1,
        ):  # never as it stands; with a new hash only where it still proves the same
            assert refusal(add("levels", at, by), rehash=False) in (
                "NotTheMost", "CertificateAltered",
            )  # fmt: skip
        if at < 3:  # D lies on no ring: its level may be any that is high enough
            assert refusal(add("levels", at, 3)) == "NotTheMost"
    assert refusal(lambda said: said["levels"].pop()) == "CertificateUnreadable"
    assert refusal(lambda said: said["set_off"].__setitem__(0, 1.5)) == "CertificateUnreadable"

    certificate = clearing.read_certificate(good)
    swapped = table.replace("60,2026-11-20,60,0", "60,2026-11-20,59,1").replace(
        "60,,20,40", "60,,21,39"
    )
    assert swapped != table
    for wrong in (table.replace(",20,40", ",21,39"), swapped, table.replace("1,A", "7,A")):
        with pytest.raises((verifying.SetOffFileDiffers, verifying.SetOffOutOfBounds)):
            clearing.verify(certificate, wrong.encode())
    other = clearing.invoices_of([*rows[:-1], ("5", "C", "D", 51, DAY)])
    with pytest.raises(verifying.InvoicesDiffer):
        clearing.verify(certificate, table.encode(), other)


def test_reading_tells_every_faulty_row_by_name() -> None:
    plain = "id,debtor,creditor,amount,due_date\n1,가,나,1000,2026-11-20\n2,나,가,700,\n"
    quoted = (
        '\ufeffdue_date,amount,note,creditor,debtor,id\r\n2026-11-20,"1,000원",x," 나 ",가,1\r\n'
        "\r\n,700,,가,나,2\r\n"
    )
    one, two = clearing.read_invoices(plain.encode()), clearing.read_invoices(quoted.encode())
    three = clearing.read_invoices(plain.encode("cp949"))
    for other in (two, three):
        assert clearing.invoice_table(other) == clearing.invoice_table(one) == plain
    assert clearing.clear(two).cleared == 1_400

    head = "id,debtor,creditor,amount,due_date\n"
    faulty = "1,A,B,10.5,\n2,A,A,5,\n,A,B,5,\n4,A,,5,\n5,A,B,0,\n6,A,B,5,20.11.2026\n" + (
        "7,A,B,-5,\n7,A,B,99999999999999999999,\n9,A,B,5\n"
    )
    with pytest.raises(reading.InvoicesFaulty) as refused:
        clearing.read_invoices((head + faulty).encode())
    assert [one["row"] for one in refused.value.faults] == [2, 3, 4, 5, 6, 7, 8, 8, 9, 9]
    assert "10.5" in str(refused.value)
    for text, kind in (
        ("", reading.ColumnMissing),
        (head, reading.NoInvoices),
        ("id,debtor,creditor\n1,A,B\n", reading.ColumnMissing),
        (head + "".join(f"{n},A,B,{10**15},\n" for n in range(4_001)), reading.TotalTooLarge),
    ):
        with pytest.raises(kind):
            clearing.read_invoices(text.encode())
    with pytest.raises(reading.NotText):
        clearing.read_invoices(b"id,debtor,creditor,amount\n\xff\xfe\xff,A,B,1\n")


def test_from_the_command_line(tmp_path: Path) -> None:
    source, out, proof = (str(tmp_path / one) for one in ("i.csv", "set_off.csv", "c.json"))

    def dure(*args: str):
        return CliRunner().invoke(group, [*args])

    dure("generate", "--firms", "40", "--invoices", "300", "--output", source)
    asked = ("--input", source, "--output", out, "--certificate", proof, "--format", "json")
    ran = dure("clear", *asked)
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.output)
    assert told["cleared"] <= told["ceiling"] == told["total_debt"] - told["net_internal_debt"]
    assert told["firms"] <= 40 and told["invoices"] == 300 and told["time"] < 60
    assert dure("verify-clearing", proof, "--invoices", source).exit_code == 0
    first, *rest = Path(out).read_text().splitlines(keepends=True)
    Path(out).write_text(first + rest[0].replace("\n", "1\n") + "".join(rest[1:]))
    assert isinstance(dure("verify-clearing", proof).exception, splitting.SetOffUnreadable)


def test_every_kind_of_wrong_file_is_refused_by_name_at_the_terminal(tmp_path: Path) -> None:
    head = b"id,debtor,creditor,amount,due_date\n"
    wrong = {
        b"": "ColumnMissing",
        b"\xef\xbb\xbf": "ColumnMissing",
        head: "NoInvoices",
        b"PK\x03\x04\xff\xfe\x00": "NotText",
        b"id;debtor;creditor;amount\n1;A;B;5\n": "ColumnMissing",
        head + b"1,A,B,10.5,\n": "InvoicesFaulty",
        head + b"1,A,B,10000000000000001,\n": "InvoicesFaulty",
        head + b"1,A,B,5,\n1,B,A,5,\n": "InvoicesFaulty",
        head + b"1,A,B,5,2026-02-30\n": "InvoicesFaulty",
    }
    source, out, proof = (tmp_path / one for one in ("i.csv", "set_off.csv", "c.json"))
    asked = ["--input", str(source), "--output", str(out), "--certificate", str(proof)]
    for content, name in wrong.items():
        source.write_bytes(content)
        ran = CliRunner().invoke(group, ["clear", *asked])
        assert type(ran.exception).__name__ == name, (content, ran.exception)
        assert not out.exists() and not proof.exists()
    source.write_bytes(head + b"1,A,B,5,\n2,B,C,5,\n")
    ran = CliRunner().invoke(group, ["clear", *asked, "--output", str(tmp_path / "no" / "x.csv")])
    assert type(ran.exception).__name__ == "FileNotWritten"
    ran = CliRunner().invoke(group, ["clear", *asked, "--pool", "9", "--format", "json"])
    told = json.loads(ran.output)
    assert (told["cleared"], told["lent"]) == (10, 5)
    assert CliRunner().invoke(group, ["verify-clearing", str(proof)]).exit_code == 0
    ran = CliRunner().invoke(group, ["verify-clearing", str(source)])
    assert type(ran.exception).__name__ == "CertificateUnreadable"
