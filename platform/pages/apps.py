from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The CMS: home, guidance, news, navigation."""

    name = "pages"

    def ready(self) -> None:
        from pages.reported import register_reported

        register_reported()
