"""The decision table, written out again: what each rule does to each treatment, and its hold."""

EFFECT = {"X": "clinician_first", "C": "caution", "S": "supports"}
HOLD = {"U": "urgent", "D": "same_day"}
TREATMENTS = ("tms", "spravato", "psychotherapy")


def row(letters: str, hold: str = "") -> dict:
    """Letters are TMS, Spravato, psychotherapy as printed in the table; a dot is no effect."""
    effects = {
        treatment: EFFECT[letter]
        for treatment, letter in zip(TREATMENTS, letters, strict=True)
        if letter != "."
    }
    return {"effects": effects, "hold": HOLD.get(hold)}


EFFECTS: dict[str, dict] = {
    "S01": row("XC.", "U"),
    "S02": row("CC.", "U"),
    "S03": row("CC.", "D"),
    "S04": row("..."),
    "S05": row("...", "D"),
    "S06": row("...", "D"),
    # Urgent instead when history.voices_command is yes: such cases override the hold.
    "S07": row("XCC", "D"),
    "S08": row("XXC", "U"),
    "S09": row("XXC", "D"),
    "S10": row("XX."),
    "S11": row("CC."),
    "S12": row("...", "U"),
    "S13": row("XX.", "U"),
    "S14": row(".X.", "U"),
    "S15": row("XXC"),
    "S16": row("CXS"),
    "S17": row(".C."),
    "S18": row("CXS"),
    "S19": row(".X."),
    "S20": row(".C."),
    "S21": row("CC.", "U"),
    "S22": row("...", "D"),
    "T01": row("X.."),
    "T02": row("X.."),
    "T03": row("C.."),
    "T04": row("X.."),
    "T05": row("CC."),
    "T06": row("C.."),
    "T07": row("C.."),
    "T08": row("C.."),
    "T09": row("C.."),
    "T10": row("S.."),
    "T11": row("X.."),
    "T12": row("S.."),
    "T13": row("S.."),
    "T14": row("..."),
    "T15": row("C.."),
    "T16": row("C.."),
    "T17": row("C.."),
    "T18": row("C.."),
    "E01": row(".S."),
    "E02": row(".C."),
    "E03": row(".X."),
    "E04": row(".X."),
    "E05": row(".X."),
    "E06": row(".C."),
    "E07": row(".C."),
    "E08": row(".C."),
    "E09": row(".C."),
    "E10": row(".C."),
    "E11": row(".C."),
    "E12": row(".X."),
    "E13": row(".X."),
    "E14": row(".C."),
    "E15": row(".C."),
    "E16": row(".C."),
    "E17": row(".S."),
    "E18": row(".C."),
    "E19": row(".C."),
    "E20": row(".C."),
    "E21": row(".C."),
    "E22": row(".C."),
    "P01": row("..S"),
    "P02": row("..S"),
    "P03": row("..S"),
    "P04": row("..S"),
    "P05": row("..S"),
    "P06": row("..S"),
    "P07": row("..S"),
    "P08": row("..C"),
    "P09": row("..S"),
    "D01": row("..."),
    "D02": row("..."),
    "D03": row("..."),
    "D04": row("..."),
    "D05": row("..."),
    "D06": row("..S"),
    "D07": row("..."),
    "D08": row("..."),
    "D09": row("..."),
    "D10": row("..."),
    "D11": row("...", "D"),
    "D12": row("...", "D"),
    "D13": row("..."),
    "D14": row("..."),
    "D15": row("..."),
    "D16": row("..."),
}

# S06 is about what is missing, S22 and D13 about what is seen; S15-S17 read a required date; D02 fires on "no"
# and on "needs_records" and is not met where TRD is met or not applicable, so no state of the payer definition
# leaves it open; an intake without a language is in English (D10).
NEVER_UNKNOWN = {"S06", "S15", "S16", "S17", "S22", "D02", "D10", "D13"}

# Part of the row is proposed or from memory, or its source is a third party's: most hold levels, the screen's
# middle level, the crisis of blood pressure, what payers ask for, the form that asks for MAOIs, severe liver
# disease, the eight sessions, the map from PHQ-9 to the staging's severity.
UNVERIFIED = {
    *("S03", "S05", "S06", "S07", "S08", "S09", "S10", "S12", "S13", "S14", "S18", "S21", "S22"),
    *("T07", "T10", "T17", "T18"),
    *("E08", "E13", "E17", "E18", "E20", "E21"),
    *("P02", "P07"),
    *("D02", "D04", "D08", "D11", "D12", "D13", "D14", "D15"),
}

# Numbers that are proposed, from memory, or a third party's.
UNVERIFIED_NUMBERS = {
    "PHQ9_PAYER_FROM",
    "BP_URGENT_SYSTOLIC",
    "BP_URGENT_DIASTOLIC",
    "BP_RECENT_DAYS",
    "THERAPY_SESSIONS",
}
