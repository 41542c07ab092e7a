"""What becomes of a verified badge when two organisations become one."""

import pytest
from django.utils import timezone

from organisations.domain.merging import merge_organisations, undo_merge
from organisations.models import Claim
from tests.factories.accounts import ModeratorFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def verified(name: str, website: str = "") -> tuple:
    organisation = OrganisationFactory(name=name, website=website, is_public=True)
    owner = MembershipFactory(organisation=organisation, role="owner").user
    claim = Claim.objects.create(
        organisation=organisation,
        user=owner,
        answered_at=timezone.now(),
        accepted=True,
        evidence="note",
        name=name,
        site=website.removeprefix("https://"),
    )
    return organisation, claim


def test_a_badge_comes_along_where_what_was_shown_holds_for_the_kept_one():
    kept = OrganisationFactory(name="Bridge Trust", is_public=True)
    gone, claim = verified("BRIDGE TRUST", "https://bridge.example")
    merge = merge_organisations(kept, gone, user=ModeratorFactory())
    claim.refresh_from_db()
    assert (claim.organisation, claim.lapsed_at) == (kept, None)
    undo_merge(merge, user=ModeratorFactory())
    claim.refresh_from_db()
    assert (claim.organisation, claim.lapsed_at) == (gone, None)


def test_a_badge_for_another_name_is_not_the_kept_ones_and_stands_again_after_the_undo():
    kept = OrganisationFactory(name="Bridge Trust", website="https://trust.example", is_public=True)
    gone, claim = verified("Brücke", "https://bridge.example")
    merge = merge_organisations(kept, gone, user=ModeratorFactory())
    assert not Claim.objects.filter(organisation=kept).exists()
    undo_merge(merge, user=ModeratorFactory())
    claim.refresh_from_db()
    assert (claim.organisation, claim.lapsed_at) == (gone, None)
