"""Facts about mutual aid."""

from .plans import AidPlanEnded, AidPlanLaidDown

__all__ = ["AidPlanEnded", "AidPlanLaidDown"]
