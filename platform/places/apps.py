from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Nations, regions, authorities and postcodes."""

    name = "places"
