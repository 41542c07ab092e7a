from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """What organisations agree to do together, and what becomes of it."""

    name = "partnerships"

    def ready(self) -> None:
        from accounts import leaving
        from initiatives.events import InitiativesMerged, InitiativesParted
        from notifications.announcing import subscribe
        from notifications.kinds import register
        from organisations.events import OrganisationsMerged
        from partnerships import held
        from partnerships.about import register_partnerships
        from partnerships.domain import parting
        from partnerships.domain.merging import follow_initiatives, follow_parting, refuse_between_parties
        from partnerships.domain.telling import KIND
        from partnerships.listening import subscribe_all

        subscribe(OrganisationsMerged, refuse_between_parties)
        subscribe(InitiativesMerged, follow_initiatives)
        subscribe(InitiativesParted, follow_parting)
        register_partnerships()
        held.register_all()
        leaving.register(leaving.Closer("partnerships", parting.close, parting.says))
        register(KIND)
        subscribe_all()
