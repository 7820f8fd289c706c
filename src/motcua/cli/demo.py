"""`motcua demo`."""

import os
from pathlib import Path

import click
from django.utils import timezone

from motcua.cli import installation, static_files
from motcua.cli.demonstration import Stage, read_stage, set_up_alone, start_afresh, write_stage
from motcua.cli.options import BadInput, data_option, progress, say
from motcua.cli.ports import refuse_unusable
from motcua.cli.simulate import DOSSIERS, SEED
from motcua.cli.supervisor import Program, Supervisor, motcua

HOST = "127.0.0.1"
# The administrators, and one ward with everybody a dossier passes through; the page of codes has the others.
PROVINCE, SHOWN_WARD = "H18", "H18.31"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--dossiers", type=click.IntRange(1, 100_000), default=DOSSIERS, show_default=True, help="How many.")
@click.option("--fresh", is_flag=True, help="Throw the demonstration in the data folder away and begin again.")
@data_option
def demo(*, port: int, dossiers: int, fresh: bool) -> None:
    """Bring up the demonstration province: site, worker, people and a few hundred dossiers.

    Prints READY and the address once the site answers; Ctrl-C stops everything. The world hears nothing of it: every
    message stays in an outbox page.
    """
    refuse_unusable(HOST, port)
    address = f"http://{HOST}:{port}"
    os.environ.update(MOTCUA_DEMONSTRATION="true", MESSAGES_STAY_IN_OUTBOX="true", SITE_URL=address)
    try:
        data_dir = _set_up(dossiers=dossiers, fresh=fresh)
        refuse_unusable(HOST, port)  # setting up takes a while, and another program may have been quicker
        log_dir = data_dir / "log"
        programs = [
            Program("web", motcua("serve", "--port", str(port)), log=log_dir / "web.log"),
            Program("worker", motcua("worker"), log=log_dir / "worker.log"),
        ]
        with Supervisor(programs, look_after_ground=installation.look_after_database) as supervisor:
            supervisor.wait_for_answer(f"{address}/")
            _introduce(address)
            click.echo(f"READY {address}")
            installation.leave_database()
            supervisor.watch()
    except KeyboardInterrupt:
        say("Stopped.")


def _set_up(*, dossiers: int, fresh: bool) -> Path:
    """Do what is not done yet; return the data folder."""
    with set_up_alone(installation.make_folder()):
        start_afresh(wanted=fresh)
        data_dir = installation.enter()
        say("Tables ...")
        installation.migrate()
        say("Style sheets, scripts and fonts ...")
        static_files.collect()
        if read_stage(data_dir) is not Stage.COMPLETE:
            _load(data_dir, dossiers)
        return data_dir


def _load(data_dir: Path, dossiers: int) -> None:
    from motcua.accounts.models import User
    from motcua.demo.commands.load_demo import load_demo
    from motcua.demo.commands.simulate import simulate

    if User.objects.exists():
        raise BadInput(f"{data_dir} holds an installation that is no demonstration: name another folder with --data")
    write_stage(data_dir, Stage.LOADING)
    installation.hurry()  # a set-up that is cut short is thrown away whole
    now = timezone.now()
    say("The demonstration province ...")
    with progress("Procedures") as report:
        load_demo(at=now, progress=report)
    say(f"{dossiers} dossiers of the last months ...")
    with progress("Dossiers") as report:
        simulate(seed=SEED, dossiers=dossiers, until=now, progress=report)
    write_stage(data_dir, Stage.COMPLETE)


def _introduce(address: str) -> None:
    """Say who can sign in, and where the codes of the second factor are."""
    from motcua.demo import definitions
    from motcua.demo.commands.load_people import PASSWORD

    people = definitions.people()
    shown = [one for one in people.officers if one.unit == PROVINCE or one.unit.startswith(SHOWN_WARD)]
    say(f"\nSign in at {address}/tai-khoan/login/ with the password {PASSWORD} as")
    for citizen in people.citizens:
        say(f"  {citizen.username:<16} Công dân")
    for officer in shown:
        say(f"  {officer.username:<16} {officer.title}")
    say(f"and {len(people.officers) - len(shown)} more. All of them, with their codes of the second factor:")
    say(f"  {address}/trinh-dien/\n")
