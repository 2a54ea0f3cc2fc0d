"""Reads a page as a person does: its words, and what its form holds."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words: list[str] = []
        self.controls: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.buttons: list[str] = []
        self.summary: list[str] = []
        self._open: list[tuple[str, dict]] = []
        self._area: str | None = None

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self._open.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "button":
            name = given.get("name", "")
            self.buttons.append(given.get("value", "") if name == "leave" else name)
        if tag == "textarea":
            self._area = given["name"]
            self.names.add(self._area)
            self.controls[self._area] = [""]
        if tag == "input" and "name" in given and given.get("type") != "hidden":
            self.names.add(given["name"])
            if given.get("type") in ("radio", "checkbox"):
                if "checked" in given:
                    self.controls.setdefault(given["name"], []).append(given.get("value", "on"))
            else:
                self.controls.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._area is not None:
            self.controls[self._area][0] += data
        tags = [tag for tag, _given in self._open]
        if "style" not in tags and "script" not in tags:
            self.words.append(data)
        classes = " ".join(given.get("class", "") for _tag, given in self._open)
        if "govuk-error-summary__list" in classes and data.strip():
            self.summary.append(data.strip())


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    for name, values in reader.controls.items():
        # A browser drops the line break that follows the opening tag.
        reader.controls[name] = [value.removeprefix("\r\n").removeprefix("\n") for value in values]
    return reader


def words(html: str) -> str:
    """The visible text, spaces run together."""
    return " ".join(" ".join(_read(html).words).split())


def controls(html: str) -> dict[str, list[str]]:
    """Name -> the values that the page's form holds: what is typed, chosen and ticked."""
    return _read(html).controls


def names(html: str) -> set[str]:
    """The names of everything that can be filled in."""
    return _read(html).names


def summary(html: str) -> list[str]:
    """The lines of the error summary at the top."""
    return _read(html).summary


def links(html: str) -> list[str]:
    return _read(html).links


def ids(html: str) -> list[str]:
    return _read(html).ids


def buttons(html: str) -> list[str]:
    """The names of the buttons, in order; "" for one without, and for one that leaves the page where it leads."""
    return _read(html).buttons
