"""The pages of those who do the work: grid workers, grid heads, department officers."""
