"""Runs the command line with `python -m moderation.cli`."""

from moderation.cli import main

if __name__ == "__main__":
    main()
