// ESC sequences: CSI (colours, cursor), OSC (titles, links; bounded), and the two-character ones.
const ESCAPE_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[@-_])/g;
// Everything of C0 but tab and line feed, DEL, C1, and lone halves of surrogate pairs.
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

/**
 * A text without terminal sequences, control characters but line feed and tab, and half characters; line ends are line
 * feeds.
 */
export function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(ESCAPE_SEQUENCES, '').replace(UNWANTED, '');
}
