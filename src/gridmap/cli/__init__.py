"""The command line: one verb per service, no rules of its own."""

from gridmap.cli.app import main

__all__ = ["main"]
