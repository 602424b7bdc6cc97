"""The place index: names, aliases and spellings of places, with where they are and what they are."""

from .added import Source, add, added_path, remove, sources
from .build import ATTRIBUTION, FORMAT, build, index_path
from .gazetteer import Candidate, Found, Gazetteer, GazetteerPlace
from .spelling import plain, similarity, skeleton

__all__ = [
    "ATTRIBUTION",
    "FORMAT",
    "Candidate",
    "Found",
    "Gazetteer",
    "GazetteerPlace",
    "Source",
    "add",
    "added_path",
    "build",
    "index_path",
    "plain",
    "remove",
    "similarity",
    "skeleton",
    "sources",
]
