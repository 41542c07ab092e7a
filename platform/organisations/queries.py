"""Named reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from accounts.models import User
from organisations.models import Claim, Identifier, JoinRequest, Membership, Merge, Organisation, Role
from places.models import PlaceKind
from places.queries import gazetteer
from texts.cleaning import clean_line, fold


def writers_of(organisation: Organisation) -> QuerySet[User]:
    """The organisation's editors and owners: who hears of what becomes of its initiatives."""
    return _people(organisation, Role.EDITOR, Role.OWNER)


def owners_of(organisation: Organisation) -> QuerySet[User]:
    """Who decides about its people."""
    return _people(organisation, Role.OWNER)


def _people(organisation: Organisation, *roles: Role) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True, memberships__organisation=organisation, memberships__role__in=roles
    ).distinct()


def memberships_of(user: User) -> QuerySet[Membership]:
    """A person's memberships with their organisations, by name."""
    return user.memberships.select_related("organisation").order_by("organisation__name")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """An organisation's people, owners first."""
    rows = Membership.objects.filter(organisation=organisation).select_related("user")
    return rows.order_by("-role", "user__name", "pk")


@dataclass(frozen=True)
class OrganisationQuery:
    """What someone asks the list of organisations for."""

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    place: str = ""
    page: int = field(default=1, compare=False)


def public_organisations(query: OrganisationQuery) -> QuerySet[Organisation]:
    """The public organisations that answer a question, by name."""
    found = Organisation.objects.filter(is_public=True).select_related("place")
    for word in query.words:
        found = found.filter(name__icontains=word)
    if query.kinds:
        found = found.filter(kind__in=query.kinds)
    if query.place and gazetteer()[query.place].kind != PlaceKind.UK:
        found = found.filter(place_id__in=gazetteer().authorities_in(query.place))
    return found.order_by("name", "pk")


_NEIGHBOURS = 3_000


def likely_the_same(name: str, postcode: str, place_code: str | None, *, limit: int = 5) -> list[Organisation]:
    """Organisations that may be this one: the same folded name, or most of its words at the same postcode or place."""
    key = fold(name)
    words = sorted(key.split(), key=len, reverse=True)[:3]
    if not words:
        return []
    near = Q(place_id=place_code) if place_code else Q(pk=None)
    if postcode:
        near |= Q(postcode=postcode)
    # A name's folded form is not kept, so neighbours are folded here: "St Mary's" is "Saint Marys" to nobody else.
    away = Merge.objects.filter(undone_at=None).values("gone")
    names = Organisation.objects.exclude(pk__in=away).order_by("pk").values_list("pk", "name")
    close = [(pk, fold(known)) for pk, known in names.filter(near)[:_NEIGHBOURS]]
    far = [(pk, fold(known)) for pk, known in names.filter(name__icontains=words[0])[:_NEIGHBOURS]]
    same = [pk for pk, known in [*close, *far] if known == key]
    alike = [pk for pk, known in close if set(words) <= set(known.split())]
    order = list(dict.fromkeys([*same, *alike]))[:limit]
    found = Organisation.objects.select_related("place").in_bulk(order)
    return [found[pk] for pk in order]


def standing_claim(organisation: Organisation) -> Claim | None:
    """What the organisation's verified badge rests on; None where it has none, it has lapsed, or who showed it
    has no account any more."""
    claims = Claim.objects.filter(organisation=organisation, accepted=True, lapsed_at=None, user__is_active=True)
    return claims.select_related("entry", "entry__load").first()


def lapsed_claim(organisation: Organisation) -> Claim | None:
    """The last that lapsed: its owners are told why."""
    return Claim.objects.filter(organisation=organisation).exclude(lapsed_at=None).order_by("-lapsed_at").first()


def open_claim_of(organisation: Organisation, user: User) -> Claim | None:
    """The claim of this person that waits for an answer."""
    return Claim.objects.filter(organisation=organisation, user=user, answered_at=None).first()


def open_claims(*, limit: int = 100) -> list[Claim]:
    """What waits for a moderator, the oldest first."""
    rows = Claim.objects.filter(answered_at=None).select_related("organisation", "organisation__place", "user")
    return list(rows.order_by("created_at")[:limit])


def how_many_claims() -> int:
    """How many claims wait for a moderator."""
    return Claim.objects.filter(answered_at=None).count()


def namesakes_of(organisation: Organisation, *, limit: int = 8) -> list[Organisation]:
    """Others of the same folded name or at the same postcode: who claims one may mean another."""
    key, away = fold(organisation.name), Merge.objects.filter(undone_at=None).values("gone")
    named = [one for one in likely_the_same(organisation.name, "", None, limit=limit + 1) if fold(one.name) == key]
    near = Organisation.objects.filter(postcode=organisation.postcode).exclude(Q(postcode="") | Q(pk__in=away))
    rows = [*named, *near.select_related("place").order_by("name", "pk")[: limit + 1]]
    return list({one.pk: one for one in rows if one.pk != organisation.pk}.values())[:limit]


def identifiers_of(organisation: Organisation) -> list[Identifier]:
    return list(organisation.identifiers.order_by("scheme", "value"))


def organisations_left_without_owner(user: User) -> QuerySet[Organisation]:
    """The organisations that would have no owner if this person went."""
    owned = Organisation.objects.filter(memberships__user=user, memberships__role=Role.OWNER)
    others = Membership.objects.filter(role=Role.OWNER, user__is_active=True).exclude(user=user)
    return owned.exclude(pk__in=others.values("organisation_id"))


def requests_to_nobody(*, limit: int = 50) -> list[JoinRequest]:
    """Who asks to join an organisation that has no owner: moderators answer them."""
    owned = Membership.objects.filter(role=Role.OWNER, user__is_active=True)
    waiting = JoinRequest.objects.filter(answered_at=None).exclude(organisation__in=owned.values("organisation_id"))
    return list(waiting.select_related("organisation", "user").order_by("created_at")[:limit])


MOST_SUGGESTED = 8
_LOOKED_AT = 200  # names that share a word with what was typed, for each of its words


def beginning_with(typed: str) -> list[str]:
    """The names of public organisations in which a word begins so, by name: at most eight. None for a single letter."""
    typed = clean_line(typed)[:100]
    if len(typed) < 2:
        return []
    rows = Organisation.objects.filter(Q(name__istartswith=typed) | Q(name__icontains=f" {typed}"), is_public=True)
    return list(rows.order_by("name").values_list("name", flat=True)[:MOST_SUGGESTED])


def near_in_name(typed: str, *, most: int = 3) -> Sequence[str]:
    """The names of public organisations that somebody may have meant: those that are spelt much like it, else those
    that begin so or have its words."""
    words = [word for word in clean_line(typed).split() if len(word) > 3][:6]
    if not words:
        return beginning_with(typed)[:most]
    rows = Organisation.objects.filter(is_public=True).order_by("name").values_list("name", flat=True)
    names = {name.casefold(): name for word in words for name in rows.filter(name__icontains=word[:4])[:_LOOKED_AT]}
    near = get_close_matches(typed.casefold(), names, n=most, cutoff=0.6)
    return [names[key] for key in near] or [name for key, name in names.items() if typed.casefold() in key][:most]
