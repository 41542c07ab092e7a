"""The first pages are laid once; afterwards they belong to the editors."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Site

from pages.domain.seeding import seed_pages
from pages.models import GuidancePage, HomePage, Menus, NewsPage, Seeded, StandardPage
from tests.factories.laid import lay_pages

pytestmark = pytest.mark.django_db


def _state() -> tuple[object, ...]:
    return (
        list(Page.objects.order_by("path").values_list("path", "title", "slug", "live")),
        list(Menus.objects.get().navigation_links.values_list("label", "address", "page")),
        Menus.objects.get().footer_links.count(),
    )


def test_seeding_twice_gives_what_seeding_once_gives() -> None:
    assert seed_pages() > 0
    once = _state()
    assert seed_pages() == 0
    assert _state() == once


def test_menus_that_were_laid_before_there_were_partnerships_get_them_at_the_foot() -> None:
    seed_pages()
    Menus.objects.get().footer_links.filter(address="/partnerships/").delete()
    assert seed_pages() == 0  # the editors took it away
    Seeded.objects.filter(key="menus-partnerships").delete()
    assert seed_pages() == 1
    assert Menus.objects.get().footer_links.filter(address="/partnerships/").count() == 1


def test_there_is_enough_to_read() -> None:
    seed_pages()
    assert GuidancePage.objects.live().count() >= 8
    assert NewsPage.objects.live().count() >= 2
    slugs = set(StandardPage.objects.live().values_list("slug", flat=True))
    assert slugs >= {"about", "privacy", "accessibility", "contact", "house-rules"}


def test_home_stands_at_the_root_and_wagtails_welcome_is_gone() -> None:
    seed_pages()
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    assert not Page.find_problems()[0]


def test_an_editors_words_are_never_written_over(seeded: None) -> None:
    page = GuidancePage.objects.get(slug="keeping-entries-alive")
    page.title = "Keep it true"
    page.body = [("text", "<p>Ours now.</p>")]
    page.save_revision().publish()
    seed_pages()
    page.refresh_from_db()
    assert page.title == "Keep it true"
    assert "Ours now." in str(page.body)


def test_a_page_that_editors_took_away_does_not_come_back(seeded: None) -> None:
    GuidancePage.objects.get(slug="keeping-entries-alive").delete()
    assert seed_pages() == 0
    assert not GuidancePage.objects.filter(slug="keeping-entries-alive").exists()


def test_a_page_that_editors_moved_is_not_laid_a_second_time(seeded: None) -> None:
    page = StandardPage.objects.get(slug="about")
    page.slug = "who-we-are"
    page.save_revision().publish()
    assert seed_pages() == 0
    assert not StandardPage.objects.filter(slug="about").exists()


def test_a_slug_that_an_editor_took_first_is_left_alone() -> None:
    seed_pages()
    Seeded.objects.filter(key="standard/about").delete()
    assert seed_pages() == 1
    assert StandardPage.objects.filter(slug__startswith="about").count() == 2


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_pages")
    assert "laid" in capsys.readouterr().out
    call_command("seed_pages")
    assert "nothing to do" in capsys.readouterr().out


def test_what_tests_lay_from_memory_is_what_the_verb_lays() -> None:
    with transaction.atomic():
        seed_pages()
        laid = _state()
        transaction.set_rollback(True)
    for _again in range(2):
        with transaction.atomic():
            lay_pages()
            assert [row[1:] for row in _state()[0]] == [row[1:] for row in laid[0]]
            assert _state()[2] == laid[2] and seed_pages() == 0 and not Page.find_problems()[0]
            transaction.set_rollback(True)
