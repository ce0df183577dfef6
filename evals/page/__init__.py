"""What does one page say of all that was measured? Plots, and the figures behind them."""
