"""The patient's addresses. None holds anything about a person: the session knows the draft."""

from django.urls import path, re_path, register_converter
from django.urls.converters import SlugConverter

from intake.views import (
    answering,
    calendar,
    helping,
    later,
    lists,
    memory,
    page_frame,
    pages,
    part_two,
    resume,
    sending,
    start,
    status,
    unclear,
)
from intake.views.reminders import reminders

app_name = "intake"

AROUND = ("check", "send", "done", "record", "leave", "cleared", "later")  # the pages around the questions


class PageSlug(SlugConverter):
    """What a page of questions may be called: as none of the pages around them."""

    regex = rf"(?!(?:{'|'.join(AROUND)})/){SlugConverter.regex}"


register_converter(PageSlug, "page")

urlpatterns = [
    # Asked for most, so tried before the rest.
    path("intake/<page:slug>/", pages.page, name="page"),
    path("", start.start, name="start"),
    path("colors.css", page_frame.colors, name="colors"),
    path("language/", page_frame.language, name="language"),
    path("intake/", start.tasks, name="tasks"),
    path("intake/check/", sending.check, name="check"),
    path("intake/send/", sending.send, name="send"),
    path("intake/done/", sending.done, name="done"),
    path("intake/done/send/", sending.send_number, name="send-reference"),
    path("intake/record/", sending.record, name="record"),
    path("intake/leave/", sending.leave, name="leave"),
    path("intake/cleared/", sending.cleared, name="cleared"),
    path("intake/later/", later.later, name="later"),
    path("intake/later/link/", later.mail_link, name="mail-link"),
    path("intake/later/text/", later.text_link, name="text-link"),
    path("intake/later/remind/", later.remind, name="remind"),
    path("intake/later/mailed/", later.link_mailed, name="link-mailed"),
    path("intake/later/make-code/", later.make_code, name="make-code"),
    path("intake/later/code/", later.code, name="code"),
    path("intake/later/<slug:name>/", part_two.after_done, name="later-page"),
    path("come-back/", resume.come_back, name="come-back"),
    path("come-back/link/", resume.link, name="link"),
    path("come-back/new-link/", resume.new_link, name="new-link"),
    path("come-back/new-link/asked/", resume.new_link_asked, name="new-link-asked"),
    path("come-back/reminders/", reminders, name="reminders"),
    path("come-back/sent/", resume.was_sent, name="was-sent"),
    path("intake/<slug:slug>/help/", helping.help, name="help"),
    path("intake/<slug:slug>/memory/", memory.memory, name="memory"),
    path("intake/<slug:slug>/names/", unclear.unclear, name="names"),
    re_path(r"^intake/(?P<slug>[-\w]+)/(?P<key>[0-9a-f]{16})/$", lists.entry, name="entry"),
    re_path(r"^intake/(?P<slug>[-\w]+)/(?P<key>[0-9a-f]{16})/more/$", lists.more, name="more"),
    re_path(r"^intake/(?P<slug>[-\w]+)/(?P<key>[0-9a-f]{16})/remove/$", lists.remove, name="remove"),
    path("status/", status.status, name="status"),
    path("status/later/<slug:name>/", part_two.after_status, name="status-later"),
    path("status/appointments.ics", calendar.calendar, name="status-calendar"),
    path("status/message/", status.message, name="message"),
    path("status/withdraw/", status.withdraw, name="withdraw"),
    path("status/substance-use/", status.substance_use, name="substance-use"),
    path("status/questions/", answering.questions, name="questions"),
    path("status/help/", answering.help, name="status-help"),
]
