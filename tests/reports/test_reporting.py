"""A report of any public page: by anyone, of a page that is there and that they may read."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from reports.models import PageReport
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit_reached():
    cache.clear()


def test_a_visitor_reports_a_page_from_its_foot_and_may_leave_an_address(client):
    page = InitiativeFactory(title="Ready for <b>Year 7</b>").get_absolute_url()
    address = f"/report/?page={page.replace('/', '%2F')}"
    assert f'href="{address}"' in client.get(page).content.decode()
    form = client.get(address).content.decode()
    assert "Ready for &lt;b&gt;Year 7&lt;/b&gt;" in form and "999" in form and "<b>Year" not in form
    fields = {"page": page, "reason": "outdated", "note": "It ended.", "email": "ann@people.example"}
    assert client.post("/report/", {**fields, "reason": ""}).status_code == 422
    answer = client.post("/report/", fields, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "A moderator will look at it" in answer.content.decode()
    made = PageReport.objects.get()
    assert (made.path, made.title, made.email) == (page, "Ready for <b>Year 7</b>", "ann@people.example")
