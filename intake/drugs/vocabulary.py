"""Which kinds, classes and safety sets a row of the drug table may name."""

KINDS = frozenset({"antidepressant", "augmentation", "other"})

ANTIDEPRESSANT_CLASSES = frozenset(
    {
        "SSRI", "SNRI", "NDRI", "NaSSA", "multimodal", "SPARI", "SARI", "5-HT1A agonist", "NMDA",
        "NMDA + NDRI", "TCA", "tetracyclic", "tricyclic-like", "MAOI", "neurosteroid",
    }
)  # fmt: skip

OTHER_CLASSES = frozenset(
    {
        "alcohol dependence drug", "alpha-2 agonist", "alpha blocker", "amine oxidase inhibitor", "analgesic", "anticholinergic",
        "anticoagulant", "anticonvulsant", "antidiabetic", "antiemetic", "antifungal", "antihistamine",
        "anti-infective", "antiplatelet", "antipsychotic", "antitussive", "antiviral", "anxiolytic",
        "barbiturate", "benzodiazepine", "beta blocker", "bone agent", "bronchodilator",
        "calcium channel blocker", "cancer drug", "cannabinoid", "corticosteroid", "decongestant", "dementia drug",
        "dietary supplement", "diuretic", "dopamine agonist", "expectorant", "gabapentinoid",
        "gastrointestinal", "gout drug", "heart drug", "herbal", "hormone", "immunomodulator", "inhaler",
        "lipid-lowering", "MAO-B inhibitor", "menopause drug", "migraine drug", "mood stabiliser", "muscle relaxant",
        "neurological drug", "NSAID",
        "opioid", "opioid antagonist", "orexin antagonist", "Parkinson drug", "psychedelic", "RAAS blocker",
        "sedative", "sexual function drug", "skin or eye drug", "smoking cessation",
        "selective norepinephrine reuptake inhibitor", "stimulant", "thyroid hormone", "thyroid suppressant",
        "triptan", "urological", "wakefulness promoter", "weight-loss drug", "xanthine", "z-hypnotic",
    }
)  # fmt: skip

# Sets and classes stand in an assessment: they keep their spelling until its next version.
SETS = frozenset(
    {
        "maoi", "maoi_interaction", "stimulant", "cns_depressant", "sedating", "serotonergic",
        "lowers_seizure_threshold", "bupropion_containing", "stop_seizure", "mood_stabiliser", "antipsychotic",
        "antiepileptic", "thyroid_prompt", "sud_prompt", "steroid_prompt",
    }
)  # fmt: skip
