"""The command line: click commands over the parts that a Python user calls directly."""

from northbib.cli.app import main

__all__ = ["main"]
