"""The database: SQLite in `var/` by default, PostgreSQL through `DATABASE_URL`."""

SQLITE_OPTIONS = {
    # A transaction takes its lock at once and waits, where a late one would fail at once.
    "transaction_mode": "IMMEDIATE",
    # In seconds. Who waits has no place in a queue: of ten who save at once on a machine that is
    # busy with other things, some wait for much longer than the nine others take.
    "timeout": 45,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
CONNECTION_AGE = 600
"""How long a thread keeps its connection, in seconds."""


def database_from(env, folder) -> dict:
    """Django's settings of the database; raises ValueError if `DATABASE_URL` names none."""
    database = env.db_url("DATABASE_URL", default=f"sqlite:///{folder / 'db.sqlite3'}")
    engine = database.get("ENGINE", "")
    if engine.endswith(".sqlite3"):
        options = {"OPTIONS": SQLITE_OPTIONS}
    elif engine.endswith(".postgresql"):
        options = {"CONN_HEALTH_CHECKS": True}
    else:
        raise ValueError("DATABASE_URL must begin with sqlite:/// or postgres://")
    return {"CONN_MAX_AGE": CONNECTION_AGE, **database, **options}
