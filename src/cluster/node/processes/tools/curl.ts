import type { NetworkAnswer } from '../../../contract/network-request.ts';
import {
  type CurlAsked,
  type CurlIo,
  type CurlStep,
  curlOptions,
  goOnWithCurl,
  startCurl,
} from '../../../tools/curl.ts';
import type { Options } from '../../../tools/option-words.ts';
import { type ExchangeMemory, received, send, waitOn } from './exchange.ts';
import { refuse } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'curl [options...] <url>';

type CurlMemory = ExchangeMemory & CurlAsked;

export const curl: Tool = {
  usage,
  run(io) {
    const options = curlOptions(io.args);
    if (typeof options === 'string') {
      refuse(io, usage, options);
      return 2;
    }
    const memory = io.memory as unknown as CurlMemory | undefined;
    if (!memory) return outcomeOf(io, startCurl(curlIo(io), options));
    const answer = received(io, memory);
    return answer === undefined ? waitOn({ ...memory }) : goOn(io, options, memory, answer);
  },
};

function goOn(io: ToolIo, options: Options, memory: CurlAsked, answer: NetworkAnswer | 'late'): ToolOutcome {
  return outcomeOf(io, goOnWithCurl(curlIo(io), options, memory, answer));
}

function outcomeOf(io: ToolIo, step: CurlStep): ToolOutcome {
  return 'exitCode' in step ? step.exitCode : send(io, step.request, step.asked);
}

function curlIo(io: ToolIo): CurlIo {
  return {
    now: io.now,
    hasMeter: true,
    out: io.out,
    err: io.err,
    save(target, content) {
      const path = io.files.resolve(target, io.task.cwd) ?? target;
      if (io.files.isReadOnly(path)) return false;
      io.files.write(path, { kind: 'file', mode: 0o644, content });
      return true;
    },
  };
}
