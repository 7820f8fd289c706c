"""Numbers that stand in an address: which page of a list, which row."""

from typing import Final

MOST_PAGES: Final = 10_000
# Python refuses to read numbers of thousands of digits, and the database those of twenty.
_LONGEST: Final = 9


def page_asked(written: str) -> int:
    """Return the number of the page asked for, from 1 to `MOST_PAGES`; 1 for what is no page of any list."""
    return min(max(number_asked(written), 1), MOST_PAGES)


def number_asked(written: str) -> int:
    """Return the whole number `written` in an address, below a thousand million; 0 for what is none."""
    is_number = len(written) <= _LONGEST and written.isascii() and written.isdecimal()
    return int(written) if is_number else 0
