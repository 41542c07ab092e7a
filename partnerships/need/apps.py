from django.apps import AppConfig


class NeedConfig(AppConfig):
    """How much a place needs, as published indices have it."""

    name = "partnerships.need"
    label = "need"
