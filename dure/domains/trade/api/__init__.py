"""Mutual trade over HTTP."""

from ninja import Router

from . import clearing, deals, fund, orders

router = Router(tags=["trade"])
router.add_router("", deals.router)
router.add_router("", fund.router)
router.add_router("", clearing.router)
router.add_router("", orders.router)
