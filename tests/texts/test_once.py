"""Parts of pages that are made once give each page what it names, in its language."""

from __future__ import annotations

from django.template import Context, Template
from django.utils.translation import override

from texts.templatetags import once


def test_a_part_is_made_anew_for_another_value_or_language_and_for_no_other_reason():
    shown = Template(
        "{% made_once named %}{{ named }} {{ unnamed }} {% get_current_language as code %}{{ code }}{% endmade_once %}"
    )
    assert shown.render(Context({"named": 1, "unnamed": "first"})) == "1 first en-gb"
    assert shown.render(Context({"named": 1, "unnamed": "second"})) == "1 first en-gb"
    assert shown.render(Context({"named": 2, "unnamed": "third"})) == "2 third en-gb"
    with override("cy"):
        assert shown.render(Context({"named": 1, "unnamed": "fourth"})) == "1 fourth cy"


def test_a_part_keeps_so_many_and_no_more(monkeypatch):
    monkeypatch.setattr(once, "MOST", 2)
    shown = Template("{% made_once named %}{{ named }} {{ unnamed }}{% endmade_once %}")
    assert [shown.render(Context({"named": n, "unnamed": "a"})) for n in (1, 2, 3)] == ["1 a", "2 a", "3 a"]
    assert shown.render(Context({"named": 1, "unnamed": "b"})) == "1 b"  # it was let go


def test_what_was_not_asked_for_longest_is_let_go_and_the_rest_stays(monkeypatch):
    monkeypatch.setattr(once, "MOST", 2)
    shown = Template("{% made_once named %}{{ named }} {{ unnamed }}{% endmade_once %}")
    asked = ((1, "a"), (2, "a"), (1, "b"), (3, "b"), (1, "c"), (2, "c"))
    answers = [shown.render(Context({"named": n, "unnamed": word})) for n, word in asked]
    assert answers == ["1 a", "2 a", "1 a", "3 b", "1 a", "2 c"]


def test_what_a_part_shows_is_escaped_once():
    shown = Template("{% made_once named %}<b>{{ named }}</b>{% endmade_once %}")
    for _time in range(2):
        assert shown.render(Context({"named": "<i>"})) == "<b>&lt;i&gt;</b>"
