"""Files of posts: sent with the form, served to who may read the thread, gone with the post."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from discussions.domain.errors import DiscussionError
from discussions.domain.posting import change_files, post_message, remove_post
from discussions.domain.tending import change_readers
from discussions.models import Attachment, Post, Thread, Visibility
from discussions.models.enclosed import attachment_storage
from discussions.queries.showing import shown, shown_posts
from organisations.models import Membership
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import client_id, member, post_in, thread_by
from tests.factories.files import GOOD, HTML, PDF, SECRET, SVG, photograph, ready_file
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """Where the files of this test lie."""
    storages = {**settings.STORAGES}
    storages["attachments"] = {**storages["attachments"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = storages
    return tmp_path


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def upload(name: str = "photo.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, GOOD[name]() if data is None else data)


def send(thread: Thread, user: User, **given):
    form = {"text": "Look at this.", "client_id": client_id(), **given}
    return sign_in(Client(), user).post(reverse("post-new", args=[thread.pk]), form)


def last(thread: Thread) -> Post:
    return Post.objects.filter(thread=thread).order_by("-pk")[0]


def with_file(name: str = "photo.jpg", thread: Thread | None = None, author: User | None = None) -> Attachment:
    post = post_in(thread or thread_by(), author, files=[ready_file(name)])
    return post.attachments.get()


def test_a_form_sends_pictures_and_documents_with_the_words(folder: Path):
    thread, user = thread_by(), member()
    alt = "A bridge\n\nnot asked for"
    answer = send(thread, user, attached=[upload(), upload("paper.pdf"), upload("plan.png")], alt=alt)
    assert answer.status_code == 302
    files = shown(last(thread)).files
    assert [(file.name, file.kind, file.alt) for file in files] == [
        ("photo.jpg", "JPEG", "A bridge"),
        ("paper.pdf", "PDF", ""),
        ("plan.png", "PNG", ""),
    ]
    assert len(lying(folder)) == 5  # two pictures have a small one beside them
    page = Client().get(thread.get_absolute_url()).content.decode()
    assert f'<img src="{files[0].small_url}" width="80" height="40" loading="lazy" alt="A bridge">' in page
    assert 'alt="Picture plan.png"' in page
    assert f'<a class="files__document" href="{files[1].url}" download>paper.pdf</a>' in page


def test_a_box_for_each_picture_says_the_same_as_one_box_with_lines():
    thread, user = thread_by(), member()
    send(thread, user, attached=[upload(), upload("paper.pdf"), upload("plan.png")], alt=["", "A plan"])
    assert [file.alt for file in shown(last(thread)).files] == ["", "", "A plan"]


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_is_served_under_rules_that_let_nothing_in_it_run(name: str):
    file = with_file(name)
    answer = Client().get(file.get_absolute_url())
    is_picture = bool(file.width)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Disposition"].startswith("inline" if is_picture else "attachment")
    assert "html" not in answer["Content-Type"] and "svg" not in answer["Content-Type"]
    assert is_picture == answer["Content-Type"].startswith("image/")
    small = Client().get(reverse("file-small", args=[file.token, file.name]))
    assert small.status_code == (200 if is_picture else 404)
    if is_picture:
        assert small["Content-Type"] == "image/webp"
        assert small["Content-Security-Policy"] == "sandbox; default-src 'none'"
    else:
        assert answer.content == GOOD[name]()


def test_what_is_served_does_not_say_where_it_was_taken():
    answer = Client().get(with_file().get_absolute_url())
    assert SECRET in photograph() and SECRET not in answer.content
    assert b"Exif" not in answer.content


def test_a_name_with_anything_in_it_is_said_safely():
    post = post_in(thread_by(), files=[ready_file('Größe "1"; x.csv', b"a,b\n")])
    file = post.attachments.get()
    answer = Client().get(file.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%201%20x.csv"


def test_a_browser_that_has_it_asks_whether_it_may_still_show_it():
    author = member()
    file = with_file(author=author)
    client = Client()
    answer = client.get(file.get_absolute_url())
    again = client.get(file.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    remove_post(file.post, user=author)
    assert client.get(file.get_absolute_url(), headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_a_wrong_token_or_name_leads_nowhere():
    file = with_file()
    for token, name in (("0" * 40, file.name), (file.token, "other.jpg"), (file.token[:-1], file.name)):
        assert Client().get(reverse("file", args=[token, name])).status_code == 404
    assert Client().get(f"/files/{file.token}/..%2f{file.name}").status_code == 404
    assert Client().post(file.get_absolute_url()).status_code == 405


def test_tokens_cannot_be_guessed_and_nothing_lies_among_what_is_served_to_everyone(folder: Path, settings):
    tokens = {with_file().token for _number in range(3)}
    assert len(tokens) == 3
    assert all(re.fullmatch(r"[0-9a-f]{40}", token) for token in tokens)
    assert not Path(settings.STORAGES["attachments"]["OPTIONS"]["location"]).is_relative_to(settings.MEDIA_ROOT)


def statuses(file: Attachment, **people: User | None) -> dict[str, int]:
    found = {}
    for name, person in people.items():
        client = Client()
        if person is not None:
            sign_in(client, User.objects.get(pk=person.pk))
        found[name] = client.get(file.get_absolute_url()).status_code
    return found


def test_each_role_gets_a_file_who_may_read_its_thread():
    party = OrganisationFactory(is_public=True)
    people = {
        "visitor": None,
        "newcomer": UserFactory(),
        "stranger": member(),
        "insider": member(of=party),
        "moderator": ModeratorFactory(),
    }
    author = member(of=party)
    file = with_file(thread=thread_by(author), author=author)
    assert set(statuses(file, **people).values()) == {200}
    change_readers(file.post.thread, user=author, visibility=Visibility.MEMBERS)
    assert statuses(file, **people) == {
        **{"visitor": 404, "newcomer": 404, "stranger": 200, "insider": 200, "moderator": 200}
    }
    change_readers(file.post.thread, user=author, visibility=Visibility.ORGANISATIONS, organisations=[party])
    assert statuses(file, **people) == {
        **{"visitor": 404, "newcomer": 404, "stranger": 404, "insider": 200, "moderator": 404}
    }
    Membership.objects.filter(user=people["insider"]).delete()
    assert statuses(file, **people)["insider"] == 404
    Thread.objects.filter(pk=file.post.thread_id).update(hidden_at=timezone.now(), visibility=Visibility.PUBLIC)
    assert [name for name, status in statuses(file, author=author, **people).items() if status == 200] == ["moderator"]


def test_the_file_of_a_post_that_waits_is_its_authors_and_moderators():
    author = member()
    file = with_file(author=author)
    Post.objects.filter(pk=file.post_id).update(number=None)
    assert statuses(file, author=author, moderator=ModeratorFactory(), member=member(), visitor=None) == {
        **{"author": 200, "moderator": 200, "member": 404, "visitor": 404}
    }


def test_a_removed_posts_files_are_gone_at_once(folder: Path):
    author = member()
    file = with_file(author=author)
    remove_post(file.post, user=author)
    assert lying(folder) == []
    assert Attachment.objects.count() == 0
    assert Client().get(file.get_absolute_url()).status_code == 404
    assert file.token not in Client().get(reverse("post", args=[file.post_id])).content.decode()


def test_a_removal_that_rolls_back_keeps_them(folder: Path):
    from django.db import transaction

    author = member()
    file = with_file(author=author)
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_post(file.post, user=author)
        raise RuntimeError
    assert len(lying(folder)) == 2
    assert Client().get(file.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"attached": [("drawing.svg", SVG)]}, "An SVG picture can carry programs. Save it as PNG and send that."),
        ({"attached": [("page.html", HTML)]}, "A web page can carry programs."),
        ({"attached": [("photo.jpg", PDF)]}, "It is called JPEG, and is PDF inside."),
        ({"attached": [(f"{n}.pdf", PDF) for n in range(6)]}, "That is more than five files."),
        ({"attached": [("big.pdf", PDF + bytes(10 * 1024 * 1024))]}, "It is larger than 10 MB."),
        ({"attached": [("paper.pdf", PDF)], "text": "x" * 10_001}, "That is too long: ten thousand characters"),
    ],
)
@pytest.mark.parametrize("script", [False, True])
def test_a_post_that_is_refused_keeps_its_words_and_says_to_choose_the_files_again(
    folder: Path, given: dict, said: str, script: bool
):
    thread, user = thread_by(), member()
    form = {"text": "The words I typed.", "client_id": client_id(), "alt": "What it shows", **given}
    form["attached"] = [upload(*file) for file in form["attached"]]
    headers = {"Accept": "application/json"} if script else {}
    answer = sign_in(Client(), user).post(reverse("post-new", args=[thread.pk]), form, headers=headers)
    assert answer.status_code == 422
    text = answer.json()["error"] if script else answer.content.decode()
    assert said in text
    assert ("Choose your files again: they were not kept." in text) is not script  # a script's page still has them
    if not script:
        assert form["text"] in text
        assert "What it shows" in text
    assert lying(folder) == []
    assert Post.objects.filter(thread=thread).count() == 1


def test_one_bad_file_among_good_ones_is_named():
    answer = send(thread_by(), member(), attached=[upload(), upload("drawing.svg", SVG)])
    text = answer.content.decode()
    assert "“drawing.svg”" in text
    assert "“photo.jpg”" not in text


def test_who_may_not_post_leaves_no_file(folder: Path):
    thread = thread_by()
    for user in (UserFactory(), member()):
        if user.memberships.exists():
            Thread.objects.filter(pk=thread.pk).update(closed_at=timezone.now())
        assert send(thread, user, attached=[upload()]).status_code == 422
    with pytest.raises(DiscussionError):
        post_message(thread, author=UserFactory(), text="x", client_id="y", files=[ready_file()])
    assert lying(folder) == []


def test_a_post_that_is_sent_twice_keeps_its_files_once(folder: Path):
    thread, user = thread_by(), member()
    for _time in range(2):
        send(thread, user, client_id="the-same", attached=[upload()])
    assert Post.objects.filter(thread=thread, client_id="the-same").count() == 1
    assert Attachment.objects.count() == 1
    assert len(lying(folder)) == 2


def test_a_disk_that_is_full_refuses_in_words_and_keeps_nothing_half(folder: Path, settings):
    settings.STORAGES = {**settings.STORAGES, "attachments": {"BACKEND": f"{__name__}.FullDisk", "OPTIONS": {}}}
    FullDisk.folder = folder
    thread, user = thread_by(), member()
    answer = send(thread, user, attached=[upload("paper.pdf"), upload()])
    assert answer.status_code == 422
    assert "could not be kept just now" in answer.content.decode()
    assert lying(folder) == []
    assert Post.objects.filter(thread=thread).count() == 1


class FullDisk(FileSystemStorage):
    """Has room for two files and no more."""

    folder = Path()

    def __init__(self) -> None:
        super().__init__(location=self.folder)

    def _save(self, name, content):
        if len(lying(self.folder)) >= 2:
            raise OSError(28, "No space left on device")
        return super()._save(name, content)


def test_what_a_picture_shows_can_be_said_later_and_a_file_taken_away(folder: Path):
    author = member()
    thread = thread_by()
    post = post_in(thread, author, files=[ready_file(), ready_file("paper.pdf")])
    photo, paper = post.attachments.all()
    form = {"do": "files", f"alt-{photo.token}": " A bridge\0 ", f"alt-{paper.token}": "x", "without": [paper.token]}
    sign_in(Client(), author).post(reverse("post-do", args=[post.pk]), form)
    post.refresh_from_db()
    assert [(file.name, file.alt) for file in shown(post).files] == [("photo.jpg", "A bridge")]
    assert len(lying(folder)) == 2
    assert shown(post).edited
    page = sign_in(Client(), author).get(reverse("post", args=[post.pk])).content.decode()
    assert "The file “paper.pdf” was taken away." in page
    assert Client().get(paper.get_absolute_url()).status_code == 404


def test_nobody_changes_somebody_elses_files():
    file = with_file()
    for user in (member(), ModeratorFactory()):
        with pytest.raises(DiscussionError):
            change_files(file.post, user=user, alts={file.token: "Mine"}, without=[file.token])
    other = with_file()
    author = member()
    own = with_file(author=author)
    change_files(own.post, user=author, alts={other.token: "Mine"}, without=[other.token])
    assert Attachment.objects.get(pk=other.pk).alt == ""


def test_nothing_changed_is_no_change():
    author = member()
    file = with_file(author=author)
    before = Thread.objects.get(pk=file.post.thread_id).sequence
    change_files(file.post, user=author, alts={}, without=["x"])
    assert Thread.objects.get(pk=file.post.thread_id).sequence == before


def test_files_that_belong_to_no_post_are_forgotten_after_a_day(folder: Path):
    kept = with_file()
    gone = with_file()
    Attachment.objects.filter(pk=gone.pk).delete()
    storage = attachment_storage()
    call_command("forget_attachments", verbosity=0)
    assert len(lying(folder)) == 4
    old = (timezone.now() - datetime.timedelta(days=1, minutes=1)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (old, old))
    call_command("forget_attachments", verbosity=0)
    assert lying(folder) == sorted([kept.token, f"{kept.token}.small"])
    assert storage.exists(f"{kept.token[:2]}/{kept.token}")


def test_where_no_file_was_ever_sent_there_is_nothing_to_forget(settings, tmp_path: Path):
    nowhere = {**settings.STORAGES["attachments"], "OPTIONS": {"location": tmp_path / "never"}}
    settings.STORAGES = {**settings.STORAGES, "attachments": nowhere}
    call_command("forget_attachments", verbosity=0)


def test_a_page_of_posts_with_files_asks_nothing_more():
    thread = thread_by()
    counts = []
    for more in (1, 29):
        for _number in range(more):
            post_in(thread, files=[ready_file("paper.pdf")])
        posts = list(Post.objects.filter(thread=thread).select_related("author", "organisation", "answers__author"))
        with CaptureQueriesContext(connection) as asked:
            made = shown_posts(posts)
        assert sum(len(one.files) for one in made) == len(posts) - 1
        counts.append(len(asked))
    assert counts == [0, 0]


def test_the_first_post_of_a_discussion_carries_files_too(folder: Path):
    form = {
        **{"title": "A plan", "text": "Look.", "client_id": client_id(), "visibility": "public"},
        "attached": [upload("plan.png")],
    }
    sign_in(Client(), member()).post(reverse("discussion-new"), form)
    assert [file.name for file in Attachment.objects.all()] == ["plan.png"]
    refused = sign_in(Client(), member()).post(reverse("discussion-new"), {**form, "title": "", "attached": [upload()]})
    assert "Choose your files again" in refused.content.decode()


def test_a_file_whose_bytes_were_lost_is_not_found_and_no_error(folder: Path):
    file = with_file()
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    assert Client().get(file.get_absolute_url()).status_code == 404
