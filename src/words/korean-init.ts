import type { InitWords } from './init-words.ts';

export const KOREAN_INIT: InitWords = {
  parts: {
    arrives: '모든 것이 올라옵니다.',
    asks: '여기서부터 누군가 계속 요청합니다.',
    rolls: '워크로드를 하나씩 다시 배포하며, 요청은 하나도 잃지 않습니다.',
    drains: '머신을 업그레이드할 때처럼 노드를 차례로 비웁니다.',
    dies: '머신 하나가 죽습니다. 그 파드는 5분 뒤에 포기되고 다른 곳에서 올라옵니다. 그 뒤 머신이 돌아옵니다.',
    always: '레플리카가 여럿이면 언제나 하나는 있습니다.',
  },
  written: (path, kinds) => `${path} 파일은 ${kinds} 오브젝트를 다룹니다.`,
  others: (count, first) => `매니페스트가 아닌 파일 ${count}개는 뺐습니다: ${first}`,
  notSimulated: '시뮬레이션하지 않거나 일부만 하는 것:',
  allWell: '실행해 보니 모두 기대한 대로였습니다.',
  findings: (count) => `실행해 보니 기대와 다른 것이 ${count}가지 있습니다:`,
  next: (folder) => [`kubereel play ${folder}    살펴보기`, `kubereel test ${folder}    테스트로 두기`],
};
