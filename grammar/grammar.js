/// <reference types="tree-sitter-cli/dsl" />
// @ts-check
// Facts in prose; everything else is filler. Binding is static (prec), but whether an operator
// continues a fact or is filler is left to GLR: the branch that runs into a non-number dies.

const OPS = ['=', '≈', '->', '→', '~', '<', '>', '<=', '>=', '≤', '≥', '*', '×', '/', '÷', '+', '-', '–', '..', '%', ':', '(', ')', ',', 'x', 'mod'];
export default grammar({
  name: 'designdoc',
  extras: _ => [/[ \t\u00a0]+/, /\r?\n/],
  conflicts: $ => [[$.estimate], [$._fact, $.estimate], [$._filler, $.comparison], [$.quantity, $.ratio], [$.quantity, $.range], [$._filler, $.group], [$._filler, $.quantity], ],
  rules: {
    source: $ => repeat(choice($._fact, $._filler)),
    _fact: $ => prec.dynamic(1, choice($.estimate, $.comparison, $.placement, $.quorum, $.ratio, $.range, $._expr)),
    _filler: $ => choice($.word, $.symbol, $.percentile, alias(choice(...OPS), $.symbol)),
    estimate: $ => prec.dynamic(5, seq(field('value', $._expr), repeat1(seq(field('op', choice('=', '≈', '->', '→')), field('result', $._expr))))),
    _expr: $ => choice($.sum, $._term),
    _term: $ => choice($.product, $.quantity, $.group),
    product: $ => prec.left(2, prec.dynamic(3, seq(field('left', $._term), field('op', choice('*', '×', '/', '÷', 'x')), field('right', choice($.quantity, $.group))))),
    sum: $ => prec.left(1, prec.dynamic(2, seq(field('left', $._expr), field('op', choice('+', '-')), field('right', $._term)))),
    group: $ => prec.dynamic(1, seq('(', $._expr, ')')),
    quantity: $ => prec.dynamic(1, seq(optional(field('approx', choice('~', '≈'))), field('value', $.number), optional(field('unit', $.unit)), optional(field('per', $.per)))),
    number: _ => token(prec(3, /[0-9][0-9,_]*(\.[0-9]+)?([eE][+-]?[0-9]+)?([kKMGBTP]|mn|bn)?/)),
    percentile: _ => token(prec(4, /[pP][0-9]{2,3}(\.[0-9]+)?/)),
    unit: _ => token(prec(2, choice(
      /[qrt]ps/i, 'IOPS', /[KMGTPE]i?[Bb]/, 'B', 'bytes', 'ms', 's', 'us', 'µs', 'ns', 'sec', 'secs', 'seconds', 'min', 'minutes', 'days', 'years',
      'users', 'user', 'DAU', 'MAU', 'reads', 'writes', 'requests', 'reqs', 'messages', 'msgs', 'events', 'rows', 'replicas', 'shards', 'nodes', 'partitions', '%'))),
    per: _ => token(prec(3, /\/ ?(s|sec|second|min|minute|h|hour|day|d|month|year|y|user|node|shard|request)|per (second|minute|hour|day|month|year|user|node|shard|request)/)),
    ratio: $ => prec.dynamic(4, seq(field('left', $.number), ':', field('right', $.number))),
    range: $ => prec.dynamic(4, seq(field('from', $.number), choice('–', '..', '-'), field('to', $.quantity))),
    comparison: $ => prec.dynamic(6, seq(field('left', choice($.percentile, $.word)), field('op', choice('<', '>', '<=', '>=', '≤', '≥')), field('right', $.quantity))),
    placement: $ => prec.dynamic(9, seq(field('fn', alias(token(prec(6, /(hash|crc32|murmur3)\(/)), $.fn)), field('key', $.word), ')', field('op', choice('%', 'mod')), field('buckets', choice($.word, $.number)))),
    quorum: $ => prec.dynamic(9, prec.right(seq($.assign, repeat(seq(optional(','), $.assign))))),
    assign: $ => seq(field('name', alias(token(prec(6, /[NRWQS] ?=/)), $.name)), field('value', $.number)),
    word: _ => token(/[\p{L}_][\p{L}\p{N}_'’-]*/u),
    symbol: _ => token(prec(-10, /[^\s\p{L}\p{N}]/u)),
  },
});
