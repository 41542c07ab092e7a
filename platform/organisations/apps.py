from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Who acts: organisations, their people and their identifiers."""

    name = "organisations"
