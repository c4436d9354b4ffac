import { scenario } from 'kubereel/vitest';

scenario('scale.scenario.yaml', { seeds: 2 });
