"""The published files, read in place: how many places each gives a value, and how the old districts were mapped."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from partnerships.need.models import How, Index, Value
from places.models import PlaceKind
from places.queries import gazetteer

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "places"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data folder is not beside this checkout"),
]


def load(file: str, description: str) -> str:
    told = StringIO()
    call_command("load_need", DATA / file, description=Path(description), verbosity=0, stdout=told)
    return told.getvalue()


def ways(index: str) -> dict[str, int]:
    hows = list(Value.objects.filter(index__slug=index, place__kind=PlaceKind.AUTHORITY).values_list("how", flat=True))
    return {how: hows.count(how) for how in set(hows)}


def test_deprivation_gives_every_council_area_of_the_four_nations_its_own_value():
    told = load("deprivation_by_local_authority.csv", "deprivation")
    assert ways("deprivation-2020") == {How.DIRECT: 361}
    assert Index.objects.get().unmapped == []
    assert "36 larger areas were left out" in told and "Kent County Council" in told
    most = Value.objects.get(place__kind=PlaceKind.AUTHORITY, rank=1)
    assert (most.place.name, most.share) == ("Derry City and Strabane", 1.0)
    assert Value.objects.count() == len(gazetteer()), "every larger place has the mean of its council areas"
    again = load("deprivation_by_local_authority.csv", "deprivation")
    assert "nothing was written" in again


def test_the_districts_of_2016_give_todays_council_areas_their_means_by_people():
    load("social_mobility_index_2016.csv", "social_mobility_2016")
    assert ways("social-mobility-2016") == {How.DIRECT: 283, How.MEAN: 11}
    somerset = Value.objects.get(place="E06000066")
    assert somerset.made_of == ["Mendip", "Sedgemoor", "South Somerset", "Taunton Deane", "West Somerset"]
    # By hand, with the Census of 2011: the sum of people times score, over all people.
    by_hand = 109279 * -0.96 + 114588 * -24.10 + 161243 * -17.96 + 110187 * 0.33 + 34675 * -89.36
    assert somerset.value == pytest.approx(by_hand / 529_972)
    merged = Value.objects.filter(how=How.MEAN).values_list("place__name", flat=True)
    assert {
        "Buckinghamshire",
        "Cumberland",
        "Dorset",
        "East Suffolk",
        "North Yorkshire",
        "West Northamptonshire",
    } <= set(merged)
    assert not Value.objects.filter(place__in=["W92000004", "K02000001"]).exists(), "it says nothing beyond England"
    norwich = Value.objects.get(place="E07000148")
    assert (norwich.rank, norwich.of, norwich.published_rank) == (1, 294, 323), "West Somerset, the last, is merged"


@pytest.mark.parametrize("part", ["childhood", "labour_market", "innovation", "prospects"])
def test_the_commissions_own_areas_reach_every_council_area(part: str):
    load("social_mobility_commission_2025.csv", f"commission_2025_{part}")
    index = Index.objects.get()
    assert (index.areas, index.unmapped) == (205, [])
    assert ways(index.slug) == {How.DIRECT: 180, How.PART: 181}
    assert Value.objects.get(place="E07000148").made_of == ["Norwich and Norfolk"]
    assert Value.objects.filter(place__parent="N92000002", made_of=["Northern Ireland"]).count() == 11
