/** A document of a stream of JSON, and the line at which it begins. */
export interface JsonDocument {
  /** 1-based. */
  readonly line: number;
  readonly value: unknown;
}

/** What a stream holds that can be read, and where it can not. */
export interface DocumentReader {
  /** Takes the next line, without its end. */
  line(text: string): void;
  finish(): void;
}

export interface Taking {
  readonly document: (document: JsonDocument) => void;
  readonly damage: (line: number, reason: string) => void;
}

/**
 * Reads JSON documents one after another: each on a line of its own, or indented over several, as kubectl
 * prints them, whose first and last line are a brace at the very left. What is damaged ends where another one
 * begins.
 */
export function createDocumentReader({ document, damage }: Taking): DocumentReader {
  let number = 0;
  let begun: { readonly line: number; readonly texts: string[] } | undefined;
  const giveUp = (): void => {
    if (begun) damage(begun.line, 'it is no JSON, or was cut off');
    begun = undefined;
  };
  const begin = (text: string): void => {
    giveUp();
    const value = parsed(text);
    if (value === undefined) begun = { line: number, texts: [text] };
    else document({ line: number, value });
  };
  return {
    line(written) {
      number++;
      const text = written.endsWith('\r') ? written.slice(0, -1) : written;
      if (/^[{[]/.test(text)) begin(text);
      else if (begun) {
        begun.texts.push(text);
        if (!/^[}\]]/.test(text)) return;
        const value = parsed(begun.texts.join('\n'));
        if (value !== undefined) document({ line: begun.line, value });
        else damage(begun.line, 'it is no JSON, or was cut off');
        begun = undefined;
      } else if (text.trim() !== '') damage(number, 'it is no JSON, or was cut off');
    },
    finish: giveUp,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
