"""What the screens are built from; drawing only, no rules."""
