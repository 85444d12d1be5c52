"""Every table of the journal, whichever file it is in: what the migrations must make."""

from qa_service.journal import (
    account_tables,
    audit_tables,
    curated_tables,
    exchange_tables,
    gap_tables,
    import_tables,
    switch_tables,
)
from qa_service.journal.database import Table

GROUPS = (curated_tables, audit_tables, exchange_tables, import_tables, account_tables, switch_tables, gap_tables)
"""One file a group of tables; each registers them where it is imported."""
METADATA = Table.metadata
