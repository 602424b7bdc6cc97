"""How quick the review site is over many incidents: facets and first page, filters, the map drawn together, an incident.

    python benchmarks/web.py                       100,000 incidents in an SQLite file
    python benchmarks/web.py --rows                rows alone, without documents behind them: made in half a minute, not in eight
    python benchmarks/web.py 20000 --store DSN     as many as are said, in an empty PostgreSQL database

Each incident has one report with a reading of its own, or three of which two copy the first; rows are made as the site makes them,
from clusters that are put there without comparing, for that is measured by `benchmarks/linking.py`. Times are the median of nine
requests through the whole application, after one that is thrown away.
"""

from __future__ import annotations

import argparse
import logging
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from litestar.testing import TestClient

sys.path.insert(0, str(Path(__file__).parent))

import store as making
from whence.linking import ENGINE
from whence.overview import MARKS, refresh
from whence.records import Acled, Overview, Tally
from whence.store import Filter, Row, Store
from whence.web import Inbox, Site, application

PAGES = (
    ("facets and first page", "/incidents"),
    ("the same as JSON", "/incidents.json"),
    ("a country and two years", "/incidents?country=SYR&since=2022-01-01&until=2023-12-31"),
    ("an actor by part of the name", "/incidents?actor=militia"),
    ("a publisher", "/incidents?source=Levant+Wire"),
    ("most to decide first", "/incidents?order=doubt"),
    ("page 500", "/incidents?page=500"),
    ("the whole map, drawn together", "/incidents.geojson"),
    ("a part of the map", "/incidents.geojson?box=30,30,40,40"),
    ("line of time", "/incidents?view=timeline"),
    ("single reports", "/reports"),
    ("actors", "/actors"),
    ("sources", "/sources"),
)


def main() -> None:
    """Fill a store, ask for pages, print a line for each."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("incidents", nargs="?", type=int, default=100_000)
    asked.add_argument("--store", help="an empty store; else a file that is thrown away")
    asked.add_argument("--rows", action="store_true", help="rows of incidents alone; pages of single incidents and reports are left out")
    given = asked.parse_args()
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder, Store(given.store or Path(folder) / "kept.sqlite") as store:
        begun = time.perf_counter()
        (fill_rows if given.rows else fill)(store, given.incidents)
        print(
            f"{store.overviews.fitting(Filter()):,} incidents of {store.fitting():,} reports, made in {time.perf_counter() - begun:.0f} s"
        )
        site = Site(store, Inbox(lambda task: iter(())), who="benchmark", linked=False)
        site.settler.settle(600)
        client: TestClient = TestClient(application(site), base_url="http://127.0.0.1")  # type: ignore[type-arg]
        one = client.get("/incidents.json").json()["incidents"][0]["id"]
        pages = [*PAGES, ("an incident", f"/incidents/{one}")]
        for what, path in pages[:11] + pages[12:13] if given.rows else pages:
            times, size = [], 0
            for _ in range(10):
                begun = time.perf_counter()
                answer = client.get(path)
                times.append(1000 * (time.perf_counter() - begun))
                assert answer.status_code == 200, (path, answer.text[:200])
                size = len(answer.content)
            print(f"{what:32} {statistics.median(times[1:]):7.0f} ms   {size / 1000:8.0f} kB")
        site.close()


def fill_rows(store: Store, incidents: int) -> None:
    """Rows without reports: what lists, facets and maps are made of."""
    rng = random.Random(1)
    documents = [k.document for k in store.add([making.made(n) for n in range(60)])]
    places = making.PLACES
    for begin in range(0, incidents, 5000):
        rows = []
        for n in range(begin, min(begin + 5000, incidents)):
            day = (date(2020, 1, 1) + timedelta(days=rng.randrange(2000))).isoformat()
            event_type, sub = rng.choice(making.SUBS)
            place, country, admin1, latitude, longitude = rng.choice(places)
            killed = rng.randrange(20)
            made = Overview(
                id=f"I-{n:012d}",
                type="ASSAULT",
                acled=Acled(event_type=event_type, sub_event_type=sub),
                status="happened",
                earliest=day,
                latest=day,
                place=place,
                admin1=admin1,
                country=country,
                latitude=latitude + rng.uniform(-1, 1),
                longitude=longitude + rng.uniform(-1, 1),
                place_kind="town",
                precision_km=5.0,
                actors=rng.choice(making.SIDES),
                targets=rng.choice(making.SIDES),
                counts=(Tally(measure="killed", of=None, low=killed, high=killed + rng.randrange(3)),),
                reports=1,
                documents=1,
                publishers=(rng.choice(making.OUTLETS),),
                origins=rng.choice((1, 1, 1, 2, 3)),
                disputed=rng.random() < 0.2,
                disputed_fields=(),
                credibility=3,
                weakest=None,
            )
            parties = (("actor", made.actors or "", "armed_group"), ("target", made.targets or "", "armed_group"))
            rows.append(Row(overview=made, members=n, documents=(rng.choice(documents),), parties=parties))
        store.overviews.put(ENGINE, rows)
    marks = dict(zip(MARKS, store.overviews.newest(), strict=True))
    store.overviews.put(ENGINE, [], marks=marks)


def fill(store: Store, incidents: int) -> None:
    """Documents until there are so many incidents, each report its own, but for every tenth, which three tell."""
    n, batch = 0, 500
    clusters: list[tuple[str, str]] = []
    last, name = 0, 0
    while name < incidents:
        store.add([making.made(i) for i in range(n, n + batch)])
        n += batch
        group = 0
        for report in store.reports(after=last):
            last = report.number or last
            if group == 0:
                name += 1
                group = 3 if name % 10 == 0 else 1
            group -= 1
            clusters.append((report.id, f"I-{name:012d}"))
    store.put_clusters(ENGINE, clusters)
    refresh(store, linked=False)


if __name__ == "__main__":
    main()
