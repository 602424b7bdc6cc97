"""Across documents: which reports tell of one incident, who has it from whom, what is disputed, and what answers a question.

Works on records alone: what is stored and read is handed in, and what is found is handed back.
"""

from __future__ import annotations
