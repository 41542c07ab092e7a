"""Propose a partnership: its first version, and the private discussion of its parties."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError
from discussions.domain.opening import Opening, open_thread
from discussions.models import Visibility
from organisations.models import Organisation
from partnerships.about import of_partnership
from partnerships.domain.errors import NotAllowed, PartnershipError
from partnerships.domain.noting import linked
from partnerships.domain.settling import settle
from partnerships.domain.telling import tell_parties
from partnerships.domain.terms import Terms, check
from partnerships.domain.writing import write_version
from partnerships.models import Partnership, VersionKind
from partnerships.permissions import can_act_for
from texts.slugs import at_free_slug, slug_of

RESERVED_SLUGS = frozenset({"new", "calendar", "list.csv"})


@transaction.atomic
def propose(terms: Terms, *, user: User, organisation: Organisation, client_id: str, message: str = "") -> Partnership:
    """A first version, which its sender agrees to; the others are told. Sent twice it is one.

    Raises PartnershipError.
    """
    if not can_act_for(user, organisation):
        raise NotAllowed
    User.objects.select_for_update().get(pk=user.pk)  # the same form sent twice at once
    before = Partnership.objects.filter(opened_by=user, client_id=client_id).first()
    if before is not None:
        return before
    if not organisation.is_public:  # whoever is asked could not even see who asks
        raise PartnershipError(
            _(
                "Others cannot see “%(name)s” yet. Register an initiative that it leads; once a moderator has cleared "
                "that, propose."
            )
            % {"name": organisation.name}
        )
    check(terms)
    if organisation.pk not in {party.organisation_id for party in terms.parties}:
        raise PartnershipError(_("Your own organisation is not among the parties. Add it."))

    def write(slug: str) -> Partnership:
        return Partnership.objects.create(slug=slug, opened_by=user, client_id=client_id)

    base = slug_of(terms.title, otherwise="partnership")
    partnership = at_free_slug(base, Partnership.objects.all(), write, reserved=RESERVED_SLUGS)
    write_version(partnership, terms, kind=VersionKind.PROPOSAL, user=user, organisation=organisation)
    settle(partnership, by=user)
    _open_thread(partnership, terms, user=user, organisation=organisation, message=message)
    log(instance=partnership, action="partnerships.propose", user=user, data={"for": organisation.name, "version": 1})
    title = _("%(name)s proposes a partnership: %(title)s") % {"name": organisation.name, "title": terms.title}
    tell_parties(partnership, title, detail=terms.purpose, but=user)
    return partnership


def _open_thread(
    partnership: Partnership, terms: Terms, *, user: User, organisation: Organisation, message: str
) -> None:
    """For the parties alone. Its first words are the sender's, or a sentence that says where the text is."""
    words = _("We propose a partnership: %(title)s. Agree to it, or say here what you would have otherwise.")
    opening = Opening(
        title=terms.title,
        visibility=Visibility.ORGANISATIONS,
        subject=of_partnership(partnership),
        organisations=partnership.readers.all(),
        is_told=True,
    )
    try:
        post = open_thread(
            opening,
            user=user,
            text=message or words % {"title": linked(partnership, terms.title)},
            client_id=uuid.uuid4().hex,  # under one that could be guessed, a post might wait in another discussion
            organisation=organisation,
        )
    except DiscussionError as error:
        raise PartnershipError(str(error)) from error
    partnership.thread = post.thread
    partnership.save(update_fields=["thread"])
