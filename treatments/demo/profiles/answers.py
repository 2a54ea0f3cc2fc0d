"""Answers and paths that several clinical pictures share."""

ABSENT = object()

TRIALS = "antidepressants.trials"
MEDICINES = "medicines.list"
PHQ9, GAD7, CSSRS = "mood.phq9", "anxiety.gad7", "safety.cssrs"
GOALS, WISHES = "reason.goals", "reason.interested_in"

MILD = [1, 1, 1, 1, 1, 1, 1, 0, 0]  # 7
MODERATE = [2, 1, 2, 2, 1, 1, 2, 0, 0]  # 11
SEVERE = [3, 3, 3, 3, 2, 3, 3, 2, 0]  # 22
THOUGHTS = [3, 3, 3, 3, 2, 3, 2, 1, 2]  # 22, item 9 at 2
PASSIVE = [2, 2, 2, 3, 2, 2, 2, 1, 1]  # 17, item 9 at 1
ANXIOUS = [3, 3, 3, 2, 2, 2, 2]  # 17


def medicine(drug: str, dose: str = "", how_often: str = "Once a day") -> dict:
    return {"drug": drug, **({"dose": dose} if dose else {}), "how_often": how_often}


def screen(answers: str) -> dict[str, str]:
    """The C-SSRS in short: q1 to q6 and q6_recent as y, n, d (declined) or - (not asked)."""
    keys = ("q1", "q2", "q3", "q4", "q5", "q6", "q6_recent")
    words = {"y": "yes", "n": "no", "d": "declined"}
    return {key: words[mark] for key, mark in zip(keys, answers, strict=True) if mark != "-"}
