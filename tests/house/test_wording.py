"""The words of a refusal: ours, and compiled from what stands in the file."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

FILE = settings.ROOT / "locale" / "en_GB" / "LC_MESSAGES" / "django.po"
ONE = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
MANY = re.compile(r'^msgid "(.+)"\nmsgid_plural "(.+)"\nmsgstr\[0\] "(.+)"\nmsgstr\[1\] "(.+)"$', re.MULTILINE)


@pytest.mark.parametrize(("django", "ours"), ONE.findall(FILE.read_text()))
def test_a_sentence_of_djangos_is_said_in_our_words(django, ours):
    with override("en-gb"):
        assert gettext(django) == ours


@pytest.mark.parametrize(("one", "more", "ours", "ours_more"), MANY.findall(FILE.read_text()))
def test_so_is_one_that_counts(one, more, ours, ours_more):
    with override("en-gb"):
        assert [ngettext(one, more, number) for number in (1, 2)] == [ours, ours_more]
