"""The tables, their versions and the migrations."""
