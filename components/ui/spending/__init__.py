"""What may be spent and what was, on the pages.

meter    how full the limits are, under the composer
mine     on the history page: what goes when, room on disk, all of one's own out or away
view     the usage page; charts: its charts
room     what a message and a session may hold in memory
"""
