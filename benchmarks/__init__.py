"""The measurements of tagnorm: `python -m benchmarks` runs the full tag list beside the peers."""
