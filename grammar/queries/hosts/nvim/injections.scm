;; extends
; For Neovim: `queries/markdown_inline/injections.scm`. The prose of a paragraph, an item or a cell is read by this grammar as well, and what is
; emphasised, linked or code in it; addresses and HTML are not.

([
  (inline)
  (emphasis)
  (strong_emphasis)
  (strikethrough)
  (link_text)
  (code_span)
] @injection.content
  (#match? @injection.content "[0-9%]| mod |[<>≤≥]")
  (#set! injection.language "designdoc"))
