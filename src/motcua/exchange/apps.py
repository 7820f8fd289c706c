from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "motcua.exchange"

    def ready(self) -> None:
        import_module("motcua.exchange.subscribers")
