"""Exchanges, feedback and imports."""

import sqlalchemy as sa
from alembic import op

from qa_service.journal.database import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "exchange",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("session", sa.String(32)),
        sa.Column("address", sa.String(12)),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("read_as", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("elapsed_ms", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchange"),
    )
    op.create_index("ix_exchange_day_channel", "exchange", ["day", "channel"])
    op.create_index("ix_exchange_at", "exchange", ["at"])
    op.create_index("ix_exchange_status_at", "exchange", ["status", "at"])
    op.create_index("ix_exchange_session", "exchange", ["session"])
    op.create_table(
        "exchange_citation",
        sa.Column("exchange_id", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("passage_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("exchange_id", "n", name="pk_exchange_citation"),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name="fk_exchange_citation_exchange_id"),
    )
    op.create_table(
        "feedback",
        sa.Column("exchange_id", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("exchange_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name="fk_feedback_exchange_id"),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("documents", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("undone_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for name in ("import_batch", "feedback", "exchange_citation", "exchange"):
        op.drop_table(name)
