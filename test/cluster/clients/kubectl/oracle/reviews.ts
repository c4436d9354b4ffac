import type { Json } from '../../../../../src/cluster/objects/json.ts';

const OPEN = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const DISCOVERED = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...OPEN];

/** What an API server answers to an administrator who asks about himself. */
export function review(path: string): Json | undefined {
  const [, group = '', version = '', plural = ''] = /^\/apis\/([^/]+)\/([^/]+)\/([a-z]+)$/.exec(path) ?? [];
  const apiVersion = `${group}/${version}`;
  switch (plural) {
    case 'selfsubjectaccessreviews':
      return { apiVersion, kind: 'SelfSubjectAccessReview', spec: {}, status: { allowed: true } };
    case 'selfsubjectrulesreviews': {
      const resourceRules = [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        {
          verbs: ['create'],
          apiGroups: ['authorization.k8s.io'],
          resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
        },
        { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
      ];
      const nonResourceRules = [
        { verbs: ['*'], nonResourceURLs: ['*'] },
        { verbs: ['get'], nonResourceURLs: DISCOVERED },
        { verbs: ['get'], nonResourceURLs: OPEN },
      ];
      const status = { incomplete: false, resourceRules, nonResourceRules };
      return { apiVersion, kind: 'SelfSubjectRulesReview', spec: {}, status };
    }
    case 'selfsubjectreviews': {
      const userInfo = {
        username: 'kubernetes-admin',
        groups: ['kubeadm:cluster-admins', 'system:authenticated'],
      };
      return { apiVersion, kind: 'SelfSubjectReview', metadata: {}, status: { userInfo } };
    }
    default:
      return undefined;
  }
}
