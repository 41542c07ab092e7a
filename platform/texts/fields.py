"""Columns and form fields for sets of vocabulary words, and for text as people type it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.enums import ChoicesType
from django.utils.translation import gettext_lazy as _

from texts.cleaning import clean_line, clean_text, clean_written


class VocabularySetField(models.BigIntegerField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """A set of words of one vocabulary, kept as one integer: bit n is the n-th word.

    One narrow column a set lets a hundred thousand rows be counted by every word in one pass on either database.
    In Python the value is a tuple of words in the vocabulary's order. Words are only ever appended to a
    vocabulary that is kept so: moving one would change what old rows say (a test holds the order).
    """

    description = "A set of vocabulary words"

    def __init__(self, vocabulary: type[models.TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        self._bits = {word: 1 << bit for bit, word in enumerate(vocabulary.values)}  # an enum's own list is slow
        kwargs.setdefault("default", tuple)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.vocabulary, *args], kwargs

    @property
    def validators(self) -> list[Any]:
        return []  # the integer's range is no rule for a set

    def mask(self, words: Iterable[str]) -> int:
        """The integer that stands for these words. Raises ValueError for a word that is not one."""
        mask = 0
        for word in words:
            if str(word) not in self._bits:
                raise ValueError(word)
            mask |= self._bits[str(word)]
        return mask

    def words(self, mask: int) -> tuple[str, ...]:
        return tuple(word for word, bit in self._bits.items() if mask & bit) if mask else ()

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> tuple[str, ...]:
        return self.words(value or 0)

    def to_python(self, value: Any) -> tuple[str, ...]:
        if value is None or value == "":
            return ()
        if isinstance(value, int):
            return self.words(value)
        words = value.split(",") if isinstance(value, str) else value
        try:
            return self.words(self.mask(words))
        except ValueError:
            raise ValidationError(_("Choose only from the list."), code="invalid_choice") from None

    def get_prep_value(self, value: Any) -> int | None:
        return value if isinstance(value, int) else self.mask(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return ",".join(self.value_from_object(obj))

    def clean(self, value: Any, model_instance: Any) -> tuple[str, ...]:
        words = self.to_python(value)
        if not words and not self.blank:
            raise ValidationError(_("Choose at least one."), code="required")
        return words

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs.pop("min_value", None)
        return VocabularySetFormField(
            vocabulary=self.vocabulary,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )


@VocabularySetField.register_lookup
class AnyOf(models.Lookup[int]):
    """`stages__any_of=["primary", "secondary"]`: rows that carry at least one of the words."""

    lookup_name = "any_of"
    prepare_rhs = False

    def get_prep_lookup(self) -> int:
        mask: int = self.lhs.output_field.mask(self.rhs)
        return mask

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"({lhs} & %s) != 0", (*params, self.rhs)


class VocabularySetFormField(forms.TypedMultipleChoiceField):
    """Tick boxes for a vocabulary; gives a tuple in the vocabulary's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, vocabulary: type[models.TextChoices], **kwargs: Any) -> None:
        self.vocabulary: ChoicesType = vocabulary
        super().__init__(choices=vocabulary.choices, coerce=str, empty_value=[], **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        chosen = set(super().clean(value))
        return tuple(word for word in self.vocabulary.values if word in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(data or ())


class LineField(forms.CharField):
    """One typed line: control characters and stray spaces are taken away, never a reason to refuse."""

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(value or "")) or ""


class TextField(forms.CharField):
    """Typed paragraphs, cleaned as `LineField` does, line breaks kept."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_text(value or "")) or ""


class WrittenField(forms.CharField):
    """What somebody posts: as `TextField`, with the spaces that lay out lists and code."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_written(value or "")) or ""
