"""`motcua token`."""

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, data_option


@click.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@data_option
def token(username: str, name: str) -> None:
    """Print a new bearer token of USERNAME for the API; it is shown this once."""
    installation.enter_migrated()
    from motcua.accounts.commands.tokens import issue_token
    from motcua.accounts.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise BadInput(f"there is no active account with the user name {username}")
    click.echo(issue_token(user=user, name=name, at=timezone.now()))
