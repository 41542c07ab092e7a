"""Searching by what is meant, with a real encoder, on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from initiatives.domain.running import end_initiative
from initiatives.events import InitiativesChanged
from initiatives.models import Initiative
from notifications.announcing import announce_within
from search.checks import encoder_is_there
from search.domain.draining import drain_all
from search.domain.encoding import encode_due, waiting
from search.domain.likening import like
from search.domain.rebuilding import compare
from search.domain.watching import index_state
from search.engines.elasticsearch import index
from search.meaning.encoder import Encoder, current_encoder
from search.meaning.shelf import current_shelf, vectors_of
from search.models import SearchVector
from search.query import What
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.search import ask, keep_up, titles

pytestmark = pytest.mark.django_db
PLAIN = {"description": "", "how_to_join": "", "support": (), "stages": (), "transitions": ()}


def make(title: str, summary: str, **columns: Any) -> Initiative:
    return InitiativeFactory(title=title, summary=summary, **{**PLAIN, **columns})


def prison(**columns: Any) -> Initiative:
    return make("Family ties", "For sons and daughters of a woman in prison.", **columns)


def chess(**columns: Any) -> Initiative:
    return make("Chess on Fridays", "Openings and endgames for beginners.", **columns)


@pytest.mark.usefixtures("encoder", "engine")
class TestOnEveryEngine:
    def test_what_is_near_in_meaning_is_found_without_one_of_the_words_and_labelled(self) -> None:
        found, _other = prison(), chess()
        answer = ask("q=kids+whose+mother+is+in+jail")
        assert [hit.pk for hit in answer.results.hits] == [found.pk]
        assert answer.results.hits[0].by_meaning
        assert answer.results.total == 1
        assert answer.widened

    def test_it_is_counted_among_the_facets_and_found_in_every_order(self) -> None:
        found = prison(stages=("primary",))
        for order in ("relevance", "newest", "closing"):
            answer = ask(f"q=kids+whose+mother+is+in+jail&match=any&sort={order}")
            assert [(hit.pk, hit.by_meaning) for hit in answer.results.hits] == [(found.pk, True)]
            assert answer.results.facets["stage"] == {"primary": 1}
        assert ask("q=kids+whose+mother+is+in+jail&match=any&stage=secondary").results.total == 0

    def test_where_all_words_are_there_meaning_changes_the_order_and_never_the_set(self) -> None:
        jail = make("Bars one", "Support for children whose mother is behind bars in prison.")
        drink = make("Bars two", "Support to run bars that serve coffee and cake; a mother and toddler group.")
        chess()
        assert {hit.pk for hit in ask("q=support+mother+bars").results.hits} == {jail.pk, drink.pk}
        words = [hit.pk for hit in ask("q=support+mother+bars&exact=1").results.hits]
        assert set(words) == {jail.pk, drink.pk}
        likeness = {hit.pk: hit.likeness for hit in ask("q=mother+bars").results.hits}
        assert None not in likeness.values()

    def test_who_says_just_which_words_gets_just_these(self) -> None:
        prison()
        for address in ("exact=1", "sort=relevance"):
            assert titles(f"q=%22kids+whose+mother+is+in+jail%22&match=any&{address}") == []
        assert titles("q=kids+in+jail&exact=1") == []
        assert titles("q=kids+-zebra+jail") == []
        assert titles("q=kids+OR+jail") == []

    def test_what_means_the_like_elsewhere_is_not_of_the_place(self) -> None:
        prison(places=[CARDIFF])
        here = make("Dads", "For boys and girls whose dad is a prisoner.", places=[MIDDLESBROUGH])
        answer = ask("q=kids+whose+mother+is+in+jail&where=middlesbrough")
        assert [hit.pk for hit in answer.results.hits] == [here.pk]

    def test_what_is_public_no_more_is_not_found_though_it_was_in_memory(self) -> None:
        found = prison()
        assert ask("q=kids+whose+mother+is+in+jail").results.total == 1
        end_initiative(found, user=ModeratorFactory())
        assert ask("q=kids+whose+mother+is+in+jail").results.total == 0
        other = chess()
        keep_up()
        assert found.title not in [card.title for card in like(other)]

    def test_a_changed_text_is_found_by_its_new_meaning(self) -> None:
        one = chess()
        assert ask("q=kids+whose+mother+is+in+jail").results.total == 0
        change(one, title="Ties", summary="For sons and daughters of a woman in prison.")
        assert titles("q=kids+whose+mother+is+in+jail") == ["Ties"]

    def test_organisations_have_a_meaning_too(self) -> None:
        OrganisationFactory(name="Outside In", description="Lawyers who help people seeking asylum.", is_public=True)
        OrganisationFactory(name="Ropes", description="Climbing walls for schools.", is_public=True)
        assert titles("q=legal+aid+migrants&what=organisations&match=any")[0] == "Outside In"

    def test_more_like_this_goes_by_meaning_as_well(self) -> None:
        one = prison()
        near = make("Inside out", "Kids whose mother is in jail.")
        chess()
        keep_up()
        assert like(one)[0].title == near.title

    def test_the_page_says_that_it_is_close_in_meaning(self) -> None:
        prison()
        keep_up()
        page = Client().get("/search/?q=kids+whose+mother+is+in+jail").content.decode()
        assert "Close in meaning" in page


def change(one: Initiative, **columns: Any) -> None:
    Initiative.objects.filter(pk=one.pk).update(**columns)
    announce_within(InitiativesChanged((one.pk,)))


@pytest.mark.usefixtures("encoder")
class TestEncoding:
    def test_a_text_is_encoded_once(self) -> None:
        one = prison()
        OrganisationFactory(is_public=False)
        assert encode_due() == SearchVector.objects.count()
        assert encode_due() == 0
        change(one, website="https://example.org/other")
        assert waiting() == index_state().unencoded == 1
        assert encode_due() == 0
        change(one, summary="Something else.")
        assert encode_due() == 1
        assert waiting() == 0

    def test_a_change_that_is_made_while_its_text_is_encoded_has_its_turn_after(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = prison()
        encode = Encoder.encode

        def slowly(encoder: Encoder, texts: Any) -> Any:
            monkeypatch.setattr(Encoder, "encode", encode)
            change(one, summary="Chess openings and endgames.")
            return encode(encoder, texts)

        monkeypatch.setattr(Encoder, "encode", slowly)
        encode_due()
        assert waiting() == 1
        assert encode_due() == 1
        encoder = current_encoder()
        assert encoder is not None
        kept = vectors_of(What.INITIATIVES, [one.pk], encoder.name)[one.pk]
        assert kept @ encoder.encode(["Family ties. Chess openings and endgames."])[0] > 0.999

    def test_what_goes_takes_its_vector_along_and_without_an_encoder_all_go(self, settings: Any) -> None:
        one, _other = prison(), chess()
        encode_due()
        end_initiative(one, user=ModeratorFactory())
        encode_due()
        assert not SearchVector.objects.filter(kind=What.INITIATIVES, object_id=one.pk).exists()
        settings.EMBEDDING_MODEL = None
        assert encode_due() == 0
        assert not SearchVector.objects.exists()

    def test_vectors_of_another_model_are_made_anew(self) -> None:
        prison()
        number = encode_due()
        SearchVector.objects.update(model="another")
        assert encode_due() == number
        assert not SearchVector.objects.filter(model="another").exists()

    def test_what_was_there_before_the_encoder_is_caught_up_with(self, settings: Any) -> None:
        wanted = settings.EMBEDDING_MODEL
        settings.EMBEDDING_MODEL = None
        prison()
        assert not SearchVector.objects.exists()
        settings.EMBEDDING_MODEL = wanted
        assert encode_due() == SearchVector.objects.count() > 0

    def test_the_shelf_has_what_was_added_changed_and_nothing_unknown(self) -> None:
        ones = [make(f"Club {number}", f"Number {number} of many.") for number in range(70)]
        encode_due()
        shelf, encoder = current_shelf(), current_encoder()
        assert shelf and encoder
        vector = encoder.encode(["Club 7. Number 7 of many."])[0]
        assert shelf.nearest(What.INITIATIVES, vector, limit=1, least=0) == [ones[7].pk]
        change(ones[8], title="Club 7", summary="Number 7 of many.")
        encode_due()
        assert set(shelf.nearest(What.INITIATIVES, vector, limit=2, least=0.99)) == {ones[7].pk, ones[8].pk}
        alike = shelf.likeness(What.INITIATIVES, [ones[7].pk, 10**9], vector)
        assert alike[0] == pytest.approx(1, abs=1e-3) and np.isnan(alike[1])
        assert shelf.nearest(What.INITIATIVES, vector, limit=5, least=0, among=[10**9]) == []

    def test_a_text_has_one_vector_whatever_is_encoded_beside_it(self) -> None:
        encoder = current_encoder()
        assert encoder is not None
        texts = ["short", "a much longer text " * 400, "", "another"]
        together, alone = encoder.encode(texts), np.vstack([encoder.encode([text]) for text in texts])
        assert np.array_equal(together, alone)
        assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(4))


@pytest.mark.usefixtures("encoder", "elasticsearch")
def test_the_index_holds_the_vectors_and_differs_in_none() -> None:
    prison()
    keep_up()
    assert index.is_laid_out()
    assert not compare()
    document = index.read([index.key(What.INITIATIVES, Initiative.objects.get().pk)])
    assert len(next(iter(document.values()))["meaning"]) == 384
    SearchVector.objects.all().delete()
    encode_due()
    drain_all()
    index.refresh()
    assert not compare()


@pytest.mark.usefixtures("encoder", "elasticsearch")
def test_an_index_without_room_for_vectors_is_not_laid_out_once_there_is_an_encoder(settings: Any) -> None:
    assert index.is_laid_out()
    settings.EMBEDDING_MODEL = None
    assert not index.is_laid_out()


@pytest.mark.parametrize("files", [(), ("a.onnx",), ("a.onnx", "b.onnx", "tokenizer.json")])
def test_a_folder_without_one_model_and_one_tokenizer_is_named(
    files: tuple[str, ...], tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", object())
    monkeypatch.setitem(__import__("sys").modules, "tokenizers", object())
    for name in files:
        (tmp_path / name).touch()
    settings.EMBEDDING_MODEL = tmp_path
    (error,) = encoder_is_there(None)
    assert error.id == "steppingstones.E011" and str(tmp_path) in error.msg


def test_a_model_without_what_runs_it_says_what_to_install_and_search_goes_on(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)  # as if it were not installed
    settings.EMBEDDING_MODEL = tmp_path
    (error,) = encoder_is_there(None)
    assert "requirements-semantic.txt" in error.msg
    chess()
    assert titles("q=chess") == ["Chess on Fridays"]


@pytest.mark.usefixtures("encoder")
def test_a_model_that_is_no_model_is_named(tmp_path: Path, settings: Any) -> None:
    for name in ("a.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    settings.EMBEDDING_MODEL = tmp_path
    assert "cannot be read" in encoder_is_there(None)[0].msg
