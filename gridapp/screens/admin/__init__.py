"""The pages of the administrators: the street's registry, its people, its rules, its prints."""
