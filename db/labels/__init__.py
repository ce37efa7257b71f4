"""Labels: of answers in chats, and the accepted answers of comparisons."""
