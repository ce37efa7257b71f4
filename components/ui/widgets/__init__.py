"""What several pages draw alike: money, times, options, charts, the window for links."""
