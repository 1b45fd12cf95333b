"""The only rooms of the registry that know MongoDB: people, protected data, trail, imports, and the NIK's vault."""

from services.registry.store import candidates, drafts, imports, protected, trail

SPECS = (*candidates.SPECS, *protected.SPECS, *trail.SPECS, *imports.SPECS, *drafts.SPECS)
"""Every collection of the house with its indexes."""
