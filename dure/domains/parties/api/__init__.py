"""The JSON API of the room."""

from ninja import Router

from . import keeping, register, relations

router = Router(tags=["parties"])
router.add_router("", register.router)
router.add_router("", keeping.router)
router.add_router("", relations.router)

__all__ = ["router"]
