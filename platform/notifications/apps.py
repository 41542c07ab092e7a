from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What people are told, kept until it is sent."""

    name = "notifications"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from accounts import leaving
        from notifications import held
        from notifications.domain import parting
        from notifications.domain.reaching import follow_confirmed

        held.register_all()
        leaving.register(leaving.Closer("notifications", parting.close))
        email_confirmed.connect(follow_confirmed, dispatch_uid="notifications.follow_confirmed")
