"""Which drug a typed text names, if any: a wrong match is worse than none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from intake.drugs import closeness, forms, words
from intake.drugs.match import AMBIGUOUS, NOTHING, ORAL, How, Match
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug

LONGEST = 200  # a drug name with its dose and directions is shorter; a story is not read
_LONGEST_NAME = 6  # words
_MOST_UNKNOWN = 3  # words left over that are still compared for closeness


@dataclass(frozen=True, slots=True)
class _Mention:
    drug: Drug | None  # None: a real name that is not in the table
    how: How
    sureness: float
    name: str = ""


_SURENESS: dict[str, float] = {"generic": 1.0, "brand": 1.0, "misspelling": 0.95}


def _exact_names() -> dict[str, _Mention]:
    """Every name by its normal form, with and without its spaces."""
    found = {name: _Mention(None, "none", 0.0) for name in closeness.NOT_IN_TABLE}
    for drug in TABLE:
        kinds: tuple[tuple[How, Iterable[str]], ...] = (
            ("misspelling", drug.misspellings),
            ("brand", (*drug.brands, *drug.other_names)),
            ("generic", (drug.generic,)),
        )
        for how, names in kinds:
            for name in map(normalize, names):
                found[name] = _Mention(drug, how, _SURENESS[how], name)
                if name.replace(" ", "") not in words.FILLER:  # "SAM-e" is not the word "same"
                    found[name.replace(" ", "")] = found[name]
    return found


_EXACT = _exact_names()
_TAILS = (*sorted(words.FORMS), "hcl", "hydrochloride")
_COMBINATIONS = {frozenset(drug.contains): drug for drug in TABLE if len(drug.contains) > 1}


def resolve(typed: str) -> Match:
    """The drug that a typed text names. Never raises; `drug` is None when nothing, or not one drug, is named."""
    return _resolve(normalize(typed)) if len(typed) <= LONGEST else NOTHING


@lru_cache(maxsize=8192)
def _resolve(text: str) -> Match:
    tokens, form = _without_long_forms(text.split())
    mention = _EXACT.get(text) or _EXACT.get(text.replace(" ", ""))
    bare = mention is not None
    mention = mention or _EXACT.get(_without_doses(tokens))
    if mention is not None:
        form = form or next((token for token in tokens[1:] if token in words.FORMS), "")
        return _match([mention], tokens, form.upper(), around=not bare)
    mentions, rest = _scan([part for token in tokens for part in _unglued(token)])
    form = form or next((token for token in rest if token in words.FORMS), "")
    rest = [token for token in rest if not _says_nothing(token)]
    if not mentions and (whole := _EXACT.get("".join(rest))):
        return _match([whole], tokens, form.upper(), around=True)
    if any(token in words.DOUBT for token in rest):
        return AMBIGUOUS if mentions else NOTHING
    unknown = [token for token in rest if token not in words.FILLER]
    if unknown:
        close = _close(unknown, whole=not mentions)
        if close is None:
            return NOTHING
        if any(_numbered(mention, tokens) for mention in close):
            return AMBIGUOUS
        mentions.extend(close)
    return _match(mentions, tokens, form.upper(), around=True)


def _without_long_forms(tokens: list[str]) -> tuple[list[str], str]:
    for place in range(len(tokens) - 1):
        form = words.LONG_FORMS.get((tokens[place], tokens[place + 1]))
        if form:
            return tokens[:place] + tokens[place + 2 :], form
    return tokens, ""


def _without_doses(tokens: list[str]) -> str:
    return " ".join(token for token in tokens if not token.isdecimal() and token not in words.UNITS)


def _unglued(token: str) -> tuple[str, ...]:
    """`wellbutrinxl` as `wellbutrin`, `xl`."""
    if token not in _EXACT:
        for tail in _TAILS:
            name = token.removesuffix(tail)
            if name != token and len(name) > 3 and name in _EXACT:
                return (name, tail)
    return (token,)


def _scan(tokens: list[str]) -> tuple[list[_Mention], list[str]]:
    """The exact names in the text, longest first from the left, and the words between them."""
    mentions, rest, place = [], [], 0
    while place < len(tokens):
        for size in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
            name = " ".join(tokens[place : place + size])
            mention = _EXACT.get(name)
            if mention is not None and not _is_a_count(tokens, place, size):
                mentions.append(mention)
                place += size
                break
        else:
            rest.append(tokens[place])
            place += 1
    return mentions, rest


def _is_a_count(tokens: list[str], place: int, size: int) -> bool:
    """`Tylenol 3 times a day` is not Tylenol 3."""
    end = place + size
    if size == 1:
        return tokens[place] in words.FILLER or tokens[place] in words.SALTS
    return tokens[end - 1].isdecimal() and end < len(tokens) and tokens[place] in _EXACT


def _numbered(mention: _Mention, tokens: list[str]) -> bool:
    """`Tylenl 3` may be Tylenol 3, which is another drug than Tylenol."""
    names = map(normalize, mention.drug.names if mention.drug else ())
    numbers = [token for token in tokens if token.isdecimal()]
    return any(f"{name} {number}" in _EXACT for name in names for number in numbers)


def _says_nothing(token: str) -> bool:
    return (
        len(token) == 1
        or token.isdecimal()
        or token in words.UNITS
        or token in words.FORMS
        or token in words.SALTS
    )


def _close(unknown: list[str], whole: bool) -> list[_Mention] | None:
    """What the unknown words are misspellings of; None when any of them is not recognized."""
    if len(unknown) > _MOST_UNKNOWN:
        return None
    if whole and (found := closeness.nearest("".join(unknown))):
        return [_Mention(found[0], "close", found[1], found[2])]
    if len(unknown) == 1 and whole:
        return None
    mentions = []
    for token in unknown:
        found = closeness.nearest(token)
        if found is None:
            return None
        mentions.append(_Mention(found[0], "close", found[1], found[2]))
    return mentions


def _match(mentions: list[_Mention], tokens: list[str], form: str, around: bool) -> Match:
    """One match out of all mentions: they must name one drug, or together one fixed combination."""
    if not mentions:
        return NOTHING
    if any(mention.drug is None for mention in mentions):
        return NOTHING if len(mentions) == 1 else AMBIGUOUS
    found = {mention.drug.generic: mention.drug for mention in mentions if mention.drug}
    drug = _the_one(found)
    if drug is None:
        return AMBIGUOUS
    first = min(mentions, key=lambda mention: mention.sureness)
    exact = first.how in ("generic", "brand")
    how: How = "formulation" if exact and (around or form) else first.how
    sureness = min(first.sureness, 0.98) if around else first.sureness
    names = tuple(mention.name for mention in mentions)
    form = forms.form_of(drug.generic, names, tokens, form)
    if drug.generic == "selegiline" and form == ORAL:
        drug, form = TABLE["selegiline oral"], ""
    product = drug.generic if drug.contains else ""
    return Match(
        drug=TABLE[drug.counts_as] if drug.counts_as else drug,
        how=how,
        sureness=sureness,
        also=tuple(_inside(drug, name) for name in drug.contains if name != drug.counts_as)
        if drug.counts_as
        else (),
        form=form,
        product=product,
        names=names,
        purpose_open=forms.is_purpose_open(names, product, tokens),
    )


def _inside(product: Drug, name: str) -> Drug:
    """An ingredient with the sets that it brings into this product."""
    drug = TABLE[name]
    return replace(
        drug,
        sets=drug.sets - product.not_inherited,
        sets_verified=drug.sets_verified - product.not_inherited,
    )


def _the_one(found: dict[str, Drug]) -> Drug | None:
    if len(found) == 1:
        return next(iter(found.values()))
    combination = _COMBINATIONS.get(frozenset(found))
    if combination is not None:
        return combination
    for drug in found.values():  # "Contrave (naltrexone and bupropion)"
        if drug.contains and set(found) <= {drug.generic, *drug.contains}:
            return drug
    return None
