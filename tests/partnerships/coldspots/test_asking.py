"""What is asked of cold spots goes to an address and comes back the same."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.coldspots.asking import KINDS, STEPS_ASKED, SUPPORTS_ASKED, ColdQuery, read_query
from partnerships.coldspots.formula import LIMITS, Weights
from partnerships.coverage.states import State
from places.models import PlaceKind
from places.queries import UK_CODE, gazetteer
from tests.factories.initiatives import NORTH_EAST, WALES
from tests.factories.need import IndexFactory

pytestmark = pytest.mark.django_db

NUMBERS = {
    name: st.integers(int(low * 1000), int(high * 1000)).map(lambda n: n / 1000) for name, (low, high) in LIMITS.items()
}
NUMBERS["enough"] = st.integers(1, 50).map(float)
QUERIES = st.builds(
    ColdQuery,
    kind=st.sampled_from(KINDS),
    within=st.sampled_from([UK_CODE, NORTH_EAST, WALES]),
    step=st.sampled_from(list(STEPS_ASKED)),
    support=st.sampled_from(list(SUPPORTS_ASKED)),
    state=st.sampled_from(["", *State]),
    cold_from=st.integers(1, 100).map(float),
    weights=st.builds(Weights, **NUMBERS),
    indices=st.sampled_from([(), (("b", 1.0),), (("a", 2.0), ("b", 0.5))]),
    page=st.integers(1, 99),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=QUERIES)
def test_a_query_comes_back_from_its_address(query):
    indices = [IndexFactory.build(slug=slug) for slug in ("a", "b")]
    again = read_query(QueryDict(urlsplit(query.url).query), indices)
    assert (again, again.faults) == (query, ())
    place = gazetteer().of_kind(PlaceKind.AUTHORITY)[7]
    of_place = query.of_place(place)
    assert read_query(QueryDict(urlsplit(of_place.url).query), indices, place) == of_place
    assert query.urls_of_places()(place.slug) == of_place.url
    assert of_place.weights == query.weights and of_place.indices == query.indices
