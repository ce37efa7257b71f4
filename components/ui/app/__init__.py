"""Around every page: frame, sidebar, navigation, language, the net for errors, blocks."""
