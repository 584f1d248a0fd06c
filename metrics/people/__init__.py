"""Return on People: net income over full-time-equivalent employees, its goal, and what moved it.

Named and defined by Anne C. Graham: net income, not EBITDA and not revenue, over the people who earned it.
"""

from metrics.people.returns import Month, Return, returns
from metrics.people.split import Split, split
from metrics.people.targets import target

__all__ = ["Month", "Return", "Split", "returns", "split", "target"]
