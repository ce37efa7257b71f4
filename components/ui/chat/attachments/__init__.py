"""Images on their way into a question: tray, cards, addresses, PDFs, camera."""
