"""`motcua token`."""

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, data_option


@click.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@click.option("--revoke", is_flag=True, help="Revoke every token of USERNAME instead; they are refused at once.")
@data_option
def token(username: str, name: str, *, revoke: bool) -> None:
    """Print a new bearer token of USERNAME for the API; it is shown this once."""
    installation.enter_migrated()
    from motcua.accounts.commands.tokens import issue_token, revoke_tokens
    from motcua.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None or not (revoke or user.is_active):
        raise BadInput(f"there is no active account with the user name {username}")
    if revoke:
        click.echo(f"{revoke_tokens(user=user, at=timezone.now())} revoked")
    else:
        click.echo(issue_token(user=user, name=name, at=timezone.now()))
