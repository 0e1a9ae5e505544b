"""The command line: each command reads its input, calls one function and answers."""

from moderation.cli.app import cli, main

__all__ = ["cli", "main"]
