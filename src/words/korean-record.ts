import type { RecordWords } from './record-words.ts';

export const KOREAN_RECORD: RecordWords = {
  pods: '시간에 따른 파드',
  ready: '준비된 파드',
  lost: '잃은 요청',
  more: (count) => `그 밖에 ${count}개`,
  page: {
    story: '이야기',
    state: '상태',
    entries: '기록',
    objects: '오브젝트',
    place: '실행 중의 위치',
    play: '재생',
    pause: '멈춤',
    previousStep: '이전 단계',
    nextStep: '다음 단계',
    back: '이전 커밋',
    forward: '다음 커밋',
    keys: '키: space 재생, ← → 커밋, [ ] 단계, Home과 End.',
    nothingChanged: '만들어진 뒤로 바뀐 것이 없습니다.',
    choose: '오브젝트를 고르면 그때의 모습을 보입니다.',
    reading: '로그를 읽는 중 …',
    unreadable: '이 페이지의 로그를 읽을 수 없습니다',
  },
};
