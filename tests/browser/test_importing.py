"""A moderator brings a file: first only checked, then imported."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from initiatives.models import Initiative
from tests.factories.accounts import ModeratorFactory
from tests.factories.importing import table


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_moderator_sees_what_a_file_would_do_then_imports_it_and_sees_what_it_did(visit, tmp_path, scripts, settings):
    settings.DATA_DIR = tmp_path
    file = table(
        tmp_path / "rivers.csv",
        {"title": "Mentors of the river"},
        {"title": "Bridges to work"},
        {"title": "", "summary": "A row without a title."},
    )
    page = visit("/moderation/", user=ModeratorFactory(), scripts=scripts)
    page.get_by_role("link", name="Import initiatives from a file").click()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
    page.get_by_label(re.compile("^File")).set_input_files(file)
    page.get_by_label("Where do the rows come from?").fill("Rivers 2026")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("rivers.csv")
    expect(page.get_by_role("heading", name="Import them")).to_be_visible()
    expect(page.get_by_role("region", name="The first rows")).to_contain_text("Bridges to work")
    expect(page.get_by_role("region", name="Rows that need a word").get_by_role("row")).to_have_count(2)
    assert not Initiative.objects.exists()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Import them")).to_have_count(0)
    expect(page.get_by_role("region", name="Summary")).to_contain_text("2")
    assert sorted(Initiative.objects.values_list("title", flat=True)) == ["Bridges to work", "Mentors of the river"]
    page.goto("/initiatives/?q=bridges")
    page.get_by_role("link", name="Bridges to work").click()
    expect(page.get_by_role("main")).to_contain_text("Rivers 2026")
    expect(page.get_by_role("heading", name="Is this yours?")).to_be_visible()
