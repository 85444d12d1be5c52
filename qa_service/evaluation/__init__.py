"""How well the service answers: golden questions, verdicts, figures, reports."""
