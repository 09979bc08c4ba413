; For Helix: goes behind what it has itself in `markdown.inline/injections.scm`, as `editors/README.md` shows. Untried there.

([
  (inline)
  (emphasis)
  (strong_emphasis)
  (strikethrough)
  (link_text)
  (code_span)
] @injection.content
  (#match? @injection.content "[0-9%]| mod |[<>≤≥]")
  (#set! injection.language "designdoc")
  (#set! injection.include-unnamed-children))
