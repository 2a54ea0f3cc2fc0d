"""What a reader may not read is taken out here, and nowhere else.

What is protected follows from data: a field's ``reader``, and with it the dangers and rules whose answers
are such fields. Two referrals that differ in protected answers alone look the same to whoever may not read
them, but for the level of the hold and the number of alerts of each urgency, which everybody sees.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.fields import BY_PATH, Reader
from intake.fields.lookup import field_path
from intake.fields.urgency import NONE, RANK, SAME_DAY, URGENT
from intake.models import Alarm, Submission
from intake.questionnaire import dangers
from treatments import permissions
from treatments.models import Event, Referral
from treatments.reading import assessment
from treatments.rules.criteria import RULES, Rule
from treatments.rules.facts import Facts
from treatments.workflow import Refused
from treatments.workflow.events import EVENT_KINDS
from treatments.workflow.risk import ALARM

# As which reader of a field only those read who were granted it.
GRANTS: Mapping[Reader, str] = {Reader.SUBSTANCE_USE: permissions.READ_SUBSTANCE_USE}
RULE_OF = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Redaction:
    """What one reader may know of a person; ``user`` decides on events and consults, ``readers`` on answers."""

    user: User
    readers: frozenset[Reader]
    # What rights let this reader read whose consent was revoked or is over: of that only what rang (42 CFR 2.51).
    in_emergencies: frozenset[Reader] = frozenset()

    @property
    def hides(self) -> bool:
        """Whether anything at all is kept from this reader."""
        return not self.readers.issuperset(GRANTS)

    def may_read(self, path: str) -> bool:
        field = BY_PATH.get(field_path(path))
        return field is None or field.reader in self.readers

    # --- Answers --------------------------------------------------------------------------------------

    def document(self, submission: Submission) -> dict[str, Any]:
        """The intake as it stands in the interchange format, without what this reader may not read."""
        return self.readable(submission.to_document())

    def readable(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """``document`` without the protected answers, and without the sections that then hold nothing."""
        kept = {
            section: {key: value for key, value in values.items() if self.may_read(f"{section}.{key}")}
            if isinstance(values, Mapping)
            else values
            for section, values in document.items()
        }
        return {section: values for section, values in kept.items() if values != {}}

    # --- What the rules say ---------------------------------------------------------------------------

    def assessment(self, referral: Referral) -> dict[str, Any] | None:
        """The rules' account with its ``hold_findings``; None where they have not run, or one fails now.

        Without a grant it is what they say of the answers without the protected ones.
        """
        if not referral.is_assessed:
            return None
        try:
            found = assessment.judged(referral, self.judge)
        except Refused:
            return None
        if self.hides:
            # A hold that stands is explained by the rules of today or by those that raised it.
            earlier = self.known_rules(referral.hold_rules)
            explained = _strongest([found["hold"]["level"], *_levels(earlier), *_of_alert(referral)])
            alarms = referral.submission.alarms.all()
            found["hold"]["rules"] = self._with_protected(
                found["hold"]["rules"], explained, referral.standing_hold, alarms
            )
        return found

    def assessment_then(self, event: Event) -> dict[str, Any]:
        """The account that was kept with ``event``, as this reader may have it."""
        kept = cast("dict[str, Any]", event.assessment)
        found, level = self.part_of(kept), kept["hold"]["level"]
        hold = found["hold"]
        rules = self._with_protected(hold["rules"], hold["level"], level, self._alarms_before(event))
        return {**found, "hold": {**hold, "level": level, "rules": rules}}

    def part_of(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Of an account as ``assessment_to_keep`` gives it, what this reader may have."""
        account = dict(kept)
        masked = account.pop("masked")
        return masked if self.hides else account

    def judge(self, document: Mapping[str, Any], *, pc_ptsd5_cutoff_women: int = 4) -> dict[str, Any]:
        """What the rules say of this ``document``, and their ``hold_findings``; raises what a rule raises."""
        bare = self.readable(document)
        facts = Facts(bare, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women)
        rules = [rule for rule in RULES if not self._waits_for_protected_alone(rule, facts)]
        found = assessment.with_hold_findings(
            bare, rules=rules, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women, facts=facts
        )
        asks = [found["ask"], found["hold"]["ask"], *(of["ask"] for of in found["treatments"].values())]
        for ask in (ask for rows in asks for ask in rows):
            ask["fields"] = [path for path in ask["fields"] if self.may_read(path)]
        found["scores"] = {
            scale: score
            for scale, score in found["scores"].items()
            if all(map(self.may_read, score.get("missing", ())))
        }
        return found

    def _waits_for_protected_alone(self, rule: Rule, facts: Facts) -> bool:
        if not reads_protected(rule.reads):  # its answer rests on nothing else
            return False
        answer = rule.predicate(facts)
        return answer.value is None and not any(map(self.may_read, answer.paths or rule.reads))

    def known_rules(self, rules: Iterable[str]) -> list[str]:
        """Those of ``rules`` that say nothing of a protected answer; one that is no longer known may."""
        return [
            key
            for key in rules
            if not self.hides
            or key == ALARM
            or (key in RULE_OF and all(map(self.may_read, RULE_OF[key].reads)))
        ]

    def hold_rules(self, rules: Iterable[str], level: str, alarms: Iterable[Alarm]) -> list[str]:
        """The stored ``rules`` of a hold of this ``level``; ``alarms``: those of the intake at that time."""
        known = self.known_rules(rules)
        if not self.hides:
            return known
        return self._with_protected(known, _strongest(_levels(known)), level, alarms)

    def standing_rules(self, referral: Referral) -> list[str]:
        """The rules of the hold that stands on the referral; an open alert explains a same-day one by itself."""
        known = self.known_rules(referral.hold_rules)
        if not self.hides:
            return known
        explained = _strongest([*_levels(known), *_of_alert(referral)])
        return self._with_protected(
            known, explained, referral.standing_hold, referral.submission.alarms.all()
        )

    def _with_protected(
        self, known: list[str], explained: str, level: str, alarms: Iterable[Alarm]
    ) -> list[str]:
        """A hold's rules with words for those left out.

        Whether there are any follows from what this reader sees anyway, and from nothing else: the level that
        the ``known`` ones do not explain, or the alarm of a protected danger.
        """
        unexplained = _strongest([level, explained]) != explained
        if unexplained or any(self.is_protected(alarm) for alarm in alarms):
            return [*known, _("a protected answer: ask a clinician")]
        return known

    # --- Alarms and events ----------------------------------------------------------------------------

    def is_protected(self, alarm: Alarm) -> bool:
        """Whether this reader may not know what rang; a danger that is no longer known is nobody's without."""
        danger = dangers.BY_KEY.get(alarm.danger)
        if danger is None:
            return self.hides
        fields = [BY_PATH[field_path(path)] for path in danger.paths]
        return not all(field.reader in self.readers | self.in_emergencies for field in fields)

    def alarm_title(self, alarm: Alarm) -> str:
        if self.is_protected(alarm):
            return _("A safety answer that you may not read: ask a clinician")
        return str(alarm.title)

    def event_words(self, event: Event) -> list[str]:
        """What an event was about, in parts, without the rules and questions that are protected."""
        return [] if event.is_erased else EVENT_KINDS[event.kind].words(self._event_details(event))

    def _event_details(self, event: Event) -> dict[str, Any]:
        details = dict(event.details)
        if self.hides and "fields" in details:
            details["fields"] = list(filter(self.may_read, details["fields"]))
        if self.hides and "rules" in details:
            rules = details["rules"]
            details["rules"] = (
                self.hold_rules(rules, details["hold"], self._alarms_before(event))
                if "hold" in details
                else self.known_rules(rules)
            )
        return details

    def _alarms_before(self, event: Event) -> Iterable[Alarm]:
        return Alarm.objects.filter(submission__referral=event.referral_id, raised_at__lte=event.at)


def _of_alert(referral: Referral) -> list[str]:
    return [SAME_DAY] if referral.alert_open else []


def _levels(rules: Iterable[str]) -> list[str]:
    """The strongest hold that each of ``rules`` may ask for."""
    holds = [SAME_DAY if key == ALARM else RULE_OF[key].hold for key in rules]
    return [URGENT if callable(hold) else hold or NONE for hold in holds]


def _strongest(levels: Iterable[str]) -> str:
    return max(levels, key=RANK.__getitem__, default=NONE)


def redaction_for(
    user: User, submission: Submission | None = None, *, at: datetime | None = None
) -> Redaction:
    """What ``user`` may know of the person of ``submission`` at that time (None: now); None for nobody in particular.

    No right opens substance-use answers whose consent was revoked or has expired, but for those that rang.
    """
    withheld = {reader for reader, permission in GRANTS.items() if not user.has_perm(permission)}
    over = submission is not None and submission.withholds_substance_use(at or timezone.now())
    ended = frozenset({Reader.SUBSTANCE_USE} if over else ()) - withheld
    return Redaction(user, frozenset(Reader) - withheld - ended, ended)


WITHOUT_GRANTS = Redaction(User(), frozenset(Reader) - frozenset(GRANTS))


@cache  # asked of every rule at every assessment
def reads_protected(paths: tuple[str, ...]) -> bool:
    """Whether there are readers who may not read all of ``paths``."""
    return not all(map(WITHOUT_GRANTS.may_read, paths))


def assessment_to_keep(referral: Referral) -> dict[str, Any]:
    """The rules' account for an event that keeps it, under ``masked`` that of a reader without any grant.

    Raises ``Refused`` where a rule fails.
    """
    return assessment.judged(referral, _both)


def _both(document: Mapping[str, Any], *, pc_ptsd5_cutoff_women: int) -> dict[str, Any]:
    account = assessment.assess(document, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women)
    masked = WITHOUT_GRANTS.judge(document, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women)
    return {**account, "masked": masked}
