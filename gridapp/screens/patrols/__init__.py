"""The pages of those who lead patrols: coverage, points and night rosters."""
