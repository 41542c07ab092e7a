from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """What exists in a place at each stage and transition of a life, and what is known not to."""

    name = "partnerships.coverage"
    label = "coverage"

    def ready(self) -> None:
        from accounts import leaving
        from initiatives.events import InitiativesChanged
        from notifications.announcing import subscribe
        from partnerships.coverage import held
        from partnerships.coverage.domain import parting
        from partnerships.coverage.domain.tallying import follow_initiatives

        held.register_all()
        leaving.register(leaving.Closer("partnerships.coverage", parting.close))
        subscribe(InitiativesChanged, follow_initiatives)
