"""Curated answers."""

import sqlalchemy as sa
from alembic import op

from qa_service.journal.database import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "curated_answer",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("approved_by", sa.String(100), nullable=False),
        sa.Column("approved_on", sa.Date, nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curated_answer"),
    )
    op.create_table(
        "curated_wording",
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "position", name="pk_curated_wording"),
        sa.ForeignKeyConstraint(["answer_id"], ["curated_answer.id"], name="fk_curated_wording_answer_id"),
    )
    op.create_table(
        "curated_clause",
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("passage_id", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "n", name="pk_curated_clause"),
        sa.ForeignKeyConstraint(["answer_id"], ["curated_answer.id"], name="fk_curated_clause_answer_id"),
    )
    op.create_table(
        "curated_hit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("similarity", sa.Double, nullable=False),
        sa.Column("exact", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curated_hit"),
        sa.ForeignKeyConstraint(["answer_id"], ["curated_answer.id"], name="fk_curated_hit_answer_id"),
    )
    op.create_index("ix_curated_hit_answer_id_day", "curated_hit", ["answer_id", "day"])
    op.create_table(
        "curated_change",
        sa.Column("id", _ID, nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curated_change"),
        sa.ForeignKeyConstraint(["answer_id"], ["curated_answer.id"], name="fk_curated_change_answer_id"),
    )
    op.create_index("ix_curated_change_answer_id", "curated_change", ["answer_id"])


def downgrade() -> None:
    """Remove the tables."""
    for name in ("curated_change", "curated_hit", "curated_clause", "curated_wording", "curated_answer"):
        op.drop_table(name)
