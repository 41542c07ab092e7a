"""Calling a tag something else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from initiatives.tagging.domain.locking import hold, must_be_used, one_word_once
from initiatives.tagging.domain.spreading import carriers, follow, free_address, lead_on, record
from initiatives.tagging.errors import TagError
from initiatives.tagging.models import LONGEST, Synonym
from texts.cleaning import clean_line


def new_name(text: str) -> str:
    """A text as a tag’s name. Raises TagError where it cannot be one."""
    name = clean_line(text).lower()
    if not any(letter.isalnum() for letter in name):
        raise TagError(_("Type the word that people will see."))
    if "," in name:
        raise TagError(_("A comma divides tags. Type one name without it."))
    if len(name) > LONGEST:
        raise TagError(_("A tag has at most %(number)d letters. Make it shorter.") % {"number": LONGEST})
    return name


@transaction.atomic
def rename_tag(tag: Tag, text: str, *, user: User) -> int:
    """The same tag by another name; the old name and address lead on. Gives how many initiatives carry it.

    Raises NotAllowed; TagError where the name cannot be one, is its own or another tag’s.
    """
    tag = hold(tag.pk, user=user)[tag.pk]
    must_be_used(tag)
    name = new_name(text)
    must_be_free(name, tag)
    before, address = tag.name, tag.slug
    with one_word_once():
        Synonym.objects.filter(word=name).delete()
        tag.name, tag.slug = name, free_address(name)
        tag.save(update_fields=["name", "slug"])
        lead_on(before, address, tag, user)
    ids = carriers(tag)
    follow(ids)
    record(tag, "rename", user, before=before, initiatives=len(ids))
    return len(ids)


def must_be_free(name: str, tag: Tag) -> None:
    """Raises TagError for the tag’s own name, another one’s, and a word that stands for another one."""
    if name == tag.name.lower():
        raise TagError(_("It is called “%(name)s” already.") % {"name": tag.name})
    synonym = Synonym.objects.filter(word=name).select_related("tag").first()
    if synonym is not None and (synonym.tag_id != tag.pk or synonym.merged_id is not None):
        names = {"name": name, "other": synonym.tag.name}
        raise TagError(_("“%(name)s” already leads to “%(other)s”. Choose another word.") % names)
    if Tag.objects.filter(name__iexact=name).exclude(pk=tag.pk).exists():
        raise TagError(_("There is a tag “%(name)s”. Merge the two instead.") % {"name": name})
