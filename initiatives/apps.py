from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """The registry: what is done, for whom, where."""

    name = "initiatives"
