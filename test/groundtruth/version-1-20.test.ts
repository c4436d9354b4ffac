import { judgeVersion } from './judge.ts';

judgeVersion('v1.20/');
