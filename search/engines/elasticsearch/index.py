"""The index: its mapping, its names, and what is written to it.

The living index has the alias `ELASTICSEARCH_INDEX`; one that is being built beside it has that name with `-building`.
Documents carry versions of their own ("external"): a change that arrives after a later one is refused by the index
itself. A deleted document's version is kept for an hour, so that an old change does not bring it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import numpy as np
from django.conf import settings
from elasticsearch import dsl

from search.engines.elasticsearch.client import client, guarded
from search.meaning.encoder import current_encoder
from search.meaning.packing import packed, unpacked

Document = Mapping[str, Any]

# Words are folded, freed of stop words and widened by synonyms before they come here, in one way for every engine
# (search.words); what is left to do is Porter's stem, by the rules the databases have.
ANALYZER = dsl.analyzer(
    "search_words",
    tokenizer="whitespace",
    filter=["lowercase", dsl.token_filter("search_porter", type="snowball", language="Porter")],
)


class Searched(dsl.Document):
    """One public thing, as `search.domain.mirroring` describes it."""

    what = dsl.Keyword()
    object_id = dsl.Long()
    title_words = dsl.Text(analyzer=ANALYZER, copy_to="all_words")
    summary_words = dsl.Text(analyzer=ANALYZER, copy_to="all_words")
    name_words = dsl.Text(analyzer=ANALYZER, copy_to="all_words")
    body_words = dsl.Text(analyzer=ANALYZER, copy_to="all_words")
    all_words = dsl.Text(analyzer=ANALYZER)
    stage = dsl.Keyword()
    transition = dsl.Keyword()
    support = dsl.Keyword()
    focus = dsl.Keyword()
    region = dsl.Keyword()
    kind = dsl.Keyword()
    reach = dsl.Keyword()
    status = dsl.Keyword()
    tag = dsl.Keyword()
    reached = dsl.Keyword()
    declared = dsl.Keyword()
    location = dsl.GeoPoint()
    published = dsl.Long()
    confirmed = dsl.Integer()
    closes = dsl.Integer()
    completeness = dsl.Short()

    class Meta:
        dynamic = dsl.MetaField("strict")

    class Index:
        settings = {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "gc_deletes": "1h",
            "refresh_interval": "1s",
        }


@dataclass(frozen=True)
class Refusal:
    """A document that the index did not take, and why; `passing` where it may take it later."""

    what: str
    object_id: int
    reason: str
    passing: bool


def living() -> str:
    """The alias that is searched."""
    return str(settings.ELASTICSEARCH_INDEX)


def building() -> str:
    """The alias of an index that is being built."""
    return f"{living()}-building"


@guarded
def names_of(alias: str) -> list[str]:
    """The indexes that carry an alias: none or one."""
    if not client().indices.exists_alias(name=alias):
        return []
    return sorted(client().indices.get_alias(name=alias))


def layout() -> str:
    """A short name of today's mapping: an index of another one has to be built anew."""
    return sha256(json.dumps(_body(), sort_keys=True).encode()).hexdigest()[:12]


def _body() -> dict[str, Any]:
    """Mapping and settings; vectors have a field where there is an encoder to make them."""
    body: dict[str, Any] = Searched._index.to_dict()
    encoder = current_encoder()
    if encoder is not None:
        field = dsl.DenseVector(dims=encoder.dims, index=True, similarity="cosine").to_dict()
        body["mappings"]["properties"] = {**body["mappings"]["properties"], "meaning": field}
    return body


@guarded
def is_laid_out() -> bool:
    """Whether there is a living index, with today's mapping."""
    for name in names_of(living()):
        mapping = client().indices.get_mapping(index=name)[name]["mappings"]
        return bool(mapping.get("_meta", {}).get("layout") == layout())
    return False


@guarded
def lay_beside() -> str:
    """Make an empty index to be filled; one that was begun and never finished goes. Gives its name."""
    for old in names_of(building()):
        client().indices.delete(index=old)
    name = f"{living()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    body = _body()
    body["mappings"]["_meta"] = {"layout": layout()}
    body["settings"] = {**body["settings"], "refresh_interval": "-1"}
    client().indices.create(index=name, aliases={building(): {}}, **body)
    return name


@guarded
def swap(name: str) -> None:
    """Let a filled index take the living one's place at once; the one before goes.

    Raises EngineFailed where another build has taken over meanwhile.
    """
    before = names_of(living())
    client().indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    client().indices.refresh(index=name)
    client().indices.update_aliases(
        actions=[
            {"remove": {"index": name, "alias": building(), "must_exist": True}},
            {"add": {"index": name, "alias": living()}},
            *({"remove_index": {"index": old}} for old in before),
        ]
    )


def key(what: str, object_id: int) -> str:
    """A document's id in the index."""
    return f"{what}-{object_id}"


@guarded
def write(
    target: str, written: Iterable[tuple[int, Document]], gone: Iterable[tuple[int, str, int]] = ()
) -> list[Refusal]:
    """Write documents, each after its version, and take away others (version, what, id). Gives what was refused;
    what the index knows a later version of is no refusal. Raises EngineFailed where the whole was not taken."""
    operations: list[Any] = []
    touched: list[tuple[str, int]] = []
    for version, document in written:
        what, object_id = document["what"], document["object_id"]
        operations += [{"index": {"_id": key(what, object_id), "version": version, "version_type": "external_gte"}}]
        operations += [document]
        touched.append((what, object_id))
    for version, what, object_id in gone:
        operations += [{"delete": {"_id": key(what, object_id), "version": version, "version_type": "external_gte"}}]
        touched.append((what, object_id))
    if not operations:
        return []
    answer = client().bulk(index=target, operations=operations, require_alias=True)
    if not answer["errors"]:
        return []
    refused = []
    for (what, object_id), item in zip(touched, answer["items"], strict=True):
        (told,) = item.values()
        status = told["status"]
        if status < 300 or status == 409 or (status == 404 and "error" not in told):
            continue
        reason = str(told.get("error", {}).get("reason", status))[:500]
        refused.append(Refusal(what, object_id, reason, passing=status in (404, 429) or status >= 500))
    return refused


@guarded
def read(keys: Sequence[str]) -> dict[str, Document]:
    """The documents of these ids that the living index holds."""
    if not keys:
        return {}
    answer = (
        client()
        .options()
        .perform_request(
            "POST",
            f"/{living()}/_mget?_source_exclude_vectors=false",
            body={"ids": list(keys)},
            headers={"accept": "application/json", "content-type": "application/json"},
        )
    )
    return {found["_id"]: _as_written(found["_source"]) for found in answer["docs"] if found.get("found")}


def _as_written(document: dict[str, Any]) -> Document:
    """Vectors come back with the last digit of a float changed; they were written with fewer digits than that."""
    if "meaning" in document:
        document["meaning"] = unpacked([packed(np.array(document["meaning"], dtype=np.float32))])[0].tolist()
    return document


@guarded
def every_key(after: str = "", size: int = 5_000) -> list[tuple[str, int]]:
    """What and id of the living index's documents in the order of their ids, from one on: a page of them."""
    query: dict[str, Any] = {"match_all": {}}
    what, number = after.rsplit("-", 1) if after else ("", "")
    answer = client().search(
        index=living(),
        query=query,
        size=size,
        sort=["what", "object_id"],
        search_after=[what, int(number)] if after else None,
        source=False,
        docvalue_fields=[{"field": "what"}, {"field": "object_id"}],
        track_total_hits=False,
    )
    return [(hit["fields"]["what"][0], hit["fields"]["object_id"][0]) for hit in answer["hits"]["hits"]]


@guarded
def refresh() -> None:
    """Make what was written findable at once, instead of within a second."""
    client().indices.refresh(index=living())


@guarded
def size_of() -> tuple[int, int]:
    """The living index's documents and its bytes."""
    told = client().indices.stats(index=living(), metric=["docs", "store"])["_all"]["primaries"]
    return int(told["docs"]["count"]), int(told["store"]["size_in_bytes"])
