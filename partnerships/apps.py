from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """What organisations agree to do together, and what becomes of it."""

    name = "partnerships"

    def ready(self) -> None:
        from notifications.kinds import register
        from partnerships.about import register_partnerships
        from partnerships.domain.telling import KIND
        from partnerships.listening import subscribe_all

        register_partnerships()
        register(KIND)
        subscribe_all()
