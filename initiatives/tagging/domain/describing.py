"""What a tag means, and which words stand for it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from initiatives.models import InitiativeTag
from initiatives.tagging.domain.locking import hold, must_be_used, one_word_once
from initiatives.tagging.domain.renaming import new_name
from initiatives.tagging.domain.spreading import free_address, lead_on, record
from initiatives.tagging.errors import TagError
from initiatives.tagging.models import Note, Synonym


@transaction.atomic
def describe_tag(tag: Tag, meaning: str, *, user: User) -> None:
    """Say what it means, on its page; nothing to say nothing. Raises NotAllowed, TagError."""
    tag = hold(tag.pk, user=user)[tag.pk]
    must_be_used(tag)
    Note.objects.update_or_create(tag=tag, defaults={"meaning": meaning})
    record(tag, "describe", user, meaning=meaning)


@transaction.atomic
def add_synonym(tag: Tag, text: str, *, user: User) -> None:
    """Whoever types the word means the tag. Raises NotAllowed; TagError where it is a tag or leads elsewhere."""
    tag = hold(tag.pk, user=user)[tag.pk]
    must_be_used(tag)
    word = new_name(text)
    if word == tag.name.lower():
        raise TagError(_("That is its name. Type another word that people use for it."))
    synonym = Synonym.objects.filter(word=word).select_related("tag").first()
    if synonym is not None:
        names = {"name": word, "other": synonym.tag.name}
        raise TagError(_("“%(name)s” already leads to “%(other)s”. Choose another word.") % names)
    named = Tag.objects.filter(name__iexact=word)  # a discussion's alone may be a synonym
    if InitiativeTag.objects.filter(tag__in=named).exists() or Note.objects.filter(tag__in=named).exists():
        raise TagError(_("There is a tag “%(name)s”. Merge the two instead.") % {"name": word})
    with one_word_once():
        lead_on(word, free_address(word), tag, user)
    record(tag, "synonym", user, word=word)


@transaction.atomic
def remove_synonym(synonym: Synonym, *, user: User) -> None:
    """The word stands for nothing again. Raises NotAllowed; TagError for what was a tag, whose versions follow it."""
    tag = hold(synonym.tag_id, user=user)[synonym.tag_id]
    if synonym.merged_id is not None:
        raise TagError(
            _("“%(name)s” was a tag and is merged, so its name goes on leading here.") % {"name": synonym.word}
        )
    synonym.delete()
    record(tag, "no_synonym", user, word=synonym.word)
