"""The guard: what every event, socket and request passes on its way in and out."""
