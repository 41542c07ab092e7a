"""Give and take roles."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import Coordination, User
from accounts.permissions import EDITORS, MODERATORS, SAFEGUARDING, forget_roles
from places.models import Place

# By name, for these rooms are above: one that is not installed is passed over.
_MODERATORS_MAY = (
    "wagtailadmin.access_admin",
    "initiatives.view_initiative",
    "organisations.view_organisation",
    "organisations.change_organisation",
    *(f"search.{verb}_synonym" for verb in ("view", "add", "change", "delete")),
)
_EDITORS_MAY = ("wagtailadmin.access_admin", "pages.change_menus")
_EDITORS_MAY_ON_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
_EDITORS_MAY_ON_FILES = (
    *(f"wagtailimages.{verb}_image" for verb in ("add", "change", "choose")),
    *(f"wagtaildocs.{verb}_document" for verb in ("add", "change", "choose")),
)


@transaction.atomic
def ensure_groups() -> None:
    """Make the groups and set what they may: moderators clear the registry, editors write pages, safeguarding contacts
    hear of worries about a child.

    May be called again. Wagtail ships groups of the same names in which moderators publish pages; that is taken away.
    """
    moderators, _made = Group.objects.get_or_create(name=MODERATORS)
    moderators.permissions.set(_permissions(_MODERATORS_MAY))
    GroupPagePermission.objects.filter(group=moderators).delete()
    GroupCollectionPermission.objects.filter(group=moderators).delete()

    editors, _made = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.set(_permissions(_EDITORS_MAY))
    Group.objects.get_or_create(name=SAFEGUARDING)
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=_EDITORS_MAY_ON_PAGES
    ):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    files = Collection.get_first_root_node()
    for permission in _permissions(_EDITORS_MAY_ON_FILES):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=files, permission=permission)


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q()
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def make_moderator(user: User) -> None:
    """Let them clear what is submitted; at their next visit they are led to set up a second factor."""
    user.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    forget_roles(user)


def make_editor(user: User) -> None:
    """Let them write pages in the CMS."""
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    forget_roles(user)


def make_safeguarding_contact(user: User) -> bool:
    """Name them for worries about a child. Gives False where they were already."""
    group, _made = Group.objects.get_or_create(name=SAFEGUARDING)
    if user.groups.filter(pk=group.pk).exists():
        return False
    user.groups.add(group)
    forget_roles(user)
    return True


def end_safeguarding_contact(user: User) -> bool:
    """Gives False where they were none."""
    group = user.groups.filter(name=SAFEGUARDING).first()
    if group is None:
        return False
    user.groups.remove(group)
    forget_roles(user)
    return True


def make_administrator(user: User) -> None:
    """Let them do everything."""
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    forget_roles(user)


def grant_coordination(user: User, place: Place, *, by: User | None) -> Coordination:
    """Bind a coordinator to a place. Granting twice is granting once."""
    coordination, _made = Coordination.objects.get_or_create(user=user, place=place, defaults={"granted_by": by})
    forget_roles(user)
    return coordination


def withdraw_coordination(user: User, place: Place) -> None:
    Coordination.objects.filter(user=user, place=place).delete()
    forget_roles(user)
