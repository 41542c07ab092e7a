from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What people report about pages, and the moderators' one queue."""

    name = "reports"

    def ready(self) -> None:
        from accounts import leaving
        from reports import held
        from reports.domain import parting
        from reports.queries.pages import register_pages

        held.register_all()
        leaving.register(leaving.Closer("reports", parting.close))
        register_pages()
