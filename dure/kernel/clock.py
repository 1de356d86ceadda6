"""The only clock. Interfaces read it once and put the answer into the act."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()  # noqa: TID251
