from django.apps import AppConfig


class ChainsConfig(AppConfig):
    """Initiatives after which nothing takes up the same people in the same place, and starts that nobody feeds."""

    name = "partnerships.chains"
    label = "chains"
