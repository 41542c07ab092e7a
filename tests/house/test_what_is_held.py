"""Whoever asks for their data gets all of it: every column that leads to a person stands in a table, or here."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field

from accounts.held import held
from accounts.models import User

# Model and column → why it is not handed over.
LEFT_OUT = {
    ("wagtailadmin.EditingSession", "user"): "which page is open in the editor just now; gone within minutes",
    ("wagtailadmin.FormState", "user"): "what is half typed in the editor just now; gone within hours",
    ("wagtailcore.APIToken", "user"): "a key of the editor’s programs, and nothing about the person",
    ("wagtailcore.UploadedFile", "uploaded_by_user"): "a file on its way into the editor; then it is a document",
}


def leading_to_people() -> set[tuple[str, str]]:
    """Each column of each model, many-to-many tables among them, that leads to the user model."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, Field) and field.remote_field and field.related_model is User:
                found.add((model._meta.label, field.name))
    return found


def handed_over() -> set[tuple[str, str]]:
    return {(table.of._meta.label, path) for table in held() for path in table.people}


def test_every_column_that_leads_to_a_person_is_handed_over_or_left_out_for_a_reason():
    assert sorted(leading_to_people() - handed_over() - LEFT_OUT.keys()) == []


def test_nothing_is_left_out_that_is_handed_over_or_is_not_there():
    assert sorted(LEFT_OUT.keys() - (leading_to_people() - handed_over())) == []


def test_nothing_is_handed_over_twice():
    tables = [(table.of._meta.label, path) for table in held() for path in table.people]
    assert sorted(tables) == sorted(set(tables))


def test_no_table_shows_another_persons_name_or_address():
    shown = {}
    for table in held():
        for path in table.columns:
            at, *rest = path.split("__")
            field = table.of._meta.get_field(at)
            if rest and field.related_model is User:
                shown[table.name] = path
    assert shown == {}


def test_every_table_can_be_read(db):
    user = User.objects.create(email="somebody@people.example")
    for table in held():
        list(table.rows(user, frozenset({user.email})))
