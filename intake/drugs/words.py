"""Words that stand around a drug name and name no drug: units, forms, salts, directions, plain English."""


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
}
LONG_FORMS = {tuple(words.split()): form for words, form in _LONG_FORMS.items()}

SALTS = _set(
    """
    hcl hci hydrochloride clorhidrato hydrobromide hbr maleate besylate mesylate succinate tartrate fumarate sodium
    oxalate acetate citrate sulfate sulphate phosphate bromide carbonate pamoate tosylate dimesylate malate
    saccharate dihydrochloride usp salt salts bitartrate napsylate lactate gluconate edisylate hemihydrate
    monohydrate anhydrous aspartate polistirex nitrate
    """
)

UNITS = _set(
    """
    mg mgs mcg ug g gm gram grams milligram milligrams microgram micrograms ml cc iu unit units meq percent
    """
)

FILLER = _set(
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
    semana semanas semanal transdermal transdermico depresion
    al dia dias diario diaria cada una un uno vez veces por para la el noche noches manana tableta tabletas pastilla
    pastillas capsula capsulas de tomo tomaba con y generico parche
    teva mylan sandoz greenstone pfizer lilly aurobindo torrent zydus lupin accord apotex cipla
    """
)

# With one of these the text does not simply name a drug: "not Prozac", "like Zoloft", "Paxil or something".
DOUBT = _set(
    """
    not no never none non except without instead like similar other another or versus vs but than allergic allergy
    unknown unsure either neither nor anything something rather almost refused declined avoid avoiding o ni
    """
)

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
