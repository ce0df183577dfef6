"""One benchmark a file; each yields figures. Baselines run beside them, in the same run."""
