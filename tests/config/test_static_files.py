"""Static files come whole, with WhiteNoise's headers: what streams from a file keeps an ASGI server waiting."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("method", "length"), [("get", True), ("head", False)])
def test_a_stylesheet_is_answered_whole(client, method, length):
    response = getattr(client, method)("/static/css/tokens.css")
    assert response.status_code == 200
    assert not response.streaming
    assert response["Content-Type"].startswith("text/css")
    assert bool(response.content) is length


def test_a_part_of_a_file_and_what_did_not_change(client):
    part = client.get("/static/css/tokens.css", headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)
    whole = client.get("/static/css/tokens.css")
    again = client.get("/static/css/tokens.css", headers={"If-Modified-Since": whole["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_is_not_there_is_not_found(client, db):
    assert client.get("/static/css/nothing.css").status_code == 404
