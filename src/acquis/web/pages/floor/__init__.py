"""The page of participants: join, raise a hand, the queue."""
