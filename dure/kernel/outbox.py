"""The outbox: news to the outside, written with the deed and told after the commit.

Each reader has a piece of news of their own, so that what failed for one is told again to nobody
else. It is told at least once: a worker that dies in the telling leaves it waiting. After a failure
it waits longer each time, and after the last it is given up and shown at the desk.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from . import plain
from .models import News

Builder = Callable[[Any], Iterable[Mapping[str, Any]]]
Teller = Callable[[Mapping[str, Any]], None]

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720))
CLAIM_FOR = timedelta(minutes=10)  # how long a worker may take over one piece of news
ADDRESS = re.compile(
    r"[^\s<>'\"]+@[^\s<>'\"]+"
)  # mail servers repeat it; nothing personal stays here

_outgoing: dict[type, tuple[tuple[str, Builder], ...]] = {}
_tellers: dict[str, Teller] = {}
_log = logging.getLogger("dure.outbox")


def wire_outbox(
    outgoing: Mapping[type, tuple[tuple[str, Builder], ...]], tellers: Mapping[str, Teller]
) -> None:
    """Called once, by the site: which events send which news, and who tells each kind."""
    assert not _outgoing, "already wired"
    kinds = {kind for news in outgoing.values() for kind, _ in news}
    assert kinds <= tellers.keys(), f"nobody tells {kinds - tellers.keys()}"
    _outgoing.update(outgoing)
    _tellers.update(tellers)


def sends(event: Any) -> bool:
    """Whether the event may send news."""
    return type(event) in _outgoing


def queue(deed_id: int, at: datetime, event: Any) -> None:
    """Queue the news an event sends: a piece for each payload that its builders answer with.

    With it the teller gets `deed_id`, to read there what may not lie in the outbox.
    """
    News.objects.bulk_create(
        (
            News(
                deed_id=deed_id,
                kind=kind,
                payload=plain.dumps({**payload, "deed_id": deed_id}),
                next_at=at,
            )
            for kind, build in _outgoing.get(type(event), ())
            for payload in build(event)
        ),
        batch_size=1_000,
    )


def tell_due(now: datetime, limit: int = 50) -> int:
    """Tell the news that is due; how many pieces were tried."""
    tried = 0
    for _ in range(limit):
        news = _claimed(now)
        if news is None:
            break
        tried += 1
        _tell(news, now)
    return tried


def _claimed(now: datetime) -> News | None:
    """Take the next due piece: no other worker sees it until the claim ends."""
    with transaction.atomic():
        due = News.objects.filter(state=News.State.WAITING, next_at__lte=now)
        news = due.select_for_update(skip_locked=True).order_by("next_at", "id").first()
        if news:
            news.attempts += 1
            news.next_at = now + CLAIM_FOR
            news.save(update_fields=["attempts", "next_at"])
        return news


def _tell(news: News, now: datetime) -> None:
    try:
        _tellers[news.kind](plain.loads(news.payload))
    except Exception as error:  # noqa: BLE001 - whatever a mail server does, the worker lives on
        _log.warning("news %s (%s) failed: %s", news.pk, news.kind, error)
        news.error = ADDRESS.sub("…@…", f"{type(error).__name__}: {error}")[:1000]
        if news.attempts > len(RETRY_AFTER):
            news.state = News.State.GIVEN_UP
        else:
            news.next_at = now + RETRY_AFTER[news.attempts - 1]
    else:
        news.state, news.done_at, news.error = News.State.DONE, now, ""
    news.save(update_fields=["state", "next_at", "done_at", "error"])


def tell_again(at: datetime, news_id: int | None = None) -> int:
    """Put news that was given up back into the queue: one piece, or all of it. How many."""
    given_up = News.objects.filter(state=News.State.GIVEN_UP)
    if news_id is not None:
        given_up = given_up.filter(pk=news_id)
    return given_up.update(state=News.State.WAITING, attempts=0, next_at=at)


def given_up() -> int:
    """How many pieces of news could not be told."""
    return News.objects.filter(state=News.State.GIVEN_UP).count()
