"""The worklist and the queues over a million referrals on PostgreSQL, beside the admin as Django makes it.

    make bench-worklist [PEOPLE=1000000] [BENCH_DATABASE=postgres://...]

Makes the invented people first if the database holds fewer. Both sides answer through the same middleware in
one process; printed are the median milliseconds of a request and its queries. Exits with status 1 when a list
of ours, or a page of the director's figures, takes more than its limit.
"""

import os
import statistics
import sys
import time
from urllib.parse import urlsplit

import psycopg
import psycopg.sql

LIMIT = 60.0  # milliseconds of server time at the median
MAX_QUERIES = 8 + 1  # the last writes that the list was shown
ROUNDS = 15  # requests of ours; a naive one takes seconds
NAIVE_ROUNDS = 3
REPORT_LIMIT = 300.0  # milliseconds of server time of the director's figures


def start() -> None:
    import clinic.wsgi  # noqa: F401 all that the server loads, kept as the server keeps it


def make_database(address: str) -> None:
    """Make the database that ``address`` names, if its server has none of this name."""
    parts = urlsplit(address)
    name = parts.path.removeprefix("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))


def ready(people: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from treatments.models import Referral

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # what is made here is no request
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        there = Referral.objects.count()
        if there:  # a migration may have rewritten every row; a clinic's server sweeps by itself
            cursor.execute("VACUUM ANALYZE")
        if there < people:
            print(f"{there:,} people are here; {people - there:,} more are made ...", flush=True)
            call_command("crowd", people - there)
        cursor.execute("RESET statement_timeout")


def naive_address() -> str:
    """Put the table into a stock ``ModelAdmin`` with the same columns, filters and search, at an address of its own."""
    from django.contrib import admin
    from django.urls import clear_url_caches, path

    import clinic.urls
    from treatments.models import Referral

    class NaiveAdmin(admin.ModelAdmin):
        list_display = (
            "reference", "hold", "first_name", "last_name", "date_of_birth", "phq9", "cssrs", "adequate_trials",
            "findings", "state", "owner", "waiting_since",
        )  # fmt: skip
        list_filter = ("hold", "state", "received_at", "language")
        search_fields = ("reference", "first_name", "last_name", "phone", "email")
        ordering = ("-hold_rank", "waiting_since")
        date_hierarchy = "received_at"

        def has_view_permission(self, request, obj=None) -> bool:
            return True

        def has_module_permission(self, request) -> bool:
            return True

    site = admin.AdminSite(name="naive")
    site.register(Referral, NaiveAdmin)
    clinic.urls.urlpatterns.append(path("naive/", site.urls))
    clear_url_caches()
    return "/naive/treatments/referral/"


def lists() -> list[tuple[str, str, str]]:
    """``(what, whose sign-in, address)`` of every list that is measured."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from treatments.catalog import TREATMENTS
    from treatments.demo.staff import STAFF
    from treatments.models import QUEUES, Referral

    desk = reverse("admin:treatments_referral_changelist")
    coordinator = User.objects.get(username="cora")
    someone = Referral.objects.order_by("pk")[Referral.objects.order_by("pk").last().pk // 2 % 10_000]
    found = [("worklist", "cora", desk), ("worklist, page 5", "cora", f"{desk}?p=5")]
    for what, query in (
        ("mine", "show=mine"),
        ("unassigned", "show=unassigned"),
        ("all", "show=all"),
        ("all, page 20", "show=all&p=20"),
        ("due today", "due=today"),
        ("over target", "target=over"),
        ("handled by one", f"owner={coordinator.pk}"),
        ("urgent", "hold__exact=urgent"),
        ("same day", "hold__exact=same_day"),
        ("no hold", "hold__exact=none"),
        ("received, 24 hours", "received=1"),
        ("received, 30 days", "received=30"),
        ("received, 30 days, all", "received=30&show=all"),
        ("supported: TMS", "supported=tms"),
        ("supported: TMS, all", "supported=tms&show=all"),
        ("Spanish", "language__exact=es"),
        ("Spanish, all", "language__exact=es&show=all"),
        *((f"state {state}", f"state__exact={state}&show=all") for state in ("new", "in_review", "awaiting_patient", "routed", "closed")),
    ):  # fmt: skip
        found.append((what, "cora", f"{desk}?{query}"))
    for what, words in (
        ("reference", someone.reference),
        ("reference, halves apart", someone.reference.lower().replace("-", " ")),
        ("surname", someone.last_name),
        ("part of a surname", someone.last_name[:5]),
        ("full name", someone.name),
        ("last, first", f"{someone.last_name}, {someone.first_name}"),
        ("birth date", f"{someone.date_of_birth:%m/%d/%Y}"),
        ("birth date, two figures, and surname", f"{someone.last_name} {someone.date_of_birth:%m-%d-%y}"),
        ("phone", someone.phone),
        ("nobody", "Nobodyofthisname"),
    ):
        found.append((f"search: {what}", "cora", f"{desk}?q={words.replace(' ', '+')}"))
    members = {account.group: account.username for account in STAFF}
    for key in QUEUES:
        name = members[TREATMENTS[key].team]
        queue = reverse(f"admin:treatments_{key}consult_changelist")
        found.append((f"queue: {key}", name, queue))
        found.append((f"queue: {key}, completed", name, f"{queue}?show=completed"))
        found.append((f"queue: {key}, search: surname", name, f"{queue}?q={someone.last_name}"))
        found.append(
            (f"queue: {key}, search: birth date", name, f"{queue}?q={someone.date_of_birth:%m/%d/%Y}")
        )
    return found


def naive_lists(address: str, own: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    searched = {what: query.split("q=")[1] for what, _who, query in own if what.startswith("search: ")}
    return [
        ("first page", address),
        ("page 200", f"{address}?p=200"),
        ("filtered: state", f"{address}?state__exact=in_review"),
        ("search: surname", f"{address}?q={searched['search: surname']}"),
        ("search: reference", f"{address}?q={searched['search: reference']}"),
    ]


def measured(client, address: str, rounds: int) -> tuple[float, int]:
    """Median milliseconds and queries of one address; the first answer only warms up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    # The next request empties the log. The key of the month's record and the clinic's hours are read anew once in
    # some seconds, by any list.
    now_and_then = ("intake_sharedkey", "treatments_clinichours", "treatments_clinictextversion")
    asked = sum(all(table not in each["sql"] for table in now_and_then) for each in queries)
    if response.status_code != 200:
        sys.exit(f"{address}: {response.status_code}")
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(address).content  # noqa: B018 rendered
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), asked


def look_for_duplicates(number: int) -> float:
    """Median milliseconds of looking for one person's possible duplicates, of people from all over the table."""
    from treatments.models import Referral
    from treatments.reading.duplicates import possible_duplicates

    first, last = Referral.objects.earliest("pk").pk, Referral.objects.latest("pk").pk
    spent = []
    for place in range(number):
        person = Referral.objects.filter(pk__gte=first + (last - first) * place // number).earliest("pk")
        begun = time.perf_counter()
        possible_duplicates(person)
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def reports() -> list[str]:
    """Addresses of the director's figures, counted once before as the tick does it."""
    from django.utils import timezone

    from treatments.models import FigureCount
    from treatments.triage.figure_count import count_figures

    if not FigureCount.objects.exists():
        begun, spent = time.perf_counter(), time.process_time()
        count_figures(timezone.now())
        spent, took = time.process_time() - spent, time.perf_counter() - begun
        print(f"{'the figures counted: s, CPU s':34}{took:8.1f}{spent:9.1f}")
    filters = ("", "&channel=helped", "&language=es", "&queue=tms")
    return [f"/admin/figures/?days={days}{narrowed}" for days in (30, 90, 365) for narrowed in filters]


def signed_in(name: str):
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=name))
    return client


def main(people: int) -> int:
    make_database(os.environ["DATABASE_URL"])
    start()
    ready(people)
    from django.contrib.auth.models import Permission, User

    from treatments.models import Referral

    print(f"{Referral.objects.count():,} referrals; median of {ROUNDS} requests\n")
    print(f"{'ours':34}{'ms':>8}{'queries':>9}")
    own = lists()
    clients = {name: signed_in(name) for name in {who for _what, who, _address in own}}
    clients["cora"].get("/admin/")  # makes the key of the month's record
    missed = []
    for what, name, address in own:
        spent, queries = measured(clients[name], address, ROUNDS)
        print(f"{what:34}{spent:8.1f}{queries:9}", flush=True)
        if spent > LIMIT or queries > MAX_QUERIES:
            missed.append(what)
    for address in reports():
        spent, queries = measured(clients["cora"], address, ROUNDS)
        print(f"{address.removeprefix('/admin/'):34}{spent:8.1f}{queries:9}", flush=True)
        if spent > REPORT_LIMIT or queries > MAX_QUERIES:
            missed.append(address)
    spent = look_for_duplicates(ROUNDS)
    print(f"{'a look for duplicates':34}{spent:8.1f}")
    if spent > LIMIT:
        missed.append("a look for duplicates")
    # A superuser reads nobody without an emergency: this one has each right by itself.
    naive, _made = User.objects.update_or_create(username="naive", defaults={"is_staff": True})
    naive.user_permissions.set(Permission.objects.all())
    client = signed_in("naive")
    print(f"\n{'the admin as Django makes it':34}{'ms':>8}{'queries':>9}")
    for what, address in naive_lists(naive_address(), own):
        spent, queries = measured(client, address, NAIVE_ROUNDS)
        print(f"{what:34}{spent:8.1f}{queries:9}", flush=True)
    if missed:
        print(f"\nMore than {LIMIT:g} ms or {MAX_QUERIES} queries: {', '.join(missed)}.")
    else:
        print(f"\nEvery list of ours within {LIMIT:g} ms and {MAX_QUERIES} queries, one of which writes.")
        print(f"The figures within {REPORT_LIMIT:g} ms.")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
