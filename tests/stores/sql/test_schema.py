from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from qms.model.check_codes import derived_token, short_code
from qms.stores.sql import schema
from qms.stores.sql.engine import BadDatabaseUrl, make_engine
from qms.stores.sql.tables import metadata


def test_the_migrations_end_where_the_models_are(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_home_without_schema_is_told_from_one_of_another_version(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with pytest.raises(schema.NoInstance):
        schema.check(engine)
    schema.upgrade(engine)
    schema.check(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(schema.SchemaDiffers) as refusal:
        schema.check(engine)
    assert "qms upgrade" in str(refusal.value)
    engine.dispose()


def test_what_an_older_version_kept_is_there_after_the_upgrade(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    schema.upgrade(engine, "0001")
    relation = "'18/2026/NĐ-CP', 'amends', '123/2015/NĐ-CP', 'art_2', '', '2026-01-15'"
    columns = "source_key, kind, target_key, target_provisions, source_provision, starts"
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO relation ({columns}) VALUES ({relation})"))
    schema.upgrade(engine)
    schema.check(engine)
    with engine.connect() as connection:
        kept = connection.execute(text(f"SELECT {columns}, source_issuer, sentence FROM relation")).one()
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert tuple(kept)[:3] == ("18/2026/NĐ-CP", "amends", "123/2015/NĐ-CP")
    assert tuple(kept)[-2:] == ("", "")
    engine.dispose()


def test_what_was_published_before_gets_the_token_that_its_commit_tells(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    schema.upgrade(engine, "0002")
    values = {
        "unit": {"id": 1, "key": "xa", "name": "Xã", "kind": "agency"},
        "document": {
            "id": "abcd1234",
            "title": "A",
            "folded_title": "a",
            "type": "procedure",
            "issuer": "",
            "master": "markdown",
            "unit_id": 1,
            "review_months": 12,
            "created_at": "2026-01-01",
        },
        "revision": {
            "id": 1,
            "document_id": "abcd1234",
            "sequence": 1,
            "issue_number": 1,
            "revision_number": 0,
            "state": "issued",
            "title": "A",
            "code": "QT-01",
            "change_note": "",
            "author_name": "",
            "author_position": "",
            "version": 1,
            "commit_id": "c" * 40,
            "created_at": "2026-01-01",
        },
    }
    with engine.begin() as connection:
        for table, row in values.items():
            names = ", ".join(row)
            connection.execute(
                text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row
            )
    schema.upgrade(engine)
    token = derived_token("c" * 40, "abcd1234", 1)
    with engine.connect() as connection:
        held = connection.execute(text("SELECT check_token, short_code FROM revision")).one()
    assert tuple(held) == (token, short_code(token))
    engine.dispose()


def test_sqlite_keeps_what_it_said_it_kept(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with engine.connect() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    engine.dispose()


@pytest.mark.parametrize("address", ["", "nonsense", "://"])
def test_an_address_that_is_none_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        make_engine(address)
