from qa_service.text.letters import letters_of


def test_only_letters_and_figures_are_kept() -> None:
    assert letters_of("海政办规〔2026〕 3号（《办法》）") == "海政办规20263号办法"
