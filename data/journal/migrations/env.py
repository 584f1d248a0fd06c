"""Runs the revisions on the connection that `data.journal.opening` hands over, inside its transaction."""

from alembic import context

from data.journal.tables import VERSIONS, metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
