"""Walks every story from the day its form arrived up to now; each moment is passed in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid5

from django.contrib.auth.models import User

from intake.document import answers_of
from intake.models import Amendment, Message, Question, Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import HELP
from treatments.demo.actions import do
from treatments.demo.documents import document_for
from treatments.demo.drafts import DRAFTS, Draft
from treatments.demo.moments import arrival, moments
from treatments.demo.people import PEOPLE, Person
from treatments.demo.step import PATIENT, Step
from treatments.demo.stories import STORIES

Moment = tuple[datetime, Callable[..., None]]
PER_PAGE = timedelta(minutes=2)
COMES_BACK_AFTER = timedelta(minutes=20)


@dataclass(slots=True)
class Form:
    """A form on its way; ``submission`` is there from its first moment on."""

    submission: Submission = field(init=False)

    def send(self, parsed: dict, first_said: dict, at: datetime) -> None:
        """Send it whole; what was ``first_said`` was saved, and changed to what is sent, in the minutes before."""
        if not first_said:
            self.submission = Submission.from_document(parsed, Submission.Source.DEMO, at=at)
            return
        answers = answers_of(parsed)
        language, source = parsed["language"], Submission.Source.DEMO
        began = at - 3 * PER_PAGE
        self.submission = Submission.begin(language=language, source=source, at=began, answers=answers)
        for slug, said in first_said.items():
            meant = {section: {key: answers[section][key] for key in keys} for section, keys in said.items()}
            self.save(slug, said, at - 2 * PER_PAGE)
            self.save(slug, meant, at - PER_PAGE)
        Submission.submit(self.submission.pk, at=at)

    def begin(self, language: str, at: datetime) -> None:
        self.submission = Submission.begin(language=language, source=Submission.Source.DEMO, at=at)

    def save(self, slug: str, answers: dict, at: datetime) -> None:
        page = INTAKE.help_page if slug == HELP else INTAKE.by_slug[slug]
        Submission.save_page(self.submission.pk, page, answers, at=at)

    def staff_do(self, step: Step, staff: Mapping[str, User], at: datetime) -> None:
        if step.who == PATIENT:
            self.patient_does(step, at)
            return
        do(
            step.action,
            submission=self.submission,
            actor=staff[step.who],
            at=at,
            arguments=step.arguments,
        )

    def patient_does(self, step: Step, at: datetime) -> None:
        """What a patient does after sending: write a message, tell part two, or answer what was asked."""
        if step.action == "write":
            key = uuid5(self.submission.pk, at.isoformat())
            Message.write(self.submission, text=step.arguments["text"], key=key, at=at)
            return
        if step.action == "add":
            Amendment.add(self.submission, step.arguments["given"], at=at)
            return
        self.submission.forget_amendments()
        question = Question.open_of(self.submission)
        if question is None:
            raise LookupError("This patient has no question to answer.")
        question.answer(step.arguments["given"], at=at)


def journeys(staff: Mapping[str, User], now: datetime) -> list[list[Moment]]:
    """One list of moments, in order, for each person and each draft. ``now`` is in the clinic's time zone."""
    people = (_of_person(person, place, staff, now) for place, person in enumerate(PEOPLE))
    drafts = (_of_draft(draft, staff, now) for draft in DRAFTS)
    return [list(journey) for journey in (*people, *drafts)]


def walk(staff: Mapping[str, User], now: datetime, on_finished: Callable[[int, int], None]) -> int:
    """Let everything happen, oldest first; ``on_finished(done, all)`` hears of each finished journey."""
    every = journeys(staff, now)
    line = sorted(
        ((at, place, do_it) for place, journey in enumerate(every) for at, do_it in journey),
        key=lambda entry: entry[0].timestamp(),
    )
    left = [len(journey) for journey in every]
    done = 0
    for at, place, do_it in line:
        do_it(at=at)
        left[place] -= 1
        if not left[place]:
            done += 1
            on_finished(done, len(every))
    return done


def _of_person(person: Person, place: int, staff: Mapping[str, User], now: datetime) -> Iterator[Moment]:
    # Nobody writes on the full minute, and no two stories share their minutes.
    form, arrived = Form(), arrival(person.arrived, now) + timedelta(seconds=place * 13 % 60)
    late = timedelta(minutes=place * 7 % 23, seconds=place * 17 % 60)
    yield arrived, partial(form.send, document_for(person, arrived.date()), person.first_said)
    yield from _of_staff(form, STORIES[person.story], arrived, late, staff)


def _of_draft(draft: Draft, staff: Mapping[str, User], now: datetime) -> Iterator[Moment]:
    form, at = Form(), arrival(draft.arrived, now)
    yield at, partial(form.begin, draft.language)
    for slug, answers in draft.pages:
        at += PER_PAGE
        yield at, partial(form.save, slug, answers)
    answered = list(_of_staff(form, draft.story, at, timedelta(), staff))
    yield from answered
    for place, (slug, answers) in enumerate(draft.came_back, 1):
        yield answered[-1][0] + place * COMES_BACK_AFTER, partial(form.save, slug, answers)


def _of_staff(
    form: Form, story: tuple[Step, ...], since: datetime, late: timedelta, staff: Mapping[str, User]
) -> Iterator[Moment]:
    for step, at in zip(story, moments(story, since, late), strict=True):
        yield at, partial(form.staff_do, step, staff)
