"""Trees of conditions that a person must meet, as a field for schemas: several houses write them, one judges."""

from shared.conditions.field import Tree

__all__ = ["Tree"]
