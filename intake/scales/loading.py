"""Reads an instrument's data file, refuses it where a row is wrong, and gives back a Scale."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from intake.scales.shapes import Band, Item, Level, Option, Scale, Texts

_ROW = {"key", "text", "source_keys", "reviewed", "verified", "verified_es"}
_KEYS = {
    "options": _ROW | {"value", "loinc", "loinc_verified"},
    "levels": _ROW | {"loinc", "loinc_verified"},
    "bands": _ROW | {"low", "high"},
    "items": _ROW
    | {"stem", "help", "verified_help", "loinc", "loinc_verified", "options", "scored", "asked_when"}
    | {"yes_means", "yes_means_verified"},
    "scale": {"key", "title", "stem", "panel_loinc", "panel_loinc_verified", "total_loinc", "source_keys"}
    | {"reviewed", "verified", "license", "license_verified", "notice", "note", "cut_offs", "sources"}
    | {"options", "items", "bands", "levels"},
}
_MARKS = {  # what a data file may mark as false -> the part that then counts as unverified
    "verified": "row",
    "verified_es": "es",
    "verified_help": "help",
    "loinc_verified": "loinc",
    "yes_means_verified": "yes_means",
    "panel_loinc_verified": "panel_loinc",
    "license_verified": "license",
}


def load(path: Path) -> Scale:
    """The instrument in this TOML file; ValueError naming the file and the row where the data is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: not TOML: {error}") from error
    return read(data, path.name)


def read(data: Mapping[str, Any], name: str) -> Scale:
    """The instrument in this data; `name` is the file's, for the errors."""
    return _Reader(data, name).scale()


class _Reader:
    """One data file on its way to a Scale; it holds what rows inherit from the file."""

    def __init__(self, data: Mapping[str, Any], name: str) -> None:
        self.data = data
        self.name = name

    def scale(self) -> Scale:
        """The checked Scale."""
        data = self.data
        self._known_keys(data, "scale", "scale")
        for key in ("key", "title", "license", "sources", "items", "verified"):
            if key not in data:
                raise self._error("scale", f"{key} is missing")
        options = tuple(self._option(row, f"options[{n}]") for n, row in self._rows(data, "options"))
        scale = Scale(
            key=data["key"],
            title=self._texts(data, "title", "scale"),
            stem=self._texts(data, "stem", "scale"),
            options=options,
            items=tuple(self._item(row, f"items[{n}]", options) for n, row in self._rows(data, "items")),
            bands=tuple(self._band(row, f"bands[{n}]") for n, row in self._rows(data, "bands")),
            levels=tuple(self._level(row, f"levels[{n}]") for n, row in self._rows(data, "levels")),
            cut_offs=MappingProxyType(dict(data.get("cut_offs", {}))),
            panel_loinc=data.get("panel_loinc"),
            total_loinc=data.get("total_loinc"),
            source=self._source({}, "scale"),
            license=data["license"],
            notice=data.get("notice", ""),
            note=data.get("note", ""),
            reviewed=self._reviewed({}, "scale"),
            unverified=self._unverified(data),
        )
        self._check(scale)
        return scale

    def _option(self, row: Mapping[str, Any], where: str) -> Option:
        if "value" not in row:
            raise self._error(where, "value is missing")
        row = {"key": str(row["value"]), **row}
        return Option(**self._row(row, where, "options"), value=row["value"], loinc=row.get("loinc"))

    def _level(self, row: Mapping[str, Any], where: str) -> Level:
        return Level(**self._row(row, where, "levels"), loinc=row.get("loinc"))

    def _band(self, row: Mapping[str, Any], where: str) -> Band:
        if "low" not in row or "high" not in row:
            raise self._error(where, "low or high is missing")
        return Band(**self._row(row, where, "bands"), low=row["low"], high=row["high"])

    def _item(self, row: Mapping[str, Any], where: str, shared: tuple[Option, ...]) -> Item:
        own = tuple(self._option(line, f"{where}.options[{n}]") for n, line in self._rows(row, "options"))
        asked_when = {key: tuple(values) for key, values in row.get("asked_when", {}).items()}
        return Item(
            **self._row(row, where, "items"),
            stem=self._texts(row if "stem" in row else self.data, "stem", where),
            help=self._texts(row, "help", where),
            loinc=row.get("loinc"),
            options=own or shared,
            scored=row.get("scored", True),
            asked_when=MappingProxyType(asked_when),
            yes_means=row.get("yes_means"),
        )

    def _row(self, row: Mapping[str, Any], where: str, kind: str) -> dict[str, Any]:
        self._known_keys(row, kind, where)
        text = self._texts(row, "text", where)
        if "key" not in row or "en" not in text:
            raise self._error(where, "key or English text is missing")
        return {
            "key": row["key"],
            "text": text,
            "source": self._source(row, where),
            "reviewed": self._reviewed(row, where),
            "unverified": self._unverified(row),
        }

    def _rows(self, table: Mapping[str, Any], key: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
        return enumerate(table.get(key, ()), start=1)

    def _texts(self, table: Mapping[str, Any], key: str, where: str) -> Texts:
        texts = table.get(key, {})
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
            raise self._error(where, f"{key} is not wording by language")
        return MappingProxyType(dict(texts))

    def _source(self, row: Mapping[str, Any], where: str) -> str:
        """The citation of a row that names its sources, else the file's."""
        keys = row.get("source_keys", self.data.get("source_keys")) or ()
        if not keys:
            raise self._error(where, "source is missing")
        for key in keys:
            if key not in self.data["sources"]:
                raise self._error(where, f"source {key!r} is not among the file's sources")
        return "; ".join(f"{key}: {self.data['sources'][key]}" for key in keys)

    def _reviewed(self, row: Mapping[str, Any], where: str) -> date:
        reviewed = row.get("reviewed", self.data.get("reviewed"))
        if type(reviewed) is not date:
            raise self._error(where, "reviewed is not a date")
        return reviewed

    def _unverified(self, row: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(part for mark, part in _MARKS.items() if row.get(mark, True) is not True)

    def _known_keys(self, row: Mapping[str, Any], kind: str, where: str) -> None:
        """A misspelled key would otherwise drop a code or a mark in silence."""
        unknown = sorted(set(row) - _KEYS[kind])
        if unknown:
            raise self._error(where, f"unknown {', '.join(unknown)}")

    def _check(self, scale: Scale) -> None:
        for kind in ("options", "items", "bands", "levels"):
            self._no_duplicates(getattr(scale, kind), kind)
        seen: set[str] = set()
        levels = {level.key for level in scale.levels}
        for item in scale.items:
            where = f"item {item.key}"
            self._no_duplicates(item.options, f"{where}.options")
            for earlier in item.asked_when:
                if earlier not in seen:
                    raise self._error(where, f"asked_when names {earlier!r}, which is not an earlier item")
            if item.yes_means is not None and item.yes_means not in levels:
                raise self._error(where, f"yes_means names {item.yes_means!r}, which is not a level")
            seen.add(item.key)
        for cut_off, total in scale.cut_offs.items():
            if type(total) is not int:
                raise self._error(f"cut_offs.{cut_off}", "not a whole number")
        self._no_gap(scale)

    def _no_duplicates(self, rows: Iterable[Option | Item | Band | Level], where: str) -> None:
        seen: set[str] = set()
        for row in rows:
            if row.key in seen:
                raise self._error(where, f"{row.key!r} stands twice")
            seen.add(row.key)

    def _no_gap(self, scale: Scale) -> None:
        if not scale.bands:
            return
        expected = 0
        for band in scale.bands:
            if band.low != expected or band.high < band.low:
                raise self._error(f"band {band.key}", f"should start at {expected} and end at or after it")
            expected = band.high + 1
        if expected != scale.maximum + 1:
            raise self._error(f"band {scale.bands[-1].key}", f"should end at {scale.maximum}")

    def _error(self, where: str, what: str) -> ValueError:
        return ValueError(f"{self.name}: {where}: {what}")
