"""The books over the JSON API. Accounts and funds by code or name; money in whole won."""

from . import reading, writing
from .root import router

__all__ = ["reading", "router", "writing"]
