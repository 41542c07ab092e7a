"""A tag that is here already is not made once more for a hyphen or a plural."""

import pytest
from taggit.models import Tag

from initiatives.tagging.models import Synonym
from initiatives.tagging.queries.naming import spelled_as_known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("t-level", "t levels"),
        ("t level", "t levels"),
        ("t levels", "t levels"),
        ("apprentices", "apprentice"),
        ("kindness", "kindness"),
        ("мост", "мост"),
        ("!!", "!!"),
        ("bus", "bus"),
    ],
)
def test_what_differs_by_a_hyphen_or_a_plural_is_the_tag_that_stands(typed: str, known: str):
    boats = Tag.objects.create(name="t levels", slug="t-levels")
    Tag.objects.create(name="kindnes", slug="kindnes")
    Synonym.objects.create(word="apprentice", slug="apprentice", tag=boats)
    assert spelled_as_known([typed]) == [known]


def test_names_that_are_known_are_asked_for_once(django_assert_num_queries):
    for at in range(30):
        Tag.objects.create(name=f"tag {at}", slug=f"tag-{at}")
    with django_assert_num_queries(1):
        assert spelled_as_known(f"tag {at}" for at in range(30)) == [f"tag {at}" for at in range(30)]
