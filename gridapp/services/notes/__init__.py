"""Notes jotted down at a place (随手记), and what becomes of them."""
