"""The pages of saved searches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notifications.models import Notice
from search.domain.saving import MOST
from search.models import Frequency, SavedResult, SavedSearch
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.search import SavedSearchFactory

pytestmark = pytest.mark.django_db
FIELDS = {"name": "Chess near us", "frequency": "daily", "by_email": "on", "in_inbox": "on"}


@pytest.fixture
def person(client):
    user = UserFactory()
    sign_in(client, user)
    return user


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("address", ["/search/?q=chess&where=middlesbrough", "/initiatives/?where=middlesbrough"])
def test_a_page_of_results_leads_to_saving_it(client, address):
    text = client.get(address).content.decode()
    assert "Save this search" in text
    assert reverse("saved-search-new") in text


def test_a_visitor_is_led_to_sign_in_and_back(client):
    response = client.get(reverse("saved-search-new") + "?q=chess")
    assert response.status_code == 302
    assert "next=/search/saved/new/%3Fq%3Dchess" in response["Location"]


def test_saving_keeps_the_question_and_what_it_finds_now(client, person):
    one = InitiativeFactory(title="Chess club", stages=("secondary",))
    address = reverse("saved-search-new") + "?q=chess&stage=primary&stage=nonsense&sort=newest&page=3"
    InitiativeFactory(title="Chess hour", stages=("primary",))
    assert "“chess”, Primary" in client.get(address).content.decode()
    response = client.post(address, FIELDS, follow=True)
    saved = SavedSearch.objects.get()
    assert (saved.owner, saved.address, saved.frequency) == (person, "?q=chess&stage=primary&exact=1", "daily")
    assert "Saved." in response.content.decode()
    assert SavedResult.objects.filter(object_id=one.pk).count() == 0
    assert SavedResult.objects.filter(told_at=None).count() == 1


def test_a_mistyped_word_is_saved_as_it_was_put_right(client, person):
    InitiativeFactory(title="Mentoring for all")
    client.post(reverse("saved-search-new") + "?q=mentorng", FIELDS)
    assert SavedSearch.objects.get().address == "?q=mentoring&exact=1"


def test_saving_the_same_twice_is_saving_it_once(client, person):
    for name in ("One", "Two"):
        client.post(reverse("saved-search-new") + "?q=chess", {**FIELDS, "name": name})
    assert SavedSearch.objects.get().name == "Two"


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "field"),
        ({"frequency": "hourly"}, "hourly"),
        ({"by_email": "", "in_inbox": ""}, "Choose e-mail, the inbox or both"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(client, wrong, says):
    response = client.post(reverse("saved-search-new") + "?q=chess", {**FIELDS, **wrong})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not SavedSearch.objects.exists()


@pytest.mark.usefixtures("person")
def test_a_place_that_nobody_knows_is_not_saved_as_the_whole_country(client):
    response = client.post(reverse("saved-search-new") + "?where=atlantis", FIELDS)
    assert response.status_code == 422
    assert "We know no place called “atlantis”" in response.content.decode()


def test_fifty_are_enough(client, person):
    for number in range(MOST):
        SavedSearchFactory(owner=person, address=f"q=chess{number}")
    response = client.post(reverse("saved-search-new") + "?q=robots", FIELDS)
    assert "You have fifty saved searches" in response.content.decode()
    assert SavedSearch.objects.count() == MOST


def test_nobody_sees_anothers(client, person):
    other = SavedSearchFactory(name="A secret wish")
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.post(reverse("saved-search-do", args=[other.pk]), {"do": "delete"}).status_code == 404
    assert "A secret wish" not in client.get(reverse("saved-searches")).content.decode()


def test_it_can_be_changed_paused_and_let_go(client, person):
    saved = SavedSearchFactory(owner=person)
    client.post(saved.get_absolute_url(), {**FIELDS, "name": "Another name", "frequency": "weekly", "by_email": ""})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency, saved.by_email) == ("Another name", Frequency.WEEKLY, False)
    do = reverse("saved-search-do", args=[saved.pk])
    assert "Paused" in client.post(do, {"do": "pause"}, follow=True).content.decode()
    saved.refresh_from_db()
    assert saved.is_paused
    client.post(do, {"do": "resume", "from": "list"})
    saved.refresh_from_db()
    assert not saved.is_paused
    assert "Choose what to do" in client.post(do, {"do": "explode"}, follow=True).content.decode()
    assert "is gone" in client.post(do, {"do": "delete"}, follow=True).content.decode()
    assert not SavedSearch.objects.exists()


def test_what_it_found_is_listed_and_can_be_silenced(client, person):
    from tests.search.test_alerts import run

    saved = SavedSearchFactory(owner=person)
    InitiativeFactory(title="Chess club")
    run()
    assert "Chess club" in client.get(saved.get_absolute_url()).content.decode()
    result = SavedResult.objects.get()
    do = reverse("saved-search-do", args=[saved.pk])
    assert "Silenced" in client.post(do, {"do": "silence", "id": result.pk}, follow=True).content.decode()
    assert "Silence it" in client.post(do, {"do": "unsilence", "id": result.pk}, follow=True).content.decode()
    assert "Choose what to do" in client.post(do, {"do": "silence", "id": "9" * 30}, follow=True).content.decode()
    assert Notice.objects.get().path == saved.get_absolute_url()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_much_for_one_as_for_many(client, person, number, django_assert_max_num_queries):
    for one in range(number):
        SavedSearchFactory(owner=person, address=f"q=chess{one}&where=middlesbrough")
    client.get(reverse("saved-searches"))
    with django_assert_max_num_queries(9):
        client.get(reverse("saved-searches"))
