from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "dure.domains.self_help"
    verbose_name = _("Self-help funds of others")
    default_auto_field = "django.db.models.BigAutoField"
