"""One's own data in rows: file, backups, two versions of one thing, ways out."""
