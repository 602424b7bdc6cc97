"""The bundled language models, and what belongs to them without being a weight."""
