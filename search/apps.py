from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search: one query, several engines."""

    name = "search"

    def ready(self) -> None:
        from accounts import leaving
        from discussions.events import PostChanged, ThreadChanged
        from initiatives.events import InitiativesChanged, NothingFound
        from initiatives.tagging import affected, nearest
        from notifications.announcing import subscribe
        from organisations.events import OrganisationsChanged
        from search import checks, held, lookups  # noqa: F401  registers them
        from search.domain import parting
        from search.domain.hearing import follow_post, follow_thread
        from search.domain.indexing import index_changed_initiatives, index_changed_organisations
        from search.domain.missing import follow_nothing_found
        from search.domain.tagging import nearest_texts, saved_searches_of

        lookups.register()
        held.register_all()
        leaving.register(leaving.Closer("search", parting.close))
        nearest.register(nearest_texts)
        affected.register(saved_searches_of)
        subscribe(InitiativesChanged, index_changed_initiatives)
        subscribe(NothingFound, follow_nothing_found)
        subscribe(OrganisationsChanged, index_changed_organisations)
        subscribe(PostChanged, follow_post)
        subscribe(ThreadChanged, follow_thread)
