from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring; being an app lets its system checks and error pages be found."""

    name = "config"
