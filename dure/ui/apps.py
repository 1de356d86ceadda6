from django.apps import AppConfig


class Config(AppConfig):
    name = "dure.ui"
    label = "ui"
    verbose_name = "Dure's look and manners"
