"""What came of a link: fine, or the code of what is wrong with it, and why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FINE", "Verdict", "unchecked"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a link.

    Attributes:
        code: The code of the rule that it breaks; "" if it is fine.
        reason: What was seen, as a clause that goes on after `url leads nowhere: `.
        target: Where it leads now, if it has moved.
        needs_network: Whether that only holds if this machine is online.
    """

    code: str = ""
    reason: str = ""
    target: str = ""
    needs_network: bool = False

    @property
    def is_unchecked(self) -> bool:
        """Whether nothing could be established."""
        return self.code == "unchecked-link"


FINE = Verdict()


def unchecked(reason: str) -> Verdict:
    """Say why nothing could be established."""
    return Verdict("unchecked-link", reason)
