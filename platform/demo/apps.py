from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Made-up organisations in real places, and the command that serves them."""

    name = "demo"
