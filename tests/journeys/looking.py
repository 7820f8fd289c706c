"""What is wrong with a page as it stands in the browser: for axe, for the finger, for a narrow window."""

from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.visitor import PHONE, SCREEN, Visitor

ZOOMED: ViewportSize = {"width": SCREEN["width"] // 2, "height": SCREEN["height"] // 2}
"""What is left of the screen at a zoom of 200 %."""
NARROW: ViewportSize = {"width": 320, "height": 640}
_AXE: str = Axe().axe_script
# This axe does not know that a closed <details> hides what it holds; the pages are looked at with it open, too.
_RUN = """() => axe.run(
  {exclude: [["details:not([open]) > :not(summary)"]]},
  {resultTypes: ["violations"], preload: false},
).then((found) => found.violations.map((one) => one.id + ": " + one.nodes.map(
  (node) => node.target.join(" ") + " " + node.html.slice(0, 120)).join(" | ")
))"""
# The colours of a page are weighed on the screen; on the phone, those of what shows only there or looks otherwise. The
# other rules are asked whole again. Weighing colours takes axe as long as all the rest.
_KEEP_LOOKS = """() => {
  window.looks = (one) => {
    const style = getComputedStyle(one), size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const large = size >= 24 || (bold && size >= 18.66);
    const drawn = [style.color, style.backgroundColor, style.backgroundImage, style.opacity, large];
    return one.checkVisibility({visibilityProperty: true}) ? drawn.join() : "";
  };
  window.looked = new Map([...document.querySelectorAll("body, body *")].map((one) => [one, looks(one)]));
}"""
_WEIGH_ONLY_CHANGED = """() => {
  for (const one of document.querySelectorAll("body, body *")) {
    const changed = looks(one) !== looked.get(one);
    if (changed) for (const inner of [one, ...one.querySelectorAll("*")]) inner.dataset.looksOtherwise = "";
  }
  axe.configure({rules: [{id: "color-contrast", selector: "[data-looks-otherwise]"}]});
}"""
_WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const past = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (one) => one.getBoundingClientRect().right > width + 1);
  return [`${document.documentElement.scrollWidth} of ${width} px: ` +
    past.slice(-3).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`).join(" | ")];
}"""
# A finger needs 44 px on what a page is for (ux 17), 24 px or the line of a sentence elsewhere (WCAG 2.2, 2.5.8).
_SMALL = """() => {
  const primary = ".button:not(.button--small), input:not([type=hidden], [type=checkbox], [type=radio]), select, " +
    "textarea, .choice, .site-nav a, summary, .header-tools a, .header-tools button";
  const shown = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".visually-hidden, .skip");
  const inline = (one) => getComputedStyle(one).display === "inline";
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, .choice")) {
    if (!shown(one) || one.type === "hidden" || one.matches(".choice input")) continue;
    const least = one.matches(primary) ? 44 : 24;
    if (least === 24 && inline(one)) continue;
    const box = one.getBoundingClientRect();
    if (box.height < least - 0.5 || box.width < 24)
      small.push(`${Math.round(box.width)} x ${Math.round(box.height)}, not ${least}: ${one.outerHTML.slice(0, 140)}`);
  }
  return small;
}"""


def complaints(visitor: Visitor) -> list[str]:
    """Look at the page on a screen, zoomed, on a phone and on a narrow one; return all that is wrong."""
    page = visitor.page
    page.evaluate(_AXE)
    page.set_viewport_size(SCREEN)
    found = _asked(page, _RUN, "axe, 1280") + _asked(page, _SMALL, "small, 1280")
    page.evaluate(_KEEP_LOOKS)
    for size in (ZOOMED, NARROW, PHONE):
        page.set_viewport_size(size)
        found += _asked(page, _WIDER, f"too wide at {size['width']}")
    page.evaluate(_WEIGH_ONLY_CHANGED)
    return found + _asked(page, _RUN, "axe, 360") + _asked(page, _SMALL, "small, 360")


def _asked(page: Page, question: str, name: str) -> list[str]:
    answer: Any = page.evaluate(question)
    return [f"{name}: {line}" for line in answer]
