from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class Config(AppConfig):
    name = "dure.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import triggers

        post_migrate.connect(_remake_triggers, sender=self, dispatch_uid="dure.kernel.triggers")
        register(triggers.check_triggers, Tags.database)


def _remake_triggers(using: str = "default", **kwargs: Any) -> None:
    """Django rebuilds a SQLite table when it alters it and silently loses its triggers."""
    from django.db import connections

    from . import triggers

    triggers.install(connections[using])
