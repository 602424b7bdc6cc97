"""Time expressions: a grammar over tokens, a calendar, and the two clocks a report runs by."""

from .reader import TimexReader

__all__ = ["TimexReader"]
