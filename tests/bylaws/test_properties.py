"""What must hold of every rule, whatever its values: tightening, layers, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, strategies as st

from dure.domains.bylaws import rules
from dure.domains.bylaws.rules import Comparison, Kind, Origin
from dure.domains.bylaws.rules.values import ORDERED, as_tight, holds
from tests.bylaws.test_rules import LAW

numbers = st.integers(0, 50) | st.fractions(0, 50, max_denominator=12)
ordered = st.sampled_from(ORDERED)
choices = st.frozensets(st.sampled_from(["a", "b", "c", "d"]), min_size=1)
days = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@given(ordered, numbers, numbers, ordered, numbers)
def test_what_keeps_the_tighter_rule_keeps_the_other(comparison, value, than, other, found):
    if as_tight(comparison, value, than, other) and holds(comparison, value, found):
        assert holds(other, than, found)


@given(st.sampled_from([Comparison.ONE_OF, Comparison.ALL_OF]), choices, choices, choices)
def test_so_it_is_with_choices(comparison, value, than, found):
    if as_tight(comparison, value, than, comparison) and holds(comparison, value, found):
        assert holds(comparison, than, found)


@given(ordered, numbers)
def test_every_rule_is_as_tight_as_itself(comparison, value):
    assert as_tight(comparison, value, value, comparison)


def rows_of(origins):
    return st.lists(
        st.builds(
            lambda origin, value, day, mandatory, number: replace(
                LAW, origin=origin, value=value, from_date=day, id=number,
                mandatory=mandatory and origin == Origin.LAW,
                pack="" if origin in rules.OWN else "p",
            ),
            st.sampled_from(origins), st.none() | st.integers(1, 30), days, st.booleans(),
            st.integers(1, 10**6),
        ),
        max_size=8, unique_by=lambda row: row.id,
    )  # fmt: skip


rows = rows_of(list(Origin))
given_from_outside = rows_of([origin for origin in Origin if origin not in rules.OWN])


@given(rows, days)
def test_what_holds_never_loosens_what_binds(laid, on):
    held = rules.in_force(laid, on)
    if held is None:
        return
    for origin in rules.above(held.origin):
        bound = rules.of_layer(laid, origin, on)
        assert bound is None or not bound.binds or held.as_tight_as(bound)


@given(rows, days, days)
def test_what_is_laid_down_for_later_changes_nothing_before(laid, on, later):
    assume(on < later)
    own = replace(LAW, origin=Origin.BYLAWS, pack="", mandatory=False, value=14, id=10**7)
    assert rules.in_force([*laid, replace(own, from_date=later)], on) == rules.in_force(laid, on)


@given(given_from_outside, st.integers(1, 30), st.lists(days, min_size=2, max_size=2).map(sorted))
def test_what_was_accepted_holds_on_its_days_unless_outgrown(laid, value, since_and_on):
    since, on = since_and_on
    new = replace(LAW, origin=Origin.BYLAWS, pack="", mandatory=False, value=value,
                  from_date=since, id=10**7)  # fmt: skip
    assume(rules.loosened(laid, new) is None)
    assert rules.in_force([*laid, new], on) == new


@given(rows, days)
def test_the_order_of_rows_does_not_matter(laid, on):
    assert rules.in_force(list(reversed(laid)), on) == rules.in_force(laid, on)


values = st.one_of(
    st.tuples(st.just(Kind.WON), st.integers(0, 10**12)),
    st.tuples(st.just(Kind.RATIO), st.fractions(0, 1000, max_denominator=10**6)),
    st.tuples(st.sampled_from([Kind.DAYS, Kind.MONTHS, Kind.COUNT]), st.integers(0, 10**6)),
    st.tuples(st.just(Kind.YES_NO), st.booleans()),
    st.tuples(st.just(Kind.CHOICE), choices),
)


@given(values)
def test_a_value_comes_back_from_its_text(kept):
    kind, value = kept
    back = rules.read_value(kind, rules.write_value(kind, value))
    assert back == (Fraction(value) if kind == Kind.RATIO else value)


@given(st.text(max_size=400))
def test_whatever_text_is_given_is_read_or_refused(text):
    try:
        rules.read_pack(text)
    except rules.PackMalformed as refusal:
        assert refusal.faults[0]["line"] >= 1
