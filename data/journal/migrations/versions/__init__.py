"""One file per revision, in order. A published one is never changed: the next one mends it."""
