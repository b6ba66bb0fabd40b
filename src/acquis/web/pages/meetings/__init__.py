"""The page on which reports of meeting programs are taken in."""
