"""Mutual aid over HTTP."""

from ninja import Router

from . import campaigns, reserve, solvency, taking_part

router = Router(tags=["mutual_aid"])
router.add_router("", taking_part.router)
router.add_router("", reserve.router)
router.add_router("", solvency.router)
router.add_router("", campaigns.router)
