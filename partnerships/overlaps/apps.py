from django.apps import AppConfig


class OverlapsConfig(AppConfig):
    """What two initiatives are to each other, and why."""

    name = "partnerships.overlaps"
    label = "overlaps"

    def ready(self) -> None:
        from accounts import leaving
        from initiatives.events import InitiativesChanged, InitiativesMerged
        from notifications import kinds
        from notifications.announcing import subscribe
        from organisations.events import MembershipEnded
        from partnerships.events import TogetherChanged
        from partnerships.overlaps import held
        from partnerships.overlaps.about import register_pairs
        from partnerships.overlaps.domain import parting
        from partnerships.overlaps.domain.agreeing import follow_partnerships
        from partnerships.overlaps.domain.lapsing import follow_leaving
        from partnerships.overlaps.domain.merging import follow_merge
        from partnerships.overlaps.domain.profiling import follow_initiatives
        from partnerships.overlaps.domain.telling import KIND

        register_pairs()
        held.register_all()
        leaving.register(leaving.Closer("partnerships.overlaps", parting.close))
        kinds.register(KIND)
        subscribe(InitiativesChanged, follow_initiatives)
        subscribe(InitiativesMerged, follow_merge)
        subscribe(MembershipEnded, follow_leaving)
        subscribe(TogetherChanged, follow_partnerships)
