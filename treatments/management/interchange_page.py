"""The interchange format as a page: every field of a document, and the shape of an assessment."""

from collections.abc import Iterator

from intake.document import FORMAT, MOST_BYTES, MOST_ENTRIES, TOP_LEVEL
from intake.document.faults import MOST
from intake.fields import LANGUAGES, SECTIONS, Field, Kind, Reader
from intake.fields.antidepressants import LEAST_WEEKS
from intake.fields.kinds import LONG
from treatments.catalog import TREATMENTS
from treatments.rules.criteria import EFFECTS, HOLDS, RULES
from treatments.rules.trd import DEFINITIONS, WORDS

OPENING = f"""# Interchange

Made by `manage.py interchange`; a test fails when this page and `intake/fields` differ.

An intake travels as one JSON object of the format `{FORMAT}`. `manage.py assess` reads it, `load_intake` \
stores it as a sent intake, `export_intake` and the admin's download write it. Writing and reading back \
loses nothing.

## A document

```json
{{
  "format": "{FORMAT}",
  "submitted_on": "2026-11-20",
  "language": "en",
  "about": {{"first_name": "...", "last_name": "...", "date_of_birth": "1984-05-14", "phone": "..."}},
  "consent": {{"agreed": true}}
}}
```

- Beside {", ".join(f"`{name}`" for name in TOP_LEVEL)} it holds the sections below, each an object. \
`format` and `submitted_on` are required, and so are the fields marked so and one of `about.phone` and `about.email`. \
`language` is {" or ".join(f"`{code}`" for code in LANGUAGES)}.
- A yes-or-no question is `yes`, `no` or `not_sure`. A key that is absent was not asked or not answered. \
Both that and `not_sure` are **unknown**: a rule that needs the answer asks, and never takes it for no. \
What a skipped question counts as is in [record 6](decisions/0006-skipped-questions.md) and \
[record 14](decisions/0014-follow-ups-that-are-skipped.md).
- Dates are `YYYY-MM-DD`, months `YYYY-MM` or `YYYY`; neither is after `submitted_on` (but for the day after it, which \
may have begun where the person is), and `stopped` is not before \
`started`, compared by what both name. Numbers are 0 or more, and at most {MOST:,}, unless the page says otherwise. \
Text is kept as typed, at most {LONG:,} characters; only names of medicines, codes, \
phone numbers and email addresses lose what no eye sees. `null` stands only where the page allows it.
- `dose_typed` and `weeks_typed` are what was typed, where it said more than the number and its unit. A `weeks_choice` \
is a range that was chosen instead: `weeks` is then the least of it \
({", ".join(f"`{choice}`: {least}" for choice, least in LEAST_WEEKS.items())}), and `weeks_typed` is absent.
- Unknown keys, repeated keys, wrong types and values out of range are refused, each with one line that \
names the path: `mood.phq9[3]: 5 is not one of 0, 1, 2, 3`. Then nothing is stored. A file has at most \
{MOST_BYTES:,} bytes and a list at most {MOST_ENTRIES} entries.
- Keys and values are a contract. Some are spelled the British way and stay so until the format's next version.

The last column names the rules of [rules.md](rules.md) that read the field. \
**S** before them: read only by staff with the right to substance-use answers. **R**: for the record; written by the app.
"""

ASSESSMENT = """
## An assessment

What `manage.py assess` prints, one line of JSON a file, and what the admin shows. A refused file gives \
`{{"file": ..., "errors": [...]}}` and exit status 1.

| key | holds |
|---|---|
| `ruleset` | the version of the rules, such as `2026.2` |
| `scores` | one object for each of {scores}; `asq` too where the ASQ was asked |
| `scores.*` | `total` or `times`; `band`, `syndrome`, `positive`, `level` or `result`; `missing`, a list of paths, where something is. A total with a missing item is null; `band` and `positive` stand where the missing items can't change them |
| `trials` | one object a medicine tried: `typed`, `drug` (the generic name, or null), `class`, `kind` (`antidepressant`, `augmentation`, `other`, `unrecognised`), `combination` and `added_to` (the generic name of the medicine it was added to, or null), `adequate_lenient`, `adequate_strict`, `failed_broad`, `failed_payer` (each true, false or null for unknown), and `why` |
| `medicines` | one object a medicine taken now: `typed`, `drug`, and `sets`, the safety groups it belongs to |
| `medicines_stopped` | the same of each medicine marked as stopped within six weeks |
| `trd` | treatment resistance: `adequate_failures`, then `broad`, `payer` and the `definitions` ({definitions}), each {verdicts} or `not_applicable` with bipolar disorder |
| `staging` | `thase_rush`, `maudsley` (`total`, `band`) and `mgh_s`; null where not applicable |
| `hold` | `level` (`none`, {holds}), `rules` that hold, and `ask` |
| `treatments` | {treatments}, each with `state`, `undecided`, `findings` and `ask` |
| `state` | the strongest effect that fired: {effects}, or `no_finding`. Every finding stays listed |
| `undecided` | the strongest effect that an unanswered question could still have, or `none` |
| `also_sedating` | Spravato only: what is taken now and may sedate as well, without an effect |
| `findings` | one object a rule that fired: `rule`, `effect`, `because`, `source`, `verified`, and `answers`, the paths it rests on |
| `notes` | rules that fired and touch neither a treatment nor the hold: `rule`, `because`, `source` |
| `ask` | rules that could not be decided: `rule`, and the `fields` that they want |

Every rule is met, not met, or undecided. A rule that is met stands under `findings` of each treatment it \
touches, in `hold.rules` if it holds, and in `notes` if it does neither. One that is undecided stands in the \
`ask` of the same places. The same document always gives the same assessment.
"""
SCORES = ("phq9", "phq2", "gad7", "cssrs", "audit_c", "drug_item", "pc_ptsd5")


def page() -> str:
    """The page as Markdown."""
    sections = (_section(name, fields) for name, fields in SECTIONS.items())
    return OPENING + "".join(sections) + _assessment()


def _section(name: str, fields: tuple[Field, ...]) -> str:
    rows = "".join(f"| {' | '.join(row)} |\n" for field in fields for row in _rows(field, name))
    return f"\n### {name}\n\n| key | value | asked as | read by |\n|---|---|---|---|\n{rows}"


def _rows(field: Field, place: str) -> Iterator[tuple[str, str, str, str]]:
    """The row of ``field`` and, below it, those of its named parts."""
    path = f"{place}.{field.key}"
    yield f"`{path.partition('.')[2]}`", _value(field), _asked(field), _read_by(path, field)
    if field.kind in (Kind.GROUP, Kind.ENTRIES):
        below = f"{path}[]" if field.kind is Kind.ENTRIES else path
        for part in field.parts:
            for key, value, asked, read_by in _rows(part, below):
                # A rule that reads a list reads the whole of it.
                yield key, value, asked, read_by if field.kind is Kind.GROUP else ""


def _value(field: Field) -> str:
    more = "".join(
        (
            ", required" if field.required and field.kind in (Kind.TEXT, Kind.DATE, Kind.TRUE) else "",
            " or null" if field.nullable and field.kind is Kind.NUMBER else "",
        )
    )
    return _kind(field) + more


def _kind(field: Field) -> str:
    match field.kind:
        case Kind.TRUE:
            return "`true`"
        case Kind.CHOICE:
            return _values(field)
        case Kind.MANY:
            return f"a list of {_values(field)}"
        case Kind.ITEMS:
            null = " or null" if field.nullable else ""
            return f"a list of {field.length}, each {_values(field.parts[0])}{null}"
        case Kind.NUMBER:
            return f"a number{_bounds(field)}"
        case Kind.GROUP:
            return "an object"
        case Kind.ENTRIES:
            return "a list of objects"
        case Kind.DATE:
            return "a date"
        case Kind.MONTH:
            return "a month (`YYYY-MM` or `YYYY`)"
    return "text"


def _values(field: Field) -> str:
    return ", ".join(f"`{value}`" for value in field.values)


def _bounds(field: Field) -> str:
    unit = f" of {field.unit}" if field.unit else ""
    if field.high is not None:
        return f"{unit}, {field.low:g} to {field.high:g}"
    return unit if not field.low else f"{unit}, from {field.low:g}"


def _asked(field: Field) -> str:
    # The items of an instrument stand word for word in intake/scales.
    return f"the items of the {field.question}" if field.kind is Kind.ITEMS else str(field.question)


def _read_by(path: str, field: Field) -> str:
    rules = [rule.id for rule in RULES if any(_within(read, path) for read in rule.reads)]
    mark = {Reader.SUBSTANCE_USE: ["**S**"], Reader.RECORDS: ["**R**"]}.get(field.reader, [])
    return " ".join([*mark, *rules])


def _within(read: str, path: str) -> bool:
    return path == read or path.startswith((f"{read}.", f"{read}["))


def _assessment() -> str:
    return ASSESSMENT.format(
        scores=_codes(SCORES),
        definitions=_codes(DEFINITIONS),
        verdicts=_codes(WORDS.values()),
        holds=_codes(HOLDS),
        treatments=_codes(TREATMENTS),
        effects=_codes(EFFECTS),
    )


def _codes(names) -> str:
    return ", ".join(f"`{name}`" for name in names)
