/**
 * @file Numbers and notations of design documents: quantities, estimates, placement, quorums.
 * @license MIT OR Apache-2.0
 */
/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const SPACE = '\\s\\u00a0\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff';
const LETTERS = '[\\p{L}_][\\p{L}\\p{N}_]*';
// SHA-256 is a word, and so is v1:2. But two letters before a digit may be a unit: 10k-50k, 200ms-300ms.
const WORD = `${LETTERS}|${LETTERS}([-'’.:]${LETTERS})+([-'’.:][\\p{L}\\p{N}_]+)*|[\\p{L}_][\\p{L}\\p{N}_][\\p{L}\\p{N}_]+([-'’.:][\\p{L}\\p{N}_]+)*|v[0-9]+([.:-][0-9]+)*`;

const NUMBER = [
  /[0-9]+(\.[0-9]+)?|\.[0-9]+/,
  /[0-9]{1,3}([,_][0-9]{3})+(\.[0-9]+)?/, // 3,000 and 1_000_000
  /[0-9]{1,3}([ \u00a0\u2009\u202f][0-9]{3})+/, // 86 400
  /[0-9]{1,2}(,[0-9]{2})+,[0-9]{3}/, // 10,00,000
  /[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+/,
  /[0-9]+((\^|\*\*)[0-9]+|[⁰¹²³⁴-⁹]+)/, // 10^9
];

// What looks like one, and is longer: the lexer prefers the longest, so these never reach the rules for numbers.
const LOOKALIKES = [
  /[0-9]+\.[0-9]+(\.[0-9]+)+([-+:][\p{L}\p{N}.]+)?/u, // 1.2.3-rc1, 10.0.0.50:6379
  /[0-9]+(\.[0-9]+)?-(alpha|beta|rc)[0-9.]*/,
  /[0-9]{4}-[0-9]{2}(-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?)?/, // 2024-06-02T10:30:00Z
  /[0-9]{1,2}[\/.][0-9]{1,2}[\/.][0-9]{2,4}/,
  /[0-9]{1,2}\/[0-9]{1,2}/, // 24/7, 50/50
  /[0-9]{1,2}:[0-5][0-9](:[0-9]{2})*/, // 10:30
  /[0-9]{4,5}:[0-9]{2,5}/, // 8080:80
  /[0-9]+[-–][0-9]+([-–][0-9]+)+/, // 978-3-16-148410-0
  /[0-9]+(,[0-9]+)+/, // 1,5 and 1,2,3
  /[0-9]{1,3}( [0-9]{3})* [0-9]{4}[0-9]*/, // 5 1000
  /#[0-9A-Fa-f]+/,
  /(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? [0-9]{1,2}(st|nd|rd|th)?(,? [0-9]{4})?/,
  /(HTTP|RFC|ISO|ISBN|TLS|PR|[Pp]ort|[Vv]ersion|[Ii]ssue|[Pp]age|[Ll]ine)[ \/:]#?[0-9][0-9.-]*/,
  /([Ss]tep|[Ss]tage|[Pp]hase|[Ss]ection|[Cc]hapter|[Ff]igure|[Tt]able|[Oo]ption|[Ll]evel|[Ll]ayer|[Tt]ier|[Nn]ode|[Ss]hard|[Tt]ransaction)s? [0-9][0-9.–-]*/,
];

// A year stands for itself, unless a unit follows.
const YEAR = /19[5-9][0-9]|20(0[1-9]|[1-3][0-9])/;

const MAGNITUDE = [/[kKMGTP]/, /bn|mn|mil|thousand|(m|b|tr)illions?/i];

// A letter alone keeps its case: `m` is a minute and `M` a million. `B` is a rule of its own, below.
const UNIT = [
  /[smhdwy]|[KMGTPE]i/,
  /ns|[uµμ]s|ms(ecs?)?|secs?|mins?|hrs?|yrs?|mo|(nano|micro|milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?/i,
  /[kmgtpe]i?b|(kilo|mega|giga|tera|peta)?bytes?|[kmgt]?bits?|[kmgt]?bps/i,
  /[qrt]ps|i?ops|rpm|percent/i,
];

// They end what is counted. No word of any subject is here.
const SMALL = new RegExp('(' + [
  'a|an|the|and|or|but|not|no|if|then|than|so|as|at|by|for|from|in|into|of|off|on|onto|out|over|to|up|with|without|within|via|per',
  'is|are|was|were|be|been|has|have|had|can|could|may|must|should|will|would|do|does|did|it|its|we|our|you|they|their|this|that|these|those',
  'which|who|when|while|where|because|before|after|between|during|under|above|below|until|across|about|through|only|each|every|all|any|both',
].join('|') + ')');

const TIMES = ['*', '×', '·', 'x'];
const OVER = ['/', '÷'];
const EQUALS = ['=', '≈', '~=', '=>', '->', '→', '⇒'];
const COMPARES = ['<', '<=', '≤', '>', '>=', '≥'];
const MARKS = [...TIMES, ...OVER, ...EQUALS, ...COMPARES, '+', '-', '–', '..', '…', '%', ':', ',', '(', ')', '~', '$', '€', '£'];

// Where an operator belongs to a fact and where to the prose is left to GLR: a branch that meets no operand dies.
export default grammar({
  name: 'designdoc',

  extras: _ => [new RegExp(`[${SPACE}]+`)],

  conflicts: $ => [
    // Prose, or the beginning of a fact, or its next part?
    ...[$._expression, $._operand, $._bare, $.inequality, $.assignment, $.placement, $.ratio, $._priced, $.group, $.comparison, $.estimate]
      .map(fact => [$._filler, fact]),
    [$._filler, $.quantity, $._bare],
    [$._filler, $.quantity, $._bound],
    [$._filler, $.quantity, $._price],
    [$.quantity, $.lookalike],
    [$.estimate],
    [$.quorum],
    // A fact of its own, or a part of a longer one?
    [$._fact, $._simple],
    [$._fact, $._compound],
    [$._compound, $._operand],
    [$._expression, $._operand],
    [$.estimate, $._simple],
    [$.estimate, $._expression],
    // A quantity, or where a range begins?
    [$.quantity, $._bare],
    [$.quantity, $._bound],
    [$.quantity, $._price],
    [$._measure, $._bound],
    [$._amount, $._bound],
    [$._amount, $._price],
    [$._filler, $._bound, $._bare],
    [$._filler, $._bound],
    [$._filler, $.quantity, $._bound, $._bare],
    [$._bound, $._bare],
    [$.quantity, $._bound, $._bare],
  ],

  rules: {
    source: $ => repeat(choice($._fact, $._filler)),

    _fact: $ => choice($.quantity, $.product, $.range, $.comparison, $.ratio, $.estimate, $.placement, $.quorum),

    _filler: $ => choice(
      $.word, $.variable, $.percentile, $.lookalike, $.number,
      alias(choice(...MARKS, $._hyphen, $._glued_plus, $._fold), $.symbol), alias(choice('to', 'of', 'mod', $._small), $.word), $.per, $.symbol,
    ),

    // 3,000 daily users; 1.2 B events/day; ~$50; 100k+; 52 min downtime/year
    quantity: $ => prec.dynamic(1, prec.right(choice(
      prec.dynamic(1, seq(field('approx', '~'), $._amount, optional($._measure))),
      seq($._priced, optional($._measure)),
      seq($._scaled, optional($._measure)),
      // A unit or a word behind a number is its own: only here no second way is tried, and that is most of the speed.
      prec(1, seq(field('value', $.number), $._measure)),
      seq(field('value', $.number), $._plus, $._measure),
      seq(field('value', $.number), $._hyphen, choice(field('unit', $.unit), field('thing', $.thing))),
      prec.dynamic(4, seq(field('value', $.number), field('times', $._fold), $._things)),
      prec.dynamic(1, seq(field('value', $.number), field('magnitude', alias($._b, $.magnitude)), $._things)),
      seq(field('value', alias($._year, $.number)), field('unit', $.unit), repeat(field('per', $.per))),
    ))),
    _amount: $ => choice(field('value', $.number), $._scaled, $._priced),
    _priced: $ => prec.right(seq(field('currency', choice('$', '€', '£')), field('value', $.number), optional($._scale), optional($._plus))),
    _scaled: $ => prec.right(1, seq(field('value', $.number), $._scale, optional($._plus))),
    _scale: $ => field('magnitude', $.magnitude),
    _plus: $ => field('plus', alias($._glued_plus, '+')),
    _measure: $ => prec.right(choice(
      seq(field('unit', $.unit), optional(choice($._things, $._pers))),
      seq(field('unit', alias($._b, $.unit)), optional($._pers)),
      $._things,
      $._pers,
    )),
    _things: $ => prec.right(seq(field('thing', $.thing), optional($._pers))),
    _pers: $ => repeat1(field('per', $.per)),

    magnitude: $ => choice($._glued_magnitude, $._spaced_magnitude),
    _b: $ => choice($._glued_b, 'B'),
    unit: $ => choice($._glued_unit, $._spaced_unit, '%'),
    thing: $ => prec.right(seq(choice($.word, alias($._identifier, $.word)), optional(seq($.word, optional($.word))))),

    // 80–95 %; 0 - 10K MAU
    range: $ => prec.dynamic(9, choice(
      seq(field('from', alias($._bound, $.quantity)), $._to, field('to', $.quantity)),
      seq(field('from', alias($._price, $.quantity)), $._to, field('to', alias($._bare, $.quantity))),
    )),
    _to: $ => choice($._hyphen, '-', '–', '..', '…', 'to'),
    _bound: $ => seq(optional(field('approx', '~')), choice(field('value', $.number), $._scaled), optional(field('unit', $.unit))),
    _price: $ => seq(optional(field('approx', '~')), $._priced),
    _simple: $ => choice($.quantity, alias($._bare, $.quantity)),
    _bare: $ => field('value', $.number),

    // p99 < 200 ms; CPU > 70 %
    comparison: $ => prec.dynamic(6, seq(
      choice(
        seq(optional(field('left', choice($.word, $.variable))), field('op', choice(...COMPARES))),
        seq(field('left', $.percentile), optional(field('about', $.thing)), field('op', choice(...COMPARES, ':', '=', 'of'))),
      ),
      field('right', choice($.product, $._operand, $.range)),
    )),

    // reads:writes = 100:1
    ratio: $ => prec.dynamic(6, seq(
      optional(seq(field('names', $.word), choice('=', ':', 'of', '≈'))),
      field('left', $.number), ':', field('right', $.number),
    )),

    // Three results at most: a chain without an end would have too many beginnings.
    // 100M users × 10 reads/day ÷ 86 400 s ≈ 11.6k reads/s
    estimate: $ => seq(
      choice(
        seq(field('left', $._expression), $._result),
        prec.dynamic(5, seq(field('op', choice('=', '≈')), field('result', choice($.quantity, $._compound, $.range)))),
      ),
      optional(seq($._result, optional($._result))),
    ),
    _result: $ => prec.dynamic(6, seq(field('op', choice(...EQUALS)), field('result', choice($._expression, $.range)))),
    _expression: $ => choice($._compound, $._simple, $.lookalike),
    _compound: $ => choice($.sum, $.product, $.group),
    _operand: $ => choice($._simple, $.lookalike, $.group),
    sum: $ => sum($, $._expression, choice($.product, $._operand)),
    product: $ => product($, choice($.product, $._operand), $._operand),
    _times_a_million: $ => field('magnitude', alias($._spaced_magnitude, $.magnitude)),
    // One level of parentheses: prose nests them for other reasons, and each level would double the ways to read it.
    group: $ => prec.right(seq('(', field('inside', $._inner_expression), ')', optional($._measure))),
    _inner_expression: $ => choice(alias($._inner_sum, $.sum), $._inner_term),
    _inner_term: $ => choice(alias($._inner_product, $.product), $._simple),
    _inner_sum: $ => sum($, $._inner_expression, $._inner_term),
    _inner_product: $ => product($, $._inner_term, $._simple),

    // hash(user_id) % N; user_id mod 4
    placement: $ => prec.dynamic(9, choice(
      seq(field('fn', choice($.word, $.variable)), '(', field('key', $.key), ')', field('op', choice('%', 'mod')), field('buckets', choice($.word, $.variable, $.number))),
      seq(field('key', alias(choice($.word, $.variable), $.key)), field('op', choice('%', 'mod')), field('buckets', choice($.variable, $.number))),
      seq(field('key', alias($.variable, $.key)), field('op', choice('%', 'mod')), field('buckets', $.word)),
    )),
    key: $ => seq(choice($.word, $.variable), repeat(seq(choice(',', '+', ':'), choice($.word, $.variable)))),

    // N=3, W=2, R=2; R + W > N
    quorum: $ => choice(seq($.assignment, optional(seq($._another, optional($._another)))), $.inequality),
    _another: $ => prec.dynamic(1, seq(optional(','), $.assignment)),
    assignment: $ => prec.dynamic(7, seq(field('name', $.variable), '=', field('value', choice($.number, $.variable, $.word)))),
    inequality: $ => prec.dynamic(7, seq(
      field('left', $.variable), choice('+', $._glued_plus), field('right', choice($.variable, $.word)),
      field('op', choice(...COMPARES)), field('total', choice($.variable, $.word, $.number)),
    )),

    // Of two tokens that are equally long, the one that stands first here is taken.
    _year: _ => YEAR,
    number: _ => token(choice(...NUMBER)),
    _glued_b: _ => token.immediate('B'),
    _glued_unit: _ => token.immediate(choice(...UNIT)),
    _glued_magnitude: _ => token.immediate(choice(...MAGNITUDE)),
    _tail: _ => token.immediate(new RegExp(WORD, 'u')),
    _spaced_unit: _ => token(choice(...UNIT)),
    _spaced_magnitude: _ => token(choice(...MAGNITUDE)),
    _hyphen: _ => token.immediate('-'),
    _glued_plus: _ => token.immediate('+'),
    _fold: _ => choice(token.immediate('x'), token.immediate('×')),
    per: _ => token(choice(
      new RegExp(`(/[ \\u00a0\\u202f]?|[Pp]er[${SPACE}]+)${LETTERS}`, 'u'),
      new RegExp(`(an?|each|every)[${SPACE}]+(sec(ond)?|min(ute)?|hour|day|week|month|year)`),
    )),
    _small: _ => SMALL,
    percentile: _ => /[pP][0-9]{2,3}(\.[0-9]+)?|[0-9]{2}(\.[0-9]+)?th percentile/,
    variable: $ => choice($._letters, $._identifier),
    _letters: _ => /[A-Z]{1,2}/,
    _identifier: _ => /[a-z]+(_[a-z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*/,
    word: _ => new RegExp(WORD, 'u'),
    lookalike: $ => choice($._lookalike, seq($.number, $._tail), $._year),
    _lookalike: _ => token(choice(...LOOKALIKES)),
    symbol: _ => token(prec(-1, new RegExp(`[^${SPACE}\\p{L}0-9]`, 'u'))),
  },
});

function sum($, left, right) {
  return prec.left(1, prec.dynamic(8, seq(field('left', left), field('op', choice($._glued_plus, '+', $._hyphen, '-')), field('right', right))));
}

function product($, left, right) {
  return prec.left(2, prec.dynamic(8, seq(
    field('left', left),
    choice(
      seq(field('op', choice(...TIMES, ...OVER, $._fold)), field('right', right)),
      seq(field('op', choice(...TIMES)), field('right', alias($._times_a_million, $.quantity))),
    ),
  )));
}
