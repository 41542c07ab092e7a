"""What becomes of organisations when somebody closes their account: each keeps an owner, or belongs to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from accounts.domain.closing import unname_entries
from accounts.leaving import CannotClose, Leaving, Said
from accounts.models import User
from notifications.domain.parting import take_words_back, unname_lines
from notifications.models import Notice
from organisations.domain.errors import LastOwner
from organisations.domain.membership import leave_for_good
from organisations.models import Claim, Invitation, JoinRequest, Membership, Merge, MergedRow, Organisation
from organisations.queries import organisations_left_without_owner


def says(user: User) -> Iterable[Said]:
    """Who is the only owner hands over first, where others belong; alone, they leave it to whoever claims it."""
    alone = list(organisations_left_without_owner(user).order_by("name"))
    others = Membership.objects.filter(organisation__in=alone, user__is_active=True).exclude(user=user)
    with_others = set(others.values_list("organisation_id", flat=True))
    for one in alone:
        if one.pk in with_others:
            yield Said(
                _("You are the only owner of %(name)s, and others belong to it.") % {"name": one.name},
                url=reverse("organisation-people", args=[one.slug]),
                link=_("Make somebody else its owner"),
                hinders=True,
            )
        else:
            yield Said(
                _("Nobody else belongs to %(name)s: without you it is nobody’s, and who speaks for it may claim it.")
                % {"name": one.name},
                url=reverse("organisation-people", args=[one.slug]),
                link=_("Invite somebody first"),
            )


def close(leaving: Leaving) -> None:
    """Memberships end as they always do; what was asked or claimed ends, and what is recorded has no name."""
    user = leaving.user
    known = known_to(user)
    for membership in Membership.objects.filter(user=user).select_related("organisation").order_by("organisation"):
        try:
            leave_for_good(membership.organisation, user=user)
        except LastOwner:  # the other owner left at the same moment
            name = membership.organisation.name
            raise CannotClose(_("You are the only owner of %(name)s by now.") % {"name": name}) from None
    taken = MergedRow.objects.filter(column="")  # what a merge took away would come back with its undoing
    taken.filter(Q(before__user_id=user.pk) | Q(before__email__in=sorted(leaving.addresses))).delete()
    requests, claims = JoinRequest.objects.filter(user=user), Claim.objects.filter(user=user)
    take_words_back(leaving, "membership", [row.message for rows in (requests, claims) for row in rows])
    requests.filter(answered_at=None).delete()
    requests.update(message="")
    _unname_lines(leaving, [*claims.values_list("pk", flat=True)], known)
    claims.filter(answered_at=None).delete()
    claims.update(message="")
    to_them = Invitation.objects.filter(email__in=leaving.addresses)
    to_them.filter(accepted_at=None).delete()
    to_them.update(email=leaving.nowhere)
    _unname_log(leaving, known)


def known_to(user: User) -> set[int]:
    """The organisations whose log and people's inboxes may name them; those that are part of one of them, too."""
    found: set[int] = set()
    for model in (Membership, JoinRequest, Claim):
        found.update(model.objects.filter(user=user).values_list("organisation_id", flat=True))
    kind = ContentType.objects.get_for_model(Organisation)
    logged = ModelLogEntry.objects.filter(content_type=kind, user=user).values_list("object_id", flat=True)
    found |= {int(pk) for pk in logged}
    return found | set(Merge.objects.filter(kept__in=found, undone_at=None).values_list("gone_id", flat=True))


def _unname_log(leaving: Leaving, known: set[int]) -> None:
    """Entries name whom they are about: an address is theirs alone; a name is looked for where they were."""
    kind = ContentType.objects.get_for_model(Organisation)
    entries = ModelLogEntry.objects.filter(content_type=kind)
    by_address = entries.filter(data__who__in=sorted(leaving.addresses))
    by_name = entries.filter(object_id__in=[str(pk) for pk in known], data__who=leaving.name)
    unname_entries([*by_address, *by_name])


def _unname_lines(leaving: Leaving, claims: list[int], known: set[int]) -> None:
    """What owners and moderators read in their inboxes: who asked to join, who claims."""
    slugs = Organisation.objects.filter(pk__in=known).values_list("slug", flat=True)
    paths = [reverse("organisation-people", args=[slug]) for slug in slugs]
    paths += [reverse("organisation-claim-review", args=[pk]) for pk in claims]
    unname_lines(Notice.objects.filter(kind="membership", path__in=paths), leaving.name)
