"""Tables taken out in the browser: asked for by a deed, written as long work."""
