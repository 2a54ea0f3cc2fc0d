"""Words that stand around a drug name and name no drug: units, forms, salts, directions, plain words in two languages."""

import re
from collections.abc import Sequence


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Release and route forms. Kept on the match, because a form may have its own minimum dose.
FORMS = _set("xr sr er cr xl la dr ir cd odt")

_LONG_FORMS = {
    "extended release": "xr",
    "sustained release": "sr",
    "controlled release": "cr",
    "delayed release": "dr",
    "immediate release": "ir",
    "liberacion prolongada": "xr",
    "liberacion extendida": "xr",
    "liberacion sostenida": "sr",
    "liberacion controlada": "cr",
    "liberacion retardada": "dr",
    "liberacion inmediata": "ir",
}
LONG_FORMS = {tuple(words.split()): form for words, form in _LONG_FORMS.items()}

SALTS = _set(
    """
    hcl hci hydrochloride clorhidrato hydrobromide hbr maleate besylate mesylate succinate tartrate fumarate sodium
    oxalate acetate citrate sulfate sulphate phosphate bromide carbonate pamoate tosylate dimesylate malate
    saccharate dihydrochloride usp salt salts bitartrate napsylate lactate gluconate edisylate hemihydrate
    monohydrate anhydrous aspartate polistirex nitrate carbonato bromhidrato succinato maleato fumarato tartrato
    sulfato acetato citrato fosfato besilato mesilato hidrocloruro oxalato sodico
    """
)

UNITS = _set(
    """
    mg mgs mcg ug g gm gram grams milligram milligrams microgram micrograms miligramo
    miligramos microgramo microgramos gramo gramos ml cc iu unit units meq percent
    """
)

_ENGLISH = _set(
    """
    a about actually after again ago all also always am an and anti antidepressant antidepressants anxiety any around
    as at back bad bed bedtime been before believe best bid big blood blue both bottle brand breakfast brought by can
    cap caplet caplets caps capsule capsules cream currently daily day days depression diet dinner disintegrating
    doctor dose doses dosing dr drop drops drug drugs each either em enteric evening evenings every few film coated
    first food for form formula from generic generics gave gel get given gives gold good got gum had half has have
    help helped helps high highest hr hrs hour hours hs i if im in infusion inhaler injection injections iv is it its
    just kind last later less liquid little long lozenge lozenges low lower lunch made maintenance maker maximum max
    may maybe me meal meals med medication medicine medicines meds mental might mild mood month monthly months mood
    more morning mornings most mouth much my name named nasal needed nerve new night nightly nights now of off old on
    once one only oral orally ordinary over oz pack pain panic patch patches pen per pill pills plain plus po pressure
    prescribed prescription prn probably puff puffs qam qd qday qhs qid qpm rapid recently regular release rx same
    schedule script shot shots sleep slow small so some sometimes spray start started starting still strength
    sublingual such supplement supplements syrup solution suspension tab tablet tablets tabs take taken takes taking
    tapering tapered tbsp that the them then there these they thing think this three thrice tid time times to
    today together took topical total treatment tried troche try trying twice two under until up upto use used using
    very via was week weekly weeks went were when which while with work worked works year years yes young
    otc extra double single maximum strong stronger weak white yellow green pink round
    four five six seven eight ten fifteen twenty thirty forty fifty hundred
    mornin nite x bedtimes pm am daytime nighttime
    infusions starter kit
    wafer wafers softgel softgels gelcap gelcaps chewable chewables dissolving buccal lozenge powder packet packets
    aka known called formerly former current previous previously add adding adjunct augmenting augmentation agent
    agents mdd sessions session visits visit intranasal compounded compounding releasing released release sustained
    extended teen teenager school college kid kids child childhood migraine migraines headache headaches adhd weight
    smoking taper iud gummies gummy edibles edible vape troches xrs srs ers soltab transdermal
    teva mylan sandoz greenstone pfizer lilly aurobindo torrent zydus lupin accord apotex cipla
    """
)

_SPANISH = _set(
    """
    al dia dias diario diaria diarios diarias diariamente cada una un uno unos unas vez veces por para el la los las
    noche noches manana mananas tarde tardes mediodia tableta tabletas pastilla pastillas capsula capsulas comprimido
    comprimidos gotas jarabe de del tome tomaba tomo tomando toma tomar tomado me dieron recetaron receto receta y con
    en durante desde hasta hace antes despues desayuno comida cena generico generica marca parche parches medicina
    medicinas medicamento medicamentos ansiedad depresion dolor sueno dormir mes meses semana semanas semanal ano anos
    hora horas transdermico dosis maxima minima baja alta ahora actualmente anteriormente mas menos que se llama
    antidepresivo antidepresivos pildora pildoras inyeccion cuando mi fue solo mitad media medio
    dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis veinte treinta cuarenta
    cincuenta sesenta setenta ochenta noventa cien
    """
)
FILLER = _ENGLISH | _SPANISH

# After one of these a number before it is a count, not a part of the name.
COUNTED = UNITS | _set(
    """
    times time x a per each every daily day days tablet tablets tab tabs pill pills capsule capsules cap caps extra
    nightly night am pm veces vez al cada pastilla pastillas tableta tabletas capsula capsulas
    """
)

# With one of these the text does not simply name a drug: "not Prozac", "like Zoloft", "Paxil or something".
DOUBT = _set(
    """
    not no never none non except without instead like similar other another or versus vs but than allergic allergy
    unknown unsure either neither nor anything something rather almost refused declined avoid avoiding o ni
    nunca sin excepto parecido parecida alergia alergias alergico alergica pero
    """
)

# With one of these between a name and an unknown word, that word is a second medicine.
_JOINERS = frozenset({"and", "plus", "with", "y", "mas"})
_STEPS_OVER = frozenset(
    {"the", "a", "an", "then", "also", "later", "el", "la", "un", "una", "luego", "tambien"}
)
_PARTS_OF_THE_DAY = frozenset({"noche", "noches", "manana", "mananas", "tarde", "tardes"})
_SAME = re.compile(r"\bSAMe\b")
_ARTICLE = re.compile(r"\bla\b", re.IGNORECASE)
_BESIDE_SAME = UNITS | {"tablet", "tablets", "capsule", "capsules", "supplement", "supplements"}

# Endings that mark a family of drugs. Two names with different family endings are two drugs, however close;
# within a family the beginning tells the members apart.
_STEMS = _set(
    """
        oxetine triptyline pramine zodone faxine talopram apine peridone idone piprazole prazole conazole azole
        azepam azolam barbital codone morphone triptan setron statin pril sartan olol cillin mycin micin floxacin
        cycline vir ciclovir gliptin gliflozin glutide glitazone dipine tidine thiazide semide lukast parin xaban
        caine sone solone onide afil osin azosin dronate mab tinib ciclib parib zumab fentanil orphan gepant orexant
        pirone anserin perone peridol profen fenac coxib fibrate tadine zoline phylline grel entan nidazole bendazole
        oxacin gabalin racetam toin bamate promazine clone modafinil
        phenidate amfetamine amphetamine methasone terol tropium stigmine giline nafil trexate platin rubicin taxel
        """
)
STEMS = tuple(sorted(_STEMS, key=lambda stem: (-len(stem), stem)))  # longest first


def prepared(typed: str) -> str:
    """The text with its signs as words; SAMe is no "same", and the Spanish article is not the form LA."""
    text = typed.replace("&", " and ").replace("+", " plus ")
    text = _SAME.sub("SAM e", text)
    return _ARTICLE.sub(lambda found: _form_or_article(text, found), text) if "a" in text.casefold() else text


def _form_or_article(text: str, found: re.Match[str]) -> str:
    others = re.findall(r"[^\W\d_]+", (text[: found.start()] + text[found.end() :]).casefold())
    after = re.findall(r"[^\W\d_]+", text[found.end() :].casefold())
    if after and after[0].replace("ñ", "n") in _PARTS_OF_THE_DAY:
        return "el"
    capitals = found.group() == "LA" and not text.isupper()
    return found.group() if capitals or not _SPANISH.intersection(others) else "el"


def without_long_forms(tokens: list[str]) -> tuple[list[str], str]:
    """The words without "extended release" and its like, and the form these name."""
    for place in range(len(tokens) - 1):
        form = LONG_FORMS.get((tokens[place], tokens[place + 1]))
        if form:
            return tokens[:place] + tokens[place + 2 :], form
    return tokens, ""


def says_nothing(token: str) -> bool:
    """Whether a word is a number, a unit, a form, a salt or a single letter."""
    return (
        (len(token) == 1 and token not in DOUBT)
        or token.isdecimal()
        or token in UNITS
        or token in FORMS
        or token in SALTS
    )


def joins(line: Sequence[str], unknown: Sequence[str]) -> bool:
    """Whether "and" or its like stands between a name (an empty word of the line) and an unknown word."""
    for place, token in enumerate(line):
        if token in _JOINERS:
            before, after = line[:place][::-1], line[place + 1 :]
            for one, other in ((before, after), (after, before)):
                first = next((word for word in other if not _stepped_over(word)), None)
                if first in unknown and _reaches_a_name(one):
                    return True
    return False


def _stepped_over(word: str) -> bool:
    return bool(word) and (says_nothing(word) or word in _STEPS_OVER)


def _reaches_a_name(words: Sequence[str]) -> bool:
    return next((not word for word in words if not (word in FILLER or _stepped_over(word))), False)


def is_same(tokens: Sequence[str]) -> bool:
    """`same 400 mg` is SAM-e; `same` alone, or `same as before`, says nothing."""
    others = [word for word in tokens if word != "same" and not word.isdecimal()]
    return (
        "same" in tokens and any(map(str.isdecimal, tokens)) and all(word in _BESIDE_SAME for word in others)
    )
