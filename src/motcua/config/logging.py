"""Logs as events: one line of JSON each for machines, colours for a person at a terminal."""

import logging.config
import sys
from collections.abc import Mapping

import structlog
from structlog.typing import Processor

# Every line carries what its request or job has bound (request_id, code, unit), whoever wrote it.
_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(settings: Mapping[str, str]) -> None:
    """Set up structlog and the standard library's loggers alike; `settings` is LOGGING: {"level": "INFO"}."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "event": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": [*_SHARED, structlog.stdlib.ExtraAdder()],
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers()],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
            "root": {"handlers": ["stderr"], "level": settings["level"]},
            "loggers": {
                # A page that is not there or not allowed is an answer, not a fault; the access log counts it.
                "django.request": {"level": "ERROR"},
                # So is a request refused as garbage: anybody can send those all day, and nobody has to act.
                "django.security": {"level": "CRITICAL"},
                "django.security.csrf": {"level": "WARNING"},
                # A library's account of each job would repeat ours.
                "procrastinate": {"level": "WARNING"},
                "fontTools": {"level": "WARNING"},
            },
        }
    )


def _renderers() -> list[Processor]:
    if sys.stderr.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
