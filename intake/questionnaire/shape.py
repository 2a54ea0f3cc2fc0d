"""What a questionnaire is: fields in pages, which pages a person is asked, what is missing, what is unsafe.

It knows no row and no request: where its answers are kept is not its concern (``intake.models.answered``).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.fields import LANGUAGE, Answers, Field, Kind
from intake.fields.kinds import Text
from intake.fields.lookup import answer, field_path
from intake.questionnaire import dangers as unsafe
from intake.questionnaire.asking import Conditions, conditions_of, is_asked, leaves
from intake.questionnaire.completeness import is_missing, paths_of
from intake.questionnaire.dangers import Danger
from intake.questionnaire.list_words import ListWords
from intake.questionnaire.page import Fold, Page
from intake.questionnaire.places import MANY, Place, Section
from intake.questionnaire.skipped import blanks
from intake.questionnaire.summary import Block, Part, Row, entry_blocks, in_words, path_of, rows
from intake.questionnaire.ticks import TickList

CHECK = "check"  # where the answers are checked before they are sent: it asks for the signature
HELP = "help"  # the interruption page: its questions stand outside the numbered steps


@dataclass(frozen=True, eq=False, kw_only=True)
class Questionnaire:
    """``outline`` holds slug, section, heading and hint of each page in its order; ``fields`` name their page.

    ``stamps``, ``lists`` (``words``), ``folds``, ``ticks`` and ``wishes`` as in ``Page``, by the page's slug.
    ``last_on_their_page`` are paths of fields that come after those of later sections there.
    What was said on the interruption page is read back after the page ``help_after``.
    ``concerns`` are paths whose yes brings up places to get help, but no alarm. ``moved`` is where a page's questions
    went whose slug is gone, and ``once_on`` the paths of questions by the page on which they stood before: a draft
    that was begun then is done with a page where it is done with both. ``helps_most`` are paths in the order in which
    answers that were skipped would help. ``headings`` are those of pages that ask less with one suicide-risk screen,
    by screen and slug.
    """

    key: str
    sections: tuple[Section, ...]
    outline: tuple[tuple[str, str, Text, Text], ...]
    fields: tuple[Field, ...]
    dangers: tuple[Danger, ...]
    stamps: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, ListWords] = field(default_factory=dict)
    last_on_their_page: frozenset[str] = frozenset()
    folds: Mapping[str, Fold] = field(default_factory=dict)
    ticks: Mapping[str, tuple[TickList, ...]] = field(default_factory=dict)
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help_after: str = ""
    concerns: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    once_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    helps_most: tuple[str, ...] = ()
    headings: Mapping[tuple[str, str], Text] = field(default_factory=dict)

    @cached_property
    def _section_of(self) -> dict[str, Section]:
        return {section.slug: section for section in self.sections}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages in their order, the interruption page apart."""
        return tuple(self._page(*row) for row in self.outline)

    def _page(self, slug: str, section: str, heading: Text, hint: Text) -> Page:
        found = [owner for owner in self.fields if any(leaf.page == slug for leaf in leaves(owner))]
        own = tuple(sorted(found, key=lambda owner: owner.path in self.last_on_their_page))
        return Page(
            slug,
            section,
            heading,
            hint,
            own,
            entries=next((owner for owner in own if owner.kind is Kind.ENTRIES), None),
            title=heading,
            words=self.lists.get(slug),
            stamps=self.stamps,
            wishes=self.wishes.get(slug, ()),
            fold=self.folds.get(slug),
            ticks=self.ticks.get(slug, ()),
        )

    @cached_property
    def by_slug(self) -> dict[str, Page]:
        return {page.slug: page for page in self.pages}

    @cached_property
    def came_to(self) -> dict[str, dict[str, list[tuple[Field, Field]]]]:
        """Page -> the slugs of pages on which some of its questions once stood -> these, each after its field."""
        found: dict[str, dict[str, list[tuple[Field, Field]]]] = {}
        for owner in self.fields:
            for question in leaves(owner):
                path = owner.path if question is owner else f"{owner.path}.{question.key}"
                for old, paths in self.once_on.items():
                    if path in paths:
                        found.setdefault(question.page, {}).setdefault(old, []).append((owner, question))
        return found

    def asks_of_old(self, slug: str, old: str, answers: Answers, screen: str) -> bool:
        """Whether something is asked on the page ``slug`` that once stood on the page ``old``."""
        return any(is_asked(question, owner, answers, screen) for owner, question in self.came_to[slug][old])

    @cached_property
    def help_page(self) -> Page:
        """The interruption page, with its questions where there are any."""
        own = tuple(owner for owner in self.fields if owner.page == HELP)
        section = self.by_slug[self.help_after].section if self.help_after else self.sections[0].slug
        return Page(HELP, section, _("Help is there for you now"), "", own, None, _("Where you are today"))

    @cached_property
    def check_page(self) -> Page:
        """What is asked where the answers are checked."""
        own = tuple(owner for owner in self.fields if owner.page == CHECK)
        section = self.sections[0].slug
        return Page(
            CHECK, section, _("Your signature"), "", own, None, _("Your signature"), stamps=self.stamps
        )

    # Known beforehand, because each request goes through all pages.
    @cached_property
    def _asked_when(self) -> dict[str, Conditions]:
        return {page.slug: conditions_of(page.fields, page.slug) for page in self.pages}

    def page_applies(self, page: Page, answers: Answers, screen: str) -> bool:
        conditions = self._asked_when[page.slug]
        if not conditions:
            return True
        for of_screen, owner_asked, question_asked in conditions:
            if of_screen in ("", screen) and owner_asked(answers) and question_asked(answers):
                return True
        return False

    def pages_for(self, answers: Answers, screen: str) -> list[Page]:
        """The pages this person is asked, in order."""
        return [page for page in self.pages if self.page_applies(page, answers, screen)]

    @cached_property
    def _before(self) -> dict[str, list[Page]]:
        """The pages of its section that stand before each page."""
        own = {
            section.slug: [page for page in self.pages if page.section == section.slug]
            for section in self.sections
        }
        return {page.slug: pages[:at] for pages in own.values() for at, page in enumerate(pages)}

    def place_of(self, page: Page, answers: Answers, screen: str) -> Place:
        return Place(
            1 + [section.slug for section in self.sections].index(page.section),
            len(self.sections),
            self._section_of[page.section],
            not any(self.page_applies(each, answers, screen) for each in self._before.get(page.slug, ())),
            any(len(answer(answers, path) or ()) > MANY for path in self._told_one_by_one[page.section]),
            self.headings.get((screen, page.slug), ""),
        )

    @cached_property
    def _told_one_by_one(self) -> dict[str, list[str]]:
        """The lists of each section whose names come first, and then a page or two for each."""
        return {
            section.slug: [
                page.list_field.path for page in self.pages if page.names and page.section == section.slug
            ]
            for section in self.sections
        }

    def without_unasked(self, answers: Answers, screen: str) -> dict[str, dict[str, Any]]:
        """``answers`` without those to questions that no longer apply, and with what a skipped one counts as.

        What is ``kept_as`` is never dropped, such as a yes on a suicide-risk screen.
        """
        known = dict(answers)
        kept: dict[str, dict[str, Any]] = {}
        for owner in self.fields:
            given = answers.get(owner.section, {})
            if owner.empty_when and owner.empty_when(known):
                kept.setdefault(owner.section, {})[owner.key] = []
                continue
            if owner.skipped_as and not is_asked(owner, owner, known, screen):
                kept.setdefault(owner.section, {})[owner.key] = owner.skipped_as
                continue
            if owner.key not in given:
                continue
            value = given[owner.key]
            if owner.kind is Kind.GROUP:
                value = {
                    part.key: value[part.key]
                    for part in owner.parts
                    if part.key in value
                    and (is_asked(part, owner, known, screen) or value[part.key] == part.kept_as)
                }
                if not value:
                    continue
            elif not is_asked(owner, owner, known, screen) and (not owner.kept_as or value != owner.kept_as):
                continue
            kept.setdefault(owner.section, {})[owner.key] = value
        return kept

    def missing_on(self, page: Page, answers: Answers, screen: str) -> bool:
        """Whether a required question of the page that applies, or of an entry of its list, has no answer."""
        return any(is_missing(owner, page.slug, answers, screen) for owner in page.fields)

    def unfinished(self, faults: Iterable[str], answers: Answers, screen: str) -> list[Page]:
        """The pages with a required answer missing or a faulty one, in order; none when all may be sent.

        ``faults`` are sentences that open with a path and a colon, as ``document.validate`` gives them.
        """
        faulty = {fault.split(":")[0].split("[")[0] for fault in faults}
        return [
            page
            for page in self.pages_for(answers, screen)
            if not faulty.isdisjoint(paths_of(page.fields)) or self.missing_on(page, answers, screen)
        ]

    @cached_property
    def watched(self) -> frozenset[str]:
        """The fields that a danger may lie in: most pages ask none of them."""
        return frozenset[str]().union(*(danger.fields for danger in self.dangers))

    def dangers_in(self, answers: Answers, fields: frozenset[str] | None = None) -> list[Danger]:
        """The dangers that ``answers`` hold; with ``fields`` (``section.key``) only those that lie in one of them."""
        fields = (unsafe.fields_in(answers) if fields is None else fields) & self.watched
        return unsafe.dangers_in(self.dangers, answers, fields) if fields else []

    def newly_unsafe(
        self, answers: Answers, before: Answers, fields: frozenset[str] | None = None
    ) -> list[Danger]:
        """The dangers in ``answers`` that were not in the answers ``before``, or lay in another one."""
        fields = (unsafe.fields_in(answers) if fields is None else fields) & self.watched
        if not fields:
            return []
        known = unsafe.unsafe_answers(self.dangers, before, fields)
        return unsafe.newly_unsafe(self.dangers, answers, known, fields)

    @cached_property
    def _screens(self) -> tuple[Field, ...]:
        return tuple(owner for owner in self.fields if owner.screen)

    @cached_property
    def of_concern(self) -> frozenset[str]:
        """The fields that call for help, as a page or a box: most pages ask none of them."""
        return self.watched | {owner.path for owner in self._screens} | set(map(field_path, self.concerns))

    def needs_resources(self, answers: Answers) -> bool:
        """Whether what was said deserves places to get help: a danger, a concern, a declined safety question."""
        fields = unsafe.fields_in(answers)
        if self.dangers_in(answers, fields) or any(unsafe.Yes(path)(answers) for path in self.concerns):
            return True
        screens = (answers.get(owner.section, {}).get(owner.key) for owner in self._screens)
        return any("declined" in (given or {}).values() for given in screens)

    def block_of(self, page: Page, answers: Answers, screen: str, language: str = "") -> Block:
        """What was said on one page, only the questions that apply; ``language`` is the one to speak."""
        asked = {
            path_of(owner, place)
            for owner in page.fields
            for place, question in enumerate(leaves(owner))
            if question.page == page.slug and owner.by_hand and is_asked(question, owner, answers, screen)
        }
        shown = [row for row in rows(page.fields, answers) if row.path in asked]
        if language and LANGUAGE.key in page.wishes:
            shown.append(Row(str(LANGUAGE.question), in_words(LANGUAGE, language), LANGUAGE.key))
        entries = entry_blocks(page.entries, answers) if page.entries else []
        title = self.headings.get((screen, page.slug), page.title)
        return Block(str(title), shown, entries, page.slug)

    def blocks(
        self, answers: Answers, screen: str, language: str = "", pages: Iterable[Page] | None = None
    ) -> list[Block]:
        """What was said on each page that applies (or of ``pages``), and on the interruption page if anything."""
        found = []
        for page in self.pages_for(answers, screen) if pages is None else pages:
            found.append(self.block_of(page, answers, screen, language))
            if page.slug == self.help_after:
                helped = self.block_of(self.help_page, answers, screen)
                found += [helped] if helped.answered else []
        return found

    def parts(self, answers: Answers, screen: str, language: str, unfinished: Collection[Page]) -> list[Part]:
        """The same by the sections of the task list; ``unfinished`` are the pages that keep it from being sent."""
        pages = self.pages_for(answers, screen)
        return [
            Part(
                str(section.title),
                self.blocks(answers, screen, language, own),
                any(page in unfinished for page in own),
                sum(1 for page in own for _blank in blanks(page, answers, screen)),
            )
            for section in self.sections
            if (own := [page for page in pages if page.section == section.slug])
        ]
