"""Surveys after a resolution: whom one is offered, and what they answer."""
