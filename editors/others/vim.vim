" Vim opens a design with the snippet of editors/README.md: diagnostics, hover, a quick fix, silence on a README.

let s:passed = 0
let s:failed = 0

func s:say(text)
  call writefile([a:text], $OUT, 'a')
endfunc

func s:ok(holds, what, seen = v:null)
  if a:holds
    let s:passed += 1
    call s:say('  ok    ' .. a:what)
  else
    let s:failed += 1
    call s:say('  FAIL  ' .. a:what .. ': ' .. string(a:seen))
  endif
endfunc

" Waits for something to come true, and says whether it did.
func s:wait(Come)
  for _ in range(600)
    if a:Come()
      return 1
    endif
    sleep 50m
  endfor
  return 0
endfunc

func s:findings()
  return get(get(g:ale_buffer_info, bufnr(), {}), 'loclist', [])
endfunc

func s:finding()
  return get(filter(copy(s:findings()), {_, it -> it.text =~# 'How does this cache learn'}), 0, {})
endfunc

func s:preview()
  for window in range(1, winnr('$'))
    if getwinvar(window, '&previewwindow')
      return join(getbufline(winbufnr(window), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunc

func s:run()
  edit $WORKSPACE/shop.md
  call s:ok(&filetype ==# 'markdown', 'shop.md is Markdown', &filetype)
  call s:ok(s:wait({-> !empty(s:finding())}), 'the cache is asked how it learns of changes', s:findings())
  let finding = s:finding()
  call s:ok(get(finding, 'type', '') ==# 'W', 'it is a warning', finding)
  let marked = strpart(getline(get(finding, 'lnum', 1)), get(finding, 'col', 1) - 1, 5)
  call s:ok(marked ==# 'Redis', 'it stands at the cache', marked)

  call cursor(finding.lnum, finding.col)
  ALEHover
  call s:ok(s:wait({-> s:preview() =~# '✗ How does this cache learn'}), 'a hover shows the note, with the follow-ups', s:preview())
  pclose

  " The first of the menu: the fix that an editor applies when it is asked to simply fix it.
  call test_feedinput("1\<CR>")
  ALECodeAction
  call s:ok(s:wait({-> search('- \[ \] ', 'nw') > 0}), 'a quick fix inserts a checklist', getline(1, '$'))
  " Nothing is typed here, so ALE is not told by Vim that the text is new.
  call ale#Queue(0)
  call s:ok(s:wait({-> !empty(filter(copy(s:findings()), {_, it -> it.text =~# 'Still blank'}))}), 'a finding says what is still blank', s:findings())

  %s/front of Postgres\./front of Postgres; saving a price deletes its key./
  call ale#Queue(0)
  call s:ok(s:wait({-> empty(s:finding()) && !empty(s:findings())}), 'an answer clears it', s:findings())

  edit! $WORKSPACE/README.md
  sleep 1
  call s:ok(empty(s:findings()), 'a README shows nothing', s:findings())
endfunc

try
  call s:run()
catch
  call s:ok(0, 'it runs to its end', v:exception .. ' at ' .. v:throwpoint)
endtry
call s:say(printf('%d passed, %d failed', s:passed, s:failed))
qall!
