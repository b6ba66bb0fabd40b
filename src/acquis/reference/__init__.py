"""The reference: facts in data files, and functions to look them up. Each fact has a source, a date and a status."""

from acquis.reference.profiles import Limit, Profile, profile, profile_names, profile_of

__all__ = ["Limit", "Profile", "profile", "profile_names", "profile_of"]
