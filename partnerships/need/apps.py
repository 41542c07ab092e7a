from django.apps import AppConfig


class NeedConfig(AppConfig):
    """How much a place needs, as published indices have it."""

    name = "partnerships.need"
    label = "need"

    def ready(self) -> None:
        from partnerships.need import held

        held.register_all()
