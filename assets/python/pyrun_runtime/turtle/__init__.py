"""The standard library's turtle graphics, drawn as SVG into the output."""
