"""Pages of configuration packages, as the administrator of the province meets them."""

from tests.journeys import states
from tests.journeys.visits import ADMINISTRATOR, DESK, OUR_PACKAGE, STRANGE_PACKAGE, Bare, Visit

_OURS: dict[str, str | int] = {"code": OUR_PACKAGE}
_STRANGE: dict[str, str | int] = {"code": STRANGE_PACKAGE}
PACKAGE_PAGES = [
    Visit("workspace:packages", ADMINISTRATOR),
    Visit("workspace:packages", DESK, answer=403),
    Visit("workspace:receive-package", ADMINISTRATOR),
    Visit("workspace:receive-package", ADMINISTRATOR, then=states.sent_empty("Kiểm tra và xem trước"), answer=422),
    Visit("workspace:package", ADMINISTRATOR, kwargs=_OURS),
    Visit("workspace:package", ADMINISTRATOR, kwargs=_OURS, query="?phan=procedures"),
    Visit("workspace:package", ADMINISTRATOR, kwargs=_STRANGE),
    Visit(
        "workspace:package",
        ADMINISTRATOR,
        kwargs=_STRANGE,
        then=states.sent_empty("Chấp nhận khóa này"),
        answer=422,
    ),
]
PACKAGE_NO_PAGES = [
    Bare(Visit("workspace:make-package", ADMINISTRATOR), "makes a package"),
    Bare(Visit("workspace:package-file", ADMINISTRATOR, kwargs=_OURS), "a file"),
    Bare(Visit("workspace:accept-package-key", ADMINISTRATOR, kwargs=_STRANGE), "accepts a key"),
    Bare(Visit("workspace:compare-package", ADMINISTRATOR, kwargs=_OURS), "compares a package anew"),
    Bare(Visit("workspace:apply-package", ADMINISTRATOR, kwargs=_OURS), "brings a package in"),
]
