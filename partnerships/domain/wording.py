"""What a version calls its organisations, initiatives and places: kept as they are called when it is sent."""

from __future__ import annotations

from collections.abc import Collection

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.models import Version, VersionInitiative, VersionPlace
from places.models import Place

Words = dict[str, dict[str, str]]


def words_for(
    *,
    organisations: Collection[int],
    initiatives: Collection[int],
    places: Collection[str],
    before: Version | None = None,
) -> Words:
    """Three queries. An initiative that everyone may no longer read keeps the title it has in the version `before`:
    what its page says since then is nothing that anybody agreed to."""
    named = Organisation.objects.filter(pk__in=organisations).order_by("pk").values_list("pk", "name")
    placed = Place.objects.filter(pk__in=places).order_by("pk").values_list("pk", "name")
    titled = Initiative.objects.filter(pk__in=initiatives).order_by("pk").values_list("pk", "title", "live")
    kept = before.words["initiatives"] if before else {}
    return {
        "organisations": {str(pk): name for pk, name in named},
        "initiatives": {str(pk): title if live else kept.get(str(pk), title) for pk, title, live in titled},
        "places": {str(pk): name for pk, name in placed},
    }


def attach(version: Version) -> None:
    """The rows by which a version is found: the places and initiatives that its words name."""
    VersionPlace.objects.bulk_create(VersionPlace(version=version, place_id=pk) for pk in version.words["places"])
    VersionInitiative.objects.bulk_create(
        VersionInitiative(version=version, initiative_id=int(pk)) for pk in version.words["initiatives"]
    )
