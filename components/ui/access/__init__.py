"""Who this run is for, signing in and out, and the admins' page of people."""
