"""DuckDB with one thread and given types: duckdb_job.py users.ndjson out.csv"""

import sys

import duckdb

# Without types DuckDB guesses them from a sample first and reads every key.
TYPES = {
    "user_id": "VARCHAR",
    "email": "VARCHAR",
    "email_verified": "BOOLEAN",
    "name": "VARCHAR",
    "identities": "STRUCT(connection VARCHAR)[]",
    "user_metadata": "STRUCT(address STRUCT(city VARCHAR))",
    "app_metadata": "STRUCT(roles JSON)",
    "created_at": "VARCHAR",
}

JOB = """
COPY (
    SELECT
        '''' || user_id AS user_id,
        '''' || email AS email,
        email_verified,
        '''' || name AS name,
        '''' || identities[1].connection AS provider,
        '''' || user_metadata.address.city AS city,
        '''' || app_metadata.roles AS roles,
        created_at
    FROM read_json($users, format = 'newline_delimited', columns = {types})
) TO '{out}' (FORMAT csv, HEADER, FORCE_QUOTE (user_id, email, name, provider, city, roles))
"""

users, out = sys.argv[1:]
connection = duckdb.connect(config={"threads": 1})
connection.execute(JOB.format(types=TYPES, out=out), {"users": users})
