from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What people report about pages, and the moderators' one queue."""

    name = "reports"

    def ready(self) -> None:
        from reports.queries.pages import register_pages

        register_pages()
