from __future__ import annotations

from partnerships.coverage.models.confirmation import Closing, Confirmation
from partnerships.coverage.models.tally import Counted, Ending, Tally

__all__ = ["Closing", "Confirmation", "Counted", "Ending", "Tally"]
