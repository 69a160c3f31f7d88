"""Polars with one thread and given types: polars_job.py users.ndjson out.csv"""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl  # noqa: E402: it reads the variable once, when it is imported

SCHEMA = {
    "user_id": pl.String,
    "email": pl.String,
    "email_verified": pl.Boolean,
    "name": pl.String,
    "identities": pl.List(pl.Struct({"connection": pl.String})),
    "user_metadata": pl.Struct({"address": pl.Struct({"city": pl.String})}),
    "app_metadata": pl.Struct({"roles": pl.List(pl.String)}),
    "created_at": pl.String,
}


def cell(column: pl.Expr) -> pl.Expr:
    """Null stays null."""
    return pl.lit("'") + column


users, out = sys.argv[1:]
roles = pl.col("app_metadata").struct.field("roles")
# Polars writes no lists to CSV. The roles of made-up users need no escapes in JSON.
quoted = roles.list.eval(pl.lit("\"") + pl.element() + pl.lit("\"")).list.join(",")
(
    pl.scan_ndjson(users, schema=SCHEMA)
    .select(
        cell(pl.col("user_id")).alias("user_id"),
        cell(pl.col("email")).alias("email"),
        "email_verified",
        cell(pl.col("name")).alias("name"),
        cell(pl.col("identities").list.get(0, null_on_oob=True).struct.field("connection")).alias("provider"),
        cell(pl.col("user_metadata").struct.field("address").struct.field("city")).alias("city"),
        cell(pl.lit("[") + quoted + pl.lit("]")).alias("roles"),
        "created_at",
    )
    .sink_csv(out)
)
