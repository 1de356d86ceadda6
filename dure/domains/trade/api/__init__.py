"""Mutual trade over HTTP."""

from ninja import Router

from . import deals

router = Router(tags=["trade"])
router.add_router("", deals.router)
