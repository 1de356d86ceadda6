"""Pure rules of loans: schedules, days, what is overdue, who may borrow how much."""
