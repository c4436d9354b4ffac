import { describe, expect, it } from 'vitest';
import { addonsCountedOn } from '../../../../src/scenario/language/counts-on/addons.ts';

describe('the addons that a scenario counts on', () => {
  it.each([
    ['an autoscaler', 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n', ['metricsServer']],
    [
      'a vertical one',
      'kind: "VerticalPodAutoscaler" # from its release\n',
      ['metricsServer', 'verticalPodAutoscaler'],
    ],
    ['an Ingress in a list of things', 'items:\n- kind: Ingress\n', ['ingressNginx']],
    ['an Ingress in JSON', '{"apiVersion":"networking.k8s.io/v1",\n "kind": "Ingress",\n}', ['ingressNginx']],
    [
      'a route of the Gateway API',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n',
      ['gateway'],
    ],
    ['a Gateway of another group', 'apiVersion: networking.istio.io/v1\nkind: Gateway\n', []],
    ['an Application', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\n', ['argoCd']],
    [
      'what installs Argo CD itself',
      'kind: CustomResourceDefinition\nmetadata:\n  name: applications.argoproj.io\nspec:\n  names:\n    kind: Application\n---\napiVersion: argoproj.io/v1alpha1\n',
      [],
    ],
    ['an IngressClass alone', 'kind: IngressClass\n', []],
    ['a word in a text', 'kind: ConfigMap\ndata: { note: "see kind: Ingress" }\n', []],
  ])('%s', (_what, text, addons) => {
    expect([...addonsCountedOn({ 'a.yaml': text }, [])]).toEqual(addons);
  });

  it.each([
    ['kubectl top pods -A', ['metricsServer']],
    ['kubectl -n shop autoscale deployment web --max=5', ['metricsServer']],
    ['kubectl create ingress web --rule=/=web:80', ['ingressNginx']],
    ['kubectl get pods', []],
  ])('typed: %s', (line, addons) => {
    expect([...addonsCountedOn({}, [line])]).toEqual(addons);
  });

  it('goes by manifests alone', () => {
    expect([...addonsCountedOn({ 'README.md': 'kind: Ingress\n' }, [])]).toEqual([]);
  });
});
