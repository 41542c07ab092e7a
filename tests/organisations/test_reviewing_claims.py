"""What a moderator sees of the claims that wait, and of one of them."""

from __future__ import annotations

import pytest

from organisations.domain.claiming import answer_claim, claim_organisation
from organisations.models import DuplicateProposal, Role
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_moderation_says_how_many_claims_and_duplicates_wait(client):
    moderator = ModeratorFactory()
    sign_in(client, moderator)
    page = client.get("/moderation/").content.decode()
    assert "1 waits" not in page and "2 wait" not in page
    first, second = OrganisationFactory(), OrganisationFactory()
    claims = [claim_organisation(one, user=UserFactory(), message="Me") for one in (first, second)]
    DuplicateProposal.objects.create(first=first, second=second)
    page = client.get("/moderation/").content.decode()
    assert 'Claims on organisations</a> <span class="badge badge--waiting">2 wait</span>' in page
    assert 'may be entered twice</a> <span class="badge badge--waiting">1 waits</span>' in page
    answer_claim(claims[0], user=moderator, accept=False, note="No")
    assert 'Claims on organisations</a> <span class="badge badge--waiting">1 waits</span>' in (
        client.get("/moderation/").content.decode()
    )


def test_a_claim_is_looked_at_beside_the_namesakes_and_the_neighbours(client):
    sign_in(client, ModeratorFactory())
    claimed = OrganisationFactory(name="St Mary\u2019s School", postcode="BB2 3HP")
    namesake = OrganisationFactory(name="St. Marys SCHOOL", place_id="E06000001")
    neighbour = OrganisationFactory(name="Hill Nursery", postcode="BB2 3HP")
    other = OrganisationFactory(name="St Mary Magdalene School")
    claim = claim_organisation(claimed, user=UserFactory(), message="Me")
    page = client.get(f"/organisations/claims/{claim.pk}/").content.decode()
    told = page.split("Of the same name or postcode")[1].split("</dd>")[0]
    assert [f'href="{one.get_absolute_url()}"' in told for one in (namesake, neighbour, other, claimed)] == [
        True,
        True,
        False,
        False,
    ]
    alone = claim_organisation(OrganisationFactory(name="Alone"), user=UserFactory(), message="Me")
    assert "Of the same name" not in client.get(f"/organisations/claims/{alone.pk}/").content.decode()


def test_accepting_says_what_it_does_to_an_owner_and_to_somebody_else(client):
    sign_in(client, ModeratorFactory())
    stranger = claim_organisation(OrganisationFactory(), user=UserFactory(), message="Me")
    owner = MembershipFactory(role=Role.OWNER)
    own = claim_organisation(owner.organisation, user=owner.user, message="Me")
    pages = [client.get(f"/organisations/claims/{one.pk}/").content.decode() for one in (stranger, own)]
    assert ["Accept: they become its owner" in page for page in pages] == [True, False]
    assert ["Accept: it is verified" in page for page in pages] == [False, True]
