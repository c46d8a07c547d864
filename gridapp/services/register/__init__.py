"""The register: buildings, households, shops, enterprises, places and building codes (登记簿)."""
