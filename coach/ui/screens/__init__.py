"""The mode screens and the forms that open over them."""
