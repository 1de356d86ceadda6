"""A gentle limit at the public door: an address sends a few applications an hour."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import Refusal

APPLICATIONS_AN_HOUR = 20


class TooManyApplications(Refusal):
    """One address sends applications faster than people write them."""

    text = _("Too many applications came from your connection within an hour.")
    remedy = _("Try again later, or call the office.")
    status = 429


def not_too_many(request: HttpRequest) -> None:
    """Count an application of a visitor. Raises TooManyApplications."""
    if request.standing:  # type: ignore[attr-defined]
        return
    name = f"apply:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, 3600)
    try:
        count = cache.incr(name)
    except ValueError:  # it ended in this very moment
        count = 1
    if count > APPLICATIONS_AN_HOUR:
        raise TooManyApplications
