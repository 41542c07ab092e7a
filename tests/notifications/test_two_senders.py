"""Several senders at once, on a real database with real connections."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from notifications.domain.sending import send_due
from notifications.models import Message


@pytest.fixture
def shared_database(tmp_path: Path) -> Iterator[None]:
    """As it is served: SQLite's test database lives in memory, where connections cannot wait for each other."""
    Message.objects.bulk_create(
        Message(address=f"p{number}@people.example", kind="test", subject="s", body="b") for number in range(40)
    )
    if connection.vendor != "sqlite":
        yield
        return
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "shared.sqlite3")])
    connection.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")  # for the threads' own connections
    yield
    connection.settings_dict["NAME"] = name


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_message_once(shared_database: None) -> None:
    start = Barrier(4)

    def run() -> tuple[int, int]:
        try:
            start.wait(timeout=10)
            sent = send_due().sent
            start.wait(timeout=30)
            return sent, Message.objects.filter(sent_at=None).count()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        runs = [future.result(timeout=60) for future in [pool.submit(run) for _ in range(4)]]
    assert sum(sent for sent, _left in runs) == 40
    assert {left for _sent, left in runs} == {0}
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"p{n}@people.example" for n in range(40))
