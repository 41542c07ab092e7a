"""The names of groups in the channel layer: all of them are made here."""


def thread_group(thread_id: int) -> str:
    return f"thread.{thread_id}"


def thread_of(group: str) -> int:
    """The reverse."""
    return int(group.removeprefix("thread."))


def is_thread_group(group: str) -> bool:
    return group.startswith("thread.")


def person_group(user_id: int) -> str:
    return f"person.{user_id}"


def person_of(group: str) -> int:
    """The reverse."""
    return int(group.removeprefix("person."))
