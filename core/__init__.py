"""What is true of calls, wherever they are raised and stored: rules, records and three doors."""
