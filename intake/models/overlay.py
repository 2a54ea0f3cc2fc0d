"""What one page said, laid over the answers that were stored before."""


def overlay(stored: dict[str, dict], page_answers: dict[str, dict]) -> dict[str, dict]:
    """New answers; ``stored`` is left as it is.

    ``page_answers`` holds, per section, the keys that a page asks: a key set to None is taken out, and within a
    group only the parts given are replaced. A section without answers goes.
    """
    answers = {**stored}
    for section, values in page_answers.items():
        answers[section] = {**answers.get(section, {})}
        for key, value in values.items():
            if isinstance(value, dict):
                parts = {**answers[section].get(key, {}), **value}
                value = {part: said for part, said in parts.items() if said is not None} or None
            if value is None:
                answers[section].pop(key, None)
            else:
                answers[section][key] = value
        if not answers[section]:
            del answers[section]
    return answers
