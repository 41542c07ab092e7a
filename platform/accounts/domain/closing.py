"""Close an account: what somebody wrote stays, and nothing tells any more who they were.

The row stays, for posts, agreements and the log lead to it; docs/decisions/0012 says why. Its address is free at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, Page, PageSubscription
from wagtail.users.models import UserProfile

from accounts.domain.handing import addresses_of
from accounts.leaving import CannotClose, Leaving, Said, closers
from accounts.models import Coordination, User, left
from accounts.permissions import forget_roles
from accounts.queries import administrators


def said_before(user: User) -> list[Said]:
    """What stands in the way of closing, and what is good to know before: the former first."""
    said = [one for closer in closers() for one in closer.says(user)]
    if _is_last_administrator(user):
        sentence = _("You are the only administrator. Make somebody else one first.")
        said.append(Said(sentence, hinders=True))
    return sorted(said, key=lambda one: not one.hinders)


@transaction.atomic
def close_account(user: User) -> None:
    """Every room closes its part, then the row loses what tells who it was: all of it, or nothing.

    Closed twice it is closed once. Raises CannotClose, also where somebody else left a moment before.
    """
    row = _locked(user)
    if row.is_closed:
        return
    hindrances = [one.text for one in said_before(row) if one.hinders]
    if hindrances:
        raise CannotClose(" ".join(hindrances))
    leaving = Leaving(row, row.name or row.email, addresses_of(row))
    for closer in closers():
        closer.close(leaving)
    _end_signing_in(row)
    _unname(leaving)


def _locked(user: User) -> User:
    """The row; of an administrator all administrators' in one order, so that of two who go at once one stays."""
    wanted = Q(pk=user.pk) | Q(is_superuser=True) if user.is_superuser else Q(pk=user.pk)
    return {row.pk: row for row in User.objects.select_for_update().filter(wanted).order_by("pk")}[user.pk]


def _is_last_administrator(user: User) -> bool:
    return user.is_superuser and not administrators().exclude(pk=user.pk).exists()


def _end_signing_in(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount, Coordination):
        model.objects.filter(user=user).delete()
    for model in (EditingSession, FormState, APIToken, PageSubscription):
        model.objects.filter(user=user).delete()
    Page.objects.filter(locked_by=user).update(locked=False, locked_at=None, locked_by=None)
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name), robust=True)
        profile.delete()
    user.groups.clear()
    user.user_permissions.clear()


def _unname(leaving: Leaving) -> None:
    user = leaving.user
    user.name, user.email, user.failing_email = "", leaving.nowhere, ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.closed_at = None, timezone.now()
    user.set_unusable_password()
    user.save()
    forget_roles(user)
    mine = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    ModelLogEntry.objects.filter(mine).update(label=left(), data={})
    LogEntry.objects.filter(mine).update(object_repr=left(), change_message="")
    _unname_what_they_had(leaving)


def unname_entries(entries: Iterable[ModelLogEntry]) -> None:
    """Log entries that say `who` they are about say it no more. For rooms whose entries do."""
    changed = list(entries)
    for entry in changed:
        entry.data = {**entry.data, "who": left()}
    ModelLogEntry.objects.bulk_update(changed, ["data"], batch_size=500)


def _unname_what_they_had(leaving: Leaving) -> None:
    """The administration's log names their coordinations and addresses as they were called, those that went before."""
    kinds = ContentType.objects.get_for_models(Coordination, EmailAddress)
    offices = Q(content_type=kinds[Coordination], object_repr__startswith=f"{leaving.name} · ")
    addresses = Q(content_type=kinds[EmailAddress], object_repr__in=sorted(leaving.addresses))
    LogEntry.objects.filter(offices | addresses).update(object_repr=left(), change_message="")
