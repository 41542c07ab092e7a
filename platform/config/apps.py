from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring; being an app lets its system checks and commands be found."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  importing registers them
