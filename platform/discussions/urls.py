from __future__ import annotations

from django.urls import path

from discussions.views import boards, caring, entries, mentioning, posts, reading, tending

urlpatterns = [
    path("", boards.discussions, name="discussions"),
    path("new/", boards.discussion_new, name="discussion-new"),
    path("<int:pk>/", reading.discussion, name="discussion"),
    path("<int:pk>/<int:number>/", reading.discussion_at, name="discussion-at"),
    path("<int:pk>/entries/", entries.entries, name="discussion-entries"),
    path("<int:pk>/read/", reading.discussion_read, name="discussion-read"),
    path("<int:pk>/follow/", reading.discussion_follow, name="discussion-follow"),
    path("<int:pk>/tend/", tending.discussion_tend, name="discussion-tend"),
    path("<int:pk>/mentionable/", mentioning.mentionable, name="discussion-mentionable"),
    path("<int:pk>/post/", posts.post_new, name="post-new"),
    path("posts/<int:pk>/", posts.post_detail, name="post"),
    path("posts/<int:pk>/report/", caring.post_report, name="post-report"),
    path("care/", caring.care, name="care"),
    path("care/<int:pk>/", caring.care_post, name="care-post"),
    path("care/lift/<int:pk>/", caring.care_lift, name="care-lift"),
    path("posts/<int:pk>/do/", posts.post_do, name="post-do"),
]
