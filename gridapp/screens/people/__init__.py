"""The administrators' pages of people, posts, departments, permissions and audit."""
