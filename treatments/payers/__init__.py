"""What a payer asks before a treatment, held against one person's answers and what is shown of them; pure."""
