"""The JSON API and its version."""

from ninja import NinjaAPI

api = NinjaAPI(title="motcua", version="1")
