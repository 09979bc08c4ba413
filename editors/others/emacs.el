;;; Emacs opens a design with the snippet of editors/README.md: diagnostics, hover, a quick fix, silence on a README.  -*- lexical-binding: t -*-

(require 'cl-lib)
(package-initialize)
(require 'markdown-mode)
(require 'eglot)

(defvar t-passed 0)
(defvar t-failed 0)

(defun t-ok (holds what &optional seen)
  "Say whether WHAT HOLDS, and what was SEEN where it does not."
  (if holds (cl-incf t-passed) (cl-incf t-failed))
  (princ (format "  %s  %s%s\n" (if holds "ok  " "FAIL") what (if (or holds (not seen)) "" (format ": %S" seen)))))

(defun t-wait (come)
  "Wait for COME to give something, and give that."
  (with-timeout (30 nil)
    (let (it)
      (while (not (setq it (funcall come)))
        ;; Timers that wait for idleness do not run in batch mode: this is what they would do.
        (when eglot--managed-mode (eglot--signal-textDocument/didChange))
        (accept-process-output nil 0.05))
      it)))

(defun t-open (path)
  "Open PATH as a person does, and give its buffer once a server serves it."
  (let ((buffer (find-file-noselect path)))
    (switch-to-buffer buffer)
    ;; In batch mode no command is run, and so nothing after one.
    (run-hooks 'post-command-hook)
    (t-ok (t-wait (lambda () (and eglot--managed-mode (eglot-current-server)))) (format "%s is served" (buffer-name)))
    (flymake-start)
    buffer))

(defun t-codes ()
  "The messages of all diagnostics of this buffer."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun t-finding ()
  "The diagnostic that asks how the cache learns of changes."
  (cl-find-if (lambda (it) (string-match-p "How does this cache learn" (flymake-diagnostic-text it))) (flymake-diagnostics)))

(condition-case problem
    (progn
      (load (getenv "SNIPPET") nil t)
      (with-current-buffer (t-open (expand-file-name "shop.md" (getenv "WORKSPACE")))
        (let ((finding (t-wait #'t-finding)))
          (t-ok finding "the cache is asked how it learns of changes" (t-codes))
          (t-ok (equal (buffer-substring (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)) "Redis")
                "it stands at the cache, behind wide letters")
          (goto-char (flymake-diagnostic-beg finding))
          (let (note)
            (eglot-hover-eldoc-function (lambda (text &rest _) (setq note text)))
            (t-wait (lambda () note))
            (t-ok (and note (string-match-p "✗ How does this cache learn" note)) "a hover shows the note, with the follow-ups" note))
          (cl-letf* ((offered nil)
                     ;; As if typed: without an event Eglot would open a menu for the mouse.
                     (last-nonmenu-event ?x)
                     ((symbol-function 'completing-read)
                      (lambda (_ choices &rest _)
                        (setq offered (mapcar (lambda (it) (if (consp it) (car it) it)) choices))
                        "Insert the invalidation checklist")))
            (call-interactively #'eglot-code-actions)
            (t-ok (member "Insert the invalidation checklist" offered) "a quick fix is offered" offered))
          (t-ok (t-wait (lambda () (save-excursion (goto-char (point-min)) (search-forward "- [ ] " nil t)))) "it inserts the checklist")
          (t-ok (t-wait (lambda () (let ((it (t-finding))) (and it (string-match-p "Still blank" (flymake-diagnostic-text it))))))
                "the finding says what is still blank" (t-codes))
          (goto-char (point-min))
          (search-forward "front of Postgres")
          (insert "; saving a price deletes its key")
          (t-ok (t-wait (lambda () (and (not (t-finding)) (flymake-diagnostics)))) "an answer clears it" (t-codes)))
        (set-buffer-modified-p nil))
      (with-current-buffer (t-open (expand-file-name "README.md" (getenv "WORKSPACE")))
        (sit-for 1)
        (accept-process-output nil 1)
        (t-ok (not (flymake-diagnostics)) "a README shows nothing" (t-codes))
        (eglot-shutdown (eglot-current-server))))
  (error (t-ok nil "it runs to its end" problem)))

(princ (format "%d passed, %d failed\n" t-passed t-failed))
(kill-emacs (if (and (> t-passed 0) (= t-failed 0)) 0 1))
