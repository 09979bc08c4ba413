;; extends
; For Neovim: `after/queries/markdown_inline/injections.scm`. The prose of a paragraph, an item or a cell is read by this grammar as well.

((inline) @injection.content
  (#match? @injection.content "[0-9%]| mod ")
  (#set! injection.language "designdoc"))

((code_span) @injection.content
  (#match? @injection.content "[0-9%]| mod ")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "designdoc"))
