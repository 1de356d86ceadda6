"""The JSON API of the room."""

from ninja import Router

from . import keeping, register

router = Router(tags=["parties"])
router.add_router("", register.router)
router.add_router("", keeping.router)

__all__ = ["router"]
