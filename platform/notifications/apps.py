from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What people are told, kept until it is sent."""

    name = "notifications"

    def ready(self) -> None:
        from accounts import leaving
        from notifications import held
        from notifications.domain import parting

        held.register_all()
        leaving.register(leaving.Closer("notifications", parting.close))
