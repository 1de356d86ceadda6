"""An election by its doors: the ballot on a page, over HTTP, from the command line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dure.domains.governance import commands, queries
from dure.domains.governance.models import CastVote

pytestmark = pytest.mark.django_db


def test_a_ballot_that_is_none_comes_back_with_everything_marked(furniture, cast, client_of):
    client = client_of("representative")
    url = reverse("governance:mark_ballot", args=[furniture.election_id, cast.organisation])
    page = client.get(url)
    assert page.status_code == 200
    refused = client.post(url, {"marked": ["1", "2"]})
    assert refused.status_code in {400, 422}
    text = refused.content.decode()
    assert "1명까지만 고를 수 있습니다" in text and text.count("checked") == 2
    assert not CastVote.objects.filter(vote=furniture.election_id).exists()
    done = client.post(url, {"marked": ["2"]})
    assert done.status_code == 302
    assert CastVote.objects.get(vote=furniture.election_id).choice == "0001"


def test_a_motion_has_no_ballot_to_mark(furniture, cast, client_of):
    url = reverse("governance:mark_ballot", args=[furniture.vote_id, cast.organisation])
    assert client_of("representative").get(url).status_code == 404


def test_everybody_who_belongs_reads_who_stands(furniture, client_of):
    url = reverse("governance:options", args=[furniture.item_id])
    assert "첫째 토요일" in client_of("member").get(url).content.decode()
    assert client_of("visitor").get(url).status_code in {302, 403}


def test_the_rounds_are_told_as_by_hand():
    assert [queries.in_ballots(one) for one in (0, 100_000, 533_333, 1_250_000, 50)] == [
        "0", "1", "5.33333", "12.5", "0.0005",
    ]  # fmt: skip


def test_marks_from_the_command_line():
    from dure.domains.governance.cli.elections import marks_of

    assert marks_of(("3", "1=2")) == {3: 1, 1: 2}
    with pytest.raises(Exception, match="3=2"):
        marks_of(("drei",))
    assert commands.SecretBallot(1, "", "x").marks == {}
