"""The server around the pages: its own routes, headers, cookies, health, draining, the front
door."""
