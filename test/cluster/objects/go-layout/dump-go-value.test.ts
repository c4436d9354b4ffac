import { expect, test } from 'vitest';
import { dumpGoValue } from '../../../../src/cluster/objects/go-layout/dump-go-value.ts';

test.each`
  what                                       | type                    | value                               | dump
  ${'a field that is absent is a zero'}      | ${'v1.ContainerPort'}   | ${{ containerPort: 80 }}            | ${'{Name:(string) HostPort:(int32)0 ContainerPort:(int32)80 Protocol:(v1.Protocol) HostIP:(string)}'}
  ${'a pointer says what it leads to'}       | ${'v1.KeyToPath'}       | ${{ key: 'a', path: 'b', mode: 0 }} | ${'{Key:(string)a Path:(string)b Mode:(*int32)0}'}
  ${'a pointer to nothing is nil'}           | ${'v1.KeyToPath'}       | ${{ key: 'a', path: 'b' }}          | ${'{Key:(string)a Path:(string)b Mode:(*int32)<nil>}'}
  ${'an embedded struct stands by its type'} | ${'v1.SecretEnvSource'} | ${{ name: 's', optional: true }}    | ${'{LocalObjectReference:(v1.LocalObjectReference){Name:(string)s} Optional:(*bool)true}'}
  ${'a port by number'}                      | ${'v1.TCPSocketAction'} | ${{ port: 8080 }}                   | ${'{Port:(intstr.IntOrString){Type:(intstr.Type)0 IntVal:(int32)8080 StrVal:(string)} Host:(string)}'}
  ${'a port by name'}                        | ${'v1.TCPSocketAction'} | ${{ port: 'web' }}                  | ${'{Port:(intstr.IntOrString){Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)web} Host:(string)}'}
  ${'a list'}                                | ${'v1.ExecAction'}      | ${{ command: ['sh', '-c'] }}        | ${'{Command:([]string)[sh -c]}'}
  ${'what is empty is nil'}                  | ${'v1.ExecAction'}      | ${{ command: [] }}                  | ${'{Command:([]string)<nil>}'}
  ${'keys of a map are sorted by code'}      | ${'map[string]string'}  | ${{ b: '1', a: '2', B: '3' }}       | ${'map[B:3 a:2 b:1]'}
`('$what', ({ type, value, dump }) => {
  expect(dumpGoValue(value, type, 36)).toBe(`(${type})${dump}`);
});

test.each`
  minor | dump
  ${22} | ${'{PostStart:(*v1.Handler)<nil> PreStop:(*v1.Handler)<nil>}'}
  ${23} | ${'{PostStart:(*v1.LifecycleHandler)<nil> PreStop:(*v1.LifecycleHandler)<nil>}'}
  ${33} | ${'{PostStart:(*v1.LifecycleHandler)<nil> PreStop:(*v1.LifecycleHandler)<nil> StopSignal:(*v1.Signal)<nil>}'}
`('a structure is as 1.$minor had it', ({ minor, dump }) => {
  expect(dumpGoValue({}, 'v1.Lifecycle', minor)).toBe(`(v1.Lifecycle)${dump}`);
});

const INTEGER = (value: string, scale: number, kept: string, format: string) =>
  `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} ` +
  `d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${kept} Format:(resource.Format)${format}}`;

/** By apimachinery's ParseQuantity: what fits 64 bits surely is an integer, and canonical text is kept. */
test.each`
  text       | value              | scale | kept       | format
  ${'0'}     | ${'0'}             | ${0}  | ${'0'}     | ${'DecimalSI'}
  ${'100m'}  | ${'100'}           | ${-3} | ${'100m'}  | ${'DecimalSI'}
  ${'2'}     | ${'2'}             | ${0}  | ${'2'}     | ${'DecimalSI'}
  ${'1000'}  | ${'1000'}          | ${0}  | ${''}      | ${'DecimalSI'}
  ${'1.5'}   | ${'15'}            | ${-1} | ${''}      | ${'DecimalSI'}
  ${'100Mi'} | ${'104857600'}     | ${0}  | ${'100Mi'} | ${'BinarySI'}
  ${'128Mi'} | ${'134217728'}     | ${0}  | ${''}      | ${'BinarySI'}
  ${'1Ti'}   | ${'1099511627776'} | ${0}  | ${'1Ti'}   | ${'BinarySI'}
  ${'12e6'}  | ${'12'}            | ${6}  | ${'12e6'}  | ${'DecimalExponent'}
  ${'-5k'}   | ${'-5'}            | ${3}  | ${'-5k'}   | ${'DecimalSI'}
`('the quantity $text', ({ text, value, scale, kept, format }) => {
  expect(dumpGoValue(text, 'resource.Quantity', 36)).toBe(
    `(resource.Quantity)${INTEGER(value, scale, kept, format)}`,
  );
});

test.each`
  text       | words                          | format
  ${'1Pi'}   | ${'2882303761517117440 61035'} | ${'BinarySI'}
  ${'1.5Ki'} | ${'1536000000000'}             | ${'BinarySI'}
  ${'1.5n'}  | ${'2'}                         | ${'DecimalSI'}
`('the quantity $text has too many digits for an integer: billionths', ({ text, words, format }) => {
  const dump = dumpGoValue(text, 'resource.Quantity', 36);
  expect(dump).toContain(
    `(*inf.Dec){unscaled:(big.Int){neg:(bool)false abs:(big.nat)[${words}]} scale:(inf.Scale)9}`,
  );
  expect(dump).toContain(`Format:(resource.Format)${format}`);
});
