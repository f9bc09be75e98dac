"""Measurements of speed and size, and the synthetic news that they are made on."""
