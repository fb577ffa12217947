"""Sphinx's settings for the documentation site; `build.py` prepares what Sphinx reads."""

from __future__ import annotations

from curator import __version__

project = "curator"
author = "The curator developers"
copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
root_doc = "index"
myst_heading_anchors = 3
nitpicky = True
# Annotations name types of packages whose documentation is not read here: that would need the network.
nitpick_ignore_regex = [(r"py:.*", r".*")]

autodoc_member_order = "bysource"
# The Rubin stack is not needed to build the pages.
autodoc_mock_imports = ["lsst"]
numpydoc_show_class_members = False

html_theme = "furo"
html_title = f"curator {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
# Summaries are fetched, which browsers refuse for pages that are opened as files.
html_show_search_summary = False
