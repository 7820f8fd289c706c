"""An article in the words of schema.org, as search engines read it (NewsArticle)."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from motcua.news.queries.public import ArticlePage


def news_article(page: ArticlePage, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return the article as a NewsArticle; `absolute` makes a whole address of a path."""
    line, url = page.line, absolute(reverse("portal:article", args=[page.line.number]))
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": line.title,
        "description": line.summary,
        "articleSection": line.section,
        "inLanguage": "vi",
        "datePublished": line.published_at.isoformat(),
        "dateModified": line.updated_at.isoformat(),
        "author": {"@type": "Person", "name": line.author},
        "publisher": {"@type": "GovernmentOrganization", "name": line.unit},
        "correction": [one.note for one in page.corrections],
        "image": [
            absolute(reverse("portal:news-photo", args=[line.number, photo.position, "lon"])) for photo in page.photos
        ],
    }
    return {key: value for key, value in told.items() if value}
