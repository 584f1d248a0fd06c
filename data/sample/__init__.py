"""The sample company: source rows of an invented maker of warehouse robots, seeded, with planted truths."""

from data.sample.write import write_sample

__all__ = ["write_sample"]
