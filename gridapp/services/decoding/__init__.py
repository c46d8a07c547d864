"""Foreign bytes are decoded here: in processes that can reach nothing and may use only so much."""
