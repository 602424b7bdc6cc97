"""How a store of one revision becomes one of the next; run by `whence.store.opening`, or by `whence migrate`."""
