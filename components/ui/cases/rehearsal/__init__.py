"""The rehearsal of a retirement: banner, proposed cases, a sample to label, whom to ask."""
