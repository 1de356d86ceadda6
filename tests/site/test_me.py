"""My page, an organisation's page, the first page and the guide: by role, and what they give."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from dure.domains.parties import commands as parties, queries
from dure.site import guide


@pytest.fixture
def text(cast, act):
    return parties.publish_consent_text(
        act("secretariat"),
        purpose="news",
        title="소식 받기 동의",
        text="소식을 보냅니다.",
        from_date=act("secretariat").today,
    )


def test_everybody_has_a_page_of_their_own_and_visitors_are_asked_to_log_in(cast, client_of):
    for role in ("member", "representative", "secretariat", "bookkeeper", "administrator"):
        assert client_of(role).get("/me/").status_code == 200, role
    assert client_of("visitor").get("/me/").status_code == 302
    member = client_of("member").get("/me/").content.decode()
    assert "정마루" in member and "햇살돌봄" not in member
    assert "햇살돌봄" in client_of("representative").get("/me/").content.decode()


def test_a_consent_is_given_and_withdrawn(cast, client_of, text, act):
    client = client_of("member")
    assert "소식 받기 동의" in client.get("/me/").content.decode()
    assert client.post(f"/me/consents/{text.pk}/give/").status_code == 302
    assert queries.has_consented(cast.member, "news")
    given = queries.consents_of(act("member", actor_id=cast.member), cast.member)[0]
    others = client_of("representative").post(f"/me/consents/{given.id}/withdraw/")
    assert others.status_code == 403
    assert client.post(f"/me/consents/{given.id}/withdraw/").status_code == 302
    assert not queries.has_consented(cast.member, "news")


def test_all_that_is_kept_about_me_comes_in_one_file(cast, client_of):
    answer = client_of("member").get("/me/data.zip")
    assert answer.status_code == 200
    folder = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(folder.read("data.json"))
    assert data["person"]["name"] == "정마루"
    assert data["memberships"][0]["number"]
    assert folder.read("memberships.csv").decode("utf-8-sig").splitlines()[0].startswith("id,")
    assert "햇살돌봄" not in json.dumps(data, ensure_ascii=False)
    assert client_of("visitor").get("/me/data.zip").status_code == 302


def test_an_organisation_opens_for_those_who_speak_for_it(cast, client_of):
    address = f"/organisation/{cast.organisation}/"
    for role, status in (
        ("representative", 200),
        ("secretariat", 200),
        ("bookkeeper", 200),
        ("member", 403),
        ("visitor", 302),
    ):
        assert client_of(role).get(address).status_code == status, role
    assert "최다온" in client_of("representative").get(address).content.decode()
    assert client_of("secretariat").get("/organisation/999999/").status_code == 404


def test_the_first_page_leads_each_to_their_day(cast, client_of):
    front = client_of("visitor").get("/")
    assert front.status_code == 200
    assert "한울 사회연대경제 네트워크" in front.content.decode()
    assert client_of("secretariat").get("/").headers["Location"] == "/desk/"
    assert client_of("member").get("/").headers["Location"] == "/me/"


def test_whoever_comes_reads_the_guide_and_the_privacy_notice(cast, client_of):
    for role in ("visitor", "member", "secretariat"):
        client = client_of(role)
        for address in ("/help/", "/about/", "/privacy/"):
            assert client.get(address).status_code == 200, (role, address)
    assert client_of("visitor").get("/help/nonsense/").status_code == 404
    assert client_of("visitor").get("/help/pictures/../x.png").status_code == 404


def test_every_page_of_the_guide_is_written_and_shown(cast, client_of):
    client = client_of("visitor")
    pages = [slug for _label, slugs in guide.GROUPS for slug in slugs]
    missing = [slug for slug in pages if guide.find(slug, "ko") is None]
    assert missing == []
    for slug in pages:
        page = client.get(f"/help/{slug}/")
        assert page.status_code == 200, slug


def test_links_and_pictures_of_the_guide_lead_somewhere():
    for _label, slugs in guide.GROUPS:
        for slug in slugs:
            page = guide.find(slug, "ko")
            assert page is not None
            body = str(page.body)
            assert 'href="#"' not in body, slug
            for name in _all(body, "/help/pictures/"):
                assert guide.picture(name) is not None, (slug, name)
            for other in _all(body, 'href="/help/'):
                assert guide.find(other.rstrip("/").partition("/")[0], "ko"), (slug, other)


def _all(body: str, mark: str) -> list[str]:
    return [part.partition('"')[0] for part in body.split(mark)[1:]]


def test_nothing_written_in_the_guide_is_taken_for_html():
    shown = str(guide.rendered("<script>alert(1)</script>\n\n- [x](javascript:alert) **<b>**"))
    assert "<script" not in shown and "javascript" not in shown and "<b>" not in shown
