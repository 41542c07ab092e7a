"""Each role is one predicate, answered without asking the database twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import GroupPagePermission

from accounts.domain.granting import ensure_groups, grant_coordination, withdraw_coordination
from accounts.models import User
from accounts.permissions import (
    coordinated_codes,
    coordinates,
    has_second_factor,
    is_administrator,
    is_cms_editor,
    is_moderator,
    needs_second_factor,
)
from accounts.queries import coordinators_of, moderators, roles_of
from places.models import Place, PlaceKind
from tests.factories.accounts import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leeds() -> Place:
    return Place.objects.get_or_create(
        code="E08000035", defaults={"kind": PlaceKind.AUTHORITY, "name": "Leeds", "slug": "leeds"}
    )[0]


def answers(user: Any) -> tuple[bool, bool, bool]:
    return is_administrator(user), is_moderator(user), is_cms_editor(user)


def test_a_visitor_has_no_role() -> None:
    assert answers(AnonymousUser()) == (False, False, False)
    assert coordinated_codes(AnonymousUser()) == frozenset()


def test_a_member_has_no_role() -> None:
    assert answers(UserFactory()) == (False, False, False)


def test_a_moderator_moderates_and_does_nothing_else() -> None:
    assert answers(ModeratorFactory()) == (False, True, False)


def test_an_editor_edits_and_does_nothing_else() -> None:
    assert answers(EditorFactory()) == (False, False, True)


def test_an_administrator_may_do_all() -> None:
    assert answers(AdministratorFactory()) == (True, True, True)


def test_a_closed_account_keeps_no_role(leeds: Place) -> None:
    people = [ModeratorFactory(), EditorFactory(), AdministratorFactory(), CoordinatorFactory(place=leeds)]
    User.objects.update(is_active=False)
    for person in people:
        gone = User.objects.get(pk=person.pk)
        assert answers(gone) == (False, False, False)
        assert coordinated_codes(gone) == frozenset()


def test_a_coordinator_coordinates_the_places_granted_and_no_other(leeds: Place) -> None:
    person = CoordinatorFactory(place=leeds)
    assert coordinated_codes(person) == {"E08000035"}
    assert coordinates(person, "E08000035")
    assert not coordinates(person, "E08000036")
    assert list(coordinators_of(["E08000035"])) == [person]


def test_granting_twice_is_granting_once_and_withdrawing_takes_it_away(leeds: Place) -> None:
    person, boss = UserFactory(), AdministratorFactory()
    grant_coordination(person, leeds, by=boss)
    assert grant_coordination(person, leeds, by=None).granted_by == boss
    assert coordinates(person, leeds.code)
    withdraw_coordination(person, leeds)
    assert not coordinates(person, leeds.code)


@pytest.mark.parametrize("times", [1, 30])
def test_a_role_is_read_once_however_often_it_is_asked(times: int, django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=ModeratorFactory().pk)
    with django_assert_num_queries(2):
        for _ in range(times):
            assert is_moderator(person)
            assert not is_cms_editor(person)
            assert not coordinates(person, "E08000035")


def test_moderators_and_administrators_need_a_second_factor_and_others_do_not(leeds: Place, settings: Any) -> None:
    assert needs_second_factor(ModeratorFactory())
    assert needs_second_factor(AdministratorFactory())
    assert needs_second_factor(UserFactory(is_staff=True))
    for other in (UserFactory(), EditorFactory(), CoordinatorFactory(place=leeds), AnonymousUser()):
        assert not needs_second_factor(other)
    settings.SECOND_FACTOR_REQUIRED = False
    assert not needs_second_factor(ModeratorFactory())


def test_an_authenticator_app_is_a_second_factor() -> None:
    assert has_second_factor(ModeratorFactory())
    assert not has_second_factor(ModeratorFactory(with_factor=False))
    assert not has_second_factor(AnonymousUser())


def test_who_hears_of_what_waits() -> None:
    moderator = ModeratorFactory()
    AdministratorFactory()
    ModeratorFactory(is_active=False)
    assert list(moderators()) == [moderator]


def test_the_profile_is_told_every_role(leeds: Place) -> None:
    person = CoordinatorFactory(place=leeds, is_superuser=True)
    roles = roles_of(person)
    assert (roles.administrator, roles.moderator, roles.editor, roles.places) == (True, False, False, (leeds,))
    assert not roles_of(UserFactory())


def test_the_groups_are_made_once_and_moderators_do_not_publish_pages() -> None:
    ensure_groups()
    before = GroupPagePermission.objects.count()
    ensure_groups()
    assert GroupPagePermission.objects.count() == before
    editors, moderators_ = Group.objects.get(name="Editors"), Group.objects.get(name="Moderators")
    assert set(editors.page_permissions.values_list("permission__codename", flat=True)) >= {"add_page", "publish_page"}
    assert not moderators_.page_permissions.exists()
    assert moderators_.permissions.filter(codename="access_admin").exists()
    assert editors.permissions.filter(codename="access_admin").exists()
