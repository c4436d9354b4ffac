// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are bash's.
import { expect, test } from 'vitest';
import { imageOf, play } from './play.ts';

/** What bash 5.2 printed. */
test.each([
  ['items=(foo bar baz); i=1; echo ${items[$i]} ${items[i+1]} ${items[0]} $items', 'bar baz foo foo\n'],
  ['a=(x "y z" *.none); for each in "${a[@]}"; do echo "<$each>"; done', '<x>\n<y z>\n<*.none>\n'],
  ['a=(x "y z"); for each in ${a[@]}; do echo "<$each>"; done', '<x>\n<y>\n<z>\n'],
  ['a=(x y); IFS=,; echo "${a[*]}"; echo ${#a[@]} ${#a[1]}', 'x,y\n2 1\n'],
  ['a=(start); a+=(--host "$(echo h)"); a+=(--join j); echo run ${a[*]}', 'run start --host h --join j\n'],
  ['a=(); echo "${#a[@]}"; set -- "${a[@]}"; echo $#', '0\n0\n'],
  ['a[3]=d; a[1]=b; a[1]+=c; echo "${a[@]} ${!a[@]} ${a[-1]}"', 'bc d 1 3 d\n'],
  [
    'a=(one two three); echo "${a[@]:1}" "${a[@]:0:1}" "${a[@]/o/0}" "${a[@]%e}"',
    'two three one 0ne tw0 three on two thre\n',
  ],
  ['declare -a a=(1 2); f() { local b=(3 4); echo ${b[1]}; }; f; echo ${a[1]}', '4\n2\n'],
  ['a=(1 2); a=9; echo "${a[@]}"; unset a; echo "[${a[@]}]"', '9 2\n[]\n'],
  ['a=x; echo ${a[0]} ${a[@]} "${a[1]:-none}"; a=(${a[@]} y); echo ${#a[@]}', 'x x none\n2\n'],
  ['[[ mysql-2 =~ -([0-9]+)$ ]] || exit 1; echo "${BASH_REMATCH[1]} $BASH_REMATCH"', '2 -2\n'],
  ['[[ a =~ b ]]; echo $? "${#BASH_REMATCH[@]}"', '1 0\n'],
])('bash: %s', (script, stdout) => {
  expect(play({ argv: ['bash', '-c', script], image: imageOf('debian') })).toMatchObject({
    stdout,
    exit: { code: 0 },
  });
});

test('what of arrays is not simulated is said, and in other shells there are none', () => {
  const said = (shell: string, script: string) =>
    play({ argv: [shell, '-c', script], image: imageOf('debian') });
  expect(said('bash', 'declare -A m=([k]=v)').stderr).toContain('associative arrays are not simulated');
  expect(said('bash', 'a=([2]=x)').stderr).toContain('with an index in an array are not simulated');
  expect(said('sh', 'a=(x)').stderr).toContain('syntax error');
});
