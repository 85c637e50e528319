"""What runs examples for a proof: Node, this computer's Python, a browser."""
