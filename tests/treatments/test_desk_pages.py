"""The desk's pages beyond reading: several referrals at once, what is due, the next one, duplicates, action pages."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import LOW, URGENT, fresh
from treatments.models import CaringContact, ContactAttempt, Referral
from treatments.triage.accounts import end_account
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import close
from treatments.triage.consults import accept
from treatments.triage.contacts import log_contact
from treatments.triage.duplicates import link_duplicate

DESK = "/admin/treatments/referral/"
SUICIDAL = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes", "q5": "no", "q6": "no"}}


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


def choose(client, action: str, *rows: Referral, **more):
    """Tick these rows on the page as it is now, and press Go."""
    versions = {f"seen-{row.pk}": fresh(row).version for row in rows}
    return client.post(
        DESK, {"action": action, "_selected_action": [row.pk for row in rows], **versions, **more}
    )


def words(response) -> list[str]:
    return [str(each) for each in get_messages(response.wsgi_request)]


# --- Several at once ------------------------------------------------------------------------------------


def test_several_are_claimed_at_once_and_a_refused_one_is_told_with_its_sentence(clinic, cora):
    one, other, taken = clinic.new(), clinic.new(), clinic.new()
    claim(referral=taken, actor=clinic.cast.carl)
    response = choose(cora, "claim_selected", one, other, taken)
    assert response.status_code == 302
    assert words(response) == [
        f"{taken.reference}: Carl is already handling this referral.",
        "You now handle 2 referrals.",
    ]
    assert {fresh(row).owner.username for row in (one, other)} == {"cora"}
    assert fresh(taken).owner == clinic.cast.carl
    assert one.events.latest("pk").kind == "claim"


@pytest.mark.parametrize("key", ["x", "-1", "1.5", "٣", "9" * 30, ""])
def test_a_ticked_row_that_no_page_offered_is_a_bad_request(key, clinic, cora):
    row = clinic.new()
    response = cora.post(DESK, {"action": "claim_selected", "_selected_action": [row.pk, key]})
    assert response.status_code == 400
    assert fresh(row).owner is None


def test_several_are_assigned_after_asking_to_whom(clinic, cora):
    one, other = clinic.new(), clinic.in_review()
    asked = choose(cora, "assign_selected", one, other)
    assert asked.status_code == 200
    page = asked.content.decode()
    assert one.reference in page and 'name="to"' in page
    assert ">Carl</option>" in page and ">Clara</option>" not in page
    assert fresh(one).owner is None
    response = choose(cora, "assign_selected", one, other, to=clinic.cast.carl.pk)
    assert words(response) == ["Carl now handles 2 referrals."]
    assert fresh(one).owner == fresh(other).owner == clinic.cast.carl
    again = choose(cora, "assign_selected", one, to=clinic.cast.clara.pk)
    assert again.status_code == 200  # asked again: Clara may not
    assert fresh(one).owner == clinic.cast.carl


def test_what_a_colleague_who_left_handles_is_listed_and_assigned_at_once(clinic, cora):
    left, others = [clinic.in_review(), clinic.in_review()], clinic.in_review()
    for row in left:
        assign(referral=row, actor=clinic.cast.cora, to=clinic.cast.carl)
    end_account(account=clinic.cast.carl, actor=clinic.cast.adam)
    page = cora.get(DESK).content.decode()
    assert f'href="?owner={clinic.cast.carl.pk}"' in page and "Carl (left)" in page
    query = f"?owner={clinic.cast.carl.pk}"
    shown = cora.get(DESK + query).content.decode()
    assert all(row.reference in shown for row in left) and others.reference not in shown
    rows = [fresh(row) for row in left]
    seen = {f"seen-{row.pk}": row.version for row in rows}
    chosen = {"action": "assign_selected", "_selected_action": [row.pk for row in rows], **seen}
    assert 'name="to"' in cora.post(DESK + query, chosen).content.decode()
    done = cora.post(DESK + query, {**chosen, "to": clinic.cast.cora.pk})
    assert words(done) == ["Cora now handles 2 referrals."]
    assert {fresh(row).owner for row in left} == {clinic.cast.cora}
    assert "Carl (left)" not in cora.get(DESK).content.decode()


@pytest.mark.parametrize("name", ["clara", "tess", "sid", "olive"])
def test_who_may_not_claim_or_assign_is_not_offered_it_and_can_not_send_it(name, clinic, signed_in):
    client, row = signed_in(getattr(clinic.cast, name)), clinic.new()
    for action in ("claim_selected", "assign_selected"):
        assert action not in client.get(DESK).content.decode()
        choose(client, action, row, to=clinic.cast.carl.pk)
    assert fresh(row).owner is None


@pytest.mark.parametrize("query", ["", "?show=unassigned", "?hold__exact=urgent"])
def test_a_action_on_several_from_a_stale_page_is_refused_by_reference_and_the_others_are_done(
    query, clinic, cora
):
    taken, free = clinic.new(), clinic.new()
    page = {f"seen-{row.pk}": row.version for row in (taken, free)}
    claim(referral=taken, actor=clinic.cast.carl)
    stale = f"{taken.reference}: Somebody else has changed this referral since you opened the page."
    chosen = {"_selected_action": [taken.pk, free.pk], **page}
    response = cora.post(DESK + query, {"action": "claim_selected", "index": 0, **chosen})
    refused, done = words(response)
    assert refused.startswith(stale) and done == "You now handle 1 referral."
    response = cora.post(DESK + query, {"action": "assign_selected", "to": clinic.cast.cora.pk, **chosen})
    assert [each for each in words(response) if each.startswith(stale)]
    assert fresh(taken).owner == clinic.cast.carl


def test_the_list_and_the_page_that_asks_to_whom_post_the_versions_they_showed(clinic, cora):
    row = clinic.in_review()
    field = f'<input type="hidden" name="seen-{row.pk}" value="{row.version}">'
    assert field in cora.get(DESK).content.decode()
    asked = choose(cora, "assign_selected", row)
    assign(referral=row, actor=clinic.cast.carl, to=clinic.cast.carl)
    assert field in asked.content.decode()
    sent = {"_selected_action": row.pk, f"seen-{row.pk}": row.version, "to": clinic.cast.cora.pk}
    refused = words(cora.post(DESK, {"action": "assign_selected", **sent}))
    assert len(refused) == 1 and row.reference in refused[0]
    assert fresh(row).owner == clinic.cast.carl


@pytest.mark.parametrize("told", ["", "-1", "x", "²", "9" * 30, "\x00"])
def test_a_row_without_the_version_that_was_shown_is_refused(told, clinic, cora):
    row = clinic.new()
    response = cora.post(
        DESK, {"action": "claim_selected", "_selected_action": row.pk, f"seen-{row.pk}": told}
    )
    assert [each.split(":")[0] for each in words(response)] == [row.reference]
    assert fresh(row).owner is None


# --- What is due ------------------------------------------------------------------------------------------


def test_what_is_due_is_marked_and_filtered(clinic, cora):
    due, planned, plain = clinic.in_review(), clinic.in_review(), clinic.in_review()
    today = timezone.localdate()
    for row, day in ((due, today), (planned, today + timedelta(days=2))):
        log_contact(referral=row, actor=clinic.cast.cora, channel="call", outcome="no_answer", next_due=day)
    page = cora.get(DESK).content.decode()
    assert page.count("Call due today") == page.count("Call planned") == 1
    assert list(cora.get(f"{DESK}?due=today").context["cl"].result_list) == [due]
    assert plain in cora.get(DESK).context["cl"].result_list


def test_a_referral_over_its_target_and_an_overdue_caring_contact_are_marked_in_words(clinic, cora):
    referral = clinic.new(**SUICIDAL)
    assert "Caring contact due" in cora.get(DESK).content.decode()
    long_ago = timezone.now() - timedelta(days=30)
    Referral.objects.filter(pk=referral.pk).update(waiting_since=long_ago, counted_since=long_ago)
    CaringContact.objects.update(due_at=long_ago)
    page = cora.get(DESK).content.decode()
    assert 'class="over"' in page and "Caring contact overdue since" in page
    page = cora.get(f"{DESK}{referral.pk}/").content.decode()
    assert "badge-over-target" in page and "Caring contact overdue:" in page


def test_a_consult_that_waits_longer_than_its_queues_target_is_marked(clinic, signed_in):
    consult, tess = clinic.consult("waiting"), signed_in(clinic.cast.tess)
    queue = "/admin/treatments/tmsconsult/"
    assert "badge-over-target" not in tess.get(queue).content.decode()
    type(consult).objects.filter(pk=consult.pk).update(opened_at=timezone.now() - timedelta(days=30))
    assert "badge-over-target" in tess.get(queue).content.decode()
    accept(consult=consult, actor=clinic.cast.tess)
    assert "badge-over-target" not in tess.get(queue).content.decode()


def test_the_referrals_page_counts_the_attempts(clinic, cora):
    referral = clinic.in_review()
    assert "0 of 3 attempts" in cora.get(f"{DESK}{referral.pk}/").content.decode()
    for channel in ("call", "letter"):
        log_contact(
            referral=referral, actor=clinic.cast.cora, channel=channel, outcome="no_answer", note="rang twice"
        )
    page = cora.get(f"{DESK}{referral.pk}/").content.decode()
    assert "2 of 3 attempts" in page and "rang twice" in page


# --- The next one ------------------------------------------------------------------------------------------


def opened(client, row: Referral, query: str = "") -> str:
    """The address of a referral's page as the list links to it."""
    page = client.get(f"{DESK}{query}").content.decode()
    return unescape(re.search(rf'href="({DESK}{row.pk}/[^"]*)"', page)[1])


def following(client, page: str) -> str:
    """Where the way to the next one leads from this page of a referral: the list, or the page of the next one."""
    shown = client.get(page).content.decode()
    on = re.search(r'href="([^"]*)" rel="next"|href="(next/[^"]*)"', shown)
    if on is None:  # the last one: back by the line above it
        return urljoin(page, unescape(re.search(r'href="([^"]*)">‹ Worklist', shown)[1]))
    link = urljoin(page, unescape(on[1] or on[2]))
    if "/next/" not in link:
        return link
    response = client.get(link)
    assert response.status_code == 302
    return response.url


def key_of(page: str) -> int | None:
    """Whose page it is; None for the list."""
    found = re.match(rf"{DESK}(\d+)/", page)
    return int(found[1]) if found else None


def test_next_goes_down_the_worklist_and_back_to_it_after_the_last(clinic, cora):
    first, second, urgent = clinic.new(), clinic.new(), clinic.new(**URGENT)
    page = opened(cora, urgent)
    for row in (first, second):
        page = following(cora, page)
        assert key_of(page) == row.pk
    page = following(cora, page)
    assert key_of(page) is None and page.startswith(DESK)
    assert cora.get(page).status_code == 200


def test_next_keeps_to_the_filters_even_from_one_that_has_left_the_list(clinic, cora):
    mine, _other, also_mine = clinic.in_review(), clinic.new(), clinic.in_review()
    page, everywhere = opened(cora, mine, "?show=mine"), opened(cora, mine)
    url = following(cora, page)
    assert url.startswith(f"{DESK}{also_mine.pk}/?_changelist_filters=")
    assert following(cora, url).startswith(f"{DESK}?show=mine")
    close(referral=mine, actor=clinic.cast.cora, reason="patient_declined")
    assert key_of(following(cora, page)) == also_mine.pk
    assert key_of(following(cora, everywhere)) == also_mine.pk  # the new one stands before both


@pytest.mark.parametrize("query", ["", "?hold__exact=urgent"])
def test_next_skips_no_hold_after_one_is_released(query, clinic, signed_in):
    held = [clinic.in_review(**URGENT) for _ in range(4)]
    clinic.new()
    clara = signed_in(clinic.cast.clara)
    page = opened(clara, held[0], query)
    release = urljoin(page, "assess_risk/") + "?" + urlsplit(page).query
    done = clara.post(release, {"seen_version": held[0].version, **LOW, "hold": "release"})
    assert done.status_code == 302 and fresh(held[0]).hold == "none"
    page = done.url
    for row in held[1:]:
        page = following(clara, page)
        assert key_of(page) == row.pk


def test_next_from_a_page_that_no_list_led_to_begins_at_the_top_of_the_list(clinic, cora):
    last, urgent, other = clinic.new(), clinic.new(**URGENT), clinic.new(**URGENT)
    assert key_of(following(cora, f"{DESK}{last.pk}/")) == urgent.pk
    assert key_of(following(cora, f"{DESK}{urgent.pk}/")) == other.pk
    for place in ("x", f"{last.pk}", f"{last.pk}-0", f"-{'0' * 16}", "9" * 30 + "-x", "1-é"):
        assert key_of(following(cora, f"{DESK}{last.pk}/?{urlencode({'place': place})}")) == urgent.pk


def test_next_from_a_duplicate_goes_on_from_where_the_way_began(clinic, cora):
    first, urgent, second = clinic.new(), clinic.new(**URGENT), clinic.new()
    shown = cora.get(opened(cora, first)).content.decode()
    # The last link to it: the line above the page has it as the one before in the list.
    duplicate = unescape(re.findall(rf'href="({DESK}{urgent.pk}/[^"]*)"', shown)[-1])
    assert key_of(following(cora, duplicate)) == second.pk


def test_the_address_of_a_place_tells_no_hold(clinic, cora):
    held, plain = clinic.new(**URGENT), clinic.new()
    places = [parse_qs(urlsplit(opened(cora, row)).query)["place"][0] for row in (held, plain)]
    for row, place in zip((held, plain), places, strict=True):
        assert re.fullmatch(rf"{row.pk}-[0-9a-f]{{16}}", place)


def test_next_is_for_the_desk(clinic, signed_in):
    referral = clinic.routed("tms")
    for name in ("tess", "sid"):
        response = signed_in(getattr(clinic.cast, name)).get(f"{DESK}{referral.pk}/next/")
        assert response.status_code in (403, 404)


# --- ActionContext pages -----------------------------------------------------------------------------------------------


def send(client, row: Referral, action: str, **details):
    return client.post(f"{DESK}{row.pk}/{action}/", {"seen_version": fresh(row).version, **details})


def test_every_action_of_the_desk_has_a_page_that_does_it(clinic, cora):
    other = clinic.new()
    row = clinic.in_review(**SUICIDAL)
    carl = clinic.cast.carl
    for action, details in (
        ("log_contact", {"channel": "call", "outcome": "reached", "note": "is safe"}),
        ("caring_contact", {"note": "called"}),
        ("refer_elsewhere", {"where": "primary_care"}),
        ("link_duplicate", {"reference": other.reference}),
        ("unlink_duplicate", {"reference": other.reference, "note": "twins"}),
        ("link_duplicate", {"typed": other.reference.lower().replace("-", " ")}),
        ("unassign", {"note": "on leave"}),
        ("undo", {}),
        ("assign", {"to": carl.pk}),
    ):
        page = cora.get(f"{DESK}{row.pk}/{action}/")
        assert page.status_code == 200, action
        response = send(cora, row, action, **details)
        assert response.status_code == 302, (action, response.content.decode())
        assert row.events.exclude(kind="opened").latest("pk").kind == action
    page = cora.get(f"{DESK}{row.pk}/").content.decode()
    for told in ("to Carl", "Primary care", "Unassigned", other.reference, ": Unassigned"):
        assert told in page, told


@pytest.mark.parametrize(
    ("action", "details"),
    [
        ("assign", {"to": ""}),
        ("unassign", {"note": ""}),
        ("log_contact", {"channel": "call"}),
        ("refer_elsewhere", {"where": ""}),
        ("link_duplicate", {"typed": "ZZZZ-ZZZZ"}),
    ],
)
def test_a_page_with_something_missing_is_shown_again_and_changes_nothing(action, details, clinic, cora):
    row = clinic.in_review()
    response = send(cora, row, action, **details)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert fresh(row).version == row.version
    assert not ContactAttempt.objects.exists()


@pytest.mark.parametrize(
    ("state", "kind"),
    [("accepted", "book"), ("booked", "reschedule"), ("waiting", "postpone"), (None, "log_contact")],
)
def test_a_day_is_chosen_from_the_browsers_calendar_and_says_how_it_is_typed(state, kind, clinic, signed_in):
    row = clinic.consult(state) if state else clinic.in_review()
    kept = f"/admin/treatments/tmsconsult/{row.pk}/" if state else f"{DESK}{row.pk}/"
    page = signed_in(clinic.cast.tess if state else clinic.cast.cora).get(f"{kept}{kind}/").content.decode()
    assert re.search(r'<input type="date"[^>]*aria-describedby="\w+_helptext"', page)
    assert "for example 2026-12-31" in page


def test_the_page_that_moves_a_visit_starts_from_the_day_it_is_booked_for(clinic, signed_in):
    consult = clinic.consult("booked")
    page = signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/reschedule/")
    assert f'type="date" name="day" value="{consult.booked_for.isoformat()}"' in page.content.decode()


def test_the_route_page_says_that_every_team_reads_the_reason(clinic, cora):
    page = cora.get(f"{DESK}{clinic.in_review().pk}/route/").content.decode()
    assert "Every team that you route to reads it: name no other team here." in page


def test_the_route_page_asks_for_the_priority_and_takes_routine_by_default(clinic, cora):
    row = clinic.in_review()
    page = cora.get(f"{DESK}{row.pk}/route/").content.decode()
    assert all(f"> {word}" in page or word in page for word in ("Routine", "Soon", "Urgent"))
    assert send(cora, row, "route", treatments=["tms"]).status_code == 302
    assert row.consults.get().priority == 0
    other = clinic.in_review()
    assert send(cora, other, "route", treatments=["tms"], priority="2").status_code == 302
    assert other.consults.get().priority == 2


def test_possible_duplicates_and_links_stand_on_the_page(clinic, cora):
    other, row = clinic.new(), clinic.new()
    page = cora.get(f"{DESK}{row.pk}/").content.decode()
    assert "Possible duplicates" in page and other.reference in page
    link_duplicate(referral=row, actor=clinic.cast.cora, other=other)
    page = cora.get(f"{DESK}{row.pk}/").content.decode()
    assert "Possible duplicates" not in page and ">Linked<" in page


def test_a_team_reads_nothing_of_other_referrals_or_attempts(clinic, signed_in):
    other = clinic.new()
    consult = clinic.consult("waiting")
    link_duplicate(referral=consult.referral, actor=clinic.cast.cora, other=other)
    page = signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/").content.decode()
    assert other.reference not in page and "attempts" not in page


# --- How dear they are ----------------------------------------------------------------------------------------


def test_the_worklist_takes_at_most_12_queries_and_a_referral_at_most_20(clinic, cora):
    for _each in range(3):
        row = clinic.in_review(**SUICIDAL)
        log_contact(referral=row, actor=clinic.cast.cora, channel="call", outcome="no_answer")
    other = clinic.new()
    link_duplicate(referral=row, actor=clinic.cast.cora, other=other)
    cora.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        cora.get(DESK)
    assert len(asked) <= 12, [each["sql"][:100] for each in asked]
    with CaptureQueriesContext(connection) as asked:
        cora.get(f"{DESK}{row.pk}/")
    assert len(asked) <= 20, [each["sql"][:100] for each in asked]


# --- A name from right to left -------------------------------------------------------------------------------


def test_a_name_from_right_to_left_tears_no_reference_apart_and_no_title_holds_a_name(clinic, signed_in):
    first, last = "فاطمة", "الزهراء"
    named = {"about.first_name": first, "about.last_name": last, "about.preferred_name": first}
    other, referral = clinic.new(**named), clinic.routed("tms", **named)
    consult = referral.consults.get()
    own, queue = f"{DESK}{referral.pk}/", f"/admin/treatments/tmsconsult/{consult.pk}/"
    actions = ("close", "note", "link_duplicate", "route", "undo")
    visits = {
        clinic.cast.cora: [
            f"{DESK}?show=all",
            own,
            *(f"{own}{page}/" for page in (*actions, "brief", "print")),
        ],
        clinic.cast.clara: [f"{own}assess_risk/"],
        clinic.cast.tess: ["/admin/treatments/tmsconsult/", queue, f"{queue}accept/", f"{queue}brief/"],
    }
    link_duplicate(referral=fresh(referral), actor=clinic.cast.cora, other=other)
    for person, pages in visits.items():
        client = signed_in(person)
        for page in pages:
            html = client.get(page).content.decode()
            assert referral.reference in html, page
            assert not re.search(f"{first}|{last}", html.split("<title>")[1].split("</title>")[0]), page
            around = re.findall(rf"<(\w+)[^<>]*>[^<>]*(?:{first}|{last})", html)
            assert around and set(around) <= {"bdi", "td", "th", "dd"}, (page, set(around))
