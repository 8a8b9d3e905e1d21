"""Pure calculation: terms, measures, verdicts, budgets, credits."""
