"""Schemathesis throws what the document allows, and what it does not, at every operation.

It finds crashes (5xx), undocumented statuses and answers of another shape. Bounded, and the same
inputs every time: the net under the hand-written tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from dure.site.api import document
from dure.site.forms import scopes_known
from tests.cast import Cast
from tests.conftest import MakeAct

ClientOf = Callable[[str], Client]

schema = schemathesis.openapi.from_dict(document())


@pytest.fixture
def caller(act: MakeAct, cast: Cast, client_of: ClientOf) -> Iterator[Callable[[Any], None]]:
    """Sends a case as the secretariat's program, straight to the WSGI application.

    As Django's own test client does, the end of a request does not close the test's connection.
    """
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    from dure.domains.parties.commands import access as commands
    from dure.site.access_pages import new_token

    client_of("visitor")
    token, digest, prefix = new_token()
    commands.issue_token(
        act(actor_id=cast.secretary),
        account_id=cast.accounts["secretariat"],
        name="fuzz",
        scopes=tuple(scopes_known()),
        digest=digest,
        prefix=prefix,
    )

    def send(case: Any) -> None:
        from dure.site.wsgi import application

        case.call_and_validate(
            app=application,
            headers={"Authorization": f"Bearer {token}", "Host": "testserver"},
            checks=[
                checks.not_a_server_error,
                checks.status_code_conformance,
                checks.content_type_conformance,
                checks.response_schema_conformance,
            ],
        )

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield send
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_breaks(case: Any, caller: Callable[[Any], None]) -> None:
    caller(case)
