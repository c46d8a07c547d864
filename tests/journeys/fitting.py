"""What does not fit a page: beyond the edge, under a bar, or a number that leads nowhere."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page

# A narrow, a usual and a wide screen; from the last on everything has room.
SIZES: Final = ((360, 640), (390, 844), (1024, 768))

_LIBRARY: Final = """
(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (e) => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className}`
    + ` “${(e.innerText ?? "").trim().slice(0, 20)}”`;
  const isScroller = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  // A box that cuts on purpose: words with an ellipsis, a map, what is only read aloud.
  const cuts = (e) => /hidden|clip/.test(getComputedStyle(e).overflowX);
  const above = function* (e) { while ((e = e.parentElement)) yield e; };
  const beyond = () => [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height || (box.right <= innerWidth + 1 && box.left >= -1)) return false;
    if (!shown(e) || e.closest(".unseen, .skip, svg svg, .map-frame")) return false;
    return ![...above(e)].some((box) => box !== document.body && (isScroller(box) || cuts(box)));
  }).map((e) => `beyond the edge: ${named(e)}`).slice(0, 5);
  const lost = () => [...document.querySelectorAll("a, button, input, select, textarea")]
    .filter((e) => shown(e) && e.getBoundingClientRect().width)
    .filter((e) => {
      const box = e.getBoundingClientRect();
      const cut = [...above(e)].find((one) => one !== document.body && cuts(one));
      const room = cut?.getBoundingClientRect();
      return room && !cut.closest(".map-frame, .unseen") && box.right > room.right + 1;
    }).map((e) => `cut off: ${named(e)}`).slice(0, 5);
  // Chips are made to be pushed along; a table that has room for all its columns shows them.
  const pushed = () => [...document.querySelectorAll(".table-frame")]
    .filter((e) => shown(e) && e.scrollWidth > e.clientWidth + 1)
    .map((e) => `to be pushed along on a wide screen: ${named(e)} ${e.scrollWidth}`);
  const page = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`the page itself is ${scrollWidth}`] : [];
  };
  const isBar = (e) => /fixed|sticky/.test(getComputedStyle(e).position);
  const FIELDS = "input:not([type=hidden]):not([type=file]), select, textarea";
  const covered = () => [...document.querySelectorAll(FIELDS)].filter((e) => {
    if (!shown(e) || e.disabled || e.closest("[inert]")) return false;
    e.focus();
    if (document.activeElement !== e) return false;
    const box = e.getBoundingClientRect();
    const middle = box.left + Math.min(box.width, innerWidth) / 2;
    return [box.top + 3, (box.top + box.bottom) / 2, box.bottom - 3].some((height) => {
      const over = document.elementFromPoint(middle, height);
      return over && !e.contains(over) && [over, ...above(over)].some(
        (bar) => isBar(bar) && !bar.contains(e));
    });
  }).map((e) => `under a bar: ${named(e)} ${e.name}`);
  const NUMBER = /^[1-9][0-9,]*$/;
  // A closing is a deed of its day, and there is no list of deeds: the figure says what it counts.
  const COUNTS_DEEDS = ["结案"];
  const dead = () => [...document.querySelectorAll(".stat:not(a)")].filter((e) =>
    shown(e) && !COUNTS_DEEDS.includes(e.querySelector(".stat-name")?.innerText.trim())
    && NUMBER.test(e.querySelector(".stat-figure")?.innerText.trim() ?? "")
    && !e.querySelector("a, details, button") && !e.closest("a, details, button"))
    .map((e) => `a number that opens nothing: ${named(e)}`);
  return { page, beyond, lost, pushed, covered, dead };
})()
"""


def misfits(page: Page) -> list[str]:
    """Name what does not fit the open page, at each of the sizes."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        looks = ["page", "beyond", "lost", "covered"]
        looks += ["pushed", "dead"] if width == SIZES[-1][0] else []
        said = page.evaluate(
            f"(looks) => {{ const l = {_LIBRARY}; return looks.flatMap((look) => l[look]()); }}",
            looks,
        )
        found += [f"{urlsplit(page.url).path} at {width}: {one}" for one in said]
    return found


def kind_of(href: str) -> str:
    """Give what makes an address a page of its own: its path, and the tab that it opens."""
    parts = urlsplit(href)
    path = "/".join("…" if len(part) > 20 else part for part in parts.path.split("/"))
    tabs = [value for name, value in parse_qsl(parts.query) if name == "tab"]
    return " ".join([path, *tabs])


def ways_on(page: Page) -> Iterator[str]:
    """Give the addresses of this server to which the open page leads."""
    script = """() => [...document.querySelectorAll("a[href]:not([download])")]
      .filter((a) => a.origin === location.origin && !/[.]|^.api/.test(a.pathname))
      .map((a) => a.pathname + a.search)"""
    yield from page.evaluate(script)
