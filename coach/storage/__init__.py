"""The user's records on disk: one TinyDB file, written whole and atomically, with its backups."""
