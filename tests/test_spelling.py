"""American English in code, pages and documents; the contract's keys and other people's words stay as they are."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from intake.drugs import TABLE
from intake.fields import FIELDS, Field

ROOT = Path(__file__).parent.parent
# Kept as their owners wrote them: other people's code, names of drugs, and what people type.
NOT_OURS = (
    ".LICENSE.txt",
    ".css",
    ".png",
    ".svg",
    "axe.min.js",
    "drug-names.js",
    "intake/work.js",
    "altcha-pbkdf2.js",
    "drug-names.json",
    "dictionary.txt",
    "drug_names.csv",
    "drug_names_seen.csv",
    "drugs.csv",
    "not_in_table.txt",
    "package-lock.json",
    "intake/drugs/words.py",
    "tests/test_spelling.py",
)
BRITISH = re.compile(
    r"""(?<![a-z])(
    (behavi|col|fav|hon|neighb|hum|tum|od|rum|vap|harb|flav|lab|rig|endeav)our\w* |
    (cent|met|lit|theat|fib|calib)res? | centred |
    (author|capital|categor|character|civil|critic|custom|emphas|final|formal|general|harmon|hospital|initial|
     item|legal|local|maxim|memor|minim|mobil|modern|moral|neutral|normal|optim|organ|penal|personal|popular|
     priorit|random|rational|real|recogn|unrecogn|sanit|serial|social|special|stabil|standard|summar|symbol|
     sympath|synchron|token|util|visual|apolog)is(e|ed|es|er|ers|ing|ation|ations)(?![a-z]) |
    (anal|paral|catal)ys(e|ed|es|ing)(?![a-z]) |
    licence\w* | (def|off|pret)ence | practis\w+ |
    (cancel|counsel|fuel|label|level|model|signal|travel|tunnel|marshal|initial|total|dial)l(ed|ing|er|ers) |
    cancell(ed|ing) | enrolments? | fulfils? | fulfilment | skilful | wilful | instalments? | programmes? |
    cheques? | grey\w* | tyres? | kerbs? | moulds? | sceptic\w* | catalogue\w* | analogue\w* |
    \w*(anaem|anaesth|oesophag|oestrog|paediatr|haemo|haema|rrhoea|foetus|apnoea|gynaec|manoeuv|aetiolog)\w* |
    whilst | amongst | learnt | spelt | dreamt | ageing | judgement\w* | enquir\w+ | postcodes? | artefacts? |
    aluminium | pyjamas | queueing | focuss\w+ | benefitt\w+ | fortnight\w* | towards
    )""",
    re.VERBOSE,
)
# Names that others gave, and words of ours that stand for an old name.
ELSEWHERE = (
    re.compile(
        r"aria-labelledby|govuk-[a-z-]*colours?|functional-colours|\"-colour:|govuk-tag--grey"
    ),  # HTML and govuk-frontend
    re.compile(r"CLINIC_COLOUR(_DARK)?"),  # in the changelog: what a setting was called
)


def contract() -> set[str]:
    """The keys and values of clinic-intake/1 and of the assessment, which stay until its next version."""

    def names(field: Field) -> Iterator[str]:
        yield field.key
        yield from map(str, field.values)
        for part in field.parts:
            yield from names(part)

    found = {name for field in FIELDS for name in names(field)}
    return found | {name for drug in TABLE for name in (drug.cls, drug.kind, *drug.sets)} | {"unrecognised"}


CONTRACT = contract()
# Where the contract's names are listed by the line, without quotes.
LISTS_NAMES = ("tests/intake/pat.py", "tests/intake/test_dictionary.py")
# As a name: quoted or in a path, never as a word of a sentence.
AS_A_NAME = re.compile(
    r"(?<=[\"'`.-])({})(?![a-z_])".format(
        "|".join(sorted((name for name in CONTRACT if BRITISH.search(name)), key=len, reverse=True))
    )
)


def british(text: str, *, lists_names: bool = False) -> list[str]:
    if lists_names:
        text = re.sub(r"(?<![a-z_])(\w+)", lambda found: "" if found[1] in CONTRACT else found[1], text)
    for pattern in (*ELSEWHERE, AS_A_NAME):
        text = pattern.sub("", text)
    return [found[0] for found in BRITISH.finditer(text.casefold())]


def ours() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if not name.endswith(NOT_OURS) and (ROOT / name).exists():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def test_every_word_of_ours_is_spelled_the_american_way() -> None:
    assert {
        name: words
        for name, text in ours()
        if (words := sorted(set(british(text, lists_names=name in LISTS_NAMES))))
    } == {}


def test_a_british_spelling_would_be_noticed() -> None:
    text = 'The colour of "anaemia": health.anaemia is a key, anaemia a word. def recognised_behaviour(): labelled'
    assert british(text) == ["colour", "anaemia", "recognised", "behaviour", "labelled"]
