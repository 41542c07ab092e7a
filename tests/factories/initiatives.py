"""Initiatives in every state, made the way the product makes them."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from initiatives.domain.listing import relist
from initiatives.models import Initiative
from places.models import Place
from tests.factories.organisations import OrganisationFactory
from texts.cleaning import fold
from texts.slugs import free_slug, slug_of
from texts.vocabulary import Reach

MIDDLESBROUGH = "E06000002"
HARTLEPOOL = "E06000001"
CARDIFF = "W06000015"
NORTH_EAST = "E12000001"
ENGLAND = "E92000001"
WALES = "W92000004"
UK = "K02000001"

_REACH = {"E12": Reach.REGION, "E92": Reach.NATION, "W92": Reach.NATION, "S92": Reach.NATION, "N92": Reach.NATION}


class InitiativeFactory(factory.django.DjangoModelFactory[Initiative]):
    """A cleared, running, listed initiative of Middlesbrough; `places` are codes, `tags` names."""

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Steps to Secondary {n}")
    title_key = factory.LazyAttribute(lambda o: fold(o.title)[:140])
    slug = factory.LazyAttribute(
        lambda o: free_slug(slug_of(o.title, otherwise="initiative"), Initiative.objects.all())
    )
    summary = "Mentors meet Year 6 pupils every week until they have settled in Year 7."
    description = "Ten weekly meetings."
    support = ("mentoring",)
    stages = ("primary", "secondary")
    transitions = ("primary-to-secondary",)
    reach = Reach.AUTHORITIES
    how_to_join = "Schools refer pupils."
    contact_email = "hello@steps.example"
    languages = ("en",)
    lead_organisation = factory.SubFactory(OrganisationFactory, is_public=True)
    live = True
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.SelfAttribute("first_published_at")

    @factory.post_generation
    def places(self: Initiative, create: bool, extracted: Any, **kwargs: Any) -> None:
        codes = [MIDDLESBROUGH] if extracted is None and self.reach == Reach.AUTHORITIES else extracted or []
        self.places.set(Place.objects.filter(code__in=codes))
        self.save()

    @factory.post_generation
    def tags(self: Initiative, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.tags.set(extracted or [])
        self.save()
        if self.live:
            self.live_revision = self.save_revision(changed=False)
            self.has_unpublished_changes = False
            self.save()
        relist([self.pk])


def draft_of(user: Any, organisation: Any, **answers: Any) -> Initiative:
    """A complete draft, begun by its person the way the wizard does."""
    from initiatives.domain.drafting import save_draft, start_draft

    codes = answers.pop("places", [MIDDLESBROUGH])
    title = answers.pop("title", "Steps to Secondary")
    row = start_draft(user=user, organisation=organisation, title=title)
    values = {
        "summary": "Mentors meet Year 6 pupils every week.",
        "support": ("mentoring",),
        "stages": ("primary",),
        "reach": Reach.AUTHORITIES.value,
        "how_to_join": "Schools refer pupils.",
        "contact_email": "hello@steps.example",
        **answers,
    }

    def apply(draft: Initiative) -> None:
        for name, value in values.items():
            setattr(draft, name, value)
        draft.places.set(Place.objects.filter(code__in=codes))

    save_draft(row, user=user, apply=apply, seen_revision=None)
    return Initiative.objects.get(pk=row.pk)
