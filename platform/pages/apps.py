from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The CMS: home, guidance, news, navigation."""

    name = "pages"
