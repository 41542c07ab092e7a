"""Somebody takes their data with them and closes their account, in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from zipfile import ZipFile

from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from organisations.models import Role
from tests.factories.discussions import post_in, thread_by
from tests.factories.organisations import MembershipFactory

CODE = re.compile(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", re.MULTILINE)


def test_with_a_code_shown_once_more_the_data_is_taken_and_the_account_closed(
    visit, accessible: Callable[[Page], None]
):
    mine = MembershipFactory(role=Role.OWNER, user__name="Ada Reed")
    other = MembershipFactory(organisation=mine.organisation, role=Role.EDITOR)
    thread = thread_by(other.user)
    post_in(thread, mine.user, "We meet on Tuesdays.")
    page = visit("/account/", user=mine.user, width=390)
    page.get_by_role("link", name="Download what we hold about you").click()
    accessible(page)
    page.get_by_role("button", name="Sign in again").click()
    page.get_by_role("link", name="Send me a code").or_(page.get_by_role("button", name="Send me a code")).click()
    page.get_by_label(re.compile(r"^e-?mail", re.IGNORECASE)).fill(mine.user.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(CODE.findall(mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What we hold about you")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    data = json.loads(ZipFile(download.value.path()).read("data.json"))
    assert [row["text"] for row in data["posts"]] == ["We meet on Tuesdays."]
    page.goto("/account/close/")
    expect(page.get_by_role("main")).to_contain_text("You are the only owner")
    accessible(page)
    other.role = Role.OWNER
    other.save()
    page.reload()
    page.get_by_label("To close the account").fill("Close my account")
    accessible(page)
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is closed")
    accessible(page)
    page.goto(thread.get_absolute_url())
    expect(page.get_by_text("We meet on Tuesdays.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Ada Reed")
    assert User.objects.get(pk=mine.user.pk).is_closed
