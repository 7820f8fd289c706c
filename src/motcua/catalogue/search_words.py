"""What the search knows of a procedure besides the words of its title."""

from typing import Final

from motcua.catalogue.definitions import Content, ProcedureDefinition
from motcua.rules.vietnamese import search_key

_LONGEST_EXTRA: Final = 2_000


def extra_words(definition: ProcedureDefinition) -> str:
    """Return the words by which it may also be found: sector, short title, keywords and names of results."""
    content = definition.content
    told = [definition.sector, content.short_title, *content.keywords, *(result.name for result in content.results)]
    words = dict.fromkeys(word for text in told for word in search_key(text).split())
    return " ".join(words)[:_LONGEST_EXTRA]


def standing(content: Content, *, is_handmade: bool) -> int:
    """Return how likely it is what a citizen looks for, from -4 to 7; it decides between equally good titles.

    People look for what a one-stop shop handles, mostly in communes; a record without content, or one of the districts
    of before, helps nobody.
    """
    return (
        3 * is_handmade
        + 2 * content.is_one_stop
        + (content.is_one_stop and "commune" in content.handled_by)
        + (content.is_one_stop and content.level == "COMMUNE")
        - 2 * (content.level == "DISTRICT")
        - 2 * (not content.is_full)
    )
