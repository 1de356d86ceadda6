"""The API and the command line of the room: the same verbs by other doors."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from dure.domains.parties import cli, commands, queries
from dure.domains.parties.models import Organisation
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Refusal
from dure.ui.doors import set_cli_act
from tests.conftest import NOW

API = "/api/v1/parties"


def send(client, method, url, given=None, key=None):
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.generic(
        method, API + url, json.dumps(given or {}), content_type="application/json", headers=headers
    )


def test_an_organisation_lives_its_life_through_the_api(client_of, cast):
    client = client_of("secretariat")
    key = uuid4()
    given = {"name": "바람", "region_code": "서울 광진구", "designations": ["network"]}
    made = send(client, "POST", "/organisations", given, key)
    assert made.status_code == 201
    again = send(client, "POST", "/organisations", given, key)
    assert again.json() == made.json()
    assert send(client, "POST", "/organisations", {**given, "name": "x"}, key).status_code == 409
    number = made.json()["id"]
    url = f"/organisations/{number}"
    assert send(client, "PATCH", url, {"offers": "반찬", "workers": 3}).status_code == 200
    full = client.get(API + url).json()
    assert (full["offers"], full["workers"], full["region"]) == ("반찬", 3, "서울 광진구")
    wrong = send(client, "PATCH", url, {"business_number": "124-81-00999"})
    assert wrong.status_code == 422 and wrong.headers["Content-Type"] == "application/problem+json"
    assert send(client, "PATCH", url, {"offers": "반찬"}).status_code == 409
    named = send(
        client,
        "POST",
        f"{url}/representatives",
        {"person_id": cast.member, "from_date": "2026-11-20"},
    )
    assert named.status_code == 201
    ended = send(
        client, "POST", f"/representatives/{named.json()['id']}/end", {"until_date": "2026-12-01"}
    )
    assert ended.json()["until_date"] == "2026-12-01"
    kind = send(client, "POST", f"{url}/designations", {"kind": "village_enterprise"})
    assert kind.status_code == 201
    over = send(
        client, "POST", f"/designations/{kind.json()['id']}/end", {"until_date": "2026-12-01"}
    )
    assert over.status_code == 200


def test_people_and_merges_through_the_api(client_of, cast):
    client = client_of("secretariat")
    one = send(client, "POST", "/people", {"name": "가람", "email": "g@example.kr"}).json()["id"]
    two = send(client, "POST", "/people", {"name": "가람"}).json()["id"]
    assert send(client, "PATCH", f"/people/{one}", {"phone": "02-111-2222"}).status_code == 200
    assert client.get(f"{API}/people/{one}").json()["phone"] == "02-111-2222"
    assert {p["id"] for p in client.get(f"{API}/search", {"q": "가람"}).json()} >= {one, two}
    assert send(client, "POST", "/merge", {"kept_id": one, "duplicate_id": two}).status_code == 200
    assert send(client, "POST", "/merge", {"kept_id": one, "duplicate_id": two}).status_code == 404


def test_others_are_refused_by_the_api(client_of, cast):
    visitor, member = client_of("visitor"), client_of("member")
    assert visitor.get(f"{API}/directory").status_code == 200
    assert visitor.get(f"{API}/directory/{cast.organisation}").json()["name"].startswith("햇살")
    assert visitor.get(f"{API}/directory/999999").status_code == 404
    for client, statuses in ((visitor, (401, 403)), (member, (403,))):
        assert send(client, "POST", "/organisations", {"name": "x"}).status_code in statuses
        assert client.get(f"{API}/search", {"q": "가"}).status_code in statuses
        assert client.get(f"{API}/people/{cast.secretary}").status_code in statuses


@pytest.mark.parametrize("asks", ["?page=0", "?per_page=99999", "?page=x", "?q=" + "가" * 200])
def test_bad_questions_are_named(client, cast, asks):
    assert client.get(f"{API}/directory{asks}").status_code == 422


# -- the command line ------------------------------------------------------------------------


@pytest.fixture
def run(db):
    def dure(*words):
        set_cli_act(Act(None, NOW, uuid4(), "cli", frozenset({Capacity("operator")})))
        return CliRunner().invoke(cli.group, [str(word) for word in words], catch_exceptions=True)

    return dure


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "조직.csv"
    path.write_bytes("상호,지역,대표 전화\n햇살,서울,02-111-2222\n달빛,없는곳,\n".encode("cp949"))
    return path


def test_import_previews_by_default_and_accepts_when_told(run, file):
    seen = json.loads(run("import", file).stdout)
    assert (seen["read"], seen["new"], seen["changed"], seen["same"]) == (2, 1, 0, 0)
    assert seen["rejected"][0]["row"] == 3 and seen["rejected"][0]["cell"] == "B3"
    assert not Organisation.objects.exists()
    assert json.loads(run("import", file, "--preview").stdout) == seen
    assert json.loads(run("import", file, "--accept").stdout)["new"] == 1
    again = json.loads(run("import", file, "--accept", "--progress").stdout)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 1)
    assert not Organisation.objects.get().is_published


def test_columns_and_publishing_can_be_chosen(run, file):
    assert run("import", file, "--accept", "--map", "대표 전화=fax", "--publish").exit_code == 0
    one = Organisation.objects.get()
    assert (one.fax, one.phone, one.is_published) == ("02-111-2222", "", True)
    assert isinstance(run("import", file, "--map", "없음=fax").exception, cli.NoSuchField)
    assert isinstance(run("import", file, "--map", "지역=wizard").exception, Refusal)
    assert run("import", "/no/such/file").exit_code == 2


def test_a_begun_import_goes_on(run, file, monkeypatch):
    def dies(*args, **given):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(commands, "accept_import", dies)
        assert isinstance(run("import", file, "--accept").exception, RuntimeError)
    assert json.loads(run("import", file, "--accept").stdout)["new"] == 1


def test_list_and_export(run, file, tmp_path):
    run("import", file, "--accept", "--publish", "--kind", "network")
    rows = json.loads(run("list", "--format", "json").stdout)
    assert [row["name"] for row in rows] == ["햇살"]
    assert "햇살" in run("list", "--region", "서울").stdout
    assert json.loads(run("list", "--search", "달빛", "--format", "json").stdout) == []
    sse = run("export", "--as", "sse").stdout.splitlines()
    assert sse[0].split(",") == list(queries.SSE_COLUMNS) and len(sse) == 2
    for kind in ("csv", "xlsx"):
        out = tmp_path / f"명부.{kind}"
        assert run("export", "--as", kind, "--out", out).exit_code == 0
        back = json.loads(run("import", out).stdout)
        assert (back["same"], back["changed"], back["rejected"]) == (1, 0, [])
