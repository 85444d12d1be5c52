"""What Alembic runs to bring a journal up to date; the connection is the one that opened it, already in a transaction."""

from alembic import context

from qa_service.journal.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
