"""The SQL that adds what dossiers count as to the sums by day, month and year, and that compares the two."""

from motcua.reporting.models import MEASURE_COLUMNS

# Arrays as wide as there are changes; `days[n]` goes with `measures[n]`.
_GIVEN = """
unnest(%s::date[], %s::bigint[], %s::bigint[], %s::text[], %s::int[])
    changed(day, unit_id, procedure_id, measure, count)
"""
_KEPT = "reporting_dossiertally, unnest(days, measures, counts) changed(day, measure, count)"
_SUMS = ", ".join(
    f"coalesce(sum(count) FILTER (WHERE measure = '{column.upper()}'), 0)::int AS {column}"
    for column in MEASURE_COLUMNS
)
_COLUMNS = ", ".join(MEASURE_COLUMNS)


def _summed(source: str) -> str:
    return f"""
    SELECT span, date_trunc(span, day)::date AS since, unit_id, procedure_id, {_SUMS}
    FROM {source}, (VALUES ('DAY'), ('MONTH'), ('YEAR')) spans(span) GROUP BY 1, 2, 3, 4
    """  # noqa: S608  # names of ours


ADD_CHANGES = f"""
INSERT INTO reporting_tally (span, since, unit_id, procedure_id, {_COLUMNS}) {_summed(_GIVEN)}
ON CONFLICT (span, since, unit_id, procedure_id) DO UPDATE SET
    {", ".join(f"{column} = reporting_tally.{column} + excluded.{column}" for column in MEASURE_COLUMNS)}
"""
ADD_ALL = f"INSERT INTO reporting_tally (span, since, unit_id, procedure_id, {_COLUMNS}) {_summed(_KEPT)}"
_ALL_ZERO = " AND ".join(f"{column} = 0" for column in MEASURE_COLUMNS)
# A sum that is nought in every column is the same as none.
COUNT_DIFFERENCES = f"""
WITH kept AS ({_summed(_KEPT)}), summed AS (
    SELECT span, since, unit_id, procedure_id, {_COLUMNS} FROM reporting_tally
), differing AS (
    (SELECT * FROM kept EXCEPT SELECT * FROM summed) UNION ALL (SELECT * FROM summed EXCEPT SELECT * FROM kept)
)
SELECT count(DISTINCT (span, since, unit_id, procedure_id)) FROM differing WHERE NOT ({_ALL_ZERO})
"""  # noqa: S608  # names of ours
