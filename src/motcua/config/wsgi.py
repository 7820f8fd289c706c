"""The site as a WSGI application, loaded whole before the first request."""

import gc
import os
from functools import partial
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from motcua.kernel.call_stack import in_one_piece

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Full collections of the loaded program took 225-370 ms and made every slow request (docs/adr/0012): what is loaded
# here lives as long as the process, so it leaves the collector's sight, and the oldest generation is visited rarely.
COLLECTOR_THRESHOLDS = (10_000, 20, 100)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application: "WSGIApplication" = partial(in_one_piece, get_wsgi_application())
get_resolver().reverse_dict  # noqa: B018 - loads the address table and every view, which the first visitor would wait for
gc.collect()
gc.freeze()
gc.set_threshold(*COLLECTOR_THRESHOLDS)
