"""From the bytes of a reply to text, reasoning, pictures and usage."""
