from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: how they sign in and what they may do."""

    name = "accounts"
