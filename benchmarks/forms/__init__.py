"""Reports put into the forms in which users have them, to see that each form reads as the plain text does."""
