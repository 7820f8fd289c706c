"""News of the portal, what readers say about them, how often they are read, and publicity campaigns."""

from motcua.news.models.articles import Article, ArticlePhoto, Edition, NewsSection
from motcua.news.models.counts import DailyViews, ViewTick

__all__ = ["Article", "ArticlePhoto", "DailyViews", "Edition", "NewsSection", "ViewTick"]
