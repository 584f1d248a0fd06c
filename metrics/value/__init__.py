"""What customers are worth: ARR movements, retention, renewals, the cost of winning accounts, and lifetime value."""

from metrics.value.tables import VALUE_TABLES, make_value

__all__ = ["VALUE_TABLES", "make_value"]
