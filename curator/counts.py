"""Numbers with their nouns: every output counts alike."""

__all__ = ["counted"]


def counted(number: int, noun: str) -> str:
    """Return a number of things: ``1 box``, ``2,048 files``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}{'es' if noun.endswith(('x', 's')) else 's'}"
