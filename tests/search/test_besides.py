"""Places, tags and pages are found beside initiatives and organisations."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from pages.models import GuidanceIndexPage, GuidancePage
from tests.factories.initiatives import InitiativeFactory
from tests.factories.laid import lay_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def guidance() -> GuidancePage:
    lay_pages()
    page = GuidancePage(
        title="Running a mentoring scheme",
        summary="How to begin.",
        body=[("text", "<p>Ask the lighthouse keeper before you begin.</p>")],
    )
    GuidanceIndexPage.objects.get().add_child(instance=page)
    return page


def text_of(client, words: str) -> str:
    cache.clear()
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def test_a_place_is_found_by_its_name_in_either_language_with_its_number(client):
    InitiativeFactory(title="Clwb", places=["W06000001"])
    for words in ("ynys mon", "anglesey"):
        text = text_of(client, words)
        assert 'href="/places/isle-of-anglesey/"' in text or 'href="/places/ynys-mon/"' in text
        assert "1 initiative<" in text


def test_a_tag_is_found_by_a_word_of_it(client):
    InitiativeFactory(title="Robots", tags=["summer school"])
    assert 'href="/search/?tag=summer+school"' in text_of(client, "school")


def test_guidance_is_found_with_the_stretch_that_has_the_words(client, guidance):
    text = text_of(client, "lighthouse keepers")
    assert "Running a mentoring scheme" in text
    assert "<mark>lighthouse</mark> <mark>keeper</mark>" in text
    assert guidance.url in text


@pytest.mark.parametrize("how", ["unpublished", "behind a password", "under what is behind a password"])
def test_a_page_that_not_everyone_may_read_is_not_found(client, guidance, how):
    if how == "unpublished":
        guidance.unpublish()
    else:
        page = guidance if how == "behind a password" else guidance.get_parent()
        PageViewRestriction.objects.create(
            page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
    assert "Running a mentoring scheme" not in text_of(client, "lighthouse keepers")


@pytest.mark.parametrize("words", ["'", '"', "(", "a OR", "-x", "*", "%", "\\", "NEAR(", "a:b", "🙂"])
def test_nonsense_finds_nothing_and_breaks_nothing(client, guidance, words):
    assert "Also found" not in text_of(client, words)
