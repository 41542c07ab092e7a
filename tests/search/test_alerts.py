"""What a saved search tells: what is new, why, once, and never less because a run was killed."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative
from notifications.models import Message, Notice
from search.domain import alerting
from search.domain.alerting import send_alerts
from search.domain.saving import change_search, next_due, silence
from search.models import Frequency, SavedResult, SavedSearch
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.search import SavedSearchFactory, keep_up

LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.django_db


def run(**later: int) -> int:
    """One run, some time from now; gives how many results were told."""
    keep_up()
    done = send_alerts(timezone.now() + datetime.timedelta(**(later or {"minutes": 5})))
    assert done.failed == 0
    return done.told


@pytest.mark.usefixtures("engine")
def test_what_is_new_is_told_once_with_its_reason_and_what_was_there_before_never():
    InitiativeFactory(title="Old chess club")
    saved = SavedSearchFactory(address="q=chess&where=TS1+1AA&miles=10&stage=primary", name="Chess near us")
    InitiativeFactory(
        title="New chess club", places=[MIDDLESBROUGH], stages=("primary",), latitude=54.6, longitude=-1.2
    )
    InitiativeFactory(title="Chess far away", places=["W06000015"], stages=("primary",))
    InitiativeFactory(title="Chess for the old", places=[MIDDLESBROUGH], stages=("secondary",))
    InitiativeFactory(title="Unseen chess", places=[MIDDLESBROUGH], stages=("primary",), live=False)
    assert run() == 1
    (notice,) = Notice.objects.filter(user=saved.owner)
    (message,) = Message.objects.all()
    assert notice.title == message.subject == "1 new in “Chess near us”"
    for text in (notice.detail, message.body):
        assert "“chess”, within 10 miles of TS1 1AA, Primary" in text
        assert "New chess club" in text and "new, " in text and "away" in text
        for other in ("Old chess", "far away", "for the old", "Unseen"):
            assert other not in text
    assert run(days=1) == 0
    assert Message.objects.count() == Notice.objects.count() == 1


@pytest.mark.usefixtures("engine")
def test_an_old_one_that_comes_to_fit_is_told_as_changed():
    one = InitiativeFactory(title="Maths club", places=[HARTLEPOOL])
    old = timezone.now() - datetime.timedelta(days=90)
    Initiative.objects.filter(pk=one.pk).update(first_published_at=old)
    one.refresh_from_db()
    SavedSearchFactory(address="q=chess")
    one.title = "Maths and chess club"
    one.save_revision().publish()
    assert run() == 1
    assert "changed, and fits now" in Message.objects.get().body


def test_organisations_can_be_waited_for():
    SavedSearchFactory(address="what=organisations&where=middlesbrough", name="New neighbours")
    OrganisationFactory(name="Tees Robots", is_public=True, place_id=MIDDLESBROUGH)
    assert run() == 1
    assert "Tees Robots" in Message.objects.get().body
    assert "organisations, in Middlesbrough" in Message.objects.get().body


def test_one_thing_in_two_searches_is_told_once_in_one_email():
    owner = UserFactory()
    SavedSearchFactory(owner=owner, address="q=chess", name="Chess")
    SavedSearchFactory(owner=owner, address="q=club", name="Clubs")
    InitiativeFactory(title="Chess club")
    InitiativeFactory(title="Book club")
    assert run() == 2
    (message,) = Message.objects.all()
    assert message.subject == "2 new in 2 of your saved searches"
    assert message.body.count("* Chess club") == message.body.count("* Book club") == 1
    assert run() == 0


def test_other_people_are_told_for_themselves():
    SavedSearchFactory.create_batch(2)
    InitiativeFactory(title="Chess club")
    assert run() == 2
    assert Message.objects.count() == 2


def test_each_is_told_when_it_asked_to_be():
    now = datetime.datetime(2026, 3, 28, 12, tzinfo=LONDON)  # a Saturday; the clocks go forward that night
    assert next_due(Frequency.AT_ONCE, now) == now
    assert next_due(Frequency.DAILY, now) == datetime.datetime(2026, 3, 29, 7, tzinfo=LONDON)
    assert next_due(Frequency.DAILY, now.replace(hour=5)) == now.replace(hour=7)
    assert next_due(Frequency.WEEKLY, now) == datetime.datetime(2026, 3, 30, 7, tzinfo=LONDON)
    monday = datetime.datetime(2026, 3, 30, 7, tzinfo=LONDON)
    assert next_due(Frequency.WEEKLY, monday) == monday + datetime.timedelta(days=7)
    SavedSearchFactory(frequency=Frequency.WEEKLY)
    InitiativeFactory(title="Chess club")
    assert send_alerts().told == 0
    assert run(days=7) == 1


def test_what_comes_while_it_is_paused_is_told_when_it_goes_on():
    saved = SavedSearchFactory()
    kept = {"name": saved.name, "frequency": saved.frequency, "by_email": True, "in_inbox": True}
    change_search(saved, is_paused=True, **kept)
    InitiativeFactory(title="Chess club")
    assert run() == 0
    change_search(saved, is_paused=False, **kept)
    assert run() == 1


def test_one_that_is_silenced_is_told_by_no_search_of_its_owner():
    owner = UserFactory()
    first = SavedSearchFactory(owner=owner)
    SavedSearchFactory(owner=owner, address="q=club", name="Clubs")
    one = InitiativeFactory(title="Chess club")
    silence(first, one.pk)
    other = SavedSearchFactory(name="Of someone else")
    SavedResult.objects.filter(saved_search=other).delete()
    assert run() == 1
    assert Message.objects.get().user == other.owner


def test_one_whose_place_is_no_longer_known_says_so_once_and_asks_for_no_other_place():
    saved = SavedSearchFactory(address="where=middlesbrough")
    SavedSearch.objects.filter(pk=saved.pk).update(address="?where=atlantis")
    InitiativeFactory(title="Chess club")
    assert run() == run() == 0
    (notice,) = Notice.objects.all()
    assert "can no longer be asked" in notice.title and "atlantis" in notice.detail


def test_nothing_with_all_the_words_is_not_told_as_something_with_some():
    SavedSearchFactory(address="q=chess+astronomy")
    InitiativeFactory(title="Chess club")
    assert run() == 0
    InitiativeFactory(title="Chess and astronomy")
    assert run() == 1


def test_who_has_left_is_told_nothing():
    saved = SavedSearchFactory()
    saved.owner.is_active = False
    saved.owner.save()
    InitiativeFactory(title="Chess club")
    assert run() == 0


def test_a_long_alert_shows_twenty_and_leads_to_the_rest():
    SavedSearchFactory()
    for number in range(23):
        InitiativeFactory(title=f"Chess {number}")
    assert run() == 23
    body = Message.objects.get().body
    assert body.count("* Chess") == 20 and "And 3 more:" in body
    assert SavedResult.objects.exclude(told_at=None).count() == 23


@pytest.mark.parametrize("number", [1, 30])
def test_an_alert_asks_as_much_for_one_result_as_for_many(number, django_assert_max_num_queries):
    SavedSearchFactory()
    for one in range(number):
        InitiativeFactory(title=f"Chess {one}")
    with django_assert_max_num_queries(30):
        assert run() == number


def test_a_person_whose_searches_fail_is_told_the_next_time_and_hinders_nobody(monkeypatch):
    broken = SavedSearchFactory()
    SavedSearchFactory()
    InitiativeFactory(title="Chess club")
    with monkeypatch.context() as patched:
        real = alerting.show

        def fails_for_one(answer):
            if SavedResult.objects.filter(saved_search=broken).exists():
                raise RuntimeError("in the middle")
            return real(answer)

        patched.setattr(alerting, "show", fails_for_one)
        done = send_alerts(timezone.now() + datetime.timedelta(minutes=5))
    assert (done.told, done.failed) == (1, 1)
    assert run() == 1
    assert {message.user_id for message in Message.objects.all()} == {
        saved.owner_id for saved in SavedSearch.objects.all()
    }


def test_the_email_stops_from_the_mail_programs_own_button(django_capture_on_commit_callbacks, settings):
    saved = SavedSearchFactory()
    InitiativeFactory(title="Chess club")
    with django_capture_on_commit_callbacks(execute=True):
        run()
    (email,) = mail.outbox
    headers = email.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").replace("\n", "").replace(" ", "")
    path = address.removeprefix(settings.SITE_URL)
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    saved.refresh_from_db()
    assert saved.by_email, "a program that only looks at the link changes nothing"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    saved.refresh_from_db()
    assert not saved.by_email and saved.in_inbox and not saved.is_paused
    assert client.post(path[:-8] + "x/stop/").status_code == 404


def test_stopping_the_email_of_one_without_an_inbox_pauses_it(client):
    saved = SavedSearchFactory(in_inbox=False)
    client.post(alerting.stop_path([saved.pk]))
    saved.refresh_from_db()
    assert saved.is_paused


def test_a_link_in_the_alert_silences_one_result(client):
    saved = SavedSearchFactory()
    one = InitiativeFactory(title="Chess club")
    run()
    path = next(line for line in Message.objects.get().body.split() if "/silence/" in line)
    path = "/alerts/" + path.split("/alerts/")[1]
    assert "Chess club" in client.get(path).content.decode()
    assert not SavedResult.objects.get(saved_search=saved, object_id=one.pk).is_silenced
    client.post(path)
    assert SavedResult.objects.get(saved_search=saved, object_id=one.pk).is_silenced
    assert client.post(path.replace("/silence/", "/stop/")).status_code == 404, "a token is for one purpose"


def test_the_command_says_what_it_did():
    SavedSearchFactory()
    InitiativeFactory(title="Chess club")
    keep_up()
    out = StringIO()
    call_command("send_alerts", stdout=out)
    assert out.getvalue() == "1 searches asked, 1 results told, 0 people to try again.\n"


@pytest.fixture
def shared_database(tmp_path: Path):
    """As it is served: SQLite's test database lives in memory, where no other process can be killed."""
    for number in range(6):
        SavedSearchFactory(name=f"Chess {number}")
    for number in range(4):
        InitiativeFactory(title=f"Chess club {number}")
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        yield name
        return
    shared = str(tmp_path / "shared.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [shared])
    connection.settings_dict["NAME"] = shared  # for the threads' own connections
    yield shared
    connection.settings_dict["NAME"] = name


def there(question):
    """Ask the shared database: on a connection of a thread's own."""

    def ask():
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result(timeout=30)


WORKER = """
import sys, time, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from notifications.domain import telling
from search.domain import alerting
real = alerting.tell
def slow(*args, **kwargs):
    found = real(*args, **kwargs)
    print("told", flush=True)
    time.sleep(30 if sys.argv[2] == "stop" else 0)
    return found
alerting.tell = slow
alerting.send_alerts()
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_half_way_tells_nothing_twice_and_loses_nothing(shared_database):
    def worker(mode: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ELASTICSEARCH_URL": ""}
        command = [sys.executable, "-c", WORKER, shared_database, mode]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    half = worker("stop")
    try:
        assert half.stdout is not None and half.stdout.readline() == "told\n"
    finally:
        os.kill(half.pid, signal.SIGKILL)
        half.wait(timeout=30)
    assert there(Message.objects.count) == 0, "what was being told was not told yet"
    whole = worker("go on")
    assert "done" in whole.communicate(timeout=120)[0]
    subjects = there(lambda: sorted(Message.objects.values_list("subject", flat=True)))
    assert subjects == sorted(f"4 new in “Chess {number}”" for number in range(6))
    assert there(Notice.objects.count) == 6
    assert there(SavedResult.objects.exclude(told_at=None).count) == 24


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_each_thing_once(shared_database):
    start = Barrier(2)

    def one_of_two() -> int:
        try:
            start.wait(timeout=10)
            told = send_alerts().told
            start.wait(timeout=60)
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = [future.result(timeout=90) for future in [pool.submit(one_of_two) for _ in range(2)]]
    assert sum(told) == 24
    assert there(Message.objects.count) == 6
