"""Libraries that several people keep: what differs between two states, and git set up for them."""
