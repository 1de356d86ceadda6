"""Personal data through pages, API and command line: the same commands, the same refusals."""

from __future__ import annotations

import json
from functools import lru_cache
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.urls import reverse

from dure.domains.privacy.cli import group
from dure.domains.privacy.models import Breach
from dure.ui.doors import set_cli_act

NEW = {"what": "명단을 잘못 보냈습니다.", "kinds": ["name"], "people_count": 2,
       "found_at": "2026-11-20T00:00:00+09:00"}  # fmt: skip


@pytest.fixture
def api(client_of):
    client_as = lru_cache(client_of)

    def call(role, method, address, given=None):
        client, url = client_as(role), f"/api/v1/privacy/{address}"
        answer = (
            client.get(url)
            if method == "get"
            else client.post(url, json.dumps(given or {}), content_type="application/json")
        )
        return answer.status_code, answer.json()

    return call


@pytest.fixture
def run(act):
    def call(*words, role="operator"):
        set_cli_act(act(role, via="cli"))
        return CliRunner().invoke(group, list(words), catch_exceptions=False)

    return call


def test_a_breach_by_the_api(cast, api):
    assert api("bookkeeper", "post", "breaches", NEW)[0] == 403
    status, made = api("secretariat", "post", "breaches", NEW)
    assert status == 201 and made["duties"][0]["whom"] == "people"
    one = f"breaches/{made['id']}"
    status, problem = api("secretariat", "post", f"{one}/close")
    assert (status, problem["title"]) == (409, "BreachUntold")
    given = {"person_ids": [cast.member]}
    assert api("secretariat", "post", f"{one}/people", given) == (200, {"count": 1})
    assert api("secretariat", "post", f"{one}/tell") == (200, {"count": 1})
    assert api("secretariat", "post", f"{one}/measures", {"text": "지웠습니다."})[0] == 200
    assert api("secretariat", "post", f"{one}/close")[1]["closed_at"]
    assert api("secretariat", "get", "breaches") == (200, [])
    assert api("secretariat", "get", "breaches/999")[0] == 404


def test_destruction_and_reads_by_the_api(furniture, api):
    status, due = api("secretariat", "get", "due-to-destroy")
    assert status == 200 and {one["kind"] for one in due} >= {"people", "reads"}
    status, run = api("open_administrator", "post", f"destructions/{furniture.destruction_id}/next")
    assert status == 200 and run["destroyed"] == 1
    status, run = api("open_administrator", "post", f"destructions/{furniture.destruction_id}/next")
    assert run["is_done"] and run["paper_id"]
    assert api("secretariat", "post", "destructions")[0] == 403
    status, log = api("secretariat", "get", "reads/2026-11")
    assert status == 200 and log["downloads"]
    given = {"reason": "총회 준비"}
    assert api("bookkeeper", "post", f"downloads/{furniture.read_id}/reason", given)[0] == 200
    assert api("secretariat", "post", "reads/2026-11/confirm")[1]["title"] == "MonthNotOver"
    [waiting] = api("secretariat", "get", "withdrawals")[1]
    settled = api("secretariat", "post", f"withdrawals/{waiting['id']}/settle", {"note": "요청함"})
    assert settled == (200, {"count": 0})


def test_the_command_line_destroys_and_shows(furniture, run):
    shown = run("destroy", "--format", "json")
    assert '"reads"' in shown.output
    done = run("destroy", "--accept", "--format", "json")
    assert done.exit_code == 0 and json.loads(done.stdout)["destroyed"] == 1
    made = run(
        "breach", "record", "--what", "잃음", "--found", "2026-11-20T09:00", "--kind", "name",
        "--format", "json",
    )  # fmt: skip
    number = str(json.loads(made.stdout)["breach_id"])
    assert "39" in run("breach", "show", number).output
    run("breach", "note", number, "찾는 중")
    assert Breach.objects.get(pk=number).steps.count() == 1
    assert run("reads", "2026-11").exit_code == 0


def test_the_pages_lead_through_a_breach(cast, client_of):
    office = client_of("secretariat")
    given = {**NEW, "found_at": "2026-11-20T09:00", "key": uuid4()}
    first = office.post(reverse("privacy:record_breach"), given)
    assert first.status_code == 302
    again = office.post(reverse("privacy:record_breach"), given)
    assert again.headers["Location"] == first.headers["Location"]
    assert Breach.objects.count() == 1
    breach = Breach.objects.get()
    name = reverse("privacy:name_breached_people", args=[breach.pk])
    shown = office.post(name, {"whom": "members", "key": uuid4()})
    assert shown.status_code == 200 and "2명" in shown.content.decode()
    report = office.get(reverse("privacy:breach_report", args=[breach.pk]))
    assert report.content.startswith(b"%PDF")
    closing = office.post(reverse("privacy:close_breach", args=[breach.pk]), {"key": uuid4()})
    assert closing.status_code == 409 and "당사자" in closing.content.decode()
