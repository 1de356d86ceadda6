"""The log of deeds says who did it, also when nobody was logged in."""

from __future__ import annotations

from dure.domains.memberships import commands as memberships
from dure.domains.parties import commands as parties
from tests.cast import Cast
from tests.conftest import ClientOf, MakeAct


def test_a_visitor_is_a_visitor_and_not_the_system(
    act: MakeAct, cast: Cast, client_of: ClientOf
) -> None:
    office = client_of("secretariat")
    application = memberships.apply_for_membership(
        act("visitor"), member_class="person", kind="person", name="한새벽", email="h@example.kr"
    )
    page = office.get("/deeds/", {"kind": "memberships.MembershipApplied"}).content.decode()
    assert application.reference in page and "방문자" in page and "시스템" not in page
    parties.give_consent(
        act("system"),
        person_id=cast.member,
        text_id=parties.publish_consent_text(
            act("system"), purpose="news", title="소식", text="…", from_date=act("system").today
        ).pk,
    )
    assert (
        "방문자" in office.get(f"/parties/{cast.member}/").content.decode()
    )  # by the web, unnamed
