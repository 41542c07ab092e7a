from django.apps import AppConfig


class TextsConfig(AppConfig):
    """The lowest room: the field's vocabulary, and how typed text is cleaned, kept and shown."""

    name = "texts"
