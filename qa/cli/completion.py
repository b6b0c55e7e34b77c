"""`qa completion`: Shell -> its completion script on stdout."""

import click
from click.shell_completion import get_completion_class


@click.command(
    "completion",
    epilog="""\b
bash: eval "$(qa completion bash)"    in ~/.bashrc
zsh:  eval "$(qa completion zsh)"     in ~/.zshrc
fish: qa completion fish | source     in ~/.config/fish/config.fish""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes qa's commands and options in a shell."""
    script = get_completion_class(shell)
    if script is None:
        raise LookupError(f"click has no completion for {shell}")
    click.echo(script(ctx.find_root().command, {}, "qa", "_QA_COMPLETE").source())
