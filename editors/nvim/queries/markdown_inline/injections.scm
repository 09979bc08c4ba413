; extends
; Numbers and notations in the prose of Markdown, read by the grammar of this repository. Without its parser this does nothing.

((inline) @injection.content
  (#set! injection.language "designdoc")
  (#set! injection.include-children))
