from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """What organisations agree to do together, and what becomes of it."""

    name = "partnerships"
