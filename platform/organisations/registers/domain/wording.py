"""Keeping the words that entries are found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from organisations.models import EntryWord, RegisterGram, RegisterWord
from organisations.registers.spelling import grams_of

_BATCH = 5_000


def keep_words(words: Mapping[int, Iterable[str]], *, renamed: Iterable[int] = ()) -> None:
    """Note the words of entries, entry → words. Those of `renamed` entries are taken away first."""
    EntryWord.objects.filter(entry__in=list(renamed)).delete()
    known = _ids({word for group in words.values() for word in group})
    EntryWord.objects.bulk_create(
        (EntryWord(entry_id=pk, word_id=known[word]) for pk, group in words.items() for word in group),
        batch_size=_BATCH,
    )


def _ids(words: set[str]) -> dict[str, int]:
    """Word → its row, made where it is new."""
    known = _read(words)
    new = sorted(words - known.keys())
    if not new:
        return known
    RegisterWord.objects.bulk_create([RegisterWord(word=word) for word in new], ignore_conflicts=True)
    made = _read(set(new))
    RegisterGram.objects.bulk_create(
        (RegisterGram(gram=gram, word_id=pk) for word, pk in made.items() for gram in sorted(grams_of(word))),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return known | made


def _read(words: set[str]) -> dict[str, int]:
    return dict(RegisterWord.objects.filter(word__in=words).values_list("word", "pk"))


def count_words() -> None:
    """By how many entries each word is used: what is rare says more."""
    uses = EntryWord.objects.filter(word=OuterRef("pk")).order_by().values("word").annotate(n=Count("pk")).values("n")
    RegisterWord.objects.update(uses=Coalesce(Subquery(uses), 0))
