from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    """Threads and posts, and how they arrive at once."""

    name = "discussions"

    def ready(self) -> None:
        from accounts import leaving
        from discussions import held, listening
        from discussions.about import register_own_subjects
        from discussions.domain import parting
        from discussions.events import PostChanged, ReadFurther, ThreadChanged, WritingChanged
        from discussions.live.announcing import tell_own_pages, tell_pages_of_post, tell_pages_of_thread, tell_writer
        from discussions.queries.caring import register_care
        from discussions.reported import register_talk
        from notifications.announcing import subscribe

        register_own_subjects()
        held.register_all()
        leaving.register(leaving.Closer("discussions", parting.close))
        register_care()
        register_talk()
        subscribe(PostChanged, tell_pages_of_post)
        subscribe(ThreadChanged, tell_pages_of_thread)
        subscribe(ReadFurther, tell_own_pages)
        subscribe(WritingChanged, tell_writer)
        listening.subscribe_all()
