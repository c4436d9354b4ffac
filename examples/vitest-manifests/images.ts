/** What manifests do not say: the shop takes four seconds before it listens, and ends in good order. */
const storefront = {
  program: {
    startup: '4s',
    listens: [{ port: 8080, protocol: 'http' as const }],
    onSignal: { TERM: { code: 0, after: '500ms', meanwhile: 'drains' as const } },
  },
};

export const images = {
  'registry.example/shop/storefront:1.0': storefront,
  'registry.example/shop/storefront:1.1': storefront,
};
