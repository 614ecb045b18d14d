"""How a test in a key pattern says that its formula is none for this record."""

__all__ = ["Skipped"]


class Skipped(Exception):  # noqa: N818 - no error: the next formula has its turn
    """A test of a formula does not hold."""
