"""The statements of the search. Nothing typed ever becomes part of them: it comes in as parameters."""

from typing import Final

_OFFERED: Final = """
    (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM catalogue_offering offering
        WHERE offering.procedure_id = p.id
          AND %(unit)s::bigint IN (offering.receiving_unit_id, offering.competent_unit_id)
          AND offering.valid_from <= %(on)s::date
          AND (offering.valid_until IS NULL OR offering.valid_until > %(on)s::date)))
    AND (p.withdrawn_on IS NULL OR p.withdrawn_on > %(on)s::date)
    AND EXISTS (
        SELECT FROM catalogue_procedureversion valid
        WHERE valid.procedure_id = p.id AND valid.published_at IS NOT NULL AND valid.valid_from <= %(on)s::date
          AND (valid.valid_until IS NULL OR valid.valid_until > %(on)s::date))
"""
_SHOWN: Final = """
SELECT p.code, v.title, v.short_title, v.summary, s.name, v.level, v.online_level, found.score::float, found.is_guess
FROM found
JOIN catalogue_procedure p ON p.id = found.id
JOIN catalogue_sector s ON s.id = p.sector_id
JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.published_at IS NOT NULL
    AND v.valid_from <= %(on)s::date AND (v.valid_until IS NULL OR v.valid_until > %(on)s::date)
ORDER BY found.score DESC, p.sort_key, p.code
LIMIT %(limit)s::int
"""
# What a title says before it comes to the point does not count against it.
_TITLE_LENGTH: Final = "greatest(length(p.search_key) - CASE WHEN p.search_key LIKE 'thu tuc %%' THEN 8 ELSE 0 END, 1)"

BY_WORDS: Final = f"""
WITH reading AS (
    SELECT anywhere::tsquery AS anywhere, in_title::tsquery AS in_title, phrase, ordinality
    FROM unnest(%(anywhere)s::text[], %(in_title)s::text[], %(phrases)s::text[])
        WITH ORDINALITY AS asked (anywhere, in_title, phrase, ordinality)
), scored AS (
    SELECT p.id, max(
        CASE WHEN p.search_vector @@ reading.in_title THEN 2.0 ELSE 0 END
        + CASE WHEN ' ' || p.search_key LIKE '%% ' || reading.phrase || '%%' THEN 1.0 ELSE 0 END
        + least(length(reading.phrase)::float / {_TITLE_LENGTH}, 1)
        + 0.2 * p.search_standing
        - CASE WHEN reading.ordinality > 1 THEN 0.25 ELSE 0 END
    ) AS score
    FROM reading JOIN catalogue_procedure p ON p.search_vector @@ reading.anywhere
    WHERE {_OFFERED}
    GROUP BY p.id
), found AS (
    SELECT id, score, false AS is_guess FROM scored ORDER BY score DESC, id LIMIT 2 * %(limit)s::int
)
{_SHOWN}
"""  # noqa: S608  put together from the constants above
BY_LIKENESS: Final = f"""
WITH word AS (
    SELECT exact::tsquery AS exact, near::tsquery AS near, near_share, weight, sum(weight) OVER () AS whole
    FROM unnest(%(exact)s::text[], %(near)s::text[], %(near_share)s::float[], %(weight)s::float[])
        AS asked (exact, near, near_share, weight)
), likely AS (
    SELECT p.id, sum(
        CASE WHEN p.search_vector @@ word.exact THEN 1 WHEN p.search_vector @@ word.near THEN word.near_share ELSE 0 END
        * word.weight / word.whole
    ) AS likeness
    FROM catalogue_procedure p CROSS JOIN word
    WHERE p.search_vector @@ %(wide)s::tsquery
    GROUP BY p.id
), found AS (
    SELECT p.id, true AS is_guess,
        4 * likeness + least(%(length)s::float / {_TITLE_LENGTH}, 1) + 0.1 * p.search_standing AS score
    FROM likely JOIN catalogue_procedure p ON p.id = likely.id
    WHERE likeness >= 0.5 AND {_OFFERED}
    ORDER BY score DESC, p.id
    LIMIT 2 * %(limit)s::int
)
{_SHOWN}
"""  # noqa: S608  put together from the constants above
BY_CODE: Final = f"""
WITH found AS (
    SELECT p.id, 1.0 AS score, false AS is_guess FROM catalogue_procedure p
    WHERE p.code LIKE %(code)s::text AND {_OFFERED}
)
{_SHOWN}
"""  # noqa: S608  put together from the constants above
