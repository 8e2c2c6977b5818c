"""Files in and out: score reports, whole histories."""
