import * as fc from 'fast-check';

const word = fc.constantFrom(
  'a',
  'b c',
  '$x',
  '"$x"',
  "'q r'",
  '$(echo s)',
  '`echo t`',
  `\${x:-d}`,
  `\${y:=e}`,
  `\${x#a}`,
  `\${x%%b*}`,
  `\${#x}`,
  '$((1+2))',
  '$((x+1))',
  '"$@"',
  '$#',
  '$?',
  '*',
  '/etc/*',
  '~',
  '\\$',
  '""',
  '{1,2}',
);

const simple = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('echo', 'printf "%s|"', 'set --', 'test', ':', 'expr'),
      fc.array(word, { maxLength: 3 }),
    )
    .map(([name, words]) => [name, ...words].join(' ')),
  fc.tuple(fc.constantFrom('x', 'y', 'IFS'), word).map(([name, value]) => `${name}=${value}`),
  fc.constantFrom(
    'true',
    'false',
    'sleep 1',
    'sleep 0.5',
    'nosuch',
    'cat /tmp/f',
    'echo w > /tmp/f',
    'echo w >> /tmp/f',
    'read x < /tmp/f',
    'exit 3',
    'return 4',
    'break',
    'continue',
    'shift',
    'wait',
    'sleep 2 &',
    'kill $!',
    'cd /tmp',
    'set -e',
    'set -u',
    'set -f',
    "trap 'echo t' EXIT",
    "trap 'echo u' USR1; kill -USR1 $$",
    'export x',
    'unset x',
    'readonly y',
    'local z=1',
    'eval "echo $x"',
    'f',
    'ls /tmp',
    'rm -f /tmp/f',
    'seq 3 | sort -r',
    'exec 3>/tmp/g; echo g >&3',
    'wget -q -O- http://web/',
    'yes | head -n 2',
    'date +%s',
    'cat <<E\n$x\nE\n',
    '',
    ')',
    'fi',
    '"',
    '$(',
    `\${`,
    '<',
    '&&',
    ';;',
  ),
);

/** Scripts from a grammar: mostly well formed, now and then broken, sometimes endless. */
export const randomScript: fc.Arbitrary<string> = fc.letrec<{ command: string; list: string }>((tie) => ({
  list: fc
    .tuple(
      tie('command'),
      fc.array(fc.tuple(fc.constantFrom('; ', '\n', ' && ', ' || ', ' | '), tie('command')), {
        maxLength: 3,
      }),
    )
    .map(([first, rest]) => first + rest.map(([join, next]) => join + next).join('')),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    tie('list').map((list) => `( ${list} )`),
    tie('list').map((list) => `{ ${list}; }`),
    fc.tuple(tie('list'), tie('list'), tie('list')).map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`),
    fc
      .tuple(tie('list'), tie('list'))
      .map(([a, b]) => `n=0; while [ $n -lt 3 ] && ${a}; do n=$((n+1)); ${b}; done`),
    fc
      .tuple(fc.array(word, { maxLength: 3 }), tie('list'))
      .map(([words, body]) => `for x in ${words.join(' ')}; do ${body}; done`),
    fc
      .tuple(word, word, tie('list'))
      .map(([a, b, body]) => `case ${a} in ${b}) ${body};; *) echo other;; esac`),
    tie('list').map((body) => `f() { ${body}; }`),
    tie('list').map((body) => `x=$(${body})`),
    tie('list').map((body) => `${body} &`),
    tie('command').map((body) => `! ${body}`),
  ),
})).list;
