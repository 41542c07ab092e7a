"""Files that funders have really published come in, nearly all of their rows with a place."""

from __future__ import annotations

import pytest

from initiatives.importing.mapping import SHIPPED, load_mapping
from initiatives.models import Initiative, PlaceCount
from organisations.models import Organisation
from tests.factories.importing import GRANTS, imported

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not GRANTS.exists(), reason="The published grants are not beside this checkout."),
]


@pytest.mark.parametrize(
    ("filename", "mapping", "rows", "created", "failed", "without_place", "organisations"),
    [
        ("lloyds_360giving.json", None, 4_116, range(4_100, 4_117), range(4), range(5, 25), range(3_400, 3_700)),
        ("wolfson_360giving.json", None, 379, range(375, 380), range(2), range(6), range(290, 330)),
        ("community_fund_2021.json", "community_fund", 400, range(395, 401), range(2), range(5, 30), range(380, 402)),
    ],
)  # fmt: skip
def test_a_published_file_comes_in_and_comes_in_once(
    filename: str,
    mapping: str | None,
    rows: int,
    created: range,
    failed: range,
    without_place: range,
    organisations: range,
) -> None:
    options = {"source": "", "mapping": load_mapping(SHIPPED / f"{mapping}.toml") if mapping else None}
    run = imported(GRANTS / filename, **options)
    assert (run.state, run.checkpoint) == ("done", rows)
    assert run.created in created
    assert run.failed in failed
    assert run.without_place in without_place
    assert run.created + run.failed + run.skipped == rows
    assert Organisation.objects.count() in organisations
    assert Initiative.objects.filter(reach="").count() == run.without_place
    listed = Initiative.objects.filter(live=True).exclude(status="ended").count()
    assert sum(PlaceCount.objects.filter(place="K02000001", dimension="all").values_list("within", flat=True)) == listed
    again = imported(GRANTS / filename, **options)
    assert (again.created, Initiative.objects.count()) == (0, run.created)


def test_the_recipients_own_council_is_believed_and_not_the_look_up_beside_it() -> None:
    imported(GRANTS / "wolfson_360giving.json", source="")
    school = Initiative.objects.get(title="Grant to Ysgol Dinas Bran")
    assert [place.name for place in school.places.all()] == ["Denbighshire"]
    assert school.lead_organisation.kind == "school"
