"""The desk: what waits for a hand today, and the figures beside it. Pure descriptions, no pages."""

from __future__ import annotations
