"""How much waits for whoever looks: the numbers of bar and views, and what one has set, in one query."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils import timezone

from treatments import permissions
from treatments.models import Alert, Consult, KeySetting, Referral, SavedView
from treatments.workflow.desk import GROUP_OF, GROUPS, DeskGroup

WORD = CharField()
WORKLIST = "treatments_referral_changelist"
HOME = "index"


@dataclass(slots=True)
class DeskCounts:
    """``groups`` are None and ``alerts`` too for who may not see them; ``queues`` are those one works on.

    ``keys``: whether single keys are on; ``views``: one's own views of the worklist, each a name and its query.
    """

    groups: dict[DeskGroup, int] | None = None
    mine: int = 0
    alerts: int | None = None
    queues: dict[str, int] = field(default_factory=dict)
    keys: bool = False
    views: list[tuple[str, str]] = field(default_factory=list)

    @property
    def desk(self) -> int:
        """All that needs a coordinator."""
        return sum((self.groups or {}).values())


def counts_for(request: HttpRequest) -> DeskCounts:
    """Read once for a page: its bar and its list both say them."""
    if not hasattr(request, "desk_counts"):
        request.desk_counts = desk_counts(request.user, mine=says_mine(request))  # type: ignore[attr-defined]
    return request.desk_counts  # type: ignore[attr-defined]


def says_mine(request: HttpRequest) -> bool:
    """Only there it is said how much needs whoever looks: that is dear to ask."""
    return request.resolver_match is not None and request.resolver_match.url_name in (WORKLIST, HOME)


def count_nothing(request: HttpRequest) -> None:
    """For a page that shows no rows, as one that refuses: its bar has the links without their numbers."""
    request.desk_counts = uncounted(request.user)  # type: ignore[attr-defined]


def uncounted(user: User | AnonymousUser) -> DeskCounts:
    """All that this person may see, and none of it yet."""
    return DeskCounts(
        groups=dict.fromkeys(GROUPS, 0) if user.has_perm("treatments.view_referral") else None,
        alerts=0 if user.has_perm("treatments.view_alert") else None,
        queues=dict.fromkeys(permissions.queues_of(user), 0),
    )


def desk_counts(user: User | AnonymousUser, *, mine: bool) -> DeskCounts:
    """In one query, for it is asked on every page; each part comes from a small index of its own."""
    counts = uncounted(user)
    parts = [_counted(KeySetting.objects.filter(user=user.pk), "keys")]
    if isinstance(user, User) and counts.groups is not None:
        desk = Referral.objects.needing_a_coordinator()
        parts.append(_counted(desk, "desk", "desk_rank"))
        if mine:
            needing = Referral.objects.parts_of_needing(user, timezone.localdate())
            parts += [_counted(part, "mine") for part in needing]
        view = Concat(Value("view:"), "query", Value("#"), "name", output_field=WORD)
        parts.append(
            SavedView.objects.filter(user=user.pk).order_by().annotate(said=view).values_list("said", "pk")
        )
    if counts.alerts is not None:
        parts.append(_counted(Alert.objects.open(), "alerts"))
    if counts.queues:
        waiting = Consult.objects.waiting().due().filter(treatment__in=counts.queues)
        parts.append(_counted(waiting, "queue", "treatment"))
    first, *others = parts
    for word, number in first.union(*others, all=True) if others else first:
        what, _colon, key = word.partition(":")
        _put(counts, what, key, number)
    return counts


def _counted(rows: QuerySet, word: str, column: str = "") -> QuerySet:
    """How many ``rows``, after ``word``, for each value of the ``column``."""
    said: Value | Concat = Value(word, output_field=WORD)
    if column:
        said = Concat(Value(f"{word}:"), Cast(column, WORD), output_field=WORD)
    return rows.order_by().annotate(said=said).values_list("said").annotate(number=Count("*"))


def _put(counts: DeskCounts, word: str, key: str, number: int) -> None:
    match word:
        case "desk":
            if counts.groups is not None:
                counts.groups[GROUP_OF[int(key)]] += number  # type: ignore[index]
        case "queue":
            counts.queues[key] = number
        case "mine":
            counts.mine += number
        case "view":
            query, _mark, name = key.partition("#")
            counts.views = sorted([*counts.views, (name, query)])
        case "alerts":
            counts.alerts = number
        case "keys":
            counts.keys = bool(number)
