"""Pages of configuration packages, as the administrator of the province meets them."""

from tests.journeys.province import PACKAGE, STRANGE_PACKAGE

_OURS: dict[str, str | int] = {"code": PACKAGE}
_STRANGE: dict[str, str | int] = {"code": STRANGE_PACKAGE}
