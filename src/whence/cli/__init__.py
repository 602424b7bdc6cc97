"""The command line. Records go to stdout, people's words to stderr; errors are caught in `program` and nowhere else."""

from __future__ import annotations

from . import (
    adding,
    asking,
    clustering,
    comparing,
    exporting,
    gold,
    judging,
    linking,
    looking,
    people,
    serving,
    spark,
    upkeep,
    watching,
)
from .program import main

for _command in (
    *adding.COMMANDS,
    *looking.COMMANDS,
    *judging.COMMANDS,
    *linking.COMMANDS,
    *asking.COMMANDS,
    *clustering.COMMANDS,
    *spark.COMMANDS,
    *exporting.COMMANDS,
    *comparing.COMMANDS,
    *upkeep.COMMANDS,
    *serving.COMMANDS,
    *watching.COMMANDS,
    *people.COMMANDS,
    *gold.COMMANDS,
):
    main.add_command(_command)

__all__ = ["main"]
