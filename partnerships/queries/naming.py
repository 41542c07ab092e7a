"""What things were called when a version was sent, and what they are called now where that differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.models import Version


@dataclass(frozen=True)
class Named:
    """`name`: as in the version. While everyone may read its page: `url`, and `now`, where it is called otherwise."""

    name: str
    now: str = ""
    url: str = ""


class Names:
    """Organisations as the versions of one partnership name them."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._versions = sorted(versions, key=lambda one: one.number)

    def at(self, version: Version, organisation: Organisation) -> str:
        """In this version, or in the last before it that names them: who is left out still answers."""
        until = [one for one in self._versions if one.number <= version.number]
        called = (one.called("organisations", organisation.pk) for one in reversed(until))
        return next(filter(None, called), organisation.name)


def organisation_named(version: Version, organisation: Organisation) -> Named:
    name = version.called("organisations", organisation.pk) or organisation.name
    if not organisation.is_public:
        return Named(name)
    return Named(name, organisation.name if organisation.name != name else "", organisation.get_absolute_url())


def initiatives_named(version: Version, *, public: bool = False) -> list[Named]:
    """By title; one that is part of another since leads there. `public`: for everyone, who read of none that is off the
    lists. Asks for the version's initiatives, or one query, and one more where some are gone."""
    rows = {str(one.pk): one for one in version.initiatives.all()}
    if missing := [pk for pk in version.words["initiatives"] if pk not in rows]:
        merged = Initiative.objects.filter(pk__in=missing, merged_into__isnull=False).select_related("merged_into")
        rows |= {str(one.pk): one.merged_into for one in merged if one.merged_into}
    named = [_initiative(title, rows.get(pk)) for pk, title in version.words["initiatives"].items()]
    return sorted((one for one in named if one.url or not public), key=lambda one: one.name)


def _initiative(title: str, row: Initiative | None) -> Named:
    if row is None or not row.live:
        return Named(title)
    return Named(title, row.title if row.title != title else "", row.get_absolute_url())


def places_named(version: Version) -> list[Named]:
    """By name. Asks for the version's places, or one query."""
    rows = {one.pk: one for one in version.places.all()}
    named = []
    for pk, name in version.words["places"].items():
        row = rows.get(pk)
        now = row.name if row is not None and row.name != name else ""
        named.append(Named(name, now, row.get_absolute_url() if row else ""))
    return sorted(named, key=lambda one: one.name)


def place_names(version: Version) -> list[str]:
    return sorted(version.words["places"].values())


def initiative_titles(version: Version) -> list[str]:
    return sorted(version.words["initiatives"].values())
