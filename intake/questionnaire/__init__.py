"""What a questionnaire is, and the intake as the first one."""
