"""Every page of the room by every role; the wizard of an import; the directory without log-in."""

import io
from functools import partial

import pytest
from django.urls import reverse

from dure.domains.parties import commands, queries
from dure.domains.parties.rules.imports import chunks
from dure.kernel.models import Read

ROLES = ("visitor", "member", "representative", "secretariat", "bookkeeper", "administrator", "open_administrator")  # fmt: skip
KEEPERS = {"secretariat", "open_administrator"}


@pytest.fixture
def page_of(client_of, cast):
    clients = {}

    def get(role, url, **given):
        if role not in clients:
            clients[role] = client_of(role)
        return clients[role].get(url, **given)

    return get


def pages(cast):
    """url → the roles that may see it."""
    office = KEEPERS | {"bookkeeper"}
    own = cast.organisation
    return {
        reverse("directory:directory"): set(ROLES),
        reverse("directory:directory") + "?q=돌봄&region=11&openness=O": set(ROLES),
        reverse("directory:organisation", args=[own]): set(ROLES),
        reverse("parties:parties"): office | {"representative"},
        reverse("parties:parties") + "?q=햇살&region=11": office | {"representative"},
        reverse("parties:party", args=[own]): office | {"representative"},
        reverse("parties:party", args=[cast.member]): office | {"member"},
        reverse("parties:people"): office,
        reverse("parties:add_organisation"): KEEPERS,
        reverse("parties:add_person"): KEEPERS,
        reverse("parties:change_organisation", args=[own]): KEEPERS | {"representative"},
        reverse("parties:change_person", args=[cast.member]): KEEPERS | {"member"},
        reverse("parties:erase_person", args=[cast.member]): {"open_administrator"},
        reverse("parties:designate_organisation", args=[own]): KEEPERS,
        reverse("parties:name_representative", args=[own]): KEEPERS,
        reverse("parties:record_bank_account", args=[own]): office | {"representative"},
        reverse("parties:duplicates"): KEEPERS,
        reverse("parties:import_parties"): KEEPERS,
        reverse("parties:offices"): office,
        reverse("parties:appoint_staff"): {"open_administrator"},
        reverse("parties:change_network"): KEEPERS,
        reverse("parties:publish_consent_text"): KEEPERS,
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_page_by_every_role(role, page_of, cast):
    wrong = []
    for url, allowed in pages(cast).items():
        response = page_of(role, url)
        expected = (200,) if role in allowed else (302, 403, 404)
        if response.status_code not in expected:
            wrong.append((url, response.status_code))
    assert not wrong


@pytest.mark.parametrize("name", ["directory:directory", "parties:parties", "parties:people"])
def test_lists_need_few_statements_whatever_their_length(
    name, page_of, cast, act, django_assert_max_num_queries
):
    for number in range(60):
        commands.add_organisation(
            act("secretariat"),
            name=f"마을기업 {number}",
            is_published=True,
            designations=("network",),
        )
        commands.add_person(act("secretariat"), name=f"이름 {number}", email=f"a{number}@b.kr")
    page_of("secretariat", reverse(name))
    with django_assert_max_num_queries(14):
        assert page_of("secretariat", reverse(name)).status_code == 200


def test_an_organisation_is_added_in_the_browser(client_of, cast):
    client = client_of("secretariat")
    url = reverse("parties:add_organisation")
    given = {"name": "햇살돌봄", "business_number": "124-81-00999", "region_code": "11215"}
    wrong = client.post(url, given)
    assert wrong.status_code == 422 and "124-81-00999" in wrong.content.decode()
    given["business_number"] = "124-81-00998"
    shown = client.post(url, given)
    assert shown.status_code == 200 and "햇살돌봄 사회적협동조합" in shown.content.decode()
    confirmed = shown.context["confirmed"]
    done = client.post(url, {**given, "confirmed": confirmed})
    assert done.status_code == 302
    card = queries.search_parties("햇살돌봄")
    assert len(card) == 2


def test_a_representative_changes_the_own_organisation(client_of, cast):
    client = client_of("representative")
    url = reverse("parties:change_organisation", args=[cast.organisation])
    page = client.get(url)
    assert "business_number" not in page.content.decode()
    done = client.post(url, {"offers": "방문요양", "phone": "02-461-9390", "openness": "O"})
    assert done.status_code == 302, done.content.decode()[:2000]
    assert queries.organisation_card(cast.organisation).offers == "방문요양"
    again = client.post(url, {"offers": "방문요양", "phone": "02-461-9390", "openness": "O"})
    assert again.status_code == 409


def test_the_directory_masks_mobiles_and_hides_the_unpublished(act, client, cast):
    hidden = commands.add_organisation(act("secretariat"), name="숨은 조직", phone="010-3997-4662")
    url = reverse("directory:organisation", args=[hidden.pk])
    assert client.get(url).status_code == 404
    commands.change_organisation(
        act("secretariat"), organisation_id=hidden.pk, changes=(("is_published", True),)
    )
    for address in (
        url,
        reverse("directory:directory"),
        reverse("directory:directory") + "?as=csv",
    ):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert "010-3997-4662" not in body.decode() and "4662" in body.decode()
    answer = client.get("/api/v1/parties/directory", {"q": "숨은"}).json()
    assert answer["count"] == 1 and answer["items"][0]["phone"] == "010-****-4662"


def test_a_merged_organisation_leads_to_the_kept_one(act, client, cast):
    twin = commands.add_organisation(act("secretariat"), name="햇살돌봄", is_published=True)
    commands.merge_parties(act("secretariat"), kept_id=cast.organisation, duplicate_id=twin.pk)
    response = client.get(reverse("directory:organisation", args=[twin.pk]))
    assert response.status_code == 301 and str(cast.organisation) in response["Location"]


def test_reading_people_is_logged(page_of, cast):
    before = Read.objects.count()
    page_of("secretariat", reverse("parties:people"))
    page_of("secretariat", reverse("parties:party", args=[cast.member]))
    assert Read.objects.filter(actor_id=cast.secretary).count() >= 2
    assert Read.objects.count() > before


def upload(client, text, name="조직.csv"):
    file = io.BytesIO(text.encode("cp949"))
    file.name = name
    return client.post(reverse("parties:import_parties"), {"file": file})


def test_the_import_wizard(client_of, cast):
    client = client_of("secretariat")
    text = "상호이름,소재,비고\n달빛,서울 광진구,02-111-2222\n바람,없는곳,x\n"
    staged = upload(client, text)
    assert staged.status_code == 302
    url = staged["Location"]
    page = client.get(url).content.decode()
    assert "달빛" in page
    columns = {"column_0": "name", "column_1": "region_code", "column_2": "phone", "publish": "on"}
    assert client.post(url, columns).status_code == 302
    shown = client.get(url).content.decode()
    assert "B3" in shown and "C3" in shown
    twice = client.post(url, {**columns, "column_2": "name"})
    assert twice.status_code == 422
    accept = url + "accept/"
    assert client.get(accept).status_code == 302
    assert client.post(accept).status_code == 302
    done = client.get(url).content.decode()
    assert "B3" in done
    assert queries.search_parties("달빛")
    assert client.post(accept).status_code == 409
    assert client.get(reverse("parties:import_parties")).status_code == 200


def test_a_staged_file_can_be_discarded(client_of, cast):
    client = client_of("secretariat")
    url = upload(client, "기관명,지역\n달빛,서울\n")["Location"]
    assert client.post(url + "discard/").status_code == 302
    assert not queries.search_parties("달빛")
    for broken in ("", "\x00\x01"):
        assert upload(client, broken).status_code == 422


def test_a_large_file_is_taken_in_parts(client_of, cast, monkeypatch):
    from dure.domains.parties.pages import imports as pages_imports

    monkeypatch.setattr(pages_imports, "CHUNKS_AT_ONCE", 1)
    monkeypatch.setattr(pages_imports, "chunks", partial(chunks, size=2))
    client = client_of("secretariat")
    rows = "\n".join(f"마을{i},서울" for i in range(5))
    url = upload(client, f"기관명,지역\n{rows}\n")["Location"]
    for _turn in range(3):
        assert client.post(url + "accept/").status_code == 302
        assert client.get(url).status_code == 200
    assert len(queries.search_parties("마을", limit=50)) == 5


def test_duplicates_are_merged_in_the_browser(client_of, act, cast):
    twin = commands.add_organisation(act("secretariat"), name="햇살돌봄")
    client = client_of("secretariat")
    assert "햇살돌봄" in client.get(reverse("parties:duplicates")).content.decode()
    url = reverse("parties:merge_parties", args=[cast.organisation, twin.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert queries.resolve(twin.pk) == cast.organisation


def test_staff_is_appointed_and_ended_in_the_browser(client_of, cast):
    client = client_of("open_administrator")
    url = reverse("parties:appoint_staff")
    given = {"person_id": "정마루", "office": "loan_officer", "from_date": "2026.11.1"}
    assert client.post(url, given).status_code == 302
    unknown = client.post(url, {**given, "person_id": "없는이"})
    assert unknown.status_code == 422
    page = client.get(reverse("parties:offices")).content.decode()
    assert "정마루" in page
