"""Learning which words of the registry's texts tell something: in the background, for every process to read."""

from __future__ import annotations

import numpy as np
from django.db import transaction

from partnerships.overlaps.models import Lexicon
from partnerships.overlaps.purpose.keeping import packed
from partnerships.overlaps.purpose.weighing import TermWeights
from partnerships.overlaps.texts import meanings_of
from search.kinds import kind_of
from search.models import SearchDocument
from search.query import What

LEARNT_FROM = 6_000  # texts at the most, spread evenly over all
_GROWTH = 1.25


def learn_words() -> bool:
    """Learn from the texts there are, where nothing was learnt yet or a quarter of them is new. Seconds; gives whether
    it did."""
    documents = SearchDocument.objects.filter(kind=What.INITIATIVES)
    number = documents.count()
    before = Lexicon.objects.order_by("-pk").values_list("documents", flat=True).first()
    if before is None and not number:
        return False
    if before is not None and before / _GROWTH <= number <= before * _GROWTH:
        return False
    pks = list(documents.order_by("pk").values_list("object_id", flat=True))
    some = pks[:: max(1, -(-number // LEARNT_FROM))]
    vectors = list(meanings_of(some).values())
    texts = kind_of(What.INITIATIVES).texts(some).values()
    weights = TermWeights(texts, np.stack(vectors) if vectors else None)
    with transaction.atomic():
        made = Lexicon.objects.create(data=packed(weights), documents=number)
        Lexicon.objects.exclude(pk=made.pk).delete()
    return True
