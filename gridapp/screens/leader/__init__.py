"""The pages of leaders: computed figures."""
