"""How hard a text is to read: the Flesch-Kincaid grade, and all our words to patients, measured with it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from intake.fields import FIELDS, LANGUAGE, Field, Kind
from intake.mail import texts
from treatments.reading.public_status import WITHDRAWN, WITHDRAWN_MEANS
from treatments.workflow import CLOSE_REASONS, REFERRAL_STATES, RETURN_REASONS

ROOT = Path(__file__).parent.parent.parent
SENTENCE_END = re.compile(r"[.!?:](?:\s|$)|\n")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,./]*")
VOWELS = re.compile(r"[aeiouy]+")
# Vowels that are said apart, and words that the rules below miscount.
APART = re.compile(r"(?:ia|io(?!us)|iu|eo(?!p)|ua(?!r|ge)|uie|creat|react|being|doing|seeing|going)")
COUNTED = {
    "act": 1, "are": 1, "area": 3, "business": 2, "every": 2, "everyone": 3, "family": 3, "friend": 1, "hour": 1, "hours": 1,
    "idea": 3, "ideas": 3, "medicine": 3, "medicines": 3, "one": 1, "people": 2, "question": 2, "questions": 2,
    "science": 2, "sometimes": 2, "someone": 2, "something": 2, "these": 1, "therefore": 2, "use": 1,
    "used": 1, "usually": 4, "being": 2, "diet": 2, "video": 3, "videophone": 4, "period": 3, "veteran": 3,
    "veterans": 3, "reliable": 4, "previous": 3, "address": 2, "patient": 2, "email": 2, "somebody": 3, "answer": 2,
    "social": 2, "special": 2, "nation": 2, "region": 2, "religion": 3, "version": 2, "decision": 3, "session": 2,
    "sessions": 2, "caution": 2, "official": 3, "million": 2, "section": 2, "reaction": 3, "emergency": 4, "account": 2, "anxiety": 4, "somewhere": 2,
}  # fmt: skip


class Item(NamedTuple):
    """Something a person reads in one go, and where it stands."""

    text: str
    where: str


def syllables(word: str) -> int:
    """About how many syllables an English word has; numbers and letters said one by one count one each."""
    plain = re.sub(r"['’]\w+$", "", word.lower())
    if not plain.isalpha():
        return 1
    if plain in COUNTED:
        return COUNTED[plain]
    if word.isupper() and len(word) <= 5:
        return len(word)
    count = len(VOWELS.findall(plain)) + len(APART.findall(plain))
    count -= len(re.findall(r"[cst]io|cia|tia|gio|giu", plain))  # said as one: "-tion", "-cial"
    if re.search(r"[^aeiouyl]e$|[^aeiouy]les$|[aeiouy][lr]e$", plain) and not plain.endswith("les"):
        count -= 1  # silent e: "take", "here"
    elif re.search(r"[^aeioutdy]ed$|[^aeiouycsxzgh]es$", plain) and not plain.endswith("les"):
        count -= 1  # "filled", "times"
    return max(count, 1)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def grade(text: str, known: frozenset[str] = frozenset()) -> float:
    """The Flesch-Kincaid grade; a word in ``known`` (lower case) counts two syllables however long it is."""
    words = words_of(text)
    sentences = max(1, sum(bool(words_of(part)) for part in SENTENCE_END.split(text)))
    said = sum(min(2, syllables(word)) if word.lower() in known else syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * said / len(words) - 15.59


# --- What we say ---------------------------------------------------------------------------------


def asked() -> Iterator[Item]:
    """Our questions with their hints, and our answers to choose from; instruments' wording left out."""
    for field in (*FIELDS, LANGUAGE):
        if field.stamped:
            continue
        for each in field.parts if field.kind in (Kind.GROUP, Kind.ENTRIES) else (field,):
            yield from _said_by(each)


def _said_by(field: Field) -> Iterator[Item]:
    where = f"field {field.key}"
    if field.kind is Kind.ITEMS:
        return
    if field.scale is None:
        yield Item(" ".join(filter(None, (_ended(field.question), str(field.hint)))), where)
        yield Item(str(field.missing), f"{where}, missing")
        for value, words in field.choices:
            yield Item(str(words), f"{where}, choice {value}")
    elif field.key == "drug_use_past_year":
        yield Item(str(field.hint), where)


def _ended(text: object) -> str:
    words = str(text)
    return words if words.endswith(("?", ".")) else f"{words}."


PYTHON = (
    "questionnaire/intake.py",
    "questionnaire/amounts.py",
    "questionnaire/summary.py",
    "typed/*.py",
    "forms/*.py",
    "status.py",
    "views/*.py",
)
TEMPLATES = ("base.html", "4*.html", "500.html", "unsaved.html", "intake/**/*.html", "clinic/**/*.html")
STRING = re.compile(r"\{% trans(?:late)? (?:\"([^\"]*)\"|'([^']*)')")
BLOCK = re.compile(r"\{% blocktrans(?:late)?[^%]*%\}(.*?)\{% endblocktrans(?:late)? %\}", re.S)


def told() -> Iterator[Item]:
    """Headings, sentences, buttons and refusals: every text of ours in the code and the templates."""
    for pattern in PYTHON:
        for file in sorted((ROOT / "intake").glob(pattern)):
            yield from _marked_in(ast.parse(file.read_text(encoding="utf-8")), file)
    for pattern in TEMPLATES:
        for file in sorted((ROOT / "templates").glob(pattern)):
            source = file.read_text(encoding="utf-8")
            found = ["".join(pair) for pair in STRING.findall(source)] + BLOCK.findall(source)
            for text in found:
                yield Item(_plain(text), f"templates/{file.relative_to(ROOT / 'templates')}")


def mailed() -> Iterator[Item]:
    """What a mail to a patient says, line by line."""
    yield from (Item(_plain(line), "mail: link") for line in texts.come_back(hours=24).body.splitlines())
    file = ROOT / "intake" / "mail" / "texts.py"
    yield from _marked_in(ast.parse(file.read_text(encoding="utf-8")), file)


def how_it_stands() -> Iterator[Item]:
    """What the status page says of a state, of a reason for closing or returning, and of taking back."""
    for state in REFERRAL_STATES.values():
        yield Item(str(state.public), f"state {state.label}")
    for reason in (*CLOSE_REASONS.values(), *RETURN_REASONS.values()):
        yield Item(str(reason.public), f"reason {reason.code}")
    yield from (Item(str(text), "withdrawn") for text in (WITHDRAWN, WITHDRAWN_MEANS))


def _marked_in(tree: ast.AST, file: Path) -> Iterator[Item]:
    for text in _marked(tree):
        yield Item(_plain(text), str(file.relative_to(ROOT)))


def _marked(tree: ast.AST) -> Iterator[str]:
    """The strings that are marked for translation."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "gettext")
        ):
            for part in node.args[:1]:
                if isinstance(part, ast.Constant):
                    yield part.value


def _plain(text: str) -> str:
    """The words alone: without tags, with a short word where a value, a link or an address stands."""
    text = re.sub(r"%\(\w+\)[sd]|\{\{[^}]*\}\}|\{\w+\}|\S+@\S+", "Jo", text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@cache
def ours() -> list[Item]:
    """Each text of ours once."""
    every = (*asked(), *told(), *mailed(), *how_it_stands())
    return list({item.text: item for item in every if words_of(item.text)}.values())
