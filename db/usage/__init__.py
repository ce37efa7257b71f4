"""Requests and what they spend: reserved before they leave, settled after."""
