"""People in the CMS: Wagtail's own pages for users, for a person who has one name and no first and last."""

from wagtail.users.apps import WagtailUsersAppConfig


class CMSUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our forms; passwords are each person's own and are not set here."""

    user_viewset = "accounts.cms_views.PeopleViewSet"
