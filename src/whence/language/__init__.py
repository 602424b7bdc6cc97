"""The text as language. `parser.py` alone knows which library does the work."""
