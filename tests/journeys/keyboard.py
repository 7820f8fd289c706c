"""Somebody without a mouse: walks by Tab, and sees at every step where they are."""

from playwright.sync_api import Locator

from tests.journeys.visitor import Visitor

_MOST_STEPS = 120
# A PDF is shown by the browser's own viewer, which marks the focus inside of it.
_FOCUS_IS_SEEN = """() => {
  const one = document.activeElement;
  const seen = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const around = one.closest(".choice, .search, .figure, tr") ?? one;
  return one === document.body || one.tagName === "OBJECT" || seen(one) || seen(around);
}"""


def walk_to(visitor: Visitor, target: Locator) -> None:
    """Press Tab until `target` has the focus, which must show all along the way."""
    for _step in range(_MOST_STEPS):
        if has_focus(target):
            return
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(_FOCUS_IS_SEEN), focused(visitor)
    raise AssertionError(f"the keyboard does not come to {target}")


def press(visitor: Visitor, name: str) -> None:
    """Walk to the button or link of that name and press Enter there."""
    walk_to(visitor, visitor.named(name))
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def write(visitor: Visitor, field: Locator, text: str) -> None:
    """Walk to a field and type."""
    walk_to(visitor, field)
    visitor.page.keyboard.type(text)


def has_focus(target: Locator) -> bool:
    return bool(target.evaluate("(element) => element === document.activeElement"))


def focused(visitor: Visitor) -> str:
    """The beginning of the element that has the focus."""
    return str(visitor.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
