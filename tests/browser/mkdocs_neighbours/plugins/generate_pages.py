"""Writes a page and a data file, as sites do that have a page for every module or every release."""

import mkdocs_gen_files

with mkdocs_gen_files.open("generated/numbers.txt", "w") as numbers:
    numbers.write("40\n2\n")

with mkdocs_gen_files.open("generated/page.md", "w") as page:
    page.write("# Generated\n\n")
    page.write('```pyrun files="numbers.txt"\nprint(sum(map(int, open("numbers.txt"))))\n```\n')

with mkdocs_gen_files.open("SUMMARY.md", "w") as summary:
    summary.write("- [Macros](index.md)\n- [Reference](reference.md)\n- [Generated](generated/page.md)\n")
