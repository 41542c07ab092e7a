from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """A place over time: how many reached it each month, and what opened, ended and changed."""

    name = "partnerships.history"
    label = "history"

    def ready(self) -> None:
        from accounts import leaving
        from notifications.kinds import register
        from partnerships.history import held
        from partnerships.history.domain import parting
        from partnerships.history.domain.telling import KIND

        held.register_all()
        leaving.register(leaving.Closer("partnerships.history", parting.close))
        register(KIND)
