"""Whoever asks for all that is held about them gets all of it: every table that leads to a person."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model
from django.db.models.fields.related import RelatedField
from django.test.utils import CaptureQueriesContext

import dure
from dure.domains.memberships import commands as memberships
from dure.kernel.acts import Act
from dure.kernel.held import rows_of
from dure.kernel.reads import note_read
from dure.site.privacy import LEFT_OUT, READS, REGISTRY, holdings_of, taken_along

PEOPLE = {"parties.Party", "parties.Person", "parties.Account"}
# Columns without a foreign key that name who did a thing: the deeds of that person tell it, in
# sentences, under "what I did".
DOERS = ("_by_id", "actor_id", "laid_down_by")


def _leading() -> set[str]:
    """Tables from whose rows foreign keys lead to a person, and those with a person's id."""
    found = set(PEOPLE)
    while True:
        more = {
            model._meta.label
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model._meta.label in found
        } - found
        if not more:
            break
        found |= more
    return found | {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in ("subject_id", "person_id", "party_id")
    }


def test_every_table_that_leads_to_a_person_is_held_or_left_out_with_a_reason():
    covered = {held.model for held in REGISTRY}
    assert len(covered) == len(REGISTRY)
    missing = _leading() - covered - set(LEFT_OUT) - {"kernel.Key"}
    assert missing == set()
    assert not covered & set(LEFT_OUT)
    assert all(str(reason) for reason in LEFT_OUT.values())


def test_every_column_that_names_a_person_is_a_way_to_the_rows():
    for held in REGISTRY:
        model = apps.get_model(held.model)
        firsts = {path.partition("__")[0] for path in held.paths}
        for field in model._meta.concrete_fields:
            if isinstance(field, RelatedField) and field.related_model._meta.label in PEOPLE:
                known = field.name in firsts or (field.primary_key and "pk" in firsts)
                assert known, f"{held.model}.{field.name}"


def test_columns_without_a_key_that_name_people_name_who_did_it():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.endswith(("_id", "laid_down_by")) and _is_number(model, field.name):
                known = field.name.endswith(DOERS) or field.name in (
                    "subject_id",  # in the registry, or told as deeds
                    "source_id", "after_id", "last_id",  # of an entry's source; of seals
                )  # fmt: skip
                assert known, f"{model._meta.label}.{field.name}"


def _is_number(model: type[Model], name: str) -> bool:
    return "Integer" in model._meta.get_field(name).get_internal_type()


@pytest.mark.parametrize("held", REGISTRY, ids=lambda held: held.model)
def test_no_key_digest_or_password_is_handed_out(held):
    assert not {
        name
        for name in held.columns
        if name.endswith(
            ("_sealed", "_secret", "password", "digest", "salt", "token", "session_key")
        )
    }


def test_a_member_asks_for_everything_and_gets_it(cast, client_of, act):
    note_read(act("secretariat"), cast.member, "memberships.member_card")
    client = client_of("member")
    page = client.get("/me/data/").content.decode()
    for said in ("정마루", "왜 두나요", "얼마나 두나요", "내 자료를 열람한 기록"):
        assert said in page, said
    assert "햇살돌봄" not in page
    folder = zipfile.ZipFile(io.BytesIO(client.get("/me/data.zip").content))
    data = json.loads(folder.read("data.json"))
    tables = {held["table"]: held for held in data["held"]}
    assert {"parties.Party", "parties.Person", "memberships.Membership", "kernel.Read"} <= set(
        tables
    )
    assert all(held["why"] and held["rows"] for held in data["held"])
    assert "36" in tables["memberships.Membership"]["until"]
    for held in data["held"]:
        text = folder.read(f"{held['title']}.csv").decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(text)))) == len(held["rows"])
    assert any("회원 카드" in one["what"] for one in data["reads_by_others"])
    assert "햇살돌봄" not in json.dumps(data, ensure_ascii=False)
    assert client_of("visitor").get("/me/data/").status_code == 302


def test_who_signed_or_sponsored_finds_it_among_the_own_data(cast, act, furniture, client_of):
    given = {"application_id": furniture.stepwise_id, "step": "sponsors", "text": "믿을 만합니다."}
    assert "믿을 만합니다." not in client_of("member").get("/me/data/").content.decode()
    memberships.sponsor_application(
        act("secretariat"), party_id=cast.member, on_paper=True, **given
    )
    page = client_of("member").get("/me/data/").content.decode()
    assert "믿을 만합니다." in page and "하나" in page
    admitted = memberships.complete_admission(
        act("secretariat"), application_id=furniture.approved_id, amount_won=10_000
    )
    own = Act(admitted.party_id, act("secretariat").at, uuid4(), "web")
    [steps] = [
        held for held in taken_along(own, own.actor_id) if held["table"] == "memberships.StepNote"
    ]
    assert {"papers", "pledge", "sponsors"} == {row["단계"] for row in steps["rows"]}
    words = [
        dict(row)
        for held in holdings_of(own, own.actor_id, limit=20)
        if held.title.startswith("가입 절차")
        for row in held.rows
    ]
    assert any("이름: 두리" in said for row in words for said in row.values()), words


def test_all_that_is_held_is_asked_for_in_one_question(cast, client_of, act, furniture):
    for role in ("member", "representative", "secretariat"):
        client = client_of(role)
        for address, most in (("/me/data/", 20), ("/me/data.zip", 30)):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            assert len(asked) <= most, (role, address)


def test_one_question_says_the_same_as_the_rows_themselves(cast, act, furniture):
    found = 0
    for person_id in (cast.member, cast.representative, cast.secretary, cast.organisation):
        rows = rows_of(REGISTRY, person_id)
        assert rows.keys() == {held.model for held in REGISTRY}
        for held in REGISTRY:
            columns = held.columns
            told = held.about(person_id).order_by("pk").values_list(*columns.values())
            assert rows[held.model] == [dict(zip(columns, one, strict=True)) for one in told]
            assert rows_of([held], person_id, 1)[held.model] == rows[held.model][:1]
            found += len(rows[held.model])
    assert found > 40


def test_every_kind_of_read_has_words():
    """Who reads my data is told in words, not by the name of a query."""
    root = Path(dure.__file__).parent
    said = {
        re.findall(r"[a-z_]+\.[a-z_]+", ast.unparse(call.args[2]))[0]
        for file in root.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in ("note_read", "open_file")
        and not isinstance(call.args[2], ast.Name)  # passed on: said by whoever calls
    }
    assert len(said) > 20
    assert said == READS.keys()


def test_a_read_is_told_in_words(cast, client_of, act):
    note_read(act("secretariat"), cast.member, "memberships.application 2026-0012")
    page = client_of("member").get("/me/").content.decode()
    assert "가입 신청서 2026-0012" in page
