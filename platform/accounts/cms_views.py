"""The CMS's pages for people."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.users.views.users import DeleteView, IndexView, UserViewSet

from accounts.cms_forms import PersonCreationForm, PersonEditForm


class PeopleIndexView(IndexView):
    """Found and sorted by the one name they have."""

    search_fields = ("name", "email")

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)


class PersonDeleteView(DeleteView):
    """Says why someone cannot go, where something stands on them alone."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError as error:
            messages.error(request, str(error.args[0]))
            return redirect(self.index_url_name)
        return answer


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
