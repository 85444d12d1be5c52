from collections.abc import Callable

from qa_service.evaluation.comparison import compare
from qa_service.evaluation.figures import Figure
from qa_service.evaluation.verdict import Verdict

MakeVerdict = Callable[..., Verdict]


def test_questions_that_got_better_or_worse_are_told_apart(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    before = [
        make_verdict(id="same"),
        make_verdict(id="mended", facts=(False,)),
        make_verdict(id="spoilt"),
        refusal_due(id="let through"),
        make_verdict(id="found", ranks=(4,)),
        make_verdict(id="lost", ranks=(3,)),
    ]
    after = [
        make_verdict(id="same"),
        make_verdict(id="mended"),
        make_verdict(id="spoilt", facts=(False,)),
        refusal_due(id="let through", refused=False),
        make_verdict(id="found", ranks=(3,)),
        make_verdict(id="lost", ranks=()),
    ]
    comparison = compare(before, after)
    assert [verdict.id for verdict in comparison.better] == ["mended"]
    assert [verdict.id for verdict in comparison.worse] == ["spoilt", "let through"]
    assert [verdict.id for verdict in comparison.evidence_found] == ["found"]
    assert [verdict.id for verdict in comparison.evidence_lost] == ["lost"]
    assert (comparison.common, comparison.added, comparison.dropped) == (6, 0, 0)


def test_only_questions_asked_in_the_same_words_are_compared(make_verdict: MakeVerdict) -> None:
    before = [make_verdict(id="a"), make_verdict(id="b", question="旧的问法"), make_verdict(id="gone")]
    after = [make_verdict(id="a"), make_verdict(id="b", question="新的问法", facts=(False,))]
    comparison = compare(before, after)
    assert (comparison.common, comparison.added, comparison.dropped) == (1, 1, 2)
    assert comparison.worse == ()
    assert all(change.before == change.after for change in comparison.changes)


def test_one_id_in_two_files_is_two_questions(make_verdict: MakeVerdict) -> None:
    before = [make_verdict(file="plan"), make_verdict(file="laws", facts=(False,))]
    comparison = compare(before, [make_verdict(file="laws"), make_verdict(file="plan")])
    assert [verdict.file for verdict in comparison.better] == ["laws"]


def test_a_figure_improves_in_its_own_direction(make_verdict: MakeVerdict) -> None:
    before, after = [make_verdict()], [make_verdict(refused=True)]
    changes = {change.figure: change for change in compare(before, after).changes}
    assert (changes[Figure.REFUSED_ANSWERABLE].before, changes[Figure.REFUSED_ANSWERABLE].after) == (0.0, 1.0)
    assert not changes[Figure.REFUSED_ANSWERABLE].improves
    assert not changes[Figure.ACCURACY].improves
    assert not changes[Figure.EVIDENCE_1].improves
    back = {change.figure: change for change in compare(after, before).changes}
    assert back[Figure.REFUSED_ANSWERABLE].improves
    assert back[Figure.ACCURACY].improves
