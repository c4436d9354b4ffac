import { describe, expect, test } from 'vitest';
import { createErrors, objectOf } from './new-objects.ts';

describe('Endpoints', () => {
  const endpoints = (subset: object): readonly string[] =>
    createErrors(objectOf('Endpoints', { subsets: [subset] }));
  const addresses = [{ ip: '192.0.2.1' }];

  test.each<[object, ...string[]]>([
    [{ addresses, ports: [{ port: 80, protocol: 'TCP' }] }],
    [{ ports: [] }, 'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`'],
    [
      { addresses: [{ ip: 'db' }] },
      'subsets[0].addresses[0].ip: Invalid value: "db": must be a valid IP address',
    ],
    [
      { addresses: [{ ip: '169.254.169.254' }] },
      'subsets[0].addresses[0].ip: Invalid value: "169.254.169.254": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ],
    [
      { addresses, ports: [{ port: 0, protocol: 'TCP' }] },
      'subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
  ])('%j', (subset, ...errors) => {
    expect(endpoints(subset)).toEqual(errors);
  });
});

describe('the addresses of a Service', () => {
  const service = (spec: object): readonly string[] =>
    createErrors(objectOf('Service', { spec: { ports: [{ port: 80 }], ...spec } }));

  test.each<[object, ...string[]]>([
    [{ clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'], externalIPs: ['192.0.2.1'] }],
    [
      { clusterIP: 'nope', clusterIPs: ['nope'] },
      'spec.clusterIPs[0]: Invalid value: "nope": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      { externalIPs: ['127.0.0.1'] },
      'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
  ])('%j', (spec, ...errors) => {
    expect(service(spec)).toEqual(errors);
  });
});
