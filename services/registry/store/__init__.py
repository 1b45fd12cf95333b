"""The only rooms of the registry that know MongoDB: people, protected data, trail, imports, and the NIK's vault."""

from services.registry.store import candidates, contacts, drafts, imports, protected, submissions, trail

SPECS = (
    *candidates.SPECS,
    *contacts.SPECS,
    *protected.SPECS,
    *trail.SPECS,
    *imports.SPECS,
    *drafts.SPECS,
    *submissions.SPECS,
)
"""Every collection of the house with its indexes."""
