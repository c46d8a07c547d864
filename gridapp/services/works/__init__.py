"""Long work: asked for by a deed, taken by one process, ended with a file or a sentence."""
