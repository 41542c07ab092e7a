from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What people are told, kept until it is sent."""

    name = "notifications"
