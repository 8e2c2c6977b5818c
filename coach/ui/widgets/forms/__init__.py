"""The fields that forms are made of, and what stands beside them."""
