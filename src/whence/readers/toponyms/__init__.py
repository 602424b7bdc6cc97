"""Places: which words name one, which place they mean, and whether the place or those who rule it."""

from .reader import ToponymReader

__all__ = ["ToponymReader"]
