"""Procedure files: read strictly, written as they are read, refused with their line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from dure.domains.bylaws.rules import PackMalformed, Rulebook
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Application
from dure.domains.memberships.rules import procedures as rules

TODAY = date(2026, 11, 20)
SINCE = date(2026, 1, 1)


def test_a_malformed_file_is_refused_with_its_line(network, act):
    good = queries.profiles()["national_network"].file
    for right, wrong in (
        ('value = "1/2"', 'value = "half"'),
        ('by = "secretariat"', 'by = "anybody"'),
        ("[step.majority]", "[step.majorty]"),
        ('base = "seats"', 'base = "chairs"'),
        ('kind = "sponsors"', 'kind = "magic"'),
        ('title = "추천"', 'titel = "추천"'),
    ):
        changed = good.replace(right, wrong, 1)
        line = next(n for n, text in enumerate(changed.split("\n"), 1) if wrong in text)
        with pytest.raises(PackMalformed, match=f"^{line}번째"):
            commands.load_procedure(
                act("secretariat"), member_class="organisation", from_date=SINCE, file=changed
            )
    with pytest.raises(PackMalformed, match="another body|다른 기구"):
        rules.read_procedure(good.replace('body = "총회"', 'body = "운영위원회"'))
    with pytest.raises(commands.ProfileUnknown):
        commands.load_procedure(
            act("secretariat"), member_class="organisation", from_date=SINCE, profile="x"
        )
    assert queries.procedure_on(1, TODAY) is None
    assert not Application.objects.exists()


def test_a_hostile_file_is_only_refused():
    good = queries.profiles()["okcheon"].file
    for wrong in (
        "[" * 60_000,
        "step = 3",
        "[procedure]\nstep = []",
        good.replace("[[step]]", "[step]", 1),
        good.replace('papers = ["가입신청서"]', "papers = [1]"),
        good.replace('papers = ["가입신청서"]', f'papers = ["{"가" * 500}"]'),
        good.replace('body = "이사회"', f'body = "{"이" * 500}"'),
        good.replace('rule = "admission.majority_ratio"', 'value = "1/0"'),
        good.replace('rule = "admission.majority_ratio"', 'value = "1/2"\nkind = "won"'),
        good + "\x00",
    ):
        with pytest.raises(PackMalformed):
            rules.read_procedure(wrong)
    endless = good.replace('rule = "admission.payment_within_months"', 'value = "999999999999"')
    step = rules.read_procedure(endless).first(rules.StepKind.SHARES)
    assert rules.last_day(step.limit("within"), Rulebook(TODAY), TODAY) == date.max


@given(
    st.lists(st.sampled_from(sorted(rules.STEP_KINDS)), max_size=12),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=80
    ),
)
def test_what_is_written_is_read_again(kinds, text):
    procedure = rules.Procedure("절차", (), rules.Sheet("규정", "제1조", text))
    for kind in kinds:
        if kind in {step.kind for step in procedure.steps} or not text.strip():
            continue
        shape = rules.SHAPES[kind]
        step = rules.Step(
            key=rules.free_key(procedure, kind),
            kind=kind,
            title=text,
            sheet=procedure.sheet,
            items=(text,) if shape.items else (),
            ways=(rules.new_way("members", 2, procedure.sheet, text),)
            if kind == "sponsors"
            else (),
            wording=text if "wording" in shape.texts else "",
            version="1" if "version" in shape.texts else "",
            body=f"기구 {kind}" if "body" in shape.texts else "",
            limits=tuple(
                (name, rules.new_limit(sorts[0], "1", procedure.sheet, text))
                for name, sorts in rules.limits_of(kind).items()
            ),
        )
        procedure = rules.with_step(procedure, step)
    kept_as = rules.write_procedure(procedure)
    if procedure.first(rules.StepKind.DECISION) or not procedure.steps:
        assert rules.read_procedure(kept_as) == procedure
    else:
        with pytest.raises(PackMalformed):
            rules.read_procedure(kept_as)
