from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: how they sign in and what they may do."""

    name = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from accounts.domain.showing import remember_new_factor
        from accounts.own import register_own

        register_own()
        authenticator_added.connect(remember_new_factor, dispatch_uid="accounts.remember_new_factor")
