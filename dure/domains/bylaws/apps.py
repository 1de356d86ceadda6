from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "dure.domains.bylaws"
    verbose_name = _("Bylaws")
    default_auto_field = "django.db.models.BigAutoField"
