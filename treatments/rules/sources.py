"""Where each clinical row comes from: source keys resolved to text that a reader can follow."""

from collections.abc import Iterable

_SECONDARY = " (a third party's copy)"

SOURCES: dict[str, str] = {
    "memory": "no source seen yet",
    "proposed": "proposed for this project, not published guidance",
    # Founding documents
    "S0": "founding document 000_9644dcb3eb21b10c",
    "S1": "founding document 001_2ff8395ab7cfcd89",
    "S2": "founding document 002_e5a330155d5497bc",
    "S3": "founding document 003_7f608ad0d3bc92d9",
    "S4": "founding document 004_1314db14c0352331",
    # Instruments
    "P1": "PHQ-9: CamCOPS phq9 (quotes phqscreeners.com)",
    "P3": "GAD-7: CamCOPS gad7 (with Zorowitz 2021)",
    "P4": "PHQ-9, missing items: NHS Data Dictionary",
    "P5": "PC-PTSD-5: comorbidityguidelines.org.au App. R; PMC7862990; PMC5023594",
    "P6": "TelePSI, 945 adults: scielo.br S1516-44462022005010204",
    "P9a": "AUDIT: CamCOPS audit",
    "P10a": "Smith 2010, Arch Intern Med 170:1155; PMC2911954",
    # C-SSRS
    "C1": "Columbia Lighthouse Project, C-SSRS triage: cssrs.columbia.edu",
    "C2": "C-SSRS triage and workflow guidelines" + _SECONDARY,
    "C3": "Columbia Lighthouse Project, triage document page: cssrs.columbia.edu",
    "C4": "public code repositories (levels as in VA/DoD 2024)",
    # Drugs, staging
    "M1": "Maudsley staging: BMC Psychiatry 2018 18:100; PMC7392234 panel 1",
    "M2": "Thase-Rush staging: medicalalgorithms.com",
    "M3": "MGH-S staging: PMC7392234",
    "M4": "MGH-ATRQ minimum doses as transcribed in a public trial form" + _SECONDARY,
    "M7": "EU-PEARL: PMC9095475 Table 1",
    "M8": "Delphi consensus on TRD: PMC8049072",
    "M9": "ATRQ and the esketamine trials: PMC6493891",
    "M10": "astramd.com (Auvelity); NBK572297 (citalopram and bupropion, Michigan guideline)",
    "M11": "ATHF: advancedinterventions.org.uk",
    "M14": "bupropion label's contraindications: droracle.ai 298599; care.getroman.com; Aplenzin safety labeling"
    + _SECONDARY,
    # Guidelines
    "G1": "CANMAT 2023: PMC11351064",
    "G2": "VA/DoD 2022 depression guideline: guidelinecentral.com" + _SECONDARY,
    "G3": "VA/DoD 2022 depression guideline: consultant360; medboundtimes" + _SECONDARY,
    "G4": "European Psychiatric Association, chronic depression, 2016",
    "G5": "CBASP meta-analysis: PMC4864084",
    # TMS
    "T1": "FDA 510(k) K220127, K220177, K122288, K232639: 510k.innolitics.com",
    "T2": "FDA 510(k) K231926, K251125; hmpgloballearningnetwork.com (Apollo, September 2025)",
    "T3": "HCSC PSY301.015",
    "T4": "Dobek 2015, Neuropsychiatr Dis Treat 11:2975",
    "T5": "NeuroStar screening text: form.jotform.com/252106503015037",
    "T6": "Magstim Rapid2 manual p 27; tmsclinicjersey.com",
    "T7": "Medicare LCD L34998, L34522, L37086: verity.backworkai.com" + _SECONDARY,
    "T8": "HCSC PSY301.015",
    "T9": "Ambetter CP.BH.200",
    "T10": "BCBS Alabama MP-170",
    "T11": "Stultz, review of seizures under TMS",
    "T12": "Miuli 2021, World J Psychiatry 11:477",
    "T13": "review of rTMS in pregnancy: scielo (Trends); IFCN checklist",
    "T14": "Rossi 2021, Clin Neurophysiol 132:269, through the Auckland VERIFY/PREP checklists; Rossi 2011",
    "T15": "TMS screening list: depression.wustl.edu",
    "T16": "obsessiveanxiety.com; scottsdaletms.com; friendori.com" + _SECONDARY,
    "T18": "FDA product code MUZ (VNS for depression): api.fda.gov, 2 November 2026",
    # Spravato
    "E1": "approval alone, January 2025: openminds.com; UpToDate copy (medilib)",
    "E2": "Spravato monograph: pdr.net",
    "E3": "Spravato label and safety information: wcmedicine.com; trial.medpath.com; usmedicine.com",
    "E4": "Spravato in pregnancy and breastfeeding: medicinenet; joomag",
    "E5": "Spravato: globalrph.com; drugs.com",
    "E6": "Spravato interactions: buzzrx.com; goodrx.com; vikdr.com",
    "E7": "Spravato REMS: spravatorems.com; patient monitoring form; ehrsource.com",
    "E8": "Spravato in liver disease: reference.medscape.com",
    "E9": "Spravato safety information: usmedicine.com p 33",
    "E9a": "video on the Spravato REMS monitoring form: jnjmedicalconnect.com",
    "E9b": "copy of the Spravato monograph: butalbitalapap.org" + _SECONDARY,
    # Payers
    "P7": "QualChoice BI734",
    "P8": "HCSC RX501.105: verity" + _SECONDARY,
    "P9": "Medical Mutual: coverage.pharmacistwrite.com" + _SECONDARY,
    "P10": "Cigna and Western Health: coverage.pharmacistwrite.com" + _SECONDARY,
    "P11": "rules of 44 payers as read on 28 November 2026, some from third parties",
    # Red flags, policy, other options
    "R1": "Hunter criteria: clinmedjournals; umqaa; cfp.ca",
    "R2": "MSD Manual, serotonin syndrome",
    "R3": "monograph of phenelzine's label: renalandurologynews.com/drug/nardil",
    "R5": "atomoxetine label: diagnosispro; mims.com" + _SECONDARY,
    "J1": "Joint Commission NPSG.15.01.01: jointcommission.org (2022); zerosuicide.edc.org",
    "J2": "National Action Alliance 2018: diyadvocacycenter.com; sprc.org",
    "N1": "988 Lifeline: 988lifeline.org/get-help/what-to-expect",
    "K1": "FDA alert on ketamine: health.com; Sanacora 2017 consensus",
    "K2": "psychedelics in CANMAT 2023: PMC11351064",
    "K3": "COMP360: behavioralwire.com; inkl (2026)",
    "K4": "rxreasoner; zurzuvaehcp; fpnotebook; Caplyta announcement of 6 November 2025",
}


def source_text(keys: Iterable[str]) -> str:
    """The sources of a row in one line, each with its key: `text [P1]; text [M8]`."""
    return "; ".join(f"{SOURCES[key]} [{key}]" for key in keys)
