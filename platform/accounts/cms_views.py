"""The CMS's pages for people."""

from __future__ import annotations

from typing import Any

from wagtail.users.views.users import IndexView, UserViewSet

from accounts.cms_forms import PersonCreationForm, PersonEditForm


class PeopleIndexView(IndexView):
    """Found and sorted by the one name they have."""

    search_fields = ("name", "email")

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
