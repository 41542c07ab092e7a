from django.apps import AppConfig


class OverlapsConfig(AppConfig):
    """What two initiatives are to each other, and why."""

    name = "partnerships.overlaps"
    label = "overlaps"
