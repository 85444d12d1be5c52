"""Gaps."""

import sqlalchemy as sa
from alembic import op

from qa_service.journal.database import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "gap_decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("gap", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("curated_id", sa.String(64)),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("undone_at", Moment),
        sa.Column("undone_by", sa.String(100)),
        sa.PrimaryKeyConstraint("id", name="pk_gap_decision"),
        sa.ForeignKeyConstraint(["curated_id"], ["curated_answer.id"], name="fk_gap_decision_curated_id"),
    )
    op.create_index("ix_gap_decision_gap", "gap_decision", ["gap"])
    op.create_table(
        "gap_wording",
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("decision_id", "position", name="pk_gap_wording"),
        sa.ForeignKeyConstraint(["decision_id"], ["gap_decision.id"], name="fk_gap_wording_decision_id"),
    )


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("gap_wording")
    op.drop_table("gap_decision")
