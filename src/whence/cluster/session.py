"""A Spark session that is set up for this work."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from whence.errors import RequirementError, ResourceError

BATCH = 64
"""Rows that go to a worker together: documents are long, and a worker holds one batch at a time."""


@contextmanager
def session(master: str = "local[*]") -> Iterator[Any]:
    """A session on a master (`local[2]`, `spark://host:7077`, `yarn`, `k8s://...`), stopped at the end.

    RequirementError where pyspark, pyarrow or Java is missing; ResourceError where the master does not answer.
    """
    try:
        import pyarrow  # noqa: F401
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RequirementError(f"whence cluster wants {error.name}, which is not installed: pip install 'whence[spark]'") from None
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise RequirementError(
            "whence cluster wants Java 17 or newer, which is not there; on Debian: apt-get install openjdk-17-jre-headless"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("py4j").setLevel(logging.ERROR)
    builder = (
        SparkSession.builder.master(master)
        .appName("whence")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
        # Each worker is one process with one engine; threads of the linear algebra below it would only fight for the same cores.
        .config("spark.executorEnv.OMP_NUM_THREADS", "1")
        .config("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
    )
    if master.startswith("local"):
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    try:
        found = builder.getOrCreate()
    except Exception as error:
        raise ResourceError(f"Spark master {master}: cannot be started ({_last(error)}); local[*] runs on this machine alone") from None
    found.sparkContext.setLogLevel("OFF")
    try:
        yield found
    finally:
        found.stop()


def _last(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__


def told(error: Exception) -> str:
    """What a worker's failure says, without the traceback around it."""
    rows = [row.strip() for row in str(error).splitlines() if row.strip()]
    ours = [row for row in rows if row.startswith("whence.errors.")]
    return (ours[-1].split(": ", 1)[-1] if ours else rows[0] if rows else type(error).__name__)[:600]
