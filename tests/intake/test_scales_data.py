"""The questionnaires' branching, levels, bands, cut-offs and sources, and what loading refuses."""

from datetime import date
from pathlib import Path

import pytest

from intake import scales
from intake.scales import AUDIT_C, DRUG_ITEM, GAD7, PC_PTSD5, PHQ9, SUICIDE_SCREENS, suicide_screen
from intake.scales.loading import load, read

CSSRS, ASQ = SUICIDE_SCREENS["cssrs"], SUICIDE_SCREENS["asq"]
EVERY_SCALE = [PHQ9, GAD7, AUDIT_C, DRUG_ITEM, PC_PTSD5, CSSRS, ASQ]
EVERY_FILE = sorted(Path(scales.__file__).parent.rglob("*.toml"))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "q1 q2 q6"),
        ({"q1": "yes", "q2": "no", "q6": "no"}, "q1 q2 q6"),
        ({"q2": "yes"}, "q1 q2 q3 q4 q5 q6"),
        ({"q2": "declined"}, "q1 q2 q3 q4 q5 q6"),
        ({"q2": "no", "q6": "yes"}, "q1 q2 q6 q6_recent"),
        ({"q2": "no", "q6": "declined"}, "q1 q2 q6"),
        ({"q2": "yes", "q6": "yes"}, "q1 q2 q3 q4 q5 q6 q6_recent"),
    ],
)
def test_the_cssrs_asks_what_the_answers_so_far_bring_up(answers, asked):
    assert [item.key for item in CSSRS.asked(answers)] == asked.split()


@pytest.mark.parametrize("yes", ["q1", "q2", "q3", "q4"])
def test_any_yes_on_the_asq_brings_up_its_fifth_question(yes):
    assert ASQ.item("q5").is_asked({"q1": "no", "q2": "no", "q3": "no", "q4": "no", yes: "yes"})
    assert not ASQ.item("q5").is_asked({"q1": "no", "q2": "no", "q3": "no", "q4": "no"})


def test_a_yes_means_the_level_that_the_triage_gives_it():
    assert {item.key: item.yes_means for item in CSSRS.items} == {
        "q1": "low",
        "q2": "low",
        "q3": "moderate",
        "q4": "high",
        "q5": "high",
        "q6": "moderate",
        "q6_recent": "high",
    }
    seen = [level.loinc is not None and not level.unverified & {"loinc", "row"} for level in CSSRS.levels]
    assert [(level.key, level.loinc, sure) for level, sure in zip(CSSRS.levels, seen, strict=True)] == [
        ("none", None, False),
        ("low", "LA9194-7", True),
        ("moderate", "LA6751-7", False),
        ("high", "LA9193-9", False),
        ("incomplete", None, False),
    ]


def test_what_no_owner_page_was_seen_for_is_marked_as_not_verified():
    assert "loinc" in AUDIT_C.item("1").unverified
    assert "panel_loinc" in GAD7.unverified
    assert "help" in DRUG_ITEM.item("1").unverified
    assert [i.key for i in CSSRS.items if "yes_means" in i.unverified] == ["q3", "q6"]
    assert "license" in ASQ.unverified
    assert PHQ9.verified and all(item.verified for item in PHQ9.items)


@pytest.mark.parametrize(
    ("scale", "panel", "total", "maximum"),
    [
        (PHQ9, "44249-1", "44261-6", 27),
        (GAD7, "69737-5", "70274-6", 21),
        (AUDIT_C, "72109-2", "75626-2", 12),
        (DRUG_ITEM, None, None, 0),
        (PC_PTSD5, None, None, 5),
        (CSSRS, "93373-9", "93374-7", 7),
        (ASQ, None, None, 5),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_every_scale_has_its_panel_its_total_and_its_maximum(scale, panel, total, maximum):
    assert (scale.panel_loinc, scale.total_loinc, scale.maximum) == (panel, total, maximum)


@pytest.mark.parametrize(
    ("scale", "edges"),
    [
        (PHQ9, "0 none 4, 5 mild 9, 10 moderate 14, 15 moderately_severe 19, 20 severe 27"),
        (GAD7, "0 none 4, 5 mild 9, 10 moderate 14, 15 severe 21"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_every_band_starts_and_ends_where_it_is_published_to(scale, edges):
    assert ", ".join(f"{band.low} {band.key} {band.high}" for band in scale.bands) == edges
    for band in scale.bands:
        assert scale.band_of(band.low) == scale.band_of(band.high) == band.key


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_outside_every_band_is_refused(total):
    with pytest.raises(ValueError, match="phq9 has no band"):
        PHQ9.band_of(total)


def test_the_cut_offs_are_the_published_ones():
    assert dict(PHQ9.cut_offs) == {"positive": 10, "phq2_positive": 3}
    assert dict(GAD7.cut_offs) == {"positive": 10}
    assert dict(AUDIT_C.cut_offs) == {"male": 4, "female": 3}
    assert dict(DRUG_ITEM.cut_offs) == {"positive": 1}
    assert dict(PC_PTSD5.cut_offs) == {"positive": 4, "positive_women_option": 3}


@pytest.mark.parametrize("scale", EVERY_SCALE, ids=lambda scale: scale.key)
def test_every_row_carries_its_source_and_the_date_it_was_reviewed(scale):
    options = [option for item in scale.items for option in item.options]
    for row in (scale, *scale.items, *scale.options, *options, *scale.bands, *scale.levels):
        assert ": " in row.source
        assert row.reviewed == date(2026, 11, 20)
    assert scale.license


def test_the_cssrs_file_opens_with_its_owners_notice_and_stands_outside_the_mit_license():
    path = next(path for path in EVERY_FILE if path.name == "cssrs.toml")
    assert path.parent.name == "suicide"
    head = path.read_text(encoding="utf-8").split("\nkey =")[0]
    assert "NOT UNDER THIS PROJECT'S MIT LICENSE" in head
    assert "copyright The Research Foundation for Mental" in head
    assert "© The Research Foundation for Mental Hygiene" in CSSRS.notice


def test_the_notice_names_every_owner():
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
    for owner in ("Regenstrief", "Research Foundation for Mental Hygiene", "Crown copyright", "NIMH"):
        assert owner in notice


def test_a_language_without_a_text_falls_back_to_english():
    assert PHQ9.item("4").in_language("es") == "Se ha sentido cansado(a) o con poca energía"
    assert PHQ9.item("4").in_language("fr") == "Feeling tired or having little energy"
    assert AUDIT_C.item("1").in_language("es") == "How often do you have a drink containing alcohol?"
    assert PHQ9.item("4").help_in("es") == ""


def test_a_suicide_screen_is_found_by_its_key_and_another_key_names_the_known_ones():
    assert suicide_screen("asq") is ASQ
    with pytest.raises(ValueError, match=r"'mine' is not a suicide screen: known are asq, cssrs"):
        suicide_screen("mine")


def test_an_unknown_item_is_a_key_error():
    with pytest.raises(KeyError):
        PHQ9.item("10")


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.name)
def test_every_data_file_loads(path):
    assert load(path).key == path.stem


def good():
    """A small instrument that loads."""
    return {
        "key": "small",
        "title": {"en": "Small"},
        "license": "Ours.",
        "verified": True,
        "source_keys": ["A"],
        "sources": {"A": "A book"},
        "reviewed": date(2026, 11, 20),
        "options": [{"value": value, "text": {"en": str(value)}} for value in (0, 1)],
        "items": [{"key": "1", "text": {"en": "One?"}}, {"key": "2", "text": {"en": "Two?"}}],
        "bands": [
            {"key": "low", "text": {"en": "low"}, "low": 0, "high": 1},
            {"key": "top", "text": {"en": "top"}, "low": 2, "high": 2},
        ],
    }


def test_the_small_instrument_loads():
    assert read(good(), "small.toml").band_of(2) == "top"


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda d: d.pop("source_keys"), r"small.toml: options\[1\]: source is missing"),
        (lambda d: d["items"][1].update(source_keys=["B"]), r"items\[2\]: source 'B' is not among"),
        (lambda d: d["bands"][0].update(source_keys=[]), r"bands\[1\]: source is missing"),
        (lambda d: d.pop("reviewed"), r"options\[1\]: reviewed is not a date"),
        (lambda d: d["items"][1].update(key="1"), r"small.toml: items: '1' stands twice"),
        (lambda d: d["options"][1].update(value=0), r"small.toml: options: '0' stands twice"),
        (lambda d: d["bands"][1].update(low=3, high=3), r"band top: should start at 2"),
        (lambda d: d["bands"][1].update(low=1), r"band top: should start at 2"),
        (lambda d: d["bands"].pop(), r"band low: should end at 2"),
        (lambda d: d["bands"][0].pop("high"), r"bands\[1\]: low or high is missing"),
        (lambda d: d["items"][0].update(lonic="1-1"), r"items\[1\]: unknown lonic"),
        (lambda d: d["items"][0].update(text={"es": "¿Uno?"}), r"items\[1\]: key or English text is missing"),
        (lambda d: d["items"][0].update(asked_when={"2": ["yes"]}), r"item 1: asked_when names '2'"),
        (lambda d: d["items"][0].update(yes_means="high"), r"item 1: yes_means names 'high'"),
        (lambda d: d["options"][0].pop("value"), r"options\[1\]: value is missing"),
        (lambda d: d.update(cut_offs={"positive": "1"}), r"cut_offs.positive: not a whole number"),
        (lambda d: d.pop("license"), r"scale: license is missing"),
    ],
)
def test_a_wrong_row_is_refused_by_file_and_row(spoil, error):
    data = good()
    spoil(data)
    with pytest.raises(ValueError, match=error):
        read(data, "small.toml")


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text("key = ", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken.toml: not TOML"):
        load(path)
