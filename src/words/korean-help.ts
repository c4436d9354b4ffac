import type { HelpWords } from './help-words.ts';
import { KOREAN_OPTIONS } from './korean-options.ts';
import { KOREAN_SERVE_HELP } from './korean-serve.ts';

export const KOREAN_HELP: HelpWords = {
  program: '쿠버네티스 시나리오를 재생합니다. 클러스터 전체가 한 프로세스 안에서, 가상 시간으로 움직입니다.',
  titles: {
    usage: '사용법:',
    arguments: '인자:',
    options: '옵션:',
    commands: '명령:',
    scenarios: '시나리오:',
    travel: '시간 여행 (로그, 시나리오, 실제 클러스터의 기록):',
    logs: '로그:',
    examples: '예:',
  },
  seeAll: '(kubereel --help로 모든 명령을 봅니다)',
  seeCommand: (command) => `(${command} --help로 쓰는 법을 봅니다)`,
  examples: [
    ['kubereel play liveness-failure', '한 단계씩 보기: space로 재생, ?로 모든 키'],
    ['kubereel run my-scenario -o run.log', '실행하고 로그를 남기기'],
    ['kubereel state run.log --at 1m30s', '그때의 세계'],
    ['kubereel why run.log pod/web.status.phase', '처음 시작한 것까지 거슬러 본 까닭'],
    ['kubereel fork run.log --at 30s --run "kubectl …"', '거기서부터 다른 것을 입력하기'],
    ['kubereel compare recording/ run.log', '실제 클러스터와 로그가 갈라지는 곳'],
  ],
  notes: `종료 코드:
  0  모두 잘됨
  1  시나리오의 기대에 어긋났거나, 비교한 것이 다름
  2  잘못된 입력: 명령줄, 시나리오, 로그, 파일
kubectl은 kubectl처럼 끝납니다. 손상된 로그는 손상된 곳까지 읽고 표준 오류에 알리며,
그때 export는 2로 끝납니다.`,
  instants: `시점은 기록(412), 시각(90s, 1m30s, 01:30.250), 단계(step:3), 재생 비율(50%), start, end, first-warning,
last-warning, 이야기의 체크포인트 이름 가운데 하나이고, 뒤에 시간을 붙이면 그만큼 뒤나 앞입니다 (step:3+5s, end-10s).`,
  commands: {
    play: {
      does: '시나리오나 로그를 재생합니다: 터미널에서는 한 단계씩, 파이프로는 글로',
      examples: [
        ['kubereel play liveness-failure', '한 단계씩 보기: space로 재생, ?로 모든 키'],
        ['kubereel play liveness-failure | less', '글로 읽기'],
        ['kubereel play http-liveness --branch patient', '이야기가 말하는 다른 갈래'],
      ],
    },
    run: {
      does: '시나리오를 보이지 않고 실행합니다',
      examples: [
        ['kubereel run liveness-failure', '기대한 대로 되는가'],
        ['kubereel run my-scenario -o run.log', '실행하고 로그를 남기기'],
        ['kubereel run surge-and-unavailable --set surge=50%', '매개변수를 정해서'],
        ['kubereel run surge-and-unavailable --case "surge=1, unavailable=0"', '여러 경우 가운데 하나'],
      ],
    },
    test: {
      does: '여러 시나리오를 테스트로 실행합니다',
      examples: [
        ['kubereel test', '이 폴더 아래의 모든 시나리오'],
        ['kubereel test shop --tag smoke --seeds 5', '그중 일부를 시드 다섯 개로'],
        ['kubereel test --ci --shard 1/3 --reporter junit=report.xml', 'CI 세 대 가운데 한 대에서'],
        ['kubereel test shop --set image=shop:1.29', '매개변수를 다른 값으로'],
        ['kubereel test --update', '지금의 로그와 대본을 보관하기'],
      ],
      notes: `시나리오는 scenario.yaml이 든 폴더이거나 이름.scenario.yaml 파일입니다. 스냅샷 폴더에 로그와 대본이 있으면
실행은 그와 같아야 합니다. --update로 새로 씁니다.
종료 코드: 0 모두 통과, 1 일부 실패, 2 시나리오가 아니거나 명령줄이 잘못됨, 70 버그.`,
    },
    record: {
      does: '실행을 녹화, 글, 그림으로 남깁니다',
      examples: [
        ['kubereel record rolling-update -o rollout.cast', 'asciinema 플레이어용 녹화'],
        ['kubereel record run.log -o rollout.md --redact', '옆에 그림이 딸린 글'],
        ['kubereel record rolling-update -o rollout.html', '네트워크 없이 되짚어 보는 페이지'],
        ['kubereel record rolling-update -o pods.svg', '시간에 따른 파드'],
        ['kubereel record --all -o walkthroughs', '함께 온 모든 시나리오를 펴낼 수 있게'],
        ['kubereel record canary -o requests.png --picture requests', '요청이 어떻게 되었는지 보는 그림'],
        ['kubereel record run.log -o then.svg --at first-warning', '한 시점의 재생 화면'],
      ],
      notes: `형식: cast(asciicast 2), cast3(asciicast 3), html(실행을 되짚어 보는 한 페이지), md, svg, png, txt.
같은 실행은 같은 바이트가 됩니다. PNG는 이 컴퓨터의 Chromium이 그립니다.`,
    },
    init: {
      does: '매니페스트 폴더에 첫 시나리오를 쓰고 실행합니다',
      examples: [
        ['kubereel init deploy/', '배포하고, 노드를 비우고, 하나를 죽여 보고, 잃은 것을 알리기'],
        ['kubereel init deploy/ --force', '새로 쓰기'],
      ],
      notes: `폴더에 scenario.yaml을 씁니다: 매니페스트가 올라오고, 계속 요청을 받고, 다시 배포되고, 노드가 차례로 비워지고,
머신 하나가 죽습니다. 알리는 것은 지금 매니페스트의 모습이니, 시나리오를 원하는 기대에 맞게 고치세요.`,
    },
    list: {
      does: '들어 있는 시나리오를 보입니다',
      examples: [
        ['kubereel list', '재생하기 좋은 순서로'],
        ['kubereel list --lang en', '영어 제목으로'],
        ['kubereel list --curriculum', '배울 것의 순서로, 명령과 함께'],
      ],
    },
    learn: {
      does: '함께 온 시나리오를 과정으로 재생하고, 어디까지 했는지 봅니다',
      examples: [
        ['kubereel learn', '장과, 그 가운데 마친 것'],
        ['kubereel learn next', '아직 마치지 않은 첫 시나리오'],
        ['kubereel learn rolling-update', '이 시나리오; 끝까지 재생하면 마친 것'],
        ['kubereel learn reset', '처음부터 다시'],
      ],
      notes: `마친 것은 이 컴퓨터의 프로그램 상태 폴더(XDG_STATE_HOME, 없으면 ~/.local/state)에만 두며,
어디에도 보내지 않습니다.`,
    },
    log: {
      does: '로그의 기록을 출력합니다: 언제, 누가, 무엇을, 어느 기록 때문에',
      examples: [
        ['kubereel log run.log --kind pod --reason Killing', '누가 언제 죽었는가'],
        ['kubereel log run.log --object deploy/web --field spec.replicas', '한 필드의 모든 변화'],
      ],
      notes: `컴포넌트의 장부일 뿐인 기록은 --all, --type, --object, --field로 찾을 때만 나옵니다.
낱말의 *는 아무 글자나 뜻하고, --actor kubelet처럼 행위자의 뒷부분은 빼도 됩니다.`,
    },
    state: {
      does: '한 시점의 세계를 보입니다: 간추려서, 오브젝트로, 또는 kubectl get처럼',
      examples: [
        ['kubereel state run.log --at 1m30s', '노드, 파드, 워크로드, 건강하지 않은 것'],
        ['kubereel state run.log deploy/web --at step:3 -o yaml', '그때의 오브젝트 하나'],
      ],
    },
    diff: {
      does: '다른 시점이나 다른 로그에서 달라진 것을 보입니다',
      examples: [
        ['kubereel diff run.log --at 30s --and 60s', '한 로그의 두 시점; run.log@30s run.log@60s도 같음'],
        ['kubereel diff run.log branch.log', '두 로그, 갈라진 곳부터'],
      ],
      notes: '달라진 것이 없으면 0, 있으면 1로 끝납니다.',
    },
    why: {
      does: '무엇이 그렇게 만들었는지, 처음 시작한 것까지 원인을 거슬러 보입니다',
      examples: [
        ['kubereel why run.log pod/web.status.phase', '마지막에 그 필드가 왜 그런가'],
        ['kubereel why run.log 412', '한 기록에 이른 까닭'],
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: so the command is called, and nobody awaits the table.
    then: {
      does: '한 기록에서 비롯된 것을 보입니다',
      examples: [
        ['kubereel then run.log 412', '비롯된 만큼 안으로 들여서'],
        ['kubereel then run.log step:2 --limit 20', '처음 스무 개'],
      ],
    },
    kubectl: {
      does: '읽기만 하는 것이면 무엇이든, 한 시점의 kubectl에 묻습니다',
      examples: [
        ['kubereel kubectl run.log --at 30s -- get pods -o wide', '그때 나왔을 대답'],
        ['kubereel kubectl run.log --at last-warning -- describe pod web', '마지막 경고 때'],
      ],
      notes: 'kubectl처럼 끝납니다. 바꾸는 명령은 2로 거절합니다. kubereel fork를 보세요.',
    },
    fork: {
      does: '한 시점부터 다른 것을 입력하고, 어떻게 되는지 봅니다',
      examples: [
        ['kubereel fork run.log --at 30s --run "kubectl delete pod web"', '그리고 무엇이 달라지는가'],
        ['kubereel fork run.log --at step:3 --run "kubectl apply -f my.yaml" -o branch.log', '남기기'],
      ],
      notes: `입력하는 순간 시나리오의 이야기는 끝나고 그 세계는 계속됩니다. --for가 없으면 원본만큼, 적어도 1분 동안입니다.
이름을 쓴 파일은 이 폴더나 시나리오의 폴더에 있어야 합니다. 실패한 줄이 있으면 1로 끝납니다.`,
    },
    export: {
      does: '로그를 다른 형식으로 표준 출력에 씁니다',
      examples: [
        ['kubereel export run.log --format watch', 'API 오브젝트의 변화를 하나씩'],
        ['kubereel export run.log --format watch | jq .type', '변화의 종류만'],
      ],
    },
    import: {
      does: '실제 클러스터의 과거로 로그를, 또는 덤프로 시나리오를 만든다',
      examples: [
        ['kubereel import watch.json audit.log -o past.log', '둘을 합친 로그. 모든 명령이 받아들인다'],
        ['kubereel import dump.yaml -o shop/', '덤프한 상태에서 시작하는 시나리오'],
      ],
      notes: `watch는 kubectl get pods,deployments,events -A --watch --output-watch-events -o json이, 덤프는
kubectl get all -A -o yaml이, 감사 로그는 API 서버(audit.k8s.io/v1, RequestResponse 수준)가 쓴다.
읽을 수 없는 것은 파일과 줄을 말하고 뺀다. 그러면 import는 2로 끝난다. 원인은 소유자와 관리자, 이벤트가
말해 주는 데까지만 알고, 머신은 들어 있지 않다. 재생할 수 있지만 갈라져 나갈 수는 없다.`,
    },
    metrics: {
      does: '가상 시간에 따른 클러스터의 지표를 타임스탬프가 있는 OpenMetrics 텍스트로 씁니다',
      examples: [
        ['kubereel metrics run.log -o metrics.txt', '로그 전체를 15초마다 수집'],
        ['kubereel metrics crash-loop --every 5s', '시나리오를 먼저 실행하고'],
      ],
      notes: `이름은 kube-state-metrics와 kubelet의 것입니다. 시나리오의 클라이언트가 센 것은 kubereel_…입니다.
Prometheus에 넣기: promtool tsdb create-blocks-from openmetrics metrics.txt data/`,
    },
    serve: KOREAN_SERVE_HELP,
    logs: {
      does: '컨테이너가 남긴 로그를 그 기계에 있는 모습 그대로 파일로 씁니다',
      examples: [
        ['kubereel logs run.log -o machines', 'machines/NODE/var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log'],
        ['kubereel logs sidecar-logging -o machines', '시나리오를 먼저 실행하고'],
      ],
      notes: `한 줄은 컨테이너 런타임이 쓰는 그대로입니다: 시각, stdout 또는 stderr, F(온전함) 또는 P(일부), 그리고 쓰인
내용. 로그 수집기가 기대하는 대로 var/log/containers의 링크가 파일을 가리킵니다.`,
    },
    compare: {
      does: '실제 클러스터의 기록이나 로그를 로그와 비교합니다: 어디서, 왜 갈라지는가',
      examples: [
        ['kubereel compare recording/', '기록의 명령을 재생하고 비교하기'],
        ['kubereel compare recording/ run.log --all', '갈라지는 모든 곳'],
        ['kubereel compare recording/ -o run.log', '재생한 것을 로그로도 쓰기'],
      ],
      notes: `기록은 trace.ndjson이 있는 폴더입니다. 한 줄에 watch 이벤트 하나: {"t_ms": ..., "type": "ADDED",
"object": {...}}. 있으면 meta.json, commands.txt, 쓰인 매니페스트도 읽습니다.
commands.txt에는 "[t+1.250] $ kubectl apply -f web.yaml" 같은 줄, 출력, "[t+1.401] (exit 0)"이
있습니다. 늦게 시작했거나 일찍 끝난 기록은 그 사이만 비교합니다.

로그는 같은 줄을 입력하는 여러분의 시나리오의 것이어도 됩니다. 뽑힌 이름과 노드는 같은 것으로
말하고, 기록에서 재생한 로그에서는 기록의 것 그대로입니다.

종료 코드:
  0  같거나, 알려진 까닭으로만 다름 (그 까닭을 보임)
  1  갈라짐
  2  잘못된 입력`,
    },
  },
  arguments: {
    played: '들어 있는 이름, 폴더, scenario.yaml, 또는 로그',
    lesson: 'next, reset, 또는 함께 온 시나리오의 이름; 없으면 장을 보임',
    scenario: '들어 있는 이름, 폴더, 또는 scenario.yaml',
    manifests: '매니페스트나 kustomization이 든 폴더',
    scenarios: '시나리오, 그 위의 폴더, 또는 패턴 (기본: 이 폴더 아래 모두)',
    log: '로그 파일',
    imported: 'kubectl get --watch, kubectl get -o yaml, 감사 정책이 있는 API 서버가 쓴 것',
    trace: '기록의 폴더, 그 trace.ndjson, 또는 로그',
    otherLog: '로그; 없으면 기록의 명령을 재생해 비교',
    served: '들어 있는 이름, 폴더, scenario.yaml, 또는 로그 (기본: 빈 클러스터)',
    travelled: '로그, 기록의 폴더, 또는 시나리오(먼저 실행함)',
    resources: 'kubectl get에 물을 것: pods, deploy/web',
    diffFrom: '로그, 기록, 시나리오; 뒤에 @와 시점을 붙이면 그때의 것',
    diffTo: '같음; 다른 로그, 또는 그 로그의 다른 시점',
    subject:
      '기록(412)이나 다른 시점, 오브젝트(pod/web), 필드(pod/web.status.phase), traffic/클라이언트, 또는 그 요청 하나(traffic/클라이언트/17)',
    entry: '기록(412), 또는 다른 시점',
    kubectl: 'kubectl 뒤에 쓰는 것',
  },
  options: KOREAN_OPTIONS,
};
