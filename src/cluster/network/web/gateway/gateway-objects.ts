import type { KubeObject } from '../../../objects/kube-object.ts';

// The objects of gateway.networking.k8s.io, as far as they are looked at; all else of them is kept as it is.

export const GROUP = 'gateway.networking.k8s.io';
export const GATEWAYS = `gateways.${GROUP}`;
export const CLASSES = `gatewayclasses.${GROUP}`;
export const ROUTES = `httproutes.${GROUP}`;

/** Of NGINX Gateway Fabric. */
export const CONTROLLER = 'gateway.nginx.org/nginx-gateway-controller';

/** What its proxies are found by. */
export const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime?: string;
}

export interface GatewayClass extends KubeObject {
  readonly spec?: { readonly controllerName?: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tls?: {
    readonly certificateRefs?: readonly { readonly name: string; readonly namespace?: string }[];
  };
  readonly allowedRoutes?: {
    readonly namespaces?: {
      readonly from?: 'All' | 'Same' | 'Selector' | 'None';
      readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    };
  };
}

export interface Gateway extends KubeObject {
  readonly spec?: { readonly gatewayClassName?: string; readonly listeners?: readonly Listener[] };
  readonly status?: {
    readonly addresses?: readonly { readonly type?: string; readonly value: string }[];
    readonly conditions?: readonly Condition[];
    readonly listeners?: readonly unknown[];
  };
}

export interface ParentRef {
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly sectionName?: string;
  readonly port?: number;
}

interface ValueMatch {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}

export interface RouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly ValueMatch[];
  readonly queryParams?: readonly ValueMatch[];
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface HeaderChange {
  readonly set?: readonly NameValue[];
  readonly add?: readonly NameValue[];
  readonly remove?: readonly string[];
}

export interface PathChange {
  readonly type?: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

export interface RouteFilter {
  readonly type: string;
  readonly requestHeaderModifier?: HeaderChange;
  readonly responseHeaderModifier?: HeaderChange;
  readonly requestRedirect?: {
    readonly scheme?: string;
    readonly hostname?: string;
    readonly port?: number;
    readonly path?: PathChange;
    readonly statusCode?: number;
  };
  readonly urlRewrite?: { readonly hostname?: string; readonly path?: PathChange };
}

export interface BackendRef {
  readonly kind?: string;
  readonly group?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

export interface RouteRule {
  readonly matches?: readonly RouteMatch[];
  readonly filters?: readonly RouteFilter[];
  readonly backendRefs?: readonly BackendRef[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
}

export interface HttpRoute extends KubeObject {
  readonly spec?: {
    readonly parentRefs?: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly RouteRule[];
  };
  readonly status?: { readonly parents?: readonly unknown[] };
}
