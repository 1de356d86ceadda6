"""The books over the JSON API. Accounts and funds by code or name; money in whole won."""

from . import business, reading, writing
from .root import router

__all__ = ["business", "reading", "router", "writing"]
