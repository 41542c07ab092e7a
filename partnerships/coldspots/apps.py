from django.apps import AppConfig


class ColdspotsConfig(AppConfig):
    """Where the need is great and little reaches it, and what similar places do there. It keeps no rows."""

    name = "partnerships.coldspots"
    label = "coldspots"
