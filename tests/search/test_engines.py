"""What every engine answers: the same sets, the same counts, the same first."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from initiatives.domain.running import confirm_running, end_initiative, pause_initiative
from initiatives.models import Initiative, Intake
from search.domain.maintaining import refresh_statistics
from search.engines import current_engine
from search.models import SearchDocument
from search.query import Facet, What
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.search import ask, keep_up, titles
from texts.vocabulary import Reach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
PLAIN = {
    "summary": "Weekly meetings.",
    "description": "",
    "how_to_join": "",
    "support": (),
    "stages": (),
    "transitions": (),
}


def make(title: str, **columns):
    return InitiativeFactory(title=title, **{**PLAIN, **columns})


def test_words_are_found_in_any_form_accent_and_case():
    make("Mentors of Penarth", description="Ynys Môn’s children")
    make("Something else")
    for text in ("mentoring", "MENTORED", "mentor's", "ynys mon", "child"):
        assert titles(f"q={text}&exact=1") in (["Mentors of Penarth"], []), text
    assert titles("q=mentoring") == titles("q=ynys+mon") == titles("q=childrens") == ["Mentors of Penarth"]


def test_every_word_is_wanted_and_alternatives_phrases_and_exclusions_are_kept():
    make("Reading club", description="phonics at home")
    make("Reading van")
    make("Maths club")
    assert set(titles("q=reading+club")) == {"Reading club"}
    assert set(titles("q=van+OR+maths")) == {"Reading van", "Maths club"}
    assert set(titles("q=reading+-phonics")) == {"Reading van"}
    assert titles('q="club+reading"&exact=1&match=all') == []
    assert set(titles("q=-reading")) == {"Maths club"}


def test_where_nothing_has_all_the_words_what_has_some_is_given_and_said():
    make("Reading club")
    make("Maths van")
    answer = ask("q=reading+maths+elephants&exact=1")
    assert answer.widened
    assert answer.results.total == 2
    assert not ask("q=reading").widened


def test_a_slip_is_put_right_and_said_unless_the_spelling_is_wanted():
    make("Mentoring in Penarth")
    assert ask("q=mentorng").corrected == "mentoring"
    assert titles("q=mentorng") == ["Mentoring in Penarth"]
    assert titles("q=mentorng&exact=1") == []
    assert ask("q=mentoring").corrected == ""


def test_of_words_equally_near_the_one_used_most_is_meant_and_a_term_of_the_field_is_right():
    for number in range(3):
        make(f"Health {number}")
    make("Heath walks")
    make("We need land and sand")
    refresh_statistics()
    assert ask("q=helth").corrected == "health"
    assert ask("q=NEET").corrected == ask("q=SEND").corrected == ""


def test_abbreviations_of_the_field_find_what_they_stand_for():
    make("For pupils with free school meals")
    make("Apprenticeships at the port")
    assert titles("q=FSM") == ["For pupils with free school meals"]
    assert titles("q=apprentices") == ["Apprenticeships at the port"]


def test_a_place_has_its_own_and_what_reaches_it_marked_apart():
    make("Here", places=[MIDDLESBROUGH])
    make("Next door", places=[HARTLEPOOL])
    make("The region", reach=Reach.REGION, places=[NORTH_EAST])
    make("The nation", reach=Reach.NATION, places=[ENGLAND])
    make("Far away", places=[CARDIFF])
    answer = ask("where=middlesbrough")
    assert set(titles("where=middlesbrough")) == {"Here", "The region", "The nation"}
    assert answer.results.facets[Facet.SCOPE] == {"local": 1, "wider": 2}
    assert titles("where=middlesbrough&scope=local") == ["Here"]
    assert set(titles("where=north-east&scope=local")) == {"Here", "Next door", "The region"}


def test_a_radius_measures_miles_and_keeps_what_reaches_the_place():
    near = {"latitude": 54.575, "longitude": -1.235}
    make("At the door", **near)
    make("Across the river", places=[HARTLEPOOL], latitude=54.69, longitude=-1.21)
    make("All of England", reach=Reach.NATION, places=[ENGLAND])
    make("In Cardiff", places=[CARDIFF], latitude=51.48, longitude=-3.18)
    assert set(titles("where=TS1&miles=2&scope=local")) == {"At the door"}
    assert set(titles("where=TS1&miles=10&scope=local")) == {"At the door", "Across the river"}
    answer = ask("where=TS1&miles=10&sort=distance")
    assert [round(hit.miles) if hit.miles is not None else None for hit in answer.results.hits] == [0, 8, None]
    assert answer.results.facets[Facet.SCOPE] == {"local": 2, "wider": 1}


def test_each_facet_is_counted_without_its_own_choice():
    make("One", stages=("primary",), support=("mentoring",), tags=["chess"])
    make("Two", stages=("secondary",), support=("mentoring",), tags=["chess", "music"])
    make("Three", stages=("secondary",), support=("money",))
    facets = ask("stage=secondary&support=mentoring").results.facets
    assert facets[Facet.STAGE] == {"primary": 1, "secondary": 1}
    assert facets[Facet.SUPPORT] == {"mentoring": 1, "money": 1}
    assert facets[Facet.TAG] == {"chess": 1, "music": 1}
    assert ask("tag=music").results.facets[Facet.TAG] == {"chess": 2, "music": 1}
    assert set(titles("stage=secondary&stage=primary&tag=chess")) == {"One", "Two"}
    assert ask("region=E12000001").results.total == 3
    assert ask("status=paused").results.total == 0


def test_the_fifteen_tags_most_carried_are_told_and_of_equals_those_first_in_the_alphabet():
    often, once = [f"often {letter}" for letter in "ba"], [f"tag {letter}" for letter in "qponmlkjihgfedcba"]
    make("One", tags=[*often, *once])
    make("Two", tags=often)
    told = ask("q=one+OR+two").results.facets[Facet.TAG]
    assert list(told.items())[:2] == [("often a", 2), ("often b", 2)]
    assert list(told)[2:] == [f"tag {letter}" for letter in "abcdefghijklm"]


def test_what_is_not_public_is_neither_found_nor_counted():
    make("Draft", live=False)
    ended = make("Over")
    end_initiative(ended, user=ModeratorFactory())
    OrganisationFactory(name="Hidden trust", is_public=False)
    assert ask("q=draft+OR+over&exact=1").results.total == 0
    assert ask("").results.facets[Facet.STAGE] == {}
    assert ask("what=organisations&q=hidden&exact=1").results.total == 0


def test_organisations_are_found_by_name_kind_and_place():
    OrganisationFactory(name="Tees Valley Mentors", kind="charity", place_id=MIDDLESBROUGH, is_public=True)
    OrganisationFactory(name="Mentors of Cardiff", kind="business", place_id=CARDIFF, is_public=True)
    assert titles("what=organisations&q=mentor&where=north-east") == ["Tees Valley Mentors"]
    assert titles("what=organisations&q=mentor&kind=business") == ["Mentors of Cardiff"]


def test_the_newest_the_nearest_and_what_closes_first():
    now = timezone.now()
    old = make("Old", first_published_at=now - datetime.timedelta(days=30))
    new = make("New", first_published_at=now)
    for one, days in ((old, 5), (new, 20)):
        Intake.objects.create(initiative=one, closes_on=timezone.localdate() + datetime.timedelta(days=days))
        confirm_running(one, user=ModeratorFactory())
    assert titles("sort=newest") == ["New", "Old"]
    assert titles("sort=closing") == ["Old", "New"]


def test_a_title_ranks_above_a_mention_and_a_confirmed_one_above_an_old_one():
    ago = timezone.now() - datetime.timedelta(days=900)
    make("Coding club")
    make("Other things", description="Sometimes there is coding in a club.")
    make("Chess one", first_published_at=ago, confirmed_at=ago)
    make("Chess two", confirmed_at=timezone.now())
    assert titles("q=coding+club") == ["Coding club", "Other things"]
    assert titles("q=chess") == ["Chess two", "Chess one"]


def test_a_long_question_is_answered_by_what_shares_most_of_it():
    make("Robotics", description="robots wheels sensors built by pupils")
    make("Robot league", description="robots wheels race")
    make("Cooking", description="pupils cook")
    found = titles("q=which+clubs+let+pupils+build+robots+with+wheels+and+sensors&match=any")
    assert found[:2] == ["Robotics", "Robot league"]


def test_what_reads_alike_is_found_without_itself_and_what_is_not_public():
    one = make("Robot club", description="building robots with wheels and sensors")
    near = make("Robot league", description="robots race on wheels")
    make("Cooking", description="soup")
    make("Secret robots", description="robots wheels sensors", live=False)
    keep_up()
    engine = current_engine()
    found = engine.more_like("robots wheels sensors", what=What.INITIATIVES, besides=one.pk, limit=5)
    assert list(found) == [near.pk]
    assert list(engine.more_like("xyzzy", what=What.INITIATIVES, besides=one.pk, limit=5)) == []
    assert list(engine.more_like("", what=What.INITIATIVES, besides=one.pk, limit=5)) == []


def test_pages_hold_twenty_and_one_past_the_end_is_the_last():
    for number in range(23):
        make(f"Club {number}")
    assert len(titles("q=club")) == 20
    answer = ask("q=club&page=99")
    assert (answer.results.page, answer.results.pages, len(answer.results.hits)) == (2, 2, 3)


def test_what_changes_is_found_changed_in_the_same_transaction():
    one = make("First name")
    Initiative.objects.filter(pk=one.pk).update(title="Second title")
    one.refresh_from_db()
    pause_initiative(one, user=ModeratorFactory())
    assert titles("q=second") == ["Second title"]
    assert titles("q=first&exact=1") == []
    assert SearchDocument.objects.filter(object_id=one.pk, kind="initiatives").count() == 1


@pytest.mark.parametrize(
    "text", ['"', "NEAR(", "a AND", "'; DROP", "*", "\x00", "%", "title:x", "😀", "x" * 5000, "OR OR", "-", "()"]
)
def test_no_text_is_an_error(text):
    make("Anything")
    assert ask("q=" + text.replace(" ", "+").replace("%", "%25")).results.total >= 0
