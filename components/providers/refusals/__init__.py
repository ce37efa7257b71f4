"""What an endpoint's error means, and what is asked in another way after one."""
