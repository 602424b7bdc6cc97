"""The tables as migrations make them are those the code speaks of, and a store of another revision is not touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from whence.errors import MigrationNeeded, StoreError
from whence.store import Store, migrate
from whence.store.migrating import configuration
from whence.store.tables import HEAD, metadata

from .made import item


def test_migrations_make_what_the_code_speaks_of(store: Store) -> None:
    def ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (name or "").startswith(("words", "ix_words"))

    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


@pytest.mark.parametrize(("revision", "words"), [("0000", "whence migrate"), ("9999", "newer version")])
def test_another_revision_is_told(place: str, revision: str, words: str) -> None:
    with Store(place) as store:
        store._database.writing(lambda c: c.execute(sa.text(f"UPDATE alembic_version SET version_num = '{revision}'")))
    with pytest.raises(MigrationNeeded, match=words):
        Store(place)


def test_where_no_migration_leads_the_store_stays_as_it_is(place: str) -> None:
    with Store(place) as store:
        store._database.writing(lambda c: c.execute(sa.text("UPDATE alembic_version SET version_num = '0000'")))
    with pytest.raises(StoreError, match="no migration"):
        migrate(place)


def test_migrating_what_is_up_to_date_changes_nothing(place: str) -> None:
    Store(place).close()
    assert migrate(place) == (HEAD, HEAD)


def test_a_store_of_the_first_form_is_brought_up_with_all_that_is_in_it(place: str) -> None:
    with Store(place) as store:
        store._database.writing(lambda c: command.downgrade(configuration(c), "0001"))
        with store._database.reading() as connection:
            assert not sa.inspect(connection).has_table("people")
    with pytest.raises(MigrationNeeded, match="whence migrate"):
        Store(place)
    assert migrate(place) == ("0001", HEAD)
    with Store(place) as store:
        store.add([item(0)])
        assert store.people.all() == []


def test_alembic_is_loaded_only_where_tables_are_made(tmp_path: Path) -> None:
    Store(tmp_path / "s.sqlite").close()
    code = "import sys; from whence.store import Store; Store(sys.argv[1]); sys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "s.sqlite")], check=True)


def test_migrations_are_in_the_package() -> None:
    import whence.store.migrations

    folder = Path(whence.store.migrations.__file__).parent
    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("0001_*.py"))
