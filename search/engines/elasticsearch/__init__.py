"""Elasticsearch as an engine, for a site with more records or more searches than its database should answer."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
