"""The care of one's own data: the file, its backups, copies, undo, and a broken file."""
