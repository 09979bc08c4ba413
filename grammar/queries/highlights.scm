; Only what is certain is coloured: a number by itself, and the words that follow one, stay prose. That is said by naming what is coloured, since not
; every editor can take a colour off again.

(quantity value: (number) @number)
(ratio left: (number) @number right: (number) @number)
(assignment value: (number) @number)
(inequality total: (number) @number)
(placement buckets: (number) @number)
(magnitude) @number
(quantity currency: _ @number)
(percentile) @constant.builtin

(unit) @type
(quantity per: (per) @type)
(group unit: (unit) @type)
(group per: (per) @type)

(comparison op: _ @operator)
(product op: _ @operator)
(sum op: _ @operator)
(estimate op: _ @operator)
(placement op: _ @operator)
(inequality op: _ @operator)
(inequality "+" @operator)
(assignment "=" @operator)
(ratio ":" @operator)

(placement fn: _ @function)
(placement key: (key) @variable.parameter)
(placement buckets: [(word) (variable)] @variable)
(assignment name: (variable) @variable)
(assignment value: [(word) (variable)] @variable)
(inequality [(word) (variable)] @variable)
