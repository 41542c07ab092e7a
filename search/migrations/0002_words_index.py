"""The index over the documents' words: FTS5 kept by triggers on SQLite, a generated vector on PostgreSQL."""

from django.db import migrations

# FTS5's own way to index another table's text ("external content"): three triggers keep it in the same transaction.
# Django makes a table anew when it alters it on SQLite, and its triggers go: a migration that alters
# search_searchdocument has to end with `LAY_SQLITE` again (a system check says when they are missing).
LAY_SQLITE = """
DROP TABLE IF EXISTS search_words;
DROP TABLE IF EXISTS search_vocabulary;
CREATE VIRTUAL TABLE search_words USING fts5(
    title_words, summary_words, name_words, body_words,
    content='search_searchdocument', content_rowid='id', tokenize='porter unicode61', prefix='2 3'
);
CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_words, row);
CREATE TRIGGER search_words_insert AFTER INSERT ON search_searchdocument BEGIN
    INSERT INTO search_words(rowid, title_words, summary_words, name_words, body_words)
    VALUES (new.id, new.title_words, new.summary_words, new.name_words, new.body_words);
END;
CREATE TRIGGER search_words_delete AFTER DELETE ON search_searchdocument BEGIN
    INSERT INTO search_words(search_words, rowid, title_words, summary_words, name_words, body_words)
    VALUES ('delete', old.id, old.title_words, old.summary_words, old.name_words, old.body_words);
END;
CREATE TRIGGER search_words_update AFTER UPDATE ON search_searchdocument
WHEN old.title_words <> new.title_words OR old.summary_words <> new.summary_words
    OR old.name_words <> new.name_words OR old.body_words <> new.body_words
BEGIN
    INSERT INTO search_words(search_words, rowid, title_words, summary_words, name_words, body_words)
    VALUES ('delete', old.id, old.title_words, old.summary_words, old.name_words, old.body_words);
    INSERT INTO search_words(rowid, title_words, summary_words, name_words, body_words)
    VALUES (new.id, new.title_words, new.summary_words, new.name_words, new.body_words);
END;
INSERT INTO search_words(search_words) VALUES ('rebuild');
"""

# PostgreSQL's own snowball template knows Porter's original rules, which FTS5 and Elasticsearch have too: the same
# words find the same documents on all three. Stop words are taken out before (search.words.tokens).
LAY_POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEXT SEARCH DICTIONARY search_porter (TEMPLATE = snowball, LANGUAGE = porter);
CREATE TEXT SEARCH CONFIGURATION search_words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION search_words
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword WITH search_porter;
ALTER TABLE search_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('search_words'::regconfig, title_words), 'A')
    || setweight(to_tsvector('search_words'::regconfig, summary_words), 'B')
    || setweight(to_tsvector('search_words'::regconfig, name_words), 'C')
    || setweight(to_tsvector('search_words'::regconfig, body_words), 'D')
) STORED;
CREATE INDEX searched_words ON search_searchdocument USING gin (vector);
CREATE MATERIALIZED VIEW search_vocabulary AS
    SELECT word AS term, ndoc AS doc FROM ts_stat('SELECT vector FROM search_searchdocument');
CREATE MATERIALIZED VIEW search_statistics AS
    SELECT count(*) AS documents, coalesce(avg(length), 0) AS length FROM search_searchdocument;
CREATE UNIQUE INDEX search_vocabulary_term ON search_vocabulary (term);
CREATE INDEX searched_spellings ON search_searchword USING gin (word gin_trgm_ops);
"""


def lay(apps, schema_editor):
    script = LAY_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else LAY_SQLITE
    if schema_editor.connection.vendor == "sqlite":
        for statement in _statements(script):
            schema_editor.execute(statement)
    else:
        schema_editor.execute(script)


def _statements(script):
    """One statement at a time: a whole script would end the migration's transaction on SQLite."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        body = statement.strip()
        if body.endswith(";") and (not body.startswith("CREATE TRIGGER") or body.endswith("END;")):
            yield body
            statement = ""


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP MATERIALIZED VIEW search_vocabulary; DROP MATERIALIZED VIEW search_statistics; DROP INDEX searched_spellings;"
            "ALTER TABLE search_searchdocument DROP COLUMN vector;"
            "DROP TEXT SEARCH CONFIGURATION search_words; DROP TEXT SEARCH DICTIONARY search_porter;"
        )
        return
    for name in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS search_words_{name}")
    schema_editor.execute("DROP TABLE IF EXISTS search_vocabulary")
    schema_editor.execute("DROP TABLE IF EXISTS search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("initiatives", "0001_initial")]
    operations = [migrations.RunPython(lay, take_away)]
