from django.apps import AppConfig


class TaggingConfig(AppConfig):
    """Words that converge: what tags mean, what else they are called, which are no longer used."""

    name = "initiatives.tagging"
    label = "tagging"

    def ready(self) -> None:
        from initiatives.tagging import held

        held.register_all()
