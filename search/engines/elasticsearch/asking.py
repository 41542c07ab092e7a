"""A search as Elasticsearch's own request."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl import query as queries

from places.queries import UK_CODE, gazetteer
from search.engines import ranking
from search.engines.counting import facets_for
from search.meaning.blending import CANDIDATES, LEAST
from search.meaning.encoder import Vector
from search.query import Facet, Match, Scope, SearchQuery, Sort, What
from search.words import Term, Words

WEIGHTS = {"title_words": 4.0, "summary_words": 2.0, "name_words": 1.5, "body_words": 1.0}
TAGS_SHOWN = 15
_MOST_VALUES = 64  # more than any vocabulary has
_FIELDS = [f"{name}^{weight:g}" for name, weight in WEIGHTS.items()]
_GIVEN = ["object_id", "published", "confirmed", "completeness", "location", "reached"]
_METRES_A_MILE = 1609.344
# search.engines.ranking's formula; a distance where both positions are known, else whether it is of the place.
_FORMULA = """
double age = Math.max(params.today - doc['confirmed'].value, 0);
double near = 0;
if (params.point != null && doc['location'].size() > 0) {
  near = 1 / (1 + doc['location'].arcDistance(params.point[0], params.point[1]) / params.metres);
} else if (params.place == null || doc['reached'].contains(params.place)) {
  near = 0.5;
}
return _score * (1 + params.freshness * Math.pow(0.5, age / params.half_life)
  + params.nearness * near + params.completeness * Math.min(doc['completeness'].value, 100) / 100.0);
"""


def _term(term: Term) -> Any:
    if len(term) == 1:
        return queries.CombinedFields(query=term[0], fields=_FIELDS)
    return queries.MultiMatch(query=" ".join(term), type="phrase", fields=_FIELDS)


def _text(words: Words, match: Match) -> Any:
    """The words: those asked for score as BM25F over the four columns, a sum over all terms."""
    groups = [Q("bool", should=[_term(term) for term in group], minimum_should_match=1) for group in words.groups]
    without = [_term(term) for term in words.excluded]
    if not groups:
        return Q("bool", must=[Q("match_all")], must_not=without)
    if match == Match.ALL:
        return Q("bool", must=groups, must_not=without)
    return Q("bool", should=groups, minimum_should_match=1, must_not=without)


def means_the_like(query: SearchQuery, meaning: Vector) -> dict[str, Any]:
    """The body of a search for what is nearest in meaning, of the place where one is asked for."""
    conditions = [Q("term", what=query.what.value), *_place(query)]
    nearest = {
        "field": "meaning",
        "query_vector": meaning.tolist(),
        "k": CANDIDATES,
        "num_candidates": 5 * CANDIDATES,
        "similarity": LEAST,
        "filter": [condition.to_dict() for condition in conditions],
    }
    return {"knn": nearest, "size": CANDIDATES, "_source": False, "docvalue_fields": ["object_id"]}


def _near(query: SearchQuery) -> Any:
    return Q("geo_distance", distance=f"{query.miles}mi", location=_point(query))


def _point(query: SearchQuery) -> dict[str, float]:
    latitude, longitude = query.point or (0.0, 0.0)  # a radius and the nearest are asked for with a point only
    return {"lat": latitude, "lon": longitude}


def everywhere(query: SearchQuery) -> bool:
    """Whether no place is asked for, so that everything is of it."""
    return query.place == UK_CODE and not query.miles


def _place(query: SearchQuery) -> list[Any]:
    """Conditions that a document belongs to the place, or reaches it from outside."""
    if everywhere(query):
        return []
    inside = Q("term", reached=query.place)
    if query.what != What.INITIATIVES:
        return [_near(query)] if query.miles else [inside]
    reaching = [inside, Q("terms", declared=list(gazetteer().ancestors(query.place)))]
    if query.miles:
        reaching.append(_near(query))
    return [Q("bool", should=reaching, minimum_should_match=1)]


def _local(query: SearchQuery) -> Any:
    """The condition that a match is of the place itself (search.engines.counting.Found says the same in arrays)."""
    if everywhere(query):
        return Q("match_all")
    inside = Q("term", reached=query.place)
    if not query.miles:
        return inside
    if query.what != What.INITIATIVES:
        return _near(query)
    unknown = Q("bool", must=[inside], must_not=[Q("exists", field="location")])
    return Q("bool", should=[_near(query), unknown], minimum_should_match=1)


def _chosen(query: SearchQuery) -> dict[Facet, Any]:
    """A filter for each facet that something is chosen of."""
    filters: dict[Facet, Any] = {}
    for facet, values in query.chosen:
        if facet != Facet.SCOPE:
            filters[facet] = Q("terms", **{facet.value: list(values)})
        elif len(set(values)) == 1:
            wider = values[0] == Scope.WIDER
            filters[facet] = Q("bool", **{"must_not" if wider else "filter": [_local(query)]})
    return filters


def formula(query: SearchQuery, text: Any) -> Any:
    """A text's score made the order of relevance."""
    local_place = None if everywhere(query) else query.place
    return queries.ScriptScore(
        query=text,
        script={
            "source": _FORMULA,
            "params": {
                "today": timezone.localdate().toordinal(),
                "point": list(query.point) if query.point else None,
                "place": local_place,
                "metres": ranking.NEAR_MILES * _METRES_A_MILE,
                "half_life": ranking.HALF_LIFE_DAYS,
                "freshness": ranking.FRESHNESS,
                "nearness": ranking.NEARNESS,
                "completeness": ranking.COMPLETENESS,
            },
        },
    )


def request(
    query: SearchQuery,
    words: Words,
    *,
    window: tuple[int, int],
    facets: bool,
    by_text: bool = False,
    besides: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The body of a search for results from `window[0]` to before `window[1]`.

    `by_text` orders by the words alone and gives the words of each document; `besides` leaves documents out; `near`
    match without a word, for nothing; `only` looks among some.
    """
    text = _text(words, query.match)
    if near:
        likes = queries.ConstantScore(filter=Q("ids", values=list(near)), boost=0)
        text = Q("bool", should=[text, likes], minimum_should_match=1)
    conditions = [Q("term", what=query.what.value), *_place(query)]
    if only:
        conditions.append(Q("ids", values=list(only)))
    matched = Q("bool", must=[text], filter=conditions)
    if besides:
        matched = Q("bool", must=[matched], must_not=[Q("ids", values=list(besides))])
    scored = not by_text and query.order != Sort.NEWEST
    asked = Search().query(formula(query, matched) if scored else matched)
    chosen = _chosen(query)
    if chosen and facets:
        asked = asked.post_filter(Q("bool", filter=list(chosen.values())))
    elif chosen:
        asked = asked.filter(Q("bool", filter=list(chosen.values())))
    asked = asked.sort(*_sort(query, by_text)).extra(
        track_total_hits=True, docvalue_fields=_GIVEN, **{"from": window[0], "size": window[1] - window[0]}
    )
    asked = asked.source(list(WEIGHTS) if by_text else False)
    body: dict[str, Any] = asked.to_dict()
    return {**body, "aggs": _count(query, chosen)} if facets else body


def _sort(query: SearchQuery, by_text: bool) -> list[Any]:
    """Equal ones go by score, then the newest id first: the same order on every engine."""
    last: list[Any] = [{"_score": "desc"}, {"object_id": "desc"}]
    if by_text or query.order == Sort.RELEVANCE:
        return last
    if query.order == Sort.NEWEST:
        return [{"published": "desc"}, {"object_id": "desc"}]
    if query.order == Sort.CLOSING:
        return [{"closes": {"order": "asc", "missing": "_last"}}, *last]
    return [{"_geo_distance": {"location": _point(query), "order": "asc", "unit": "mi"}}, *last]


def _count(query: SearchQuery, chosen: dict[Facet, Any]) -> dict[str, Any]:
    """Every facet's counts: those with a choice of their own without it, all the others together. Of the scope what is
    local is counted; the rest of its documents is wider."""
    conditions = {facet: condition.to_dict() for facet, condition in chosen.items()}
    counted: dict[str, Any] = {"rest": _among(list(conditions.values()))}
    for facet in (*facets_for(query), *([Facet.TAG] if query.what == What.INITIATIVES else [])):
        if facet in conditions:
            counted[facet.value] = _among([condition for other, condition in conditions.items() if other != facet])
        into = counted.get(facet.value, counted["rest"])["aggs"]
        if facet == Facet.SCOPE:
            into[facet.value] = {"filter": _local(query).to_dict()}
        elif facet == Facet.TAG:
            order = [{"_count": "desc"}, {"_key": "asc"}]
            into[facet.value] = {"terms": {"field": facet.value, "size": TAGS_SHOWN, "order": order}}
        else:
            into[facet.value] = {"terms": {"field": facet.value, "size": _MOST_VALUES}}
    return counted


def _among(conditions: list[Any]) -> dict[str, Any]:
    return {"filter": {"bool": {"filter": conditions}}, "aggs": {}}
