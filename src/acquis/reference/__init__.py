"""The reference: facts in data files, and functions to look them up. Each fact has a source, a date and a status."""

from acquis.reference.profiles import Profile, TextLimit, profile, profile_names, profile_of

__all__ = ["TextLimit", "Profile", "profile", "profile_names", "profile_of"]
