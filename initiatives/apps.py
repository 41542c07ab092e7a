from typing import Any

from django.apps import AppConfig
from django.db.models import Q
from django.db.models.signals import pre_delete


class InitiativesConfig(AppConfig):
    """The registry: what is done, for whom, where."""

    name = "initiatives"

    def ready(self) -> None:
        from wagtail.signals import published, unpublished

        from accounts import leaving
        from initiatives import held
        from initiatives.about import register_initiatives
        from initiatives.domain import parting
        from initiatives.domain.following import follow_merge
        from initiatives.domain.listing import relist, unlist
        from initiatives.listening import on_address_failed
        from initiatives.models import Initiative
        from initiatives.reported import register_reported
        from notifications.announcing import subscribe
        from notifications.events import AddressFailed
        from organisations.events import OrganisationsChanged, OrganisationsMerged

        register_initiatives()
        held.register_all()
        leaving.register(leaving.Closer("initiatives", parting.close))
        register_reported()

        # Wagtail's and Django's own events: whichever door a version was published or deleted through, the
        # lists follow in the same transaction.
        def follow(sender: Any, instance: Initiative, **_kwargs: Any) -> None:
            relist([instance.pk])

        def forget(sender: Any, instance: Initiative, **_kwargs: Any) -> None:
            unlist([instance.pk])

        published.connect(follow, sender=Initiative, weak=False, dispatch_uid="list published initiatives")
        unpublished.connect(follow, sender=Initiative, weak=False, dispatch_uid="unlist unpublished initiatives")
        pre_delete.connect(forget, sender=Initiative, weak=False, dispatch_uid="unlist deleted initiatives")

        def relist_led(event: OrganisationsChanged) -> None:
            if event.renamed:
                names = Q(lead_organisation__in=event.ids) | Q(partners__organisation__in=event.ids)
                relist(list(Initiative.objects.filter(names).order_by("pk").values_list("pk", flat=True).distinct()))

        subscribe(OrganisationsChanged, relist_led)
        subscribe(OrganisationsMerged, follow_merge)
        subscribe(AddressFailed, on_address_failed)
