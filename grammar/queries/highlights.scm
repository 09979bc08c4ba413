; Only what is certain is coloured: the words that follow a number stay prose.

(number) @number
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

; What only looks like a number is prose.
(source (number) @none)
(lookalike (number) @none)
