import type { CommandWords } from './help-words.ts';
import type { ServeWords } from './serve-words.ts';

export const KOREAN_SERVE: ServeWords = {
  serving: (what, version, url) => `${what} (쿠버네티스 ${version}): ${url}`,
  kubeconfig: (path) => `export KUBECONFIG=${path}`,
  ends: 'Ctrl-C로 끝냅니다.',
  ended: '서비스를 끝냈습니다.',
  portTaken: (address, port) =>
    `${address}의 포트 ${port}는 이미 쓰이고 있습니다: --port로 다른 포트를, --port 0으로 빈 포트를 고르세요`,
  noAddress: (address) => `이 머신에는 주소 ${address}가 없습니다: 127.0.0.1은 이 머신만을 위한 것입니다`,
  userForm: (text) => `"${text}"는 사용자가 아닙니다: 이름=토큰 또는 이름=토큰:그룹,그룹으로 쓰세요`,
  portForm: (text) => `"${text}"는 포트가 아닙니다: 0부터 65535까지의 수입니다`,
  versionForm: (text) => `"${text}"는 쿠버네티스 버전이 아닙니다: 1.36처럼 쓰세요`,
  clockForm: (text) => `"${text}"는 시계가 아닙니다: real, real=10, idle, manual`,
  recorded: '실제 클러스터의 기록은 서비스할 수 없습니다: 다음에 올 것을 시뮬레이션할 수 없습니다',
  noScenario: '이 로그의 시나리오가 없어 이어갈 수 없습니다',
  noScreen: '--play에는 터미널이 필요합니다: 빼고 실행한 뒤 로그를 kubereel play로 여세요 (-o 로그)',
  kubeconfigIsThere: (path) =>
    `${path}가 이미 있고 kubereel serve가 쓴 것이 아닙니다: --kubeconfig로 다른 파일을 정하세요`,
  notAlone: (address) =>
    `경고: ${address}에는 다른 머신에서도 닿습니다: kubeconfig가 있으면 무엇이든 할 수 있습니다`,
};

export const KOREAN_SERVE_HELP: CommandWords = {
  does: '시뮬레이션한 클러스터의 API를 실제 클라이언트에 서비스합니다: kubectl, 라이브러리, k9s',
  examples: [
    ['kubereel serve', '빈 클러스터를 https://127.0.0.1:6443에서'],
    ['kubereel serve crash-loop --from start --clock real=10', '이야기를 벽시계의 열 배 속도로'],
    ['kubereel serve run.log --at first-warning', '지난 순간을 읽기만'],
    ['kubereel serve --play', '곁의 플레이어가 시계를 움직입니다'],
    ['KUBECONFIG=./kubeconfig kubectl get pods', '다른 터미널에서'],
  ],
  notes: `kubeconfig에는 이번 실행을 위해 만든 토큰과 인증 기관이 있습니다. 토큰이 없으면 거절하고,
다른 사용자는 클러스터의 RBAC가 허락하는 만큼만 할 수 있습니다. 자세한 것은 docs/serving.md.`,
};
