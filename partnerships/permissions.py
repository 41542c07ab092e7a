"""Who may read a partnership and who acts for its parties. Every predicate answers for visitors too."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Max, Q, QuerySet

from accounts.permissions import coordinated_codes
from organisations.models import Organisation
from organisations.permissions import WRITERS, organisation_ids, organisations_to_write_for, role_of
from partnerships.models import Action, Agreement, Partnership, Version, VersionKind, VersionPlace
from places.queries import gazetteer

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_propose(user: Person) -> bool:
    """Owners and editors of any organisation."""
    return bool(user.is_authenticated) and organisations_to_write_for(user).exists()


def can_act_for(user: Person, organisation: Organisation) -> bool:
    """Owners and editors of a party agree for it. Nobody's office does: not even a moderator's."""
    return role_of(user, organisation) in WRITERS


def acts_for(user: Person, partnership: Partnership) -> list[Organisation]:
    """The parties this person is an owner or editor of, by name."""
    return [one for one in readers_of(partnership) if can_act_for(user, one)]


def acts_for_invited(user: Person, partnership: Partnership) -> list[Organisation]:
    """Of those that are asked to join."""
    return [one for one in invited_to(partnership) if can_act_for(user, one)]


def can_change_action(user: Person, action: Action) -> bool:
    """Who acts for the party that will do it, and who wrote it. Asks that they act for a party at all."""
    return can_act_for(user, action.owner) or (user.is_authenticated and action.made_by_id == user.pk)


def readers_of(partnership: Partnership) -> list[Organisation]:
    """The organisations whose people read it, by name; one query, remembered on the row."""
    return _remembered(partnership, "_readers", partnership.readers)


def invited_to(partnership: Partnership) -> list[Organisation]:
    """The organisations that the newest version asks to join, by name; one query, remembered on the row."""
    return _remembered(partnership, "_invited", partnership.invited)


def _remembered(partnership: Partnership, name: str, rows: Any) -> list[Organisation]:
    kept: list[Organisation] | None = partnership.__dict__.get(name)
    if kept is None:
        kept = partnership.__dict__[name] = sorted(rows.all(), key=lambda one: one.name)
    return kept


def forget_readers(partnership: Partnership) -> None:
    """After they were set: ask the database again."""
    for name in ("_readers", "_invited"):
        partnership.__dict__.pop(name, None)


def is_of_a_party(user: Person, partnership: Partnership) -> bool:
    """Members of the parties: they read everything, the private discussion too."""
    own = organisation_ids(user)
    return bool(own) and any(one.pk in own for one in readers_of(partnership))


def is_asked_to_join(user: Person, partnership: Partnership) -> bool:
    """Members of an organisation that the newest version asks to join: they read that version and what it changes."""
    own = organisation_ids(user)
    return bool(own) and any(one.pk in own for one in invited_to(partnership))


def coordinates(user: Person, partnership: Partnership) -> bool:
    """Coordinators of a place that one of its places lies in, or is."""
    codes = coordinated_codes(user)
    if not codes or partnership.stands_id is None:
        return False
    lies_in = VersionPlace.objects.filter(version_id=partnership.stands_id).values_list("place_id", flat=True)
    return any(codes.intersection(gazetteer().closure_up(code)) for code in lies_in)


def can_read_record(user: Person, partnership: Partnership) -> bool:
    """All of it but the discussion: parties and coordinators."""
    return is_of_a_party(user, partnership) or coordinates(user, partnership)


def reads_until(user: Person, partnership: Partnership) -> int:
    """The number of the newest version that they may read: for who has left the newest they agreed to; 0: none."""
    if can_read_record(user, partnership):
        return partnership.latest
    rows = versions_they_keep(organisation_ids(user)).filter(partnership=partnership)
    return int(rows.aggregate(newest=Max("number"))["newest"] or 0)


def versions_they_keep(own: Collection[int]) -> QuerySet[Any]:
    """What these organisations agreed to and may always read: what bound them, and proposals. Not an amendment by which
    they would have joined and that never came into force: it opens no record to them."""
    theirs = Q(commencement__isnull=False) | Q(kind=VersionKind.PROPOSAL)
    rows: QuerySet[Any] = Version.objects.filter(theirs, agreements__organisation__in=own).distinct()
    return rows


def left_for(user: Person, partnership: Partnership) -> list[Organisation]:
    """The organisations that this person acts for and that were bound, and are parties no more: they still say whether
    everyone may read the summary."""
    bound = Agreement.objects.filter(version__partnership=partnership).exclude(version__commencement=None)
    ids = set(bound.values_list("organisation_id", flat=True)) - {one.pk for one in readers_of(partnership)}
    return list(organisations_to_write_for(user).filter(pk__in=ids)) if user.is_authenticated else []


def can_see(user: Person, partnership: Partnership) -> bool:
    """Everyone its public summary; before all parties want that, who reads the record."""
    return partnership.is_public or can_read_record(user, partnership)


def own_partnerships(user: Person) -> QuerySet[Partnership]:
    """Those that a person's organisations are parties of."""
    own = organisation_ids(user)
    return Partnership.objects.filter(pk__in=_through(Partnership.readers, own))


def known_partnerships(user: Person) -> QuerySet[Partnership]:
    """Those, and the ones they are asked to join, and the ones they left after having agreed."""
    own = organisation_ids(user)
    agreed = versions_they_keep(own).order_by().values("partnership")
    is_theirs = Q(pk__in=_through(Partnership.readers, own)) | Q(pk__in=_through(Partnership.invited, own))
    return Partnership.objects.filter(is_theirs | Q(pk__in=agreed))


def partnerships_in_own_places(user: Person) -> QuerySet[Partnership]:
    """Those in the places a person coordinates."""
    codes = coordinated_codes(user)
    within = {place.code for place in gazetteer().places if codes.intersection(gazetteer().closure_up(place.code))}
    if not within:
        return Partnership.objects.none()
    return Partnership.objects.filter(stands__in=VersionPlace.objects.filter(place_id__in=within).values("version_id"))


def readable_partnerships(user: Person) -> QuerySet[Partnership]:
    """Those of which somebody reads the whole record (`can_read_record`)."""
    return Partnership.objects.filter(Q(pk__in=own_partnerships(user)) | Q(pk__in=partnerships_in_own_places(user)))


def seen_partnerships(user: Person) -> QuerySet[Partnership]:
    """Those that somebody knows of (`can_see`): the public ones, and whatever they may read."""
    return Partnership.objects.filter(Q(is_public=True) | Q(pk__in=readable_partnerships(user)))


def _through(field: Any, organisations: tuple[int, ...]) -> Any:
    return field.through.objects.filter(organisation_id__in=organisations).values("partnership_id")
