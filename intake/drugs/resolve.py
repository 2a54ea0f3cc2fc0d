"""Which drug a typed text names, if any: a wrong match is worse than none."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from intake.drugs import closeness, exact, forms, words
from intake.drugs.exact import EXACT, Mention
from intake.drugs.match import NOTHING, ORAL, How, Match
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug

LONGEST = 200  # a drug name with its dose and directions is shorter; a story is not read
_MOST_UNKNOWN = 3  # words left over that are still compared for closeness
_SURENESS_BESIDE_WORDS = 0.98
_SURENESS_BESIDE_UNKNOWN_WORDS = 0.9


@lru_cache(maxsize=8192)
def resolve(typed: str) -> Match:
    """The drug that a typed text names. Never raises; `drug` is None when nothing, or not one drug, is named."""
    if len(typed) > LONGEST:
        return NOTHING
    text = normalize(words.prepared(typed))
    tokens, form = words.without_long_forms(text.split())
    mention = EXACT.get(text) or EXACT.get(text.replace(" ", ""))
    form = form or next((token for token in tokens[1:] if token in words.FORMS), "")
    if mention is not None:
        return _match([mention], tokens, form, around=False)
    return _among_words(tokens, form)


def _among_words(tokens: list[str], form: str) -> Match:
    """What is named by words of which not all are one name."""
    mentions, line = exact.scan(tokens)
    form = form or next((token for token in line if token in words.FORMS), "")
    said = [token for token in line if token and not words.says_nothing(token)]
    if not mentions and (whole := EXACT.get("".join(said))):
        return _match([whole], tokens, form, around=True)
    if any(token in words.DOUBT for token in said):
        return _ambiguous(mentions)
    unknown = [token for token in said if token not in words.FILLER]
    if mentions:
        if exact.adds_an_ingredient(mentions, tokens) or words.joins(line, unknown):
            return NOTHING
        if _resembles_another(mentions, unknown):
            return _ambiguous(mentions)
    elif unknown:
        mentions = _close(unknown)
        if any(exact.is_numbered(mention.drug, tokens) for mention in mentions):
            return _ambiguous(mentions)
        unknown = []
    elif words.is_same(tokens):
        mentions = [EXACT["sam e"]]
    return _match(mentions, tokens, form, around=True, unknown=bool(unknown))


def _close(unknown: list[str]) -> list[Mention]:
    """What the unknown words are misspellings of; nothing when any of them is not recognized."""
    if len(unknown) > _MOST_UNKNOWN:
        return []
    if found := closeness.nearest("".join(unknown)):
        return [Mention(found[0], "close", found[1], found[2])]
    if len(unknown) == 1:
        return []
    mentions = []
    for token in unknown:
        found = closeness.nearest(token)
        if found is None:
            return []
        mentions.append(Mention(found[0], "close", found[1], found[2]))
    return mentions


def _resembles_another(mentions: list[Mention], unknown: list[str]) -> bool:
    """Whether an unknown word, or two beside each other, may be a misspelling of a drug that is not named."""
    named = {mention.drug.generic for mention in mentions if mention.drug}
    named |= {name for mention in mentions if mention.drug for name in mention.drug.contains}
    pairs = [first + second for first, second in pairwise(unknown)]
    if any(closeness.resembled(word) - named for word in unknown):
        return True
    return any(found[0].generic not in named for pair in pairs if (found := closeness.nearest(pair)))


def _ambiguous(mentions: list[Mention]) -> Match:
    """No one drug; the drugs that were named stand in it, so that a page can ask whether they are two."""
    if not mentions:
        return NOTHING
    named = {mention.drug.generic: mention.drug for mention in mentions if mention.drug}
    several = tuple(named.values()) if all(mention.drug for mention in mentions) else ()
    return Match(None, "ambiguous", 0.0, named=several)


def _match(
    mentions: list[Mention], tokens: list[str], form: str, around: bool, unknown: bool = False
) -> Match:
    """One match out of all mentions: they must name one drug, or together one fixed combination."""
    if not mentions:
        return NOTHING
    if any(mention.drug is None for mention in mentions):
        return NOTHING if len(mentions) == 1 else _ambiguous(mentions)
    drug = _the_one({mention.drug.generic: mention.drug for mention in mentions if mention.drug})
    if drug is None:
        return _ambiguous(mentions)
    first = min(mentions, key=lambda mention: mention.sureness)
    how: How = "formulation" if first.how in ("generic", "brand") and (around or form) else first.how
    ceiling = _SURENESS_BESIDE_UNKNOWN_WORDS if unknown else _SURENESS_BESIDE_WORDS if around else 1.0
    names = tuple(mention.name for mention in mentions)
    form = forms.form_of(drug.generic, names, tokens, form.upper())
    if drug.generic == "selegiline" and form == ORAL:
        drug, form = TABLE["selegiline oral"], ""
    product = drug.generic if drug.contains else ""
    return Match(
        drug=TABLE[drug.counts_as] if drug.counts_as else drug,
        how=how,
        sureness=min(first.sureness, ceiling),
        also=_beside(drug),
        form=form,
        product=product,
        names=names,
        purpose_open=forms.is_purpose_open(names, product, tokens),
    )


def _beside(product: Drug) -> tuple[Drug, ...]:
    """The ingredients beside the one a product counts as, each with the sets that it brings into it."""
    if not product.counts_as:
        return ()
    return tuple(
        replace(
            drug,
            sets=drug.sets - product.not_inherited,
            sets_verified=drug.sets_verified - product.not_inherited,
        )
        for drug in (TABLE[name] for name in product.contains if name != product.counts_as)
    )


_COMBINATIONS = {frozenset(drug.contains): drug for drug in TABLE if len(drug.contains) > 1}


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
