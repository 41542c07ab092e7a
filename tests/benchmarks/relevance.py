"""P6: how good the order of results is, on two public collections with judgements, over BM25 in the same run; P6s where
EMBEDDING_MODEL names an encoder.

Each document is an initiative (title; text as its description), each query goes the way of the product's own search
with any of its words wanted, as the collections' queries are sentences. nDCG@10 with the judgements' own gains.
"""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import Stemmer
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from initiatives.domain.listing import list_initiatives
from initiatives.models import Initiative
from organisations.models import Organisation
from search.domain.encoding import encode_due
from search.domain.maintaining import refresh_statistics
from search.domain.rebuilding import rebuild_index
from search.domain.searching import search
from search.engines import current_engine
from search.meaning.encoder import is_wanted
from search.query import Match, SearchQuery, Sort

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "relevance"
COLLECTIONS = ("cranfield", "cacm")
DEPTH = 10


def figures() -> Iterator[dict[str, Any]]:
    """One figure for the engine at hand: the mean over both collections of our nDCG@10 over BM25's."""
    if not DATA.exists():
        yield {"figure": "P6", "value": None, "goal": 1.0, "note": "the collections are not there"}
        return
    ratios, parts = [], {}
    for name in COLLECTIONS:
        documents, queries, judged = _read(name)
        reference = _ndcg(_bm25s(documents, queries), judged)
        began = time.perf_counter()
        with transaction.atomic():
            _load(documents)
            refresh_statistics()
            encoded = time.perf_counter()
            texts = encode_due()
            encoding = time.perf_counter() - encoded
            if settings.ELASTICSEARCH_URL:
                rebuild_index()
            loaded = time.perf_counter()
            ours = _ndcg(_ours(queries), judged)
            asked = time.perf_counter()
            transaction.set_rollback(True)
        ratios.append(ours / reference)
        parts[name] = {
            "ours": round(ours, 4),
            "bm25s": round(reference, 4),
            "ms a query": round((asked - loaded) * 1000 / len(queries), 1),
            "seconds to load": round(loaded - began, 1),
            **({"texts encoded a second": round(texts / encoding)} if is_wanted() else {}),
        }
    yield {
        "figure": f"{'P6s' if is_wanted() else 'P6'} {current_engine().name}",
        "value": round(sum(ratios) / len(ratios), 3),
        "goal": 1.1 if is_wanted() else 1.0,
        "unit": "nDCG@10 over that of BM25 (bm25s), mean of two collections",
        **parts,
    }


def _read(name: str) -> tuple[dict[str, tuple[str, str]], dict[str, str], dict[str, dict[str, int]]]:
    folder = DATA / name
    documents, queries = {}, {}
    for line in (folder / "documents.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        documents[str(row.get("_id", row.get("id")))] = (row.get("title") or "", row.get("text") or "")
    for line in (folder / "queries.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        queries[str(row.get("_id", row.get("id")))] = row["text"]
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if parts[-1].lstrip("-").isdigit():
            judged[parts[0]][parts[-2]] = int(parts[-1])
    return documents, {key: text for key, text in queries.items() if key in judged}, judged


def _ndcg(found: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]]) -> float:
    """Mean nDCG@10: gains as judged, discounted by the logarithm of the place (Järvelin and Kekäläinen 2002)."""
    values = []
    for query, ranked in found.items():
        gains = judged[query]
        best = sum(gain / math.log2(at + 2) for at, gain in enumerate(sorted(gains.values(), reverse=True)[:DEPTH]))
        got = sum(max(gains.get(key, 0), 0) / math.log2(at + 2) for at, key in enumerate(ranked[:DEPTH]))
        values.append(got / best if best else 0.0)
    return sum(values) / len(values)


def _bm25s(documents: Mapping[str, tuple[str, str]], queries: Mapping[str, str]) -> dict[str, list[str]]:
    """Lucene's formula, k1 1.2 and b 0.75, Snowball's English stems, English stop words."""
    stemmer = Stemmer.Stemmer("english")
    keys = list(documents)
    corpus = bm25s.tokenize(
        [f"{title} {text}" for title, text in documents.values()], stopwords="en", stemmer=stemmer, show_progress=False
    )
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(corpus, show_progress=False)
    asked = bm25s.tokenize(list(queries.values()), stopwords="en", stemmer=stemmer, show_progress=False)
    numbers, _scores = index.retrieve(asked, k=DEPTH, show_progress=False)
    return {query: [keys[n] for n in row] for query, row in zip(queries, numbers, strict=True)}


def _load(documents: Mapping[str, tuple[str, str]]) -> None:
    now = timezone.now()
    lead = Organisation.objects.create(name="", slug="collection", kind="charity", is_public=True)
    made = Initiative.objects.bulk_create(
        [
            Initiative(
                title=title[:140],
                description=text if len(title) <= 140 else f"{title} {text}",
                slug=f"document-{key}",
                lead_organisation=lead,
                live=True,
                reach="uk",
                first_published_at=now,
                last_published_at=now,
            )
            for key, (title, text) in documents.items()
        ],
        batch_size=500,
    )
    list_initiatives(made, places={}, tags={})
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")


def _ours(queries: Mapping[str, str]) -> dict[str, list[str]]:
    keys = dict(Initiative.objects.values_list("pk", "slug"))
    found = {}
    for query, text in queries.items():
        answer = search(SearchQuery(words=text, match=Match.ANY, sort=Sort.RELEVANCE), facets=False)
        assert not answer.results.fallback
        found[query] = [keys[hit.pk].removeprefix("document-") for hit in answer.results.hits[:DEPTH]]
    return found
