"""What is filled in: reports, appointments, practice, terms, and the exam picker."""
