"""From what is understood of an upload to the shapes of the API of imports."""

from typing import Any

from qa_service.corpus.models import Document
from qa_service.desk.imports.desk import Preview, UndoPreview
from qa_service.desk.imports.difference import Difference
from qa_service.desk.imports.rehearsal import Effects
from qa_service.desk.imports.shelved import Shelved
from qa_service.desk.imports.staged import Stage
from qa_service.desk.imports.understanding import Understood
from qa_service.server.presenting import validity_out
from qa_service.server.staff.imports.schemas import (
    BatchOut,
    ChangeOut,
    ClauseOut,
    ConsequenceOut,
    CountsOut,
    DifferenceOut,
    EffectsOut,
    HeadingOut,
    NamedOut,
    PreviewOut,
    RefusedOut,
    StageOut,
    UnderstoodOut,
    UndoPreviewOut,
    ValidityChangeOut,
)

MOST_SHOWN = 400
"""Clauses, headings and changes of one file that are given; a law has some hundred."""


def stage_out(stage: Stage) -> StageOut:
    """Present an upload."""
    return StageOut(**_stage(stage))


def preview_out(preview: Preview) -> PreviewOut:
    """Present an upload as it was understood."""
    return PreviewOut(
        **_stage(preview.stage),
        understood=[_understood(one) for one in preview.files],
        refused=[RefusedOut(name=r.name, why=r.why) for r in preview.stage.refused],
        consequences=[ConsequenceOut(text=c.text, complete=c.complete) for c in preview.consequences],
        effects=_effects(preview.effects),
        fault=preview.fault,
    )


def batch_out(batch: Shelved) -> BatchOut:
    """Present a batch."""
    return BatchOut(
        id=batch.id,
        documents=list(batch.documents),
        at=batch.at,
        by=batch.by,
        sources=list(batch.sources),
        comment=batch.comment,
        state="in_corpus" if batch.is_in_corpus else "undone",
        can_be_undone=batch.can_be_undone,
        undone_at=batch.undone_at,
        undone_by=batch.undone_by,
        undone_why=batch.undone_why,
    )


def undo_preview_out(preview: UndoPreview) -> UndoPreviewOut:
    """Present what taking a batch back would do."""
    return UndoPreviewOut(batch=batch_out(preview.batch), fault=preview.fault, effects=_effects(preview.effects))


def _stage(stage: Stage) -> dict[str, Any]:
    files = [file.name for file in stage.files]
    return {
        "id": stage.id,
        "by": stage.by,
        "at": stage.at,
        "expires_at": stage.ends,
        "files": files,
        "batch": stage.batch,
    }


def _understood(one: Understood) -> UnderstoodOut:
    taken = one.taken
    return UnderstoodOut(
        key=one.file.key,
        name=one.file.name,
        address=one.file.address,
        ready=one.is_ready,
        fault=one.fault,
        metadata=one.form,
        form=str(taken.document.form) if taken else "",
        replaces=_named(taken.replaces) if taken and taken.replaces else None,
        missing=list(taken.missing) if taken else [],
        warnings=list(one.warnings),
        counts=_counts(one),
        outline=[HeadingOut(depth=h.depth, text=h.text) for h in one.outline[:MOST_SHOWN]],
        clauses=[ClauseOut(location=p.titled_location, text=p.text) for p in one.passages[:MOST_SHOWN]],
        difference=_difference(one.difference),
    )


def _counts(one: Understood) -> CountsOut | None:
    if one.taken is None:
        return None
    return CountsOut(
        characters=len(one.taken.document.body),
        clauses=len(one.passages),
        articles=one.taken.articles,
        tables=one.tables,
        rows=one.taken.rows,
        attachments=one.taken.attachments,
        questions=one.taken.questions,
    )


def _difference(found: Difference | None) -> DifferenceOut | None:
    if found is None:
        return None
    return DifferenceOut(
        against=_named(found.against),
        fields=[ChangeOut(where=c.where, before=c.before, after=c.after) for c in found.fields],
        clauses=[ChangeOut(where=c.where, before=c.before, after=c.after) for c in found.clauses[:MOST_SHOWN]],
        same=found.same,
    )


def _effects(effects: Effects | None) -> EffectsOut | None:
    if effects is None:
        return None
    return EffectsOut(
        added=[_named(d) for d in effects.added],
        removed=[_named(d) for d in effects.removed],
        replaced=[_named(after) for _, after in effects.replaced],
        validity=[
            ValidityChangeOut(
                document=_named(c.document),
                since=c.since,
                before=validity_out(c.before),
                after=validity_out(c.after),
            )
            for c in effects.validity
        ],
    )


def _named(document: Document) -> NamedOut:
    return NamedOut(id=document.id, title=document.title)
