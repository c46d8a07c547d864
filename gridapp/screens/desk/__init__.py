"""The pages of the operations centre: the inbox and one case beside it."""
