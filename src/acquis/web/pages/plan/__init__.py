"""The pages of the organizer: import, edit and publish a programme, issue passes."""
