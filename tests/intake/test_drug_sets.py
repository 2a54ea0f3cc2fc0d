"""Which drugs each safety set holds, written out again, and that one drug carries the same facts everywhere."""

import pytest

from intake.drugs import TABLE, resolve
from intake.drugs.vocabulary import SETS as KEYS

TRICYCLICS = {
    "amitriptyline", "nortriptyline", "imipramine", "desipramine", "clomipramine", "doxepin", "protriptyline",
    "trimipramine",
}  # fmt: skip
SSRIS = {"fluoxetine", "sertraline", "paroxetine", "citalopram", "escitalopram", "fluvoxamine"}
SNRIS = {"venlafaxine", "desvenlafaxine", "duloxetine", "levomilnacipran", "milnacipran"}
MAOIS = {
    "phenelzine", "tranylcypromine", "isocarboxazid", "selegiline", "selegiline oral", "rasagiline", "linezolid",
    "safinamide", "methylene blue", "moclobemide", "procarbazine", "furazolidone", "tedizolid",
}  # fmt: skip
STIMULANTS = {
    "amphetamine", "dextroamphetamine", "lisdexamfetamine", "methamphetamine", "methylphenidate",
    "dexmethylphenidate", "modafinil", "armodafinil", "MDMA", "DMAA", "cocaine", "phentermine", "phendimetrazine",
    "benzphetamine", "diethylpropion", "solriamfetol",
}  # fmt: skip
TRIPTANS = {
    "sumatriptan", "rizatriptan", "zolmitriptan", "eletriptan", "naratriptan", "almotriptan", "frovatriptan",
}  # fmt: skip
BENZODIAZEPINES = {
    "alprazolam", "lorazepam", "clonazepam", "diazepam", "temazepam", "oxazepam", "chlordiazepoxide",
    "triazolam", "clorazepate", "clobazam", "estazolam", "flurazepam", "midazolam", "quazepam", "remimazolam",
    "bromazepam",
}  # fmt: skip
OPIOIDS = {
    "methadone", "buprenorphine", "oxycodone", "hydrocodone", "tramadol", "meperidine", "morphine", "codeine",
    "fentanyl", "hydromorphone", "oxymorphone", "tapentadol", "levorphanol", "butorphanol", "nalbuphine",
    "pentazocine", "dihydrocodeine", "opium", "oliceridine", "sufentanil", "alfentanil", "remifentanil",
    "propoxyphene",
}  # fmt: skip
BARBITURATES = {
    "phenobarbital", "butalbital", "butabarbital", "pentobarbital", "secobarbital", "amobarbital",
    "mephobarbital", "methohexital", "primidone",
}  # fmt: skip
HYPNOTICS = {"zolpidem", "eszopiclone", "zaleplon"}
ANTIEPILEPTICS = {
    "levetiracetam", "brivaracetam", "phenytoin", "oxcarbazepine", "eslicarbazepine", "zonisamide", "lacosamide",
    "ethosuximide", "tiagabine", "cenobamate", "perampanel", "vigabatrin", "felbamate", "rufinamide", "clobazam",
    "phenobarbital", "primidone", "fenfluramine", "stiripentol",
}  # fmt: skip

# Members of each set that are single drugs; combinations inherit and are tested apart.
SETS = {
    "maoi": MAOIS,
    "maoi_interaction": STIMULANTS
    | TRIPTANS
    | {
        "tramadol", "meperidine", "methadone", "fentanyl", "buspirone", "linezolid", "dextromethorphan",
        "tapentadol", "pentazocine", "tryptophan", "5-HTP", "SAM-e", "St John's wort", "cyclobenzaprine",
        "lasmiditan", "tianeptine", "psilocybin", "fenfluramine", "pseudoephedrine", "phenylephrine", "ephedrine",
        "atomoxetine", "viloxazine", "carbamazepine", "oxcarbazepine", "carbidopa-levodopa", "methyldopa",
        "tyrosine", "phenylalanine", "tetrabenazine", "deutetrabenazine", "valbenazine", "kratom",
    },
    "stimulant": STIMULANTS,
    "cns_depressant": BENZODIAZEPINES
    | OPIOIDS
    | BARBITURATES
    | HYPNOTICS
    | {
        "gabapentin", "pregabalin", "cyclobenzaprine", "tianeptine", "kratom", "sodium oxybate", "carisoprodol",
        "meprobamate", "baclofen", "phenibut", "tizanidine", "suvorexant", "lemborexant", "daridorexant",
    },
    "sedating": {
        "quetiapine", "olanzapine", "clozapine", "chlorpromazine", "mirtazapine", "trazodone", "doxepin",
        "amitriptyline", "clonidine", "guanfacine", "dexmedetomidine", "hydroxyzine", "diphenhydramine",
        "doxylamine", "chlorpheniramine", "promethazine", "cyproheptadine", "meclizine", "dimenhydrinate",
        "methocarbamol", "metaxalone", "orphenadrine", "ramelteon", "cannabis", "dronabinol", "nabilone",
        "nitrous oxide", "amanita", "kava", "lasmiditan",
    },
    "serotonergic": SSRIS
    | SNRIS
    | TRICYCLICS
    | MAOIS
    | TRIPTANS
    | {
        "mirtazapine", "trazodone", "vortioxetine", "vilazodone", "buspirone", "tramadol", "meperidine",
        "dextromethorphan", "lithium", "St John's wort", "nefazodone", "gepirone", "amoxapine", "fentanyl",
        "methadone", "tapentadol", "pentazocine", "tryptophan", "5-HTP", "SAM-e", "cyclobenzaprine", "lasmiditan",
        "tianeptine", "psilocybin", "MDMA", "lithium orotate", "fenfluramine",
    },
    "lowers_seizure_threshold": TRICYCLICS
    | STIMULANTS
    | {
        "bupropion", "clozapine", "maprotiline", "amoxapine", "tramadol", "theophylline", "chlorpromazine",
        "sodium oxybate", "ketamine", "esketamine", "isoniazid", "imipenem", "dalfampridine", "mefloquine",
        "cyclosporine",
    },
    "bupropion_containing": {"bupropion"},
    "stop_seizure": BENZODIAZEPINES
    | BARBITURATES
    | ANTIEPILEPTICS
    | HYPNOTICS
    | {
        "valproate", "carbamazepine", "lamotrigine", "topiramate", "gabapentin", "pregabalin", "carisoprodol",
        "meprobamate", "baclofen", "phenibut",
    },
    "mood_stabiliser": {"lithium", "valproate", "carbamazepine", "lamotrigine"},
    "antipsychotic": {
        "aripiprazole", "brexpiprazole", "olanzapine", "quetiapine", "risperidone", "cariprazine", "lumateperone",
        "ziprasidone", "lurasidone", "haloperidol", "thioridazine", "clozapine", "chlorpromazine", "paliperidone",
        "asenapine", "iloperidone", "pimavanserin", "perphenazine", "fluphenazine", "trifluoperazine",
        "thiothixene", "loxapine", "molindone", "pimozide", "xanomeline-trospium",
    },
    "antiepileptic": ANTIEPILEPTICS,
    "thyroid_prompt": {"levothyroxine", "methimazole", "propylthiouracil"},
    "sud_prompt": {"naltrexone", "buprenorphine", "acamprosate", "disulfiram", "lofexidine"},
    "steroid_prompt": {
        "prednisone", "prednisolone", "methylprednisolone", "dexamethasone", "deflazacort", "interferon",
        "isotretinoin",
    },
}  # fmt: skip


def test_every_set_of_the_table_is_written_out_here():
    assert SETS.keys() == KEYS


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_set_has_exactly_its_members(name):
    assert {drug.generic for drug in TABLE if name in drug.sets and not drug.contains} == SETS[name]


def test_every_product_carries_the_sets_of_all_it_contains_and_only_contrave_leaves_one_out():
    for drug in TABLE:
        if drug.contains:
            own = TABLE_OWN.get(drug.generic, frozenset())
            inherited = frozenset().union(*(TABLE[name].sets for name in drug.contains))
            assert drug.sets == own | inherited - LEFT_OUT.get(drug.generic, frozenset()), drug.generic


TABLE_OWN = {"desiccated thyroid": frozenset({"thyroid_prompt"})}  # what a product has beside its ingredients
LEFT_OUT = {"naltrexone-bupropion": frozenset({"sud_prompt"})}


def test_one_ingredient_has_the_same_sets_whatever_name_or_row_it_is_read_from():
    by_rxcui: dict[str, set[frozenset[str]]] = {}
    for drug in TABLE:
        if drug.rxcui:
            by_rxcui.setdefault(drug.rxcui, set()).add(drug.sets)
        for name in drug.names:
            assert resolve(name).sets == drug.sets, name
    assert not {rxcui for rxcui, sets in by_rxcui.items() if len(sets) > 1}


@pytest.mark.parametrize(
    ("typed", "generic", "cls", "also", "sets"),
    [
        ("Symbyax", "fluoxetine", "SSRI", ["olanzapine"], {"serotonergic", "antipsychotic", "sedating"}),
        ("Auvelity", "dextromethorphan-bupropion", "NMDA + NDRI", [],
         {"serotonergic", "maoi_interaction", "lowers_seizure_threshold", "bupropion_containing"}),
        ("Contrave", "bupropion", "NDRI", ["naltrexone"], {"lowers_seizure_threshold", "bupropion_containing"}),
        ("Triptafen", "amitriptyline", "TCA", ["perphenazine"],
         {"serotonergic", "lowers_seizure_threshold", "sedating", "antipsychotic"}),
        ("amitriptyline-chlordiazepoxide", "amitriptyline", "TCA", ["chlordiazepoxide"],
         {"serotonergic", "lowers_seizure_threshold", "sedating", "cns_depressant", "stop_seizure"}),
        ("Parstelin", "tranylcypromine", "MAOI", ["trifluoperazine"], {"maoi", "serotonergic", "antipsychotic"}),
        ("Qsymia", "topiramate", "mood stabiliser", ["phentermine"],
         {"stop_seizure", "stimulant", "maoi_interaction", "lowers_seizure_threshold"}),
        ("Zyrtec D", "cetirizine-pseudoephedrine", "antihistamine", [], {"maoi_interaction"}),
        ("Coricidin HBP", "dextromethorphan", "antitussive", ["chlorpheniramine"],
         {"serotonergic", "maoi_interaction", "sedating"}),
    ],
)  # fmt: skip
def test_a_fixed_product_is_the_drug_it_counts_as_with_the_sets_of_all_its_ingredients(
    typed, generic, cls, also, sets
):
    match = resolve(typed)
    assert match.drug is TABLE[generic]
    assert match.drug.cls == cls
    assert [drug.generic for drug in match.also] == also
    assert match.sets == sets


def test_naltrexone_inside_contrave_says_nothing_of_dependence_and_naltrexone_itself_does():
    assert "sud_prompt" in resolve("naltrexone").sets
    assert not [drug for drug in resolve("Contrave").also if "sud_prompt" in drug.sets]


@pytest.mark.parametrize("typed", ["Robitussin", "Coricidin", "lanolin", "coumarin"])
def test_what_is_left_unrecognized_on_purpose(typed):
    assert resolve(typed).drug is None


@pytest.mark.parametrize(
    ("generic", "name", "vouched"),
    [
        ("clonazepam", "cns_depressant", True),
        ("temazepam", "cns_depressant", False),
        ("quetiapine", "sedating", False),
        ("pseudoephedrine", "maoi_interaction", True),
        ("phenylephrine", "maoi_interaction", False),
        ("cyclobenzaprine", "maoi_interaction", True),
        ("cyclobenzaprine", "serotonergic", False),
        ("moclobemide", "maoi", True),
        ("safinamide", "maoi", False),
        ("gabapentin", "cns_depressant", True),
        ("gabapentin", "stop_seizure", False),
        ("dextromethorphan-bupropion", "bupropion_containing", True),
    ],
)
def test_a_set_is_vouched_for_by_itself(generic, name, vouched):
    assert name in TABLE[generic].sets
    assert (name in TABLE[generic].sets_verified) is vouched
