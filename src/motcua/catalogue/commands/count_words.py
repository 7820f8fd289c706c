"""Keep the words of the catalogue, in how many procedures each occurs, and how each may be mistyped."""

from typing import Final

from django.db import connection

from motcua.catalogue.models import SearchSlip, SearchWord
from motcua.rules.vietnamese import slips

_SHORTEST: Final = 3
_LONGEST: Final = 40


def count_words() -> None:
    """Count the words of all procedures anew; call it in the transaction that changed procedures."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_searchword IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM catalogue_procedure') WHERE length(word) <= %s",
            [_LONGEST],
        )
        counted: dict[str, int] = dict(cursor.fetchall())
    known = dict(SearchWord.objects.values_list("word", "procedure_count"))
    SearchWord.objects.filter(word__in=known.keys() - counted.keys()).delete()
    changed = [
        SearchWord(word=word, procedure_count=count) for word, count in counted.items() if known.get(word) != count
    ]
    SearchWord.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["word"], update_fields=["procedure_count"], batch_size=2000
    )
    SearchSlip.objects.bulk_create(
        (
            SearchSlip(slip=slip, word_id=word)
            for word in counted.keys() - known.keys()
            for slip in (slips(word) if len(word) >= _SHORTEST and not word.isdecimal() else {word})
        ),
        batch_size=5000,
    )
