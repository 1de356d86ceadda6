"""Mutual trade over HTTP."""

from ninja import Router

from . import (
    bars,
    clearing,
    deals,
    fund,
    group_buys,
    importing,
    listings,
    orders,
    pools,
    reading,
    recurring,
)

router = Router(tags=["trade"])
router.add_router("", importing.router)
router.add_router("", deals.router)
router.add_router("", fund.router)
router.add_router("", listings.router)
router.add_router("", clearing.router)
router.add_router("", orders.router)
router.add_router("", bars.router)
router.add_router("", pools.router)
router.add_router("", group_buys.router)
router.add_router("", reading.router)
router.add_router("", recurring.router)
