"""axe-core on an open page: at the widths of phones and desks, in light and in dark; and no width scrolls sideways."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from intake.views.away import HERE

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RUN = """async only => {
    window.scrollTo(0, 0);  // scrolled, a bar that stays lies over what is beneath it
    // Colors that fade into others; in a closed fold they stand still and never end.
    const fading = document.getAnimations().filter(each => each.effect.target.checkVisibility());
    await Promise.allSettled(fading.map(each => each.finished));
    const found = await axe.run({
        resultTypes: ["violations"],
        preload: false,  // it copies @import-ed sheets into inline styles, which the policy rightly refuses
        ...(only ? {runOnly: {type: "rule", values: only}} : {rules: {"target-size": {enabled: true}}}),
    });
    return found.violations.map(each => each.id + " " + each.nodes.map(node => node.target.join(" ")).join(", "));
}"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WIDTHS = (320, 390, 1280)
ENLARGED = 640
"""What room is left of 1280 px at 200 % zoom; at 400 % it is 320, looked at anyway."""
OF_COLOR = ["color-contrast", "link-in-text-block"]
"""The rules that colors decide: all others have found in light what they would find in dark.

Colors are those of 390 px on a page of 320 px too, so dark is looked at from there on.
"""

Look = Callable[[Page, str], None]


@pytest.fixture
def look() -> Iterator[Look]:
    """``look(page, name)``: remember what axe finds on the open page; at the end it must be nothing."""
    found = []

    def look_at(page: Page, name: str) -> None:
        page.wait_for_load_state()  # styles and scripts too: what axe sees is the page as people see it
        page.evaluate(AXE)
        for width in (*WIDTHS, ENLARGED):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate(SIDEWAYS):
                found.append(f"{name}, {width} px: scrolls sideways")
            if width == ENLARGED:
                continue
            for scheme in ("light",) if width == WIDTHS[0] else ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                faults = page.evaluate(RUN, None if scheme == "light" else OF_COLOR)
                found.extend(f"{name}, {width} px, {scheme}: {fault}" for fault in faults)

    yield look_at
    assert not found, "\n".join(found)


def take_over(page: Page, client: Client, address: str) -> None:
    """Let the browser go on where a test client is: with its session, and the mark that somebody is here."""
    page.goto("/")
    kept = [client.cookies[name] for name in ("sessionid", HERE) if name in client.cookies]
    page.context.add_cookies([{"name": each.key, "value": each.value, "url": page.url} for each in kept])
    page.goto(address)
