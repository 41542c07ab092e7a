"""Signing in: by a code, by a password, and with the second step that a moderator needs."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD, TOTP_SECRET, ModeratorFactory, UserFactory

ADDRESS = re.compile(r"^e-?mail", re.IGNORECASE)
CODE = re.compile(r"^[A-Z0-9]{3,4}-[A-Z0-9]{3,4}$", re.MULTILINE)


def code_of(secret: str) -> str:
    """What an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(page: Page, name: str) -> None:
    expect(page.get_by_role("banner")).to_contain_text(name)


def give_password(page: Page, user) -> None:
    page.get_by_label(ADDRESS).fill(user.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_somebody_signs_in_with_a_code_from_their_mail(visit, scripts):
    user = UserFactory(name="Ada Reed")
    page = visit("/", scripts=scripts)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Send me a code").or_(page.get_by_role("button", name="Send me a code")).click()
    page.get_by_label(ADDRESS).fill(user.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code we sent you")
    page.get_by_label("Code").fill(CODE.findall(mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Go on").click()
    signed_in(page, "Ada Reed")


def test_somebody_makes_an_account_confirms_their_address_and_is_signed_in(visit):
    page = visit("/accounts/signup/")
    page.get_by_label(ADDRESS).fill("ada@people.example")
    page.get_by_label("Your name").fill("Ada Reed")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm your e-mail address")
    page.get_by_label("Code").fill(CODE.findall(mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Go on").click()
    signed_in(page, "Ada Reed")


def test_somebody_signs_in_with_a_password_where_they_were_and_out_again(visit):
    user = UserFactory(name="Ada Reed", password=PASSWORD)
    page = visit("/your-work/")
    give_password(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.locator("summary", has_text="Ada Reed").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_and_the_address_stays(visit):
    user = UserFactory(password="another phrase of words")
    page = visit("/accounts/login/")
    give_password(page, user)
    expect(page.get_by_label(ADDRESS)).to_have_value(user.email)
    expect(page.get_by_role("main")).to_contain_text("not correct")


def test_a_new_moderator_is_led_to_an_authenticator_app_before_the_queue_and_the_cms(visit, accessible):
    user = ModeratorFactory(name="Mo Field", password=PASSWORD, with_factor=False)
    page = visit("/accounts/login/?next=/moderation/")
    give_password(page, user)
    expect(page.get_by_role("main")).to_contain_text("Set up an authenticator app or a passkey to go on.")
    page.goto("/cms/")
    expect(page.get_by_role("main")).to_contain_text("Set up an authenticator app or a passkey to go on.")
    page.get_by_role("link", name="Set up an app").or_(page.get_by_role("button", name="Set up an app")).click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    accessible(page)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("code")).to_be_visible()
    accessible(page)
    secret = page.get_by_role("code").inner_text()
    page.get_by_label("code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    signed_in(page, "Mo Field")
    page.goto("/moderation/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for clearance")
    assert page.goto("/cms/").status == 200


def test_a_moderator_with_an_app_is_asked_for_its_code_when_they_sign_in(visit):
    user = ModeratorFactory(name="Mo Field", password=PASSWORD)
    page = visit("/accounts/login/?next=/moderation/", scripts=False)
    give_password(page, user)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("main")).to_contain_text("ncorrect")
    page.get_by_label("Code").fill(code_of(TOTP_SECRET))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for clearance")
