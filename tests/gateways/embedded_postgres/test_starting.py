"""What a new server is like, and why one cannot be had."""

from pathlib import Path

import pytest

from motcua.gateways.embedded_postgres import (
    BinariesMissing,
    ClusterNotMade,
    EmbeddedPostgres,
    ServerDidNotStart,
    Tuning,
)
from tests.gateways.embedded_postgres.programs import (
    MakeServer,
    run,
)


def test_a_new_server_speaks_vietnamese_whatever_the_callers_locale(running: EmbeddedPostgres) -> None:
    assert run(running.url(), "SELECT lower('ĐĂNG KÝ KHAI SINH')") == [("đăng ký khai sinh",)]


def test_the_application_is_not_the_superuser_and_may_make_databases(running: EmbeddedPostgres) -> None:
    rights = run(running.url(), "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")

    assert rights == [(False, True)]


def test_data_of_a_version_that_is_not_installed_is_refused_by_number(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    server.stop()
    (folder / "data" / "server" / "cluster" / "PG_VERSION").write_text("9\n")

    with pytest.raises(BinariesMissing) as refusal:
        server.start()

    assert refusal.value.major == 9


def test_a_server_that_cannot_start_says_why(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    server.stop()
    (folder / "data" / "server" / "cluster" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(ServerDidNotStart) as refusal:
        server.start()

    assert "no_such_setting" in refusal.value.log_tail


def test_a_cluster_that_cannot_be_made_says_why(make_server: MakeServer) -> None:
    server = make_server(tuning=Tuning(is_durable=False))
    aside = server._home().folder / "cluster.new"  # noqa: SLF001
    aside.symlink_to("/proc/nowhere")

    with pytest.raises(ClusterNotMade) as refusal:
        server.start()

    assert "cluster.new" in refusal.value.output
