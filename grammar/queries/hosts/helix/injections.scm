; For Helix: `~/.config/helix/runtime/queries/markdown.inline/injections.scm`. Untried there.
; inherits: markdown.inline

((inline) @injection.content
  (#match? @injection.content "[0-9%]| mod ")
  (#set! injection.language "designdoc")
  (#set! injection.include-unnamed-children))
