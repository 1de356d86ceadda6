"""The door pattern of the API: every operation makes its act here, and answers refusals alike.

    router = Router(tags=["ledger"])

    @router.post("/entries", operation_id="post_entry", response=EntryOut)
    def post_entry(request: HttpRequest, given: EntryIn) -> Any:
        return commands.post_entry(act_of_api(request), **given.dict())

Refusals become application/problem+json in the site's root. `Page` is the one shape of lists.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dure.kernel.acts import Act
from dure.kernel.refusals import InvalidInput

KEY_HEADER = "Idempotency-Key"
PAGE_MAX = 500


class NotAKey(InvalidInput):
    """The idempotency key of a request is a UUID, made by the caller."""

    text = _("The header Idempotency-Key must be a UUID.")


def act_of_api(request: HttpRequest) -> Act:
    """The act of this request: the site has found out who, when and in which standing.

    The key is the header Idempotency-Key: the same key with the same input answers with the first
    result. Raises NotAKey.
    """
    return Act(
        actor_id=request.person_id,  # type: ignore[attr-defined]
        at=request.at,  # type: ignore[attr-defined]
        key=_key_of(request),
        via="api",
        standing=request.standing,  # type: ignore[attr-defined]
    )


def _key_of(request: HttpRequest) -> UUID:
    given = request.headers.get(KEY_HEADER, "")
    if not given:
        return uuid4()
    try:
        return UUID(given)
    except ValueError as error:
        raise NotAKey from error
