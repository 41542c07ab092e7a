from typing import Any

from django.apps import AppConfig
from django.db.models import Model, ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _


class OrganisationsConfig(AppConfig):
    """Who acts: organisations, their people and their identifiers."""

    name = "organisations"

    def ready(self) -> None:
        from accounts import leaving
        from accounts.models import User
        from notifications.announcing import subscribe
        from notifications.events import AddressFailed
        from organisations import held
        from organisations.domain import parting
        from organisations.domain.claiming import follow_details, follow_owner
        from organisations.events import OrganisationEntered, OrganisationsChanged, OwnerLeft
        from organisations.listening import on_address_failed, on_entered
        from organisations.queries import organisations_left_without_owner
        from organisations.reported import register_reported

        held.register_all()
        leaving.register(leaving.Closer("organisations", parting.close, parting.says))
        register_reported()
        subscribe(OrganisationsChanged, follow_details)
        subscribe(OwnerLeft, follow_owner)
        subscribe(OrganisationEntered, on_entered)
        subscribe(AddressFailed, on_address_failed)

        # Django's own event: accounts lies below and cannot ask, and whichever door deletes a person comes by here.
        def keep_last_owners(sender: Any, instance: User, **_kwargs: Any) -> None:
            alone = set(organisations_left_without_owner(instance)[:20])
            if alone:
                names = ", ".join(sorted(one.name for one in alone))
                sentence = _("The only owner of %(names)s: make someone else an owner first.") % {"names": names}
                raise ProtectedError(sentence, set[Model](alone))

        pre_delete.connect(keep_last_owners, sender=User, weak=False, dispatch_uid="keep last owners")
