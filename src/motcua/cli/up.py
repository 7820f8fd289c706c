"""`motcua up`."""

import click

from motcua.cli import installation, static_files
from motcua.cli.options import data_option, say
from motcua.cli.ports import refuse_unusable
from motcua.cli.supervisor import Program, Supervisor, motcua


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@data_option
def up(host: str, port: int) -> None:
    """Bring the tables up to date, then run the web server and the worker together.

    A part that crashes is started again; one that keeps crashing ends the whole.
    """
    refuse_unusable(host, port)
    installation.enter()
    installation.migrate()
    static_files.collect()
    installation.leave_database()
    programs = [
        Program("web", motcua("serve", "--host", host, "--port", str(port))),
        Program("worker", motcua("worker")),
    ]
    try:
        with Supervisor(programs, look_after_ground=installation.look_after_database) as supervisor:
            say(f"http://{host}:{port}")
            supervisor.watch()
    except KeyboardInterrupt:
        say("Stopped.")
