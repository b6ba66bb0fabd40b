"""Facts as data files, and how they are looked up. A fact carries its source, its date and its status."""

from acquis.reference.profiles import Limit, Profile, profile, profile_names, profile_of

__all__ = ["Limit", "Profile", "profile", "profile_names", "profile_of"]
