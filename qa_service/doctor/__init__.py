"""What an operator can get wrong, found before the public finds it: one file a group of things looked at."""

from qa_service.doctor.diagnosis import diagnose
from qa_service.doctor.finding import Finding

__all__ = ["Finding", "diagnose"]
