"""The patient's addresses. None holds anything about a person: the session knows the draft."""

from django.urls import path, re_path

from intake.views import pages, sending, start

app_name = "intake"

urlpatterns = [
    path("", start.start, name="start"),
    path("intake/", start.tasks, name="tasks"),
    path("intake/check/", sending.check, name="check"),
    path("intake/send/", sending.send, name="send"),
    path("intake/done/", sending.done, name="done"),
    path("intake/record/", sending.record, name="record"),
    path("intake/leave/", sending.leave, name="leave"),
    path("intake/<slug:slug>/", pages.page, name="page"),
    path("intake/<slug:slug>/help/", pages.help, name="help"),
    re_path(r"^intake/(?P<slug>[-\w]+)/(?P<key>[0-9a-f]{16})/$", pages.entry, name="entry"),
    re_path(r"^intake/(?P<slug>[-\w]+)/(?P<key>[0-9a-f]{16})/remove/$", pages.remove, name="remove"),
]
