#!/usr/bin/env node
import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import {
  startLocalAws
} from "./cli-AXGUZBVN.js";
import {
  ACCESS_KEY,
  DOMAIN_EVENT_TYPES,
  MAX_BATCH_EVENTS,
  MAX_CATEGORICAL_CHARACTERS,
  MAX_ID_CHARACTERS,
  MAX_IMPRESSION_ITEMS,
  MAX_PROPERTIES_CHARACTERS,
  MAX_RECOMMENDATION_ID_CHARACTERS,
  MAX_SOURCE_CHARACTERS,
  check,
  checkDomain,
  closestMatch,
  createSchemaCheck,
  createTypeCheck,
  firstProblem,
  hasLength,
  isPlainObject,
  metadataColumns,
  numberOrText,
  oneOf,
  readInteractionsSchema,
  stringify,
  text,
  tidy,
  toProperty
} from "./cli-OVSHWZXQ.js";
import "./cli-LSHYJRJZ.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./cli-BJU5RBW5.js";

// node_modules/cli-progress/lib/eta.js
var require_eta = __commonJS({
  "node_modules/cli-progress/lib/eta.js"(exports, module) {
    var ETA = class {
      constructor(length, initTime, initValue) {
        this.etaBufferLength = length || 100;
        this.valueBuffer = [initValue];
        this.timeBuffer = [initTime];
        this.eta = "0";
      }
      // add new values to calculation buffer
      update(time, value, total) {
        this.valueBuffer.push(value);
        this.timeBuffer.push(time);
        this.calculate(total - value);
      }
      // fetch estimated time
      getTime() {
        return this.eta;
      }
      // eta calculation - request number of remaining events
      calculate(remaining) {
        const currentBufferSize = this.valueBuffer.length;
        const buffer = Math.min(this.etaBufferLength, currentBufferSize);
        const v_diff = this.valueBuffer[currentBufferSize - 1] - this.valueBuffer[currentBufferSize - buffer];
        const t_diff = this.timeBuffer[currentBufferSize - 1] - this.timeBuffer[currentBufferSize - buffer];
        const vt_rate = v_diff / t_diff;
        this.valueBuffer = this.valueBuffer.slice(-this.etaBufferLength);
        this.timeBuffer = this.timeBuffer.slice(-this.etaBufferLength);
        const eta = Math.ceil(remaining / vt_rate / 1e3);
        if (isNaN(eta)) {
          this.eta = "NULL";
        } else if (!isFinite(eta)) {
          this.eta = "INF";
        } else if (eta > 1e7) {
          this.eta = "INF";
        } else if (eta < 0) {
          this.eta = 0;
        } else {
          this.eta = eta;
        }
      }
    };
    module.exports = ETA;
  }
});

// node_modules/cli-progress/lib/terminal.js
var require_terminal = __commonJS({
  "node_modules/cli-progress/lib/terminal.js"(exports, module) {
    var _readline = __require("readline");
    var Terminal = class {
      constructor(outputStream) {
        this.stream = outputStream;
        this.linewrap = true;
        this.dy = 0;
      }
      // save cursor position + settings
      cursorSave() {
        if (!this.stream.isTTY) {
          return;
        }
        this.stream.write("\x1B7");
      }
      // restore last cursor position + settings
      cursorRestore() {
        if (!this.stream.isTTY) {
          return;
        }
        this.stream.write("\x1B8");
      }
      // show/hide cursor
      cursor(enabled) {
        if (!this.stream.isTTY) {
          return;
        }
        if (enabled) {
          this.stream.write("\x1B[?25h");
        } else {
          this.stream.write("\x1B[?25l");
        }
      }
      // change cursor positionn
      cursorTo(x = null, y = null) {
        if (!this.stream.isTTY) {
          return;
        }
        _readline.cursorTo(this.stream, x, y);
      }
      // change relative cursor position
      cursorRelative(dx = null, dy = null) {
        if (!this.stream.isTTY) {
          return;
        }
        this.dy = this.dy + dy;
        _readline.moveCursor(this.stream, dx, dy);
      }
      // relative reset
      cursorRelativeReset() {
        if (!this.stream.isTTY) {
          return;
        }
        _readline.moveCursor(this.stream, 0, -this.dy);
        _readline.cursorTo(this.stream, 0, null);
        this.dy = 0;
      }
      // clear to the right from cursor
      clearRight() {
        if (!this.stream.isTTY) {
          return;
        }
        _readline.clearLine(this.stream, 1);
      }
      // clear the full line
      clearLine() {
        if (!this.stream.isTTY) {
          return;
        }
        _readline.clearLine(this.stream, 0);
      }
      // clear everyting beyond the current line
      clearBottom() {
        if (!this.stream.isTTY) {
          return;
        }
        _readline.clearScreenDown(this.stream);
      }
      // add new line; increment counter
      newline() {
        this.stream.write("\n");
        this.dy++;
      }
      // write content to output stream
      // @TODO use string-width to strip length
      write(s, rawWrite = false) {
        if (this.linewrap === true && rawWrite === false) {
          this.stream.write(s.substr(0, this.getWidth()));
        } else {
          this.stream.write(s);
        }
      }
      // control line wrapping
      lineWrapping(enabled) {
        if (!this.stream.isTTY) {
          return;
        }
        this.linewrap = enabled;
        if (enabled) {
          this.stream.write("\x1B[?7h");
        } else {
          this.stream.write("\x1B[?7l");
        }
      }
      // tty environment ?
      isTTY() {
        return this.stream.isTTY === true;
      }
      // get terminal width
      getWidth() {
        return this.stream.columns || (this.stream.isTTY ? 80 : 200);
      }
    };
    module.exports = Terminal;
  }
});

// node_modules/ansi-regex/index.js
var require_ansi_regex = __commonJS({
  "node_modules/ansi-regex/index.js"(exports, module) {
    "use strict";
    module.exports = ({ onlyFirst = false } = {}) => {
      const pattern = [
        "[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]*)*)?\\u0007)",
        "(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))"
      ].join("|");
      return new RegExp(pattern, onlyFirst ? void 0 : "g");
    };
  }
});

// node_modules/strip-ansi/index.js
var require_strip_ansi = __commonJS({
  "node_modules/strip-ansi/index.js"(exports, module) {
    "use strict";
    var ansiRegex = require_ansi_regex();
    module.exports = (string) => typeof string === "string" ? string.replace(ansiRegex(), "") : string;
  }
});

// node_modules/is-fullwidth-code-point/index.js
var require_is_fullwidth_code_point = __commonJS({
  "node_modules/is-fullwidth-code-point/index.js"(exports, module) {
    "use strict";
    var isFullwidthCodePoint = (codePoint) => {
      if (Number.isNaN(codePoint)) {
        return false;
      }
      if (codePoint >= 4352 && (codePoint <= 4447 || // Hangul Jamo
      codePoint === 9001 || // LEFT-POINTING ANGLE BRACKET
      codePoint === 9002 || // RIGHT-POINTING ANGLE BRACKET
      // CJK Radicals Supplement .. Enclosed CJK Letters and Months
      11904 <= codePoint && codePoint <= 12871 && codePoint !== 12351 || // Enclosed CJK Letters and Months .. CJK Unified Ideographs Extension A
      12880 <= codePoint && codePoint <= 19903 || // CJK Unified Ideographs .. Yi Radicals
      19968 <= codePoint && codePoint <= 42182 || // Hangul Jamo Extended-A
      43360 <= codePoint && codePoint <= 43388 || // Hangul Syllables
      44032 <= codePoint && codePoint <= 55203 || // CJK Compatibility Ideographs
      63744 <= codePoint && codePoint <= 64255 || // Vertical Forms
      65040 <= codePoint && codePoint <= 65049 || // CJK Compatibility Forms .. Small Form Variants
      65072 <= codePoint && codePoint <= 65131 || // Halfwidth and Fullwidth Forms
      65281 <= codePoint && codePoint <= 65376 || 65504 <= codePoint && codePoint <= 65510 || // Kana Supplement
      110592 <= codePoint && codePoint <= 110593 || // Enclosed Ideographic Supplement
      127488 <= codePoint && codePoint <= 127569 || // CJK Unified Ideographs Extension B .. Tertiary Ideographic Plane
      131072 <= codePoint && codePoint <= 262141)) {
        return true;
      }
      return false;
    };
    module.exports = isFullwidthCodePoint;
    module.exports.default = isFullwidthCodePoint;
  }
});

// node_modules/emoji-regex/index.js
var require_emoji_regex = __commonJS({
  "node_modules/emoji-regex/index.js"(exports, module) {
    "use strict";
    module.exports = function() {
      return /\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62(?:\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67|\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74|\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73)\uDB40\uDC7F|\uD83D\uDC68(?:\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68\uD83C\uDFFB|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFE])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D)?\uD83D\uDC68|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D[\uDC66\uDC67])|[\u2695\u2696\u2708]\uFE0F|\uD83D[\uDC66\uDC67]|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|(?:\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708])\uFE0F|\uD83C\uDFFB\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C[\uDFFB-\uDFFF])|(?:\uD83E\uDDD1\uD83C\uDFFB\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)\uD83C\uDFFB|\uD83E\uDDD1(?:\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1)|(?:\uD83E\uDDD1\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D(?:\uD83D[\uDC68\uDC69]))(?:\uD83C[\uDFFB-\uDFFE])|(?:\uD83E\uDDD1\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB\uDFFC])|\uD83D\uDC69(?:\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFD-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFB\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFC-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC\uDFFE\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D(?:\uD83D[\uDC68\uDC69])|\uD83D[\uDC68\uDC69])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD]))|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|(?:\uD83E\uDDD1\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB-\uDFFD])|\uD83D\uDC69\u200D\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D\uDC41\uFE0F\u200D\uD83D\uDDE8|\uD83D\uDC69(?:\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708]|\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\u200D[\u2695\u2696\u2708])|(?:(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)\uFE0F|\uD83D\uDC6F|\uD83E[\uDD3C\uDDDE\uDDDF])\u200D[\u2640\u2642]|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|\u200D[\u2640\u2642])|\uD83C\uDFF4\u200D\u2620)\uFE0F|\uD83D\uDC69\u200D\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08|\uD83D\uDC15\u200D\uD83E\uDDBA|\uD83D\uDC69\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC67|\uD83C\uDDFD\uD83C\uDDF0|\uD83C\uDDF4\uD83C\uDDF2|\uD83C\uDDF6\uD83C\uDDE6|[#\*0-9]\uFE0F\u20E3|\uD83C\uDDE7(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEF\uDDF1-\uDDF4\uDDF6-\uDDF9\uDDFB\uDDFC\uDDFE\uDDFF])|\uD83C\uDDF9(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDED\uDDEF-\uDDF4\uDDF7\uDDF9\uDDFB\uDDFC\uDDFF])|\uD83C\uDDEA(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDED\uDDF7-\uDDFA])|\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF7(?:\uD83C[\uDDEA\uDDF4\uDDF8\uDDFA\uDDFC])|\uD83D\uDC69(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF2(?:\uD83C[\uDDE6\uDDE8-\uDDED\uDDF0-\uDDFF])|\uD83C\uDDE6(?:\uD83C[\uDDE8-\uDDEC\uDDEE\uDDF1\uDDF2\uDDF4\uDDF6-\uDDFA\uDDFC\uDDFD\uDDFF])|\uD83C\uDDF0(?:\uD83C[\uDDEA\uDDEC-\uDDEE\uDDF2\uDDF3\uDDF5\uDDF7\uDDFC\uDDFE\uDDFF])|\uD83C\uDDED(?:\uD83C[\uDDF0\uDDF2\uDDF3\uDDF7\uDDF9\uDDFA])|\uD83C\uDDE9(?:\uD83C[\uDDEA\uDDEC\uDDEF\uDDF0\uDDF2\uDDF4\uDDFF])|\uD83C\uDDFE(?:\uD83C[\uDDEA\uDDF9])|\uD83C\uDDEC(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEE\uDDF1-\uDDF3\uDDF5-\uDDFA\uDDFC\uDDFE])|\uD83C\uDDF8(?:\uD83C[\uDDE6-\uDDEA\uDDEC-\uDDF4\uDDF7-\uDDF9\uDDFB\uDDFD-\uDDFF])|\uD83C\uDDEB(?:\uD83C[\uDDEE-\uDDF0\uDDF2\uDDF4\uDDF7])|\uD83C\uDDF5(?:\uD83C[\uDDE6\uDDEA-\uDDED\uDDF0-\uDDF3\uDDF7-\uDDF9\uDDFC\uDDFE])|\uD83C\uDDFB(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDEE\uDDF3\uDDFA])|\uD83C\uDDF3(?:\uD83C[\uDDE6\uDDE8\uDDEA-\uDDEC\uDDEE\uDDF1\uDDF4\uDDF5\uDDF7\uDDFA\uDDFF])|\uD83C\uDDE8(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDEE\uDDF0-\uDDF5\uDDF7\uDDFA-\uDDFF])|\uD83C\uDDF1(?:\uD83C[\uDDE6-\uDDE8\uDDEE\uDDF0\uDDF7-\uDDFB\uDDFE])|\uD83C\uDDFF(?:\uD83C[\uDDE6\uDDF2\uDDFC])|\uD83C\uDDFC(?:\uD83C[\uDDEB\uDDF8])|\uD83C\uDDFA(?:\uD83C[\uDDE6\uDDEC\uDDF2\uDDF3\uDDF8\uDDFE\uDDFF])|\uD83C\uDDEE(?:\uD83C[\uDDE8-\uDDEA\uDDF1-\uDDF4\uDDF6-\uDDF9])|\uD83C\uDDEF(?:\uD83C[\uDDEA\uDDF2\uDDF4\uDDF5])|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:\uD83C[\uDFFB-\uDFFF])|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u261D\u270A-\u270D]|\uD83C[\uDF85\uDFC2\uDFC7]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66\uDC67\uDC6B-\uDC6D\uDC70\uDC72\uDC74-\uDC76\uDC78\uDC7C\uDC83\uDC85\uDCAA\uDD74\uDD7A\uDD90\uDD95\uDD96\uDE4C\uDE4F\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1C\uDD1E\uDD1F\uDD30-\uDD36\uDDB5\uDDB6\uDDBB\uDDD2-\uDDD5])(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u231A\u231B\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728\u274C\u274E\u2753-\u2755\u2757\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55]|\uD83C[\uDC04\uDCCF\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE1A\uDE2F\uDE32-\uDE36\uDE38-\uDE3A\uDE50\uDE51\uDF00-\uDF20\uDF2D-\uDF35\uDF37-\uDF7C\uDF7E-\uDF93\uDFA0-\uDFCA\uDFCF-\uDFD3\uDFE0-\uDFF0\uDFF4\uDFF8-\uDFFF]|\uD83D[\uDC00-\uDC3E\uDC40\uDC42-\uDCFC\uDCFF-\uDD3D\uDD4B-\uDD4E\uDD50-\uDD67\uDD7A\uDD95\uDD96\uDDA4\uDDFB-\uDE4F\uDE80-\uDEC5\uDECC\uDED0-\uDED2\uDED5\uDEEB\uDEEC\uDEF4-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])|(?:[#\*0-9\xA9\xAE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9\u21AA\u231A\u231B\u2328\u23CF\u23E9-\u23F3\u23F8-\u23FA\u24C2\u25AA\u25AB\u25B6\u25C0\u25FB-\u25FE\u2600-\u2604\u260E\u2611\u2614\u2615\u2618\u261D\u2620\u2622\u2623\u2626\u262A\u262E\u262F\u2638-\u263A\u2640\u2642\u2648-\u2653\u265F\u2660\u2663\u2665\u2666\u2668\u267B\u267E\u267F\u2692-\u2697\u2699\u269B\u269C\u26A0\u26A1\u26AA\u26AB\u26B0\u26B1\u26BD\u26BE\u26C4\u26C5\u26C8\u26CE\u26CF\u26D1\u26D3\u26D4\u26E9\u26EA\u26F0-\u26F5\u26F7-\u26FA\u26FD\u2702\u2705\u2708-\u270D\u270F\u2712\u2714\u2716\u271D\u2721\u2728\u2733\u2734\u2744\u2747\u274C\u274E\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27A1\u27B0\u27BF\u2934\u2935\u2B05-\u2B07\u2B1B\u2B1C\u2B50\u2B55\u3030\u303D\u3297\u3299]|\uD83C[\uDC04\uDCCF\uDD70\uDD71\uDD7E\uDD7F\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE02\uDE1A\uDE2F\uDE32-\uDE3A\uDE50\uDE51\uDF00-\uDF21\uDF24-\uDF93\uDF96\uDF97\uDF99-\uDF9B\uDF9E-\uDFF0\uDFF3-\uDFF5\uDFF7-\uDFFF]|\uD83D[\uDC00-\uDCFD\uDCFF-\uDD3D\uDD49-\uDD4E\uDD50-\uDD67\uDD6F\uDD70\uDD73-\uDD7A\uDD87\uDD8A-\uDD8D\uDD90\uDD95\uDD96\uDDA4\uDDA5\uDDA8\uDDB1\uDDB2\uDDBC\uDDC2-\uDDC4\uDDD1-\uDDD3\uDDDC-\uDDDE\uDDE1\uDDE3\uDDE8\uDDEF\uDDF3\uDDFA-\uDE4F\uDE80-\uDEC5\uDECB-\uDED2\uDED5\uDEE0-\uDEE5\uDEE9\uDEEB\uDEEC\uDEF0\uDEF3-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])\uFE0F|(?:[\u261D\u26F9\u270A-\u270D]|\uD83C[\uDF85\uDFC2-\uDFC4\uDFC7\uDFCA-\uDFCC]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66-\uDC78\uDC7C\uDC81-\uDC83\uDC85-\uDC87\uDC8F\uDC91\uDCAA\uDD74\uDD75\uDD7A\uDD90\uDD95\uDD96\uDE45-\uDE47\uDE4B-\uDE4F\uDEA3\uDEB4-\uDEB6\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1F\uDD26\uDD30-\uDD39\uDD3C-\uDD3E\uDDB5\uDDB6\uDDB8\uDDB9\uDDBB\uDDCD-\uDDCF\uDDD1-\uDDDD])/g;
    };
  }
});

// node_modules/string-width/index.js
var require_string_width = __commonJS({
  "node_modules/string-width/index.js"(exports, module) {
    "use strict";
    var stripAnsi = require_strip_ansi();
    var isFullwidthCodePoint = require_is_fullwidth_code_point();
    var emojiRegex = require_emoji_regex();
    var stringWidth = (string) => {
      if (typeof string !== "string" || string.length === 0) {
        return 0;
      }
      string = stripAnsi(string);
      if (string.length === 0) {
        return 0;
      }
      string = string.replace(emojiRegex(), "  ");
      let width = 0;
      for (let i = 0; i < string.length; i++) {
        const code = string.codePointAt(i);
        if (code <= 31 || code >= 127 && code <= 159) {
          continue;
        }
        if (code >= 768 && code <= 879) {
          continue;
        }
        if (code > 65535) {
          i++;
        }
        width += isFullwidthCodePoint(code) ? 2 : 1;
      }
      return width;
    };
    module.exports = stringWidth;
    module.exports.default = stringWidth;
  }
});

// node_modules/cli-progress/lib/format-value.js
var require_format_value = __commonJS({
  "node_modules/cli-progress/lib/format-value.js"(exports, module) {
    module.exports = function formatValue(v, options, type) {
      if (options.autopadding !== true) {
        return v;
      }
      function autopadding(value, length) {
        return (options.autopaddingChar + value).slice(-length);
      }
      switch (type) {
        case "percentage":
          return autopadding(v, 3);
        default:
          return v;
      }
    };
  }
});

// node_modules/cli-progress/lib/format-bar.js
var require_format_bar = __commonJS({
  "node_modules/cli-progress/lib/format-bar.js"(exports, module) {
    module.exports = function formatBar(progress, options) {
      const completeSize = Math.round(progress * options.barsize);
      const incompleteSize = options.barsize - completeSize;
      return options.barCompleteString.substr(0, completeSize) + options.barGlue + options.barIncompleteString.substr(0, incompleteSize);
    };
  }
});

// node_modules/cli-progress/lib/format-time.js
var require_format_time = __commonJS({
  "node_modules/cli-progress/lib/format-time.js"(exports, module) {
    module.exports = function formatTime(t, options, roundToMultipleOf) {
      function round(input) {
        if (roundToMultipleOf) {
          return roundToMultipleOf * Math.round(input / roundToMultipleOf);
        } else {
          return input;
        }
      }
      function autopadding(v) {
        return (options.autopaddingChar + v).slice(-2);
      }
      if (t > 3600) {
        return autopadding(Math.floor(t / 3600)) + "h" + autopadding(round(t % 3600 / 60)) + "m";
      } else if (t > 60) {
        return autopadding(Math.floor(t / 60)) + "m" + autopadding(round(t % 60)) + "s";
      } else if (t > 10) {
        return autopadding(round(t)) + "s";
      } else {
        return autopadding(t) + "s";
      }
    };
  }
});

// node_modules/cli-progress/lib/formatter.js
var require_formatter = __commonJS({
  "node_modules/cli-progress/lib/formatter.js"(exports, module) {
    var _stringWidth = require_string_width();
    var _defaultFormatValue = require_format_value();
    var _defaultFormatBar = require_format_bar();
    var _defaultFormatTime = require_format_time();
    module.exports = function defaultFormatter(options, params, payload) {
      let s = options.format;
      const formatTime = options.formatTime || _defaultFormatTime;
      const formatValue = options.formatValue || _defaultFormatValue;
      const formatBar = options.formatBar || _defaultFormatBar;
      const percentage = Math.floor(params.progress * 100) + "";
      const stopTime = params.stopTime || Date.now();
      const elapsedTime = Math.round((stopTime - params.startTime) / 1e3);
      const context = Object.assign({}, payload, {
        bar: formatBar(params.progress, options),
        percentage: formatValue(percentage, options, "percentage"),
        total: formatValue(params.total, options, "total"),
        value: formatValue(params.value, options, "value"),
        eta: formatValue(params.eta, options, "eta"),
        eta_formatted: formatTime(params.eta, options, 5),
        duration: formatValue(elapsedTime, options, "duration"),
        duration_formatted: formatTime(elapsedTime, options, 1)
      });
      s = s.replace(/\{(\w+)\}/g, function(match, key) {
        if (typeof context[key] !== "undefined") {
          return context[key];
        }
        return match;
      });
      const fullMargin = Math.max(0, params.maxWidth - _stringWidth(s) - 2);
      const halfMargin = Math.floor(fullMargin / 2);
      switch (options.align) {
        // fill start-of-line with whitespaces
        case "right":
          s = fullMargin > 0 ? " ".repeat(fullMargin) + s : s;
          break;
        // distribute whitespaces to left+right
        case "center":
          s = halfMargin > 0 ? " ".repeat(halfMargin) + s : s;
          break;
        // default: left align, no additional whitespaces
        case "left":
        default:
          break;
      }
      return s;
    };
  }
});

// node_modules/cli-progress/lib/options.js
var require_options = __commonJS({
  "node_modules/cli-progress/lib/options.js"(exports, module) {
    function mergeOption(v, defaultValue) {
      if (typeof v === "undefined" || v === null) {
        return defaultValue;
      } else {
        return v;
      }
    }
    module.exports = {
      // set global options
      parse: function parse3(rawOptions, preset) {
        const options = {};
        const opt = Object.assign({}, preset, rawOptions);
        options.throttleTime = 1e3 / mergeOption(opt.fps, 10);
        options.stream = mergeOption(opt.stream, process.stderr);
        options.terminal = mergeOption(opt.terminal, null);
        options.clearOnComplete = mergeOption(opt.clearOnComplete, false);
        options.stopOnComplete = mergeOption(opt.stopOnComplete, false);
        options.barsize = mergeOption(opt.barsize, 40);
        options.align = mergeOption(opt.align, "left");
        options.hideCursor = mergeOption(opt.hideCursor, false);
        options.linewrap = mergeOption(opt.linewrap, false);
        options.barGlue = mergeOption(opt.barGlue, "");
        options.barCompleteChar = mergeOption(opt.barCompleteChar, "=");
        options.barIncompleteChar = mergeOption(opt.barIncompleteChar, "-");
        options.format = mergeOption(opt.format, "progress [{bar}] {percentage}% | ETA: {eta}s | {value}/{total}");
        options.formatTime = mergeOption(opt.formatTime, null);
        options.formatValue = mergeOption(opt.formatValue, null);
        options.formatBar = mergeOption(opt.formatBar, null);
        options.etaBufferLength = mergeOption(opt.etaBuffer, 10);
        options.etaAsynchronousUpdate = mergeOption(opt.etaAsynchronousUpdate, false);
        options.progressCalculationRelative = mergeOption(opt.progressCalculationRelative, false);
        options.synchronousUpdate = mergeOption(opt.synchronousUpdate, true);
        options.noTTYOutput = mergeOption(opt.noTTYOutput, false);
        options.notTTYSchedule = mergeOption(opt.notTTYSchedule, 2e3);
        options.emptyOnZero = mergeOption(opt.emptyOnZero, false);
        options.forceRedraw = mergeOption(opt.forceRedraw, false);
        options.autopadding = mergeOption(opt.autopadding, false);
        options.gracefulExit = mergeOption(opt.gracefulExit, false);
        return options;
      },
      // derived options: instance specific, has to be created for every bar element
      assignDerivedOptions: function assignDerivedOptions(options) {
        options.barCompleteString = options.barCompleteChar.repeat(options.barsize + 1);
        options.barIncompleteString = options.barIncompleteChar.repeat(options.barsize + 1);
        options.autopaddingChar = options.autopadding ? mergeOption(options.autopaddingChar, "   ") : "";
        return options;
      }
    };
  }
});

// node_modules/cli-progress/lib/generic-bar.js
var require_generic_bar = __commonJS({
  "node_modules/cli-progress/lib/generic-bar.js"(exports, module) {
    var _ETA = require_eta();
    var _Terminal = require_terminal();
    var _formatter = require_formatter();
    var _options = require_options();
    var _EventEmitter = __require("events");
    module.exports = class GenericBar extends _EventEmitter {
      constructor(options) {
        super();
        this.options = _options.assignDerivedOptions(options);
        this.terminal = this.options.terminal ? this.options.terminal : new _Terminal(this.options.stream);
        this.value = 0;
        this.startValue = 0;
        this.total = 100;
        this.lastDrawnString = null;
        this.startTime = null;
        this.stopTime = null;
        this.lastRedraw = Date.now();
        this.eta = new _ETA(this.options.etaBufferLength, 0, 0);
        this.payload = {};
        this.isActive = false;
        this.formatter = typeof this.options.format === "function" ? this.options.format : _formatter;
      }
      // internal render function
      render(forceRendering = false) {
        const params = {
          progress: this.getProgress(),
          eta: this.eta.getTime(),
          startTime: this.startTime,
          stopTime: this.stopTime,
          total: this.total,
          value: this.value,
          maxWidth: this.terminal.getWidth()
        };
        if (this.options.etaAsynchronousUpdate) {
          this.updateETA();
        }
        const s = this.formatter(this.options, params, this.payload);
        const forceRedraw = forceRendering || this.options.forceRedraw || this.options.noTTYOutput && !this.terminal.isTTY();
        if (forceRedraw || this.lastDrawnString != s) {
          this.emit("redraw-pre");
          this.terminal.cursorTo(0, null);
          this.terminal.write(s);
          this.terminal.clearRight();
          this.lastDrawnString = s;
          this.lastRedraw = Date.now();
          this.emit("redraw-post");
        }
      }
      // start the progress bar
      start(total, startValue, payload) {
        this.value = startValue || 0;
        this.total = typeof total !== "undefined" && total >= 0 ? total : 100;
        this.startValue = startValue || 0;
        this.payload = payload || {};
        this.startTime = Date.now();
        this.stopTime = null;
        this.lastDrawnString = "";
        this.eta = new _ETA(this.options.etaBufferLength, this.startTime, this.value);
        this.isActive = true;
        this.emit("start", total, startValue);
      }
      // stop the bar
      stop() {
        this.isActive = false;
        this.stopTime = Date.now();
        this.emit("stop", this.total, this.value);
      }
      // update the bar value
      // update(value, payload)
      // update(payload)
      update(arg0, arg1 = {}) {
        if (typeof arg0 === "number") {
          this.value = arg0;
          this.eta.update(Date.now(), arg0, this.total);
        }
        const payloadData = (typeof arg0 === "object" ? arg0 : arg1) || {};
        this.emit("update", this.total, this.value);
        for (const key in payloadData) {
          this.payload[key] = payloadData[key];
        }
        if (this.value >= this.getTotal() && this.options.stopOnComplete) {
          this.stop();
        }
      }
      // calculate the actual progress value
      getProgress() {
        let progress = this.value / this.total;
        if (this.options.progressCalculationRelative) {
          progress = (this.value - this.startValue) / (this.total - this.startValue);
        }
        if (isNaN(progress)) {
          progress = this.options && this.options.emptyOnZero ? 0 : 1;
        }
        progress = Math.min(Math.max(progress, 0), 1);
        return progress;
      }
      // update the bar value
      // increment(delta, payload)
      // increment(payload)
      increment(arg0 = 1, arg1 = {}) {
        if (typeof arg0 === "object") {
          this.update(this.value + 1, arg0);
        } else {
          this.update(this.value + arg0, arg1);
        }
      }
      // get the total (limit) value
      getTotal() {
        return this.total;
      }
      // set the total (limit) value
      setTotal(total) {
        if (typeof total !== "undefined" && total >= 0) {
          this.total = total;
        }
      }
      // force eta calculation update (long running processes)
      updateETA() {
        this.eta.update(Date.now(), this.value, this.total);
      }
    };
  }
});

// node_modules/cli-progress/lib/single-bar.js
var require_single_bar = __commonJS({
  "node_modules/cli-progress/lib/single-bar.js"(exports, module) {
    var _GenericBar = require_generic_bar();
    var _options = require_options();
    module.exports = class SingleBar extends _GenericBar {
      constructor(options, preset) {
        super(_options.parse(options, preset));
        this.timer = null;
        if (this.options.noTTYOutput && this.terminal.isTTY() === false) {
          this.options.synchronousUpdate = false;
        }
        this.schedulingRate = this.terminal.isTTY() ? this.options.throttleTime : this.options.notTTYSchedule;
        this.sigintCallback = null;
      }
      // internal render function
      render() {
        if (this.timer) {
          clearTimeout(this.timer);
          this.timer = null;
        }
        super.render();
        if (this.options.noTTYOutput && this.terminal.isTTY() === false) {
          this.terminal.newline();
        }
        this.timer = setTimeout(this.render.bind(this), this.schedulingRate);
      }
      update(current, payload) {
        if (!this.timer) {
          return;
        }
        super.update(current, payload);
        if (this.options.synchronousUpdate && this.lastRedraw + this.options.throttleTime * 2 < Date.now()) {
          this.render();
        }
      }
      // start the progress bar
      start(total, startValue, payload) {
        if (this.options.noTTYOutput === false && this.terminal.isTTY() === false) {
          return;
        }
        if (this.sigintCallback === null && this.options.gracefulExit) {
          this.sigintCallback = this.stop.bind(this);
          process.once("SIGINT", this.sigintCallback);
          process.once("SIGTERM", this.sigintCallback);
        }
        this.terminal.cursorSave();
        if (this.options.hideCursor === true) {
          this.terminal.cursor(false);
        }
        if (this.options.linewrap === false) {
          this.terminal.lineWrapping(false);
        }
        super.start(total, startValue, payload);
        this.render();
      }
      // stop the bar
      stop() {
        if (!this.timer) {
          return;
        }
        if (this.sigintCallback) {
          process.removeListener("SIGINT", this.sigintCallback);
          process.removeListener("SIGTERM", this.sigintCallback);
          this.sigintCallback = null;
        }
        this.render();
        super.stop();
        clearTimeout(this.timer);
        this.timer = null;
        if (this.options.hideCursor === true) {
          this.terminal.cursor(true);
        }
        if (this.options.linewrap === false) {
          this.terminal.lineWrapping(true);
        }
        this.terminal.cursorRestore();
        if (this.options.clearOnComplete) {
          this.terminal.cursorTo(0, null);
          this.terminal.clearLine();
        } else {
          this.terminal.newline();
        }
      }
    };
  }
});

// node_modules/cli-progress/lib/multi-bar.js
var require_multi_bar = __commonJS({
  "node_modules/cli-progress/lib/multi-bar.js"(exports, module) {
    var _Terminal = require_terminal();
    var _BarElement = require_generic_bar();
    var _options = require_options();
    var _EventEmitter = __require("events");
    module.exports = class MultiBar extends _EventEmitter {
      constructor(options, preset) {
        super();
        this.bars = [];
        this.options = _options.parse(options, preset);
        this.options.synchronousUpdate = false;
        this.terminal = this.options.terminal ? this.options.terminal : new _Terminal(this.options.stream);
        this.timer = null;
        this.isActive = false;
        this.schedulingRate = this.terminal.isTTY() ? this.options.throttleTime : this.options.notTTYSchedule;
        this.loggingBuffer = [];
        this.sigintCallback = null;
      }
      // add a new bar to the stack
      create(total, startValue, payload, barOptions = {}) {
        const bar = new _BarElement(Object.assign(
          {},
          // global options
          this.options,
          // terminal instance
          {
            terminal: this.terminal
          },
          // overrides
          barOptions
        ));
        this.bars.push(bar);
        if (this.options.noTTYOutput === false && this.terminal.isTTY() === false) {
          return bar;
        }
        if (this.sigintCallback === null && this.options.gracefulExit) {
          this.sigintCallback = this.stop.bind(this);
          process.once("SIGINT", this.sigintCallback);
          process.once("SIGTERM", this.sigintCallback);
        }
        if (!this.isActive) {
          if (this.options.hideCursor === true) {
            this.terminal.cursor(false);
          }
          if (this.options.linewrap === false) {
            this.terminal.lineWrapping(false);
          }
          this.timer = setTimeout(this.update.bind(this), this.schedulingRate);
        }
        this.isActive = true;
        bar.start(total, startValue, payload);
        this.emit("start");
        return bar;
      }
      // remove a bar from the stack
      remove(bar) {
        const index = this.bars.indexOf(bar);
        if (index < 0) {
          return false;
        }
        this.bars.splice(index, 1);
        this.update();
        this.terminal.newline();
        this.terminal.clearBottom();
        return true;
      }
      // internal update routine
      update() {
        if (this.timer) {
          clearTimeout(this.timer);
          this.timer = null;
        }
        this.emit("update-pre");
        this.terminal.cursorRelativeReset();
        this.emit("redraw-pre");
        if (this.loggingBuffer.length > 0) {
          this.terminal.clearLine();
          while (this.loggingBuffer.length > 0) {
            this.terminal.write(this.loggingBuffer.shift(), true);
          }
        }
        for (let i = 0; i < this.bars.length; i++) {
          if (i > 0) {
            this.terminal.newline();
          }
          this.bars[i].render();
        }
        this.emit("redraw-post");
        if (this.options.noTTYOutput && this.terminal.isTTY() === false) {
          this.terminal.newline();
          this.terminal.newline();
        }
        this.timer = setTimeout(this.update.bind(this), this.schedulingRate);
        this.emit("update-post");
        if (this.options.stopOnComplete && !this.bars.find((bar) => bar.isActive)) {
          this.stop();
        }
      }
      stop() {
        clearTimeout(this.timer);
        this.timer = null;
        if (this.sigintCallback) {
          process.removeListener("SIGINT", this.sigintCallback);
          process.removeListener("SIGTERM", this.sigintCallback);
          this.sigintCallback = null;
        }
        this.isActive = false;
        if (this.options.hideCursor === true) {
          this.terminal.cursor(true);
        }
        if (this.options.linewrap === false) {
          this.terminal.lineWrapping(true);
        }
        this.terminal.cursorRelativeReset();
        this.emit("stop-pre-clear");
        if (this.options.clearOnComplete) {
          this.terminal.clearBottom();
        } else {
          for (let i = 0; i < this.bars.length; i++) {
            if (i > 0) {
              this.terminal.newline();
            }
            this.bars[i].render();
            this.bars[i].stop();
          }
          this.terminal.newline();
        }
        this.emit("stop");
      }
      log(s) {
        this.loggingBuffer.push(s);
      }
    };
  }
});

// node_modules/cli-progress/presets/legacy.js
var require_legacy = __commonJS({
  "node_modules/cli-progress/presets/legacy.js"(exports, module) {
    module.exports = {
      format: "progress [{bar}] {percentage}% | ETA: {eta}s | {value}/{total}",
      barCompleteChar: "=",
      barIncompleteChar: "-"
    };
  }
});

// node_modules/cli-progress/presets/shades-classic.js
var require_shades_classic = __commonJS({
  "node_modules/cli-progress/presets/shades-classic.js"(exports, module) {
    module.exports = {
      format: " {bar} {percentage}% | ETA: {eta}s | {value}/{total}",
      barCompleteChar: "\u2588",
      barIncompleteChar: "\u2591"
    };
  }
});

// node_modules/cli-progress/presets/shades-grey.js
var require_shades_grey = __commonJS({
  "node_modules/cli-progress/presets/shades-grey.js"(exports, module) {
    module.exports = {
      format: " \x1B[90m{bar}\x1B[0m {percentage}% | ETA: {eta}s | {value}/{total}",
      barCompleteChar: "\u2588",
      barIncompleteChar: "\u2591"
    };
  }
});

// node_modules/cli-progress/presets/rect.js
var require_rect = __commonJS({
  "node_modules/cli-progress/presets/rect.js"(exports, module) {
    module.exports = {
      format: " {bar}\u25A0 {percentage}% | ETA: {eta}s | {value}/{total}",
      barCompleteChar: "\u25A0",
      barIncompleteChar: " "
    };
  }
});

// node_modules/cli-progress/presets/index.js
var require_presets = __commonJS({
  "node_modules/cli-progress/presets/index.js"(exports, module) {
    var _legacy = require_legacy();
    var _shades_classic = require_shades_classic();
    var _shades_grey = require_shades_grey();
    var _rect = require_rect();
    module.exports = {
      legacy: _legacy,
      shades_classic: _shades_classic,
      shades_grey: _shades_grey,
      rect: _rect
    };
  }
});

// node_modules/cli-progress/cli-progress.js
var require_cli_progress = __commonJS({
  "node_modules/cli-progress/cli-progress.js"(exports, module) {
    var _SingleBar = require_single_bar();
    var _MultiBar = require_multi_bar();
    var _Presets = require_presets();
    var _Formatter = require_formatter();
    var _defaultFormatValue = require_format_value();
    var _defaultFormatBar = require_format_bar();
    var _defaultFormatTime = require_format_time();
    module.exports = {
      Bar: _SingleBar,
      SingleBar: _SingleBar,
      MultiBar: _MultiBar,
      Presets: _Presets,
      Format: {
        Formatter: _Formatter,
        BarFormat: _defaultFormatBar,
        ValueFormat: _defaultFormatValue,
        TimeFormat: _defaultFormatTime
      }
    };
  }
});

// src/cli/output.ts
import { styleText } from "node:util";

// src/cli/printable.ts
var MAX_EXCERPT_CHARACTERS = 300;
var UNSAFE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
var toEscape = (character) => Array.from({ length: character.length }, (_, i) => character.charCodeAt(i)).map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
var printable = (text2) => text2.replace(UNSAFE, toEscape);
var oneLine = (text2) => printable(text2).replaceAll("\n", "\\u000a");
var excerpt = (message, edit = (line) => line) => {
  const text2 = typeof message === "string" ? message : JSON.stringify(message) ?? "";
  return oneLine(edit(text2.split("\n", 1)[0])).slice(0, MAX_EXCERPT_CHARACTERS);
};

// src/cli/output.ts
var Styled = class {
  constructor(text2) {
    this.text = text2;
  }
  text;
};
var hasColours = () => process.stdout.isTTY && process.stdout.hasColors();
var paint = (colour, text2) => new Styled(hasColours() ? styleText(colour, printable(text2)) : printable(text2));
var write = (stream, parts) => new Promise((resolve) => {
  const text2 = parts.map((part) => part instanceof Styled ? part.text : printable(part)).join("");
  stream.write(text2, () => resolve());
});
var print = (...parts) => write(process.stdout, [...parts, "\n"]);
var printError = (...parts) => write(process.stderr, [...parts, "\n"]);
var flushOutput = () => Promise.all([write(process.stdout, []), write(process.stderr, [])]);
var CLOSED_EXIT_CODE = 141;
var CLOSED = ["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"];
var handleFailure = (isClosed) => process.exit(isClosed ? CLOSED_EXIT_CODE : 1);
var onOutputFailure = (listener) => {
  handleFailure = listener;
};
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code = "", message }) => {
    const isClosed = CLOSED.includes(code);
    if (!isClosed && stream === process.stdout) printError(`standard output cannot be written: ${message}`);
    handleFailure(isClosed);
  });
}

// src/contract/sha256.ts
var PRIMES = [];
for (let n = 2; n < 312; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
var fractions = (root) => Int32Array.from(PRIMES, (prime) => root(prime) % 1 * 2 ** 32);
var START = fractions(Math.sqrt).slice(0, 8);
var ROUNDS = fractions(Math.cbrt);
var rotate = (x, by) => x >>> by | x << -by;
var sha256 = (message) => {
  const { length } = message;
  const bytes = new Uint8Array(length + 72 >> 6 << 6);
  bytes.set(message);
  bytes[length] = 128;
  const words = new DataView(bytes.buffer);
  words.setInt32(bytes.length - 4, length * 8);
  const state = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = words.getInt32(block + i * 4);
      else {
        const x = w[i - 15];
        const y = w[i - 2];
        w[i] = w[i - 16] + (rotate(x, 7) ^ rotate(x, 18) ^ x >>> 3) + w[i - 7] + (rotate(y, 17) ^ rotate(y, 19) ^ y >>> 10);
      }
      const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + w[i];
      const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c);
      h = g;
      g = f;
      f = e;
      e = d + t1 | 0;
      d = c;
      c = b;
      b = a;
      a = t1 + t2 | 0;
    }
    state.set([a, b, c, d, e, f, g, h].map((value, i) => value + state[i]));
  }
  state.forEach((value, i) => {
    words.setInt32(i * 4, value);
  });
  return bytes.slice(0, 32);
};

// src/contract/sigv4.ts
var ALGORITHM = "AWS4-HMAC-SHA256";
var BLOCK_BYTES = 64;
var utf8 = (text2) => new TextEncoder().encode(text2);
var hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
var hashOf = (text2) => hex(sha256(utf8(text2)));
var hmac = (key, text2) => {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const hash = (pad, message) => {
    const padded = new Uint8Array(BLOCK_BYTES + message.length);
    padded.set(block.map((byte) => byte ^ pad));
    padded.set(message, BLOCK_BYTES);
    return sha256(padded);
  };
  return hash(92, hash(54, utf8(text2)));
};
var uriEncode = (text2) => encodeURIComponent(text2).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
var cached;
var deriveSigningKey = (secretAccessKey, credentialScope) => {
  const id = `${secretAccessKey}/${credentialScope}`;
  if (cached?.id !== id) {
    let signingKey = utf8(`AWS4${secretAccessKey}`);
    for (const part of credentialScope.split("/")) signingKey = hmac(signingKey, part);
    cached = { id, signingKey };
  }
  return cached.signingKey;
};
var signature = (canonicalRequest, secretAccessKey, amzDate, credentialScope) => {
  const stringToSign = [ALGORITHM, amzDate, credentialScope, hashOf(canonicalRequest)].join("\n");
  return hex(hmac(deriveSigningKey(secretAccessKey, credentialScope), stringToSign));
};
var toAmzDate = (at) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
var toCredentialScope = (amzDate, region) => `${amzDate.slice(0, 8)}/${region}/personalize/aws4_request`;
var prepare = ({ url, body }, { accessKeyId, secretAccessKey }, region, at) => {
  const amzDate = toAmzDate(at);
  const credentialScope = toCredentialScope(amzDate, region);
  const { host, pathname } = new URL(url);
  return {
    amzDate,
    credential: `${accessKeyId}/${credentialScope}`,
    host,
    sign(canonicalQuery, headers) {
      const canonicalRequest = [
        "POST",
        // Encoded a second time, as every service but S3 requires.
        pathname.split("/").map(uriEncode).join("/"),
        canonicalQuery,
        ...Object.entries(headers).map((header) => header.join(":")),
        "",
        Object.keys(headers).join(";"),
        hashOf(body)
      ].join("\n");
      return signature(canonicalRequest, secretAccessKey, amzDate, credentialScope);
    }
  };
};
var signHeaders = (request2, credentials, region, at) => {
  const { amzDate, credential, host, sign } = prepare(request2, credentials, region, at);
  const headers = {
    "content-type": "application/json",
    host,
    "x-amz-date": amzDate,
    ...credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }
  };
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${Object.keys(headers).join(";")}, Signature=${sign("", headers)}`
  };
};
var presign = (request2, credentials, region, at) => {
  const { amzDate, credential, host, sign } = prepare(request2, credentials, region, at);
  const { sessionToken } = credentials;
  const query = `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${uriEncode(credential)}&X-Amz-Date=${amzDate}&X-Amz-Expires=3600${sessionToken ? `&X-Amz-Security-Token=${uriEncode(sessionToken)}` : ""}&X-Amz-SignedHeaders=host`;
  return `${request2.url}?${query}&X-Amz-Signature=${sign(query, { host })}`;
};
var createSigner = (credentials, region, now) => ({
  deriveKey() {
    deriveSigningKey(credentials.secretAccessKey, toCredentialScope(toAmzDate(now()), region));
  },
  signHeaders: (request2) => signHeaders(request2, credentials, region, now()),
  presign: (request2) => presign(request2, credentials, region, now())
});

// src/cli/check/run-steps.ts
var ok = (detail) => ({ status: "ok", detail });
var warning = (detail, fix) => ({ status: "warning", detail, fix });
var failed = (detail, fix) => ({ status: "failed", detail, fix });
var skipped = (detail) => ({ status: "skipped", detail });
var runSteps = async (steps, onDone) => {
  const results = [];
  const culprits = /* @__PURE__ */ new Map();
  for (const { name, needs = [], run: run3 } of steps) {
    const culprit = needs.map((need) => culprits.get(need)).find(Boolean);
    const began = performance.now();
    const { status, detail, fix } = culprit ? skipped(`because of ${culprit}`) : await run3();
    const ms = Math.round(performance.now() - began);
    const result = {
      name,
      status,
      // Both may contain a server's text, which must not pass for lines of the report.
      detail: oneLine(detail),
      ...fix !== void 0 && { fix: oneLine(fix) },
      ...status !== "skipped" && { ms }
    };
    if (culprit || status === "failed") culprits.set(name, culprit ?? name);
    results.push(result);
    onDone(result);
  }
  return results;
};

// src/cli/check/clock-step.ts
var MAX_SKEW_MS = 5 * 6e4;
var skewOf = ({ offset }) => {
  const seconds = Math.round(Math.abs(offset) / 1e3);
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return offset ? `${amount} ${offset > 0 ? "behind" : "ahead"}` : "";
};
var clockStep = (measured) => ({
  name: "clock",
  run() {
    if (measured.known() === void 0) return skipped("no answer had a Date");
    const skew = skewOf(measured);
    if (!skew) return ok("agrees with the answers' Date, to ten seconds");
    const judge2 = Math.abs(measured.offset) > MAX_SKEW_MS ? failed : warning;
    return judge2(
      `this machine's is ${skew}, by the answers' Date`,
      "Set it. The signatures here were corrected by what could be read of Date, as visitors' are by the tracker."
    );
  }
});

// src/contract/try.ts
var tryOrUndefined = (run3) => {
  try {
    return run3();
  } catch {
    return void 0;
  }
};

// src/contract/answer.ts
var NO_ANSWER = { status: 0, kind: "", body: {}, retryAfterMs: 0 };
var FOREIGN_TYPE = /html|xml|javascript|css|^(image|audio|video|font)\//i;
var isForeignType = (contentType = "") => FOREIGN_TYPE.test(contentType);
var readRetryAfter = (value = "", date = "") => {
  const ms = /^[\d.]+$/.test(value) ? +value * 1e3 : Date.parse(value) - (Date.parse(date) || Date.now());
  return Math.max(0, ms || 0);
};
var headerOf = (response, name) => tryOrUndefined(() => response.headers.get(name)) ?? "";
var isRedirect = ({ type, redirected, status }) => type === "opaqueredirect" || redirected || status > 299 && status < 400;
var hasForeignType = (response) => isForeignType(headerOf(response, "content-type"));
var readAnswer = (response, text2) => {
  const { status } = response;
  if (isRedirect(response)) return { ...NO_ANSWER, status, foreign: "a redirect" };
  const body = tryOrUndefined(() => JSON.parse(text2)) ?? {};
  const errorType = headerOf(response, "x-amzn-errortype") || body.__type;
  const kind = typeof errorType === "string" ? errorType.replace(/:.*|.*#/g, "") : "";
  const answer = {
    status,
    kind,
    body,
    retryAfterMs: readRetryAfter(headerOf(response, "retry-after"), headerOf(response, "date"))
  };
  if (status < 200 || status > 299) return answer;
  if (/^\s*</.test(text2 ?? "") || text2 !== "" && hasForeignType(response)) {
    return { ...answer, foreign: "a web page" };
  }
  return kind || body.error || body.errorMessage ? { ...answer, foreign: "an error as a success" } : answer;
};

// src/contract/cognito.ts
var isComplete = (credentials) => !!credentials?.AccessKeyId && !!credentials.SecretKey && !!credentials.SessionToken && Number.isFinite(credentials.Expiration);
var askCognito = async (post, url, identityPoolId, knownIdentityId) => {
  const call = async (operation, input, read) => {
    const answer = await post({
      url,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityService.${operation}`
      },
      body: JSON.stringify(input)
    });
    if (answer.status !== 200 || answer.foreign) throw { answer };
    const fields = read(answer.body);
    if (fields) return fields;
    throw { answer: { ...answer, foreign: `${url} is answered by something without ${operation}'s fields` } };
  };
  const identityId = knownIdentityId ?? await call(
    "GetId",
    { IdentityPoolId: identityPoolId },
    ({ IdentityId }) => typeof IdentityId === "string" ? IdentityId : void 0
  );
  try {
    const credentials = await call(
      "GetCredentialsForIdentity",
      { IdentityId: identityId },
      ({ Credentials }) => isComplete(Credentials) ? Credentials : void 0
    );
    return {
      identityId,
      credentials: {
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretKey,
        sessionToken: credentials.SessionToken,
        expiration: new Date(credentials.Expiration * 1e3)
      }
    };
  } catch (error) {
    const { answer } = error;
    if (knownIdentityId && answer?.kind === "ResourceNotFoundException")
      return askCognito(post, url, identityPoolId);
    throw error;
  }
};

// src/cli/check/cors.ts
var listOf = (headers, name) => (headers.get(name) ?? "").split(",").map((entry) => entry.trim().toLowerCase()).filter(Boolean);
var isCrossOrigin = (url, origin) => new URL(url).origin !== origin;
var allowsOrigin = (headers, origin) => ["*", origin].includes(headers.get("access-control-allow-origin") ?? "");
var exposes = (headers, name) => {
  const exposed = listOf(headers, "access-control-expose-headers");
  return exposed.includes("*") || exposed.includes(name.toLowerCase());
};
var allowOriginFix = (headers, origin) => {
  const allowed = headers.get("access-control-allow-origin");
  return `Let it answer with Access-Control-Allow-Origin: ${origin}, or *; it has ${allowed ? `"${allowed}"` : "none"}. AWS itself allows all: what answers in its place is a proxy or another host.`;
};

// src/cli/check/cors-access.ts
var HEADERS_READ_FROM_AWS = {
  Date: "a visitor's wrong clock cannot be corrected by it, and from five minutes off his requests are refused",
  "x-amzn-ErrorType": "a refusal for good is not told from a passing one"
};
var HEADERS_READ_FROM_ENDPOINT = {
  Date: "the time of events cannot be corrected by it where a visitor's clock is wrong"
};
var judgeCorsAccess = ({ answer: { status }, headers }, url, origin, headersRead) => {
  if (!isCrossOrigin(url, origin)) return ok(`${status}`);
  if (!allowsOrigin(headers, origin)) {
    return failed(
      `${status}, and ${origin} may not read it: the tracker would send the same again and again`,
      allowOriginFix(headers, origin)
    );
  }
  const hidden = Object.keys(headersRead).filter((name) => !exposes(headers, name));
  return hidden.length ? warning(
    `${status}, ${hidden.join(" and ")} not exposed: ${hidden.map((name) => headersRead[name]).join("; ")}`,
    `Let it answer with Access-Control-Expose-Headers: ${Object.keys(headersRead).join(", ")}.`
  ) : ok([`${status}, readable from the origin`, ...Object.keys(headersRead)].join(", "));
};

// src/cli/check/fixes.ts
var hideSecrets = (text2, secrets) => secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text2);
var describeAnswer = ({ status, kind, body }, secrets = []) => [status, kind, body.message ?? body.Message].filter(Boolean).map((part) => excerpt(part, (text2) => hideSecrets(text2, secrets))).join(" ");
var generalFix = ({ status, kind }) => {
  if (status === 429 || /Throttl|TooMany/.test(kind)) {
    return "Too many requests: try again in a minute. If this persists, request a higher quota.";
  }
  if (status >= 500) return "The service, or a proxy in front of it, has failed: try again later.";
  if (status >= 300 && status < 400) return "Pass the address that it redirects to.";
  return void 0;
};
var UNKNOWN_FIX = "See docs/troubleshooting.md, and check the proxies between this machine and the service.";
var COGNITO_FIXES = {
  NotAuthorizedException: 'Turn on guest ("unauthenticated") access in the identity pool, and give it a role.',
  ResourceNotFoundException: "There is no such pool in this region: copy --identity-pool-id from the Cognito console, with region and colon.",
  InvalidIdentityPoolConfigurationException: "Give the pool a guest role that it may assume: the role's trust policy must name cognito-identity.amazonaws.com, with this pool's ID as cognito-identity.amazonaws.com:aud and unauthenticated as :amr.",
  InvalidParameterException: "Copy --identity-pool-id from the Cognito console, with region and colon."
};
var cognitoFix = (answer) => generalFix(answer) ?? COGNITO_FIXES[answer.kind] ?? UNKNOWN_FIX;
var policyStatement = (action) => JSON.stringify({ Effect: "Allow", Action: `personalize:${action}`, Resource: "*" });
var putFix = (answer, action, flag, skew) => {
  const fixes = {
    AccessDeniedException: `Add this statement to the policy of the pool's guest role, with * and not the tracker's ARN: ${policyStatement(action)}`,
    ResourceNotFoundException: `There is no such tracker in this region: ${flag} must be its tracking ID (not the ARN), --region its region, and its status ACTIVE.`,
    InvalidSignatureException: skew ? `This machine's clock is ${skew}. Set it. Also let the answers expose Date: otherwise visitors with a wrong clock are refused too.` : "Check that --region is the endpoint's region, and that no proxy changes host, path or body: all three are signed.",
    InvalidInputException: `The message names the invalid field. Check ${flag} first.`
  };
  const credentialsFix = "The service does not accept these credentials: the identity pool and the event tracker must be in one AWS account and partition.";
  return generalFix(answer) ?? fixes[answer.kind] ?? (/Token|UnrecognizedClient/.test(answer.kind) ? credentialsFix : UNKNOWN_FIX);
};
var relayFix = (answer, url, type) => {
  const { status } = answer;
  const fixes = {
    400: `Let it accept a batch of PutEvents as ${type}. Its message gives the reason.`,
    401: "Let it accept batches without a login: visitors have none.",
    403: "Let it accept batches without a login or a CSRF token: a page that is left can send none.",
    404: `Let it answer at ${url}: the tracker appends the last part to --endpoint.`,
    405: `Let it accept POST at ${url}.`,
    415: `Let it accept ${type}: the body is JSON in any case.`
  };
  return generalFix(answer) ?? fixes[status] ?? UNKNOWN_FIX;
};

// src/cli/check/preflight-step.ts
var isAllowed = (name, allowed) => allowed.includes(name) || allowed.includes("*") && name !== "authorization";
var cacheTimeOf = (headers) => {
  const seconds = Number(headers.get("access-control-max-age") ?? Number.NaN);
  return Number.isFinite(seconds) ? `kept for ${seconds} s` : "kept for 5 s, without Access-Control-Max-Age";
};
var judgePreflight = ({ answer: { status }, headers, failure }, asked, origin) => {
  if (failure) return failed(failure.detail, failure.fix);
  if (status < 200 || status > 299) {
    return failed(
      `OPTIONS is answered ${status}`,
      "Let it answer OPTIONS with a status of 200 to 299, without a login and without a redirect."
    );
  }
  if (!allowsOrigin(headers, origin)) {
    return failed(`does not allow ${origin}`, allowOriginFix(headers, origin));
  }
  const allowed = listOf(headers, "access-control-allow-headers");
  const missing = asked.filter((name) => !isAllowed(name, allowed));
  if (missing.length) {
    return failed(
      `does not allow ${missing.join(", ")}`,
      `Let it answer OPTIONS with Access-Control-Allow-Headers: ${asked.join(", ")}.`
    );
  }
  return ok(`allows the origin, ${asked.join(", ")}; ${cacheTimeOf(headers)}`);
};
var preflightStep = (browser, name, needs, url, asked) => ({
  name,
  needs,
  run: async () => isCrossOrigin(url, browser.origin) ? judgePreflight(await browser.preflight(url, asked), asked, browser.origin) : skipped("not asked for within one origin")
});

// src/cli/check/cognito-steps.ts
var NOT_COGNITO = "Something else answers in the place of Cognito Identity: a proxy, or another host.";
var judgeRefusal = ({ answer, failure }) => failure ? failed(failure.detail, failure.fix) : failed(describeAnswer(answer), cognitoFix(answer));
var inMinutes = (ms) => `${Math.round(ms / 6e4)} min`;
var cognitoSteps = (browser, identityUrl, identityPoolId, onCredentials) => {
  let identityId = "";
  const getId = {
    name: "GetId",
    needs: ["Cognito preflight"],
    async run() {
      const replies = [];
      const askOnce = async (request2) => {
        if (replies.length) return NO_ANSWER;
        const reply2 = await browser.post(request2);
        replies.push(reply2);
        return reply2.answer;
      };
      await askCognito(askOnce, identityUrl, identityPoolId).catch(() => {
      });
      const [reply] = replies;
      if (reply.answer.status !== 200) return judgeRefusal(reply);
      identityId = reply.answer.body.IdentityId;
      if (!identityId) return failed("200 without an IdentityId", NOT_COGNITO);
      return judgeCorsAccess(reply, identityUrl, browser.origin, {});
    }
  };
  const getCredentials = {
    name: "GetCredentialsForIdentity",
    needs: ["GetId"],
    async run() {
      let reply;
      const ask = async (request2) => {
        reply = await browser.post(request2);
        return reply.answer;
      };
      try {
        const { credentials } = await askCognito(ask, identityUrl, identityPoolId, identityId);
        onCredentials(credentials);
        return ok(
          `guest credentials for ${inMinutes(+credentials.expiration - browser.measured.now())}`
        );
      } catch {
        const last = reply;
        return last.answer.status === 200 ? failed("200 without credentials", NOT_COGNITO) : judgeRefusal(last);
      }
    }
  };
  return [
    preflightStep(browser, "Cognito preflight", ["options"], identityUrl, ["content-type", "x-amz-target"]),
    getId,
    getCredentials
  ];
};

// src/cli/check/host-step.ts
var hostStep = (browser, name, url) => ({
  name,
  needs: ["options"],
  async run() {
    const { failure } = await browser.get(url);
    return failure ? failed(failure.detail, failure.fix) : ok(`${new URL(url).host} answers`);
  }
});

// src/cli/check/options-step.ts
var isLocal = ({ hostname }) => /^(localhost|.+\.localhost|127\..+|\[::1\])$/.test(hostname);
var optionsStep = ({ settings, origin, isOriginAssumed }) => ({
  name: "options",
  run() {
    const { trackingId, identityPoolId, region, endpointUrl, identityEndpoint, identityUrl } = settings;
    const insecure = [endpointUrl, ...identityPoolId ? [identityUrl] : []].map((url) => new URL(url)).find((url) => url.protocol === "http:" && !isLocal(url));
    if (insecure && origin.startsWith("https:")) {
      return failed(
        `${origin} is HTTPS, ${insecure.href} is not`,
        "Browsers block that as mixed content: serve it by HTTPS."
      );
    }
    const poolRegion = identityPoolId?.split(":")[0];
    if (poolRegion !== region) {
      const detail = `region is ${region}, the pool is in ${poolRegion}`;
      return identityEndpoint ? warning(detail, `That is right if the event tracker is in ${region}; else leave out --region.`) : failed(
        detail,
        `Leave out --region if the event tracker is in ${poolRegion}. If it is in ${region}, say where the pool is: --identity-endpoint-url ${identityUrl.replace(`${region}`, `${poolRegion}`)}, on the tag data-identity-endpoint.`
      );
    }
    const assumed = isOriginAssumed ? " (assumed; --origin tells another)" : "";
    return ok(
      `tracker ${trackingId}, ${identityPoolId ? `region ${region}` : "unsigned"}, origin ${origin}${assumed}`
    );
  }
});

// src/cli/check/network-failure.ts
var REGIONS = "https://docs.aws.amazon.com/general/latest/gr/personalize.html";
var NO_NAME_SERVER = {
  detail: "no name server answers",
  fix: "Check the network and the DNS of this machine."
};
var UNREACHABLE = {
  detail: "cannot be reached",
  fix: "Check for a firewall or a proxy."
};
var CONNECTION_CLOSED = {
  detail: "ended the connection without an answer",
  fix: "Try again. If this persists, check for a firewall or a proxy in between."
};
var FAILURES = {
  ENOTFOUND: {
    detail: "there is no such host",
    fix: `Check that the region is spelled correctly and has the service (${REGIONS}), and that this machine is online.`
  },
  EAI_AGAIN: NO_NAME_SERVER,
  ECONNREFUSED: {
    detail: "refuses connections",
    fix: "Check the host and the port, and that a server listens there."
  },
  ECONNRESET: CONNECTION_CLOSED,
  UND_ERR_SOCKET: CONNECTION_CLOSED,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE
};
var isTlsError = (code) => /CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED/.test(code);
var proxyHint = () => {
  const name = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].find((name2) => process.env[name2]);
  return name ? ` ${name} is set, and not used: Node 24 and later use it with NODE_USE_ENV_PROXY=1. Otherwise run this on a machine that needs no proxy.` : "";
};
var explainFailure = (url, error, timeoutMs) => {
  const { code = "", message = error.message } = error.cause ?? {};
  const failure = () => {
    if (error.name === "TimeoutError") {
      return {
        detail: `no answer within ${timeoutMs / 1e3} s`,
        fix: "Try again, or allow more time by --timeout. If this persists, check for a firewall or a proxy in between."
      };
    }
    if (isTlsError(code)) {
      return {
        detail: `TLS fails: ${message} (${code})`,
        fix: "This machine does not trust the certificate. Either a proxy decrypts TLS (pass its CA in NODE_EXTRA_CA_CERTS), or another host answers under this name."
      };
    }
    return FAILURES[code] ?? {
      detail: `no answer: ${[message, code].filter(Boolean).join(" ")}`,
      fix: "Check the network of this machine."
    };
  };
  const { detail, fix } = failure();
  return { detail: `${new URL(url).host}: ${detail}`, fix: fix + proxyHint() };
};

// src/cli/check/policy.ts
var DEFAULT_PORTS = { "http:": "80", "https:": "443" };
var portOf = ({ port, protocol }) => port || DEFAULT_PORTS[protocol];
var isScheme = (wanted, { protocol }) => protocol === wanted || wanted === "http:" && protocol === "https:";
var isHost = (wanted, { hostname }) => wanted === "*" || (wanted.startsWith("*.") ? hostname.endsWith(wanted.slice(1)) : hostname === wanted);
var isPort = (wanted, url) => {
  const isDefault = portOf(url) === DEFAULT_PORTS[url.protocol];
  if (wanted === void 0 || wanted === "80") return isDefault || portOf(url) === wanted;
  return wanted === "*" || wanted === portOf(url);
};
var isPath = (wanted, { pathname }) => wanted === void 0 || wanted === "/" || wanted === pathname || wanted.endsWith("/") && pathname.startsWith(wanted);
var matches = (source, url, page) => {
  if (source === "*") return true;
  if (source.toLowerCase() === "'self'") {
    return url.hostname === page.hostname && isScheme(page.protocol, url) && isPort(page.port || void 0, url);
  }
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return isScheme(source.toLowerCase(), url);
  const parts = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:']+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme = page.protocol, host = "", port, path] = parts;
  return isScheme(scheme.toLowerCase(), url) && isHost(host.toLowerCase(), url) && isPort(port, url) && isPath(path, url);
};
var sourcesOf = (policy) => {
  const directives = policy.split(";").map((directive) => directive.trim().split(/\s+/));
  const find = (wanted) => directives.find(([name]) => name?.toLowerCase() === wanted)?.slice(1);
  return find("connect-src") ?? find("default-src");
};
var allowsConnection = (policy, url, page) => sourcesOf(policy)?.some((source) => matches(source, new URL(url), new URL(page))) ?? true;
var META = /<meta\s[^>]*http-equiv\s*=\s*["']?content-security-policy["'\s>][^>]*>/gi;
var CONTENT = /\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
var policiesOf = (headers, html) => {
  const metas = [...`${html} `.matchAll(META)].map(([tag]) => CONTENT.exec(tag));
  return [
    ...(headers.get("content-security-policy") ?? "").split(","),
    ...metas.map((content) => content?.[1] ?? content?.[2] ?? "")
  ].filter((policy) => policy.trim());
};

// src/cli/check/page-step.ts
var judge = (policies, urls, page) => {
  if (!policies.length) return ok("has no Content-Security-Policy");
  const blocked = urls.filter((url) => !policies.every((policy) => allowsConnection(policy, url, page)));
  const origins = [...new Set(blocked.map((url) => new URL(url).origin))].join(" ");
  return origins ? failed(
    `its Content-Security-Policy does not let ${origins} through`,
    `Add to its connect-src: ${origins}`
  ) : ok("its Content-Security-Policy lets the requests through");
};
var pageStep = ({ page, timeoutMs }, urls) => page === void 0 ? [] : [
  {
    name: "page",
    needs: ["options"],
    async run() {
      try {
        const response = await fetch(page, { signal: AbortSignal.timeout(timeoutMs) });
        const html = await response.text();
        if (!response.ok) {
          return failed(`is answered ${response.status}`, "Let --page be one that anybody can see.");
        }
        return judge(policiesOf(response.headers, html), urls, response.url);
      } catch (error) {
        const { detail, fix } = explainFailure(page, error, timeoutMs);
        return failed(detail, fix);
      }
    }
  }
];

// src/cli/check/test-request.ts
import { randomUUID } from "node:crypto";

// src/contract/event.ts
var MAX_SENT_AT_SECONDS = 1e11;
var ID = text(MAX_ID_CHARACTERS);
var RESERVED = /^(userid|sessionid|eventtype|timestamp|recommendationid|impression)$/i;
var isAttributionSource = (value) => (
  // It can match in only one way, so that a mismatch is found in linear time.
  hasLength(value, MAX_SOURCE_CHARACTERS) && /^ *[!-~][ -~]*$/.test(value)
);
var isColumnValue = (value) => value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);
var isFlat = (value) => isPlainObject(value) && Object.values(value).every(isColumnValue);
var problemOfNames = (properties) => {
  const reserved = Object.keys(properties ?? {}).find((name) => RESERVED.test(name));
  return reserved && `properties.${reserved} is a word the service reserves`;
};
var EVENT_CHECKS = {
  eventType: ID,
  sentAt: [
    "a Date or Unix seconds",
    (value) => value instanceof Date ? +value > 0 : typeof value === "number" && value > 0 && value < MAX_SENT_AT_SECONDS
  ],
  eventId: ID,
  eventValue: [
    "a finite 32-bit number",
    (value) => typeof value === "number" && Number.isFinite(Math.fround(value))
  ],
  itemId: ID,
  properties: [
    `a flat object, at most ${MAX_PROPERTIES_CHARACTERS} characters as JSON`,
    (value) => isFlat(value) && hasLength(JSON.stringify(value), MAX_PROPERTIES_CHARACTERS)
  ],
  recommendationId: text(MAX_RECOMMENDATION_ID_CHARACTERS),
  impression: [
    `an array of 1-${MAX_IMPRESSION_ITEMS} item IDs of 1-${MAX_ID_CHARACTERS} characters`,
    (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_IMPRESSION_ITEMS && [...value].every(ID[1])
  ],
  metricAttribution: [
    `{ eventAttributionSource } of 1-${MAX_SOURCE_CHARACTERS} printable ASCII characters, not blank`,
    (value) => isPlainObject(value) && `${Object.keys(value)}` === "eventAttributionSource" && isAttributionSource(value.eventAttributionSource)
  ]
};
var { itemId, eventValue, metricAttribution, ...SHARED_CHECKS } = EVENT_CHECKS;
var ACTION_CHECKS = {
  ...SHARED_CHECKS,
  actionId: itemId,
  eventType: oneOf("Taken", "Not Taken", "Viewed")
};
var cutImpression = (impression, itemId2) => {
  const cut = [...impression];
  while (cut.length > MAX_IMPRESSION_ITEMS || [...cut.join("|")].length > MAX_CATEGORICAL_CHARACTERS) {
    if (cut.indexOf(itemId2) * 2 < cut.length) cut.pop();
    else cut.shift();
  }
  return cut;
};
var trim = (value) => {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(trim);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trim(member)]));
};
var recordEvent = (event, now, generateId) => {
  const fields = {
    ...event,
    eventId: event.eventId ?? generateId(),
    properties: event.properties && JSON.stringify(event.properties),
    sentAt: typeof event.sentAt === "number" ? event.sentAt : +(event.sentAt ?? now) / 1e3
  };
  const names = [...Object.keys(EVENT_CHECKS), "actionId"];
  const ordered = Object.fromEntries(names.map((name) => [name, fields[name]]));
  const recorded = trim(JSON.parse(JSON.stringify(ordered)));
  const { impression, itemId: itemId2 } = recorded;
  if (impression) recorded.impression = cutImpression(impression, itemId2);
  return recorded;
};

// src/contract/batch.ts
var operationOf = ({ event }) => event.actionId ? "action-interactions" : "events";
var splitBatch = (batch) => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
};

// src/contract/put-events-request.ts
var toBody = ({ trackingId, actionTrackingId }, batch, offset) => {
  const [first] = batch;
  const operation = operationOf(first);
  const { sessionId, userId } = first;
  const list = batch.map((queued) => {
    const time = Math.round(queued.event.sentAt * 1e3 + (queued.offset ?? offset)) / 1e3;
    return operation === "events" ? { ...queued.event, sentAt: time } : { ...queued.event, sentAt: void 0, timestamp: time, sessionId, userId };
  });
  return operation === "events" ? { trackingId, sessionId, eventList: list, userId } : { trackingId: actionTrackingId, actionInteractions: list };
};
var toRequest = (destination, batch, offset) => ({
  url: `${destination.endpointUrl}/${operationOf(batch[0])}`,
  body: JSON.stringify(toBody(destination, batch, offset))
});

// src/cli/check/test-request.ts
var IGNORED_SESSION_ID = "null";
var TEST_ID = "personalize-beacon-check";
var createTestRequest = (settings, operation, offset) => {
  const now = Date.now();
  const event = operation === "events" ? { eventType: TEST_ID, itemId: TEST_ID } : { eventType: "Viewed", actionId: TEST_ID };
  const item = {
    event: recordEvent(event, now, randomUUID),
    recordedAt: now,
    size: 0,
    sessionId: IGNORED_SESSION_ID
  };
  return toRequest(settings, [item], offset);
};

// src/cli/check/aws-steps.ts
var SIGNED_HEADERS = ["authorization", "content-type", "x-amz-date", "x-amz-security-token"];
var PUTS = {
  events: { action: "PutEvents", flag: "--tracking-id" },
  "action-interactions": { action: "PutActionInteractions", flag: "--action-tracking-id" }
};
var KEEPALIVE = `Set exitTransport: 'keepalive' (data-exit-transport="keepalive" on the tag): pages are then left by keepalive requests with signed headers. Then check again with --exit-transport keepalive.`;
var awsSteps = (setup, browser) => {
  const { settings } = setup;
  const { endpointUrl, identityUrl, region } = settings;
  const { clock, measured, origin } = browser;
  let credentials;
  let signer;
  const judge2 = (reply, operation) => {
    const { answer, failure } = reply;
    if (failure) return failed(failure.detail, failure.fix);
    if (answer.status === 200) {
      return judgeCorsAccess(reply, `${endpointUrl}/${operation}`, origin, HEADERS_READ_FROM_AWS);
    }
    const { secretAccessKey, sessionToken } = credentials;
    const { action, flag } = PUTS[operation];
    return failed(
      describeAnswer(answer, [secretAccessKey, sessionToken]),
      putFix(answer, action, flag, clock.offset ? "" : skewOf(measured))
    );
  };
  const putSteps = (operation) => {
    const { action } = PUTS[operation];
    const preflight2 = `${action} preflight`;
    const post = () => {
      const request2 = createTestRequest(settings, operation, clock.offset);
      return browser.post({ ...request2, headers: signer.signHeaders(request2) });
    };
    return [
      preflightStep(browser, preflight2, ["region"], `${endpointUrl}/${operation}`, SIGNED_HEADERS),
      {
        name: action,
        needs: [preflight2, "GetCredentialsForIdentity"],
        async run() {
          const { offset } = clock;
          const reply = await post();
          const isCorrected = reply.answer.status === 403 && clock.offset !== offset;
          return judge2(isCorrected ? await post() : reply, operation);
        }
      }
    ];
  };
  const presigned = {
    name: "PutEvents presigned",
    needs: ["PutEvents"],
    async run() {
      if (settings.exitTransport === "keepalive") return skipped("not used with keepalive");
      const request2 = createTestRequest(settings, "events", clock.offset);
      const reply = await browser.beacon(signer.presign(request2), request2.body);
      const { answer, failure } = reply;
      if (answer.status === 200) return ok("200 to a text/plain body, as a page that is left sends it");
      const finding = judge2(reply, "events");
      return failure || generalFix(answer) ? finding : { ...finding, fix: KEEPALIVE };
    }
  };
  const guestSteps = cognitoSteps(browser, identityUrl, settings.identityPoolId, (got) => {
    credentials = got;
    signer = createSigner(got, region, clock.now);
  });
  const [preflight, putEvents2] = putSteps("events");
  return [
    optionsStep(setup),
    ...pageStep(setup, [identityUrl, `${endpointUrl}/events`]),
    hostStep(browser, "region", endpointUrl),
    preflight,
    ...guestSteps,
    putEvents2,
    presigned,
    ...settings.actionTrackingId ? putSteps("action-interactions") : [],
    clockStep(measured)
  ];
};

// src/contract/options.ts
var DEFAULTS = {
  flushInterval: 5e3,
  flushSize: 10,
  sessionMaxAge: 30,
  sessionCookie: false,
  impressionShare: 50,
  impressionTime: 1e3,
  impressionItems: "seen",
  pageView: "path",
  attribution: true,
  dataLayer: false,
  ignoreBots: false,
  tcfPurposes: "5,6",
  respectGpc: true,
  debug: false
};
var inRange = (min, max, unit) => [
  `${min}-${max} ${unit}`,
  (value) => typeof value === "number" && value >= min && value <= max
];
var matching = (expected, pattern) => [
  expected,
  (value) => typeof value === "string" && pattern.test(value)
];
var FLAG = oneOf(true, false);
var COOKIE = matching("", /^(?!true$|false$)[\w-]{1,64}(; *(Domain=[\w.-]+|Max-Age=[1-9]\d*))*$/i);
var toAbsoluteUrl = (url, baseUrl) => tryOrUndefined(() => new URL(url, baseUrl).href);
var urlCheck = (baseUrl) => [
  "a URL of http(s) without user, query and fragment",
  (value) => typeof value === "string" && /^https?:\/\/[^/@]+\/[^?#]*$/.test(toAbsoluteUrl(value, baseUrl))
];
var createChecks = (baseUrl) => ({
  trackingId: ID,
  actionTrackingId: ID,
  region: matching("like us-east-1", /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching("like us-east-1:0123-...", /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ["a function", (value) => typeof value === "function"],
  userId: ID,
  endpoint: urlCheck(baseUrl),
  identityEndpoint: urlCheck(baseUrl),
  flushInterval: inRange(0, 36e5, "milliseconds"),
  flushSize: inRange(1, MAX_BATCH_EVENTS, "events"),
  sessionMaxAge: inRange(0, 3650, "days"),
  sessionId: ID,
  sessionCookie: [
    'true or like "name; Domain=.shop.example; Max-Age=86400"',
    (value) => typeof value === "boolean" || COOKIE[1](value)
  ],
  clickEvent: ID,
  domain: oneOf("ECOMMERCE", "VIDEO_ON_DEMAND"),
  impressionShare: inRange(1, 100, "percent"),
  impressionTime: inRange(0, 6e4, "milliseconds"),
  impressionItems: oneOf("seen", "all"),
  pageView: oneOf("path", "address"),
  exitTransport: oneOf("beacon", "keepalive"),
  attribution: FLAG,
  dataLayer: ["true, false or the name of a global", (value) => FLAG[1](value) || ID[1](value)],
  dataLayerEvents: [
    "an object of event types, or false",
    (value) => isPlainObject(value) && Object.values(value).every((type) => type === false || ID[1](type))
  ],
  dataLayerItemId: ID,
  dataLayerProperties: ["an array of names", (value) => Array.isArray(value) && value.every(ID[1])],
  ignoreBots: FLAG,
  consent: oneOf("required", "google", "tcf"),
  tcfPurposes: matching("like 1,5,6", /^\d\d?( *, *\d\d?)*$/),
  respectGpc: FLAG,
  debug: FLAG,
  chunkUrl: urlCheck(baseUrl)
});

// src/contract/resolve-options.ts
var EVENT_TYPES = {
  load: "view",
  submit: "purchase",
  change: "rate",
  media: "watch"
};
var REGIONS2 = /^(us-(east|west-2)|eu-(west|central)-1|ca-c|cn-north-|ap-(south-1|...theast-[12]))/;
var isSigned = ({ identityPoolId, credentials }) => !!(identityPoolId || credentials);
var regionOf = (options) => isSigned(options) ? options.region ?? options.identityPoolId?.split(":")[0] : void 0;
var findMissing = (input, valid) => {
  const required = [
    ["trackingId", !valid.trackingId],
    ["identityPoolId", !isSigned(valid) && !valid.endpoint, ", credentials or endpoint"],
    ["region", !!valid.credentials && !regionOf(valid)]
  ];
  return required.filter(([name, isMissing]) => isMissing && tidy(input[name]) === void 0).map(([name, , alternatives = ""]) => `${name}${alternatives} is missing`);
};
var regionalUrl = (service, region = "") => `https://${service}.${region}.amazonaws.com${/^cn-/.test(region) ? ".cn" : ""}/`;
var createEventTypeOf = ({ clickEvent, domain }) => (trigger) => {
  if (clickEvent && trigger === "click") return clickEvent;
  const name = EVENT_TYPES[trigger] ?? trigger;
  return domain ? name[0].toUpperCase() + name.slice(1) : name;
};
var resolveOptions = (input, baseUrl) => {
  const { valid: options, problems } = check(input, createChecks(baseUrl), tidy);
  const { trackingId, credentials, endpoint, identityEndpoint, chunkUrl } = options;
  const region = regionOf(options);
  problems.push(...findMissing(input, options));
  if (!trackingId || !(isSigned(options) ? region : endpoint)) return { problems };
  if (credentials) delete options.identityPoolId;
  if (region && !REGIONS2.test(region)) {
    const source = options.region ? "" : " from identityPoolId";
    problems.push(`region must be one with Amazon Personalize; got "${region}"${source}`);
  }
  const aws = (service) => regionalUrl(service, region);
  const absolute = (url) => toAbsoluteUrl(url, baseUrl);
  return {
    problems,
    settings: {
      ...DEFAULTS,
      ...options,
      region,
      eventTypeOf: createEventTypeOf(options),
      endpointUrl: absolute(endpoint ?? aws("personalize-events")).replace(/\/+$/, ""),
      identityUrl: absolute(identityEndpoint ?? aws("cognito-identity")),
      ...chunkUrl && { chunkUrl: absolute(chunkUrl).replace(/\/*$/, "/") }
    }
  };
};

// src/cli/read-flags.ts
import { parseArgs } from "node:util";
var readFlags = (args, flags) => {
  try {
    return { values: parseArgs({ args, options: flags }).values };
  } catch (error) {
    return { problem: error.message };
  }
};

// src/cli/check/check-flags.ts
var EXAMPLE_ORIGIN = "https://shop.example";
var DEFAULT_TIMEOUT_SECONDS = 10;
var MAX_TIMEOUT_SECONDS = 30;
var FLAGS = {
  "tracking-id": { type: "string" },
  "action-tracking-id": { type: "string" },
  region: { type: "string" },
  "identity-pool-id": { type: "string" },
  "exit-transport": { type: "string" },
  endpoint: { type: "string" },
  "endpoint-url": { type: "string" },
  "identity-endpoint-url": { type: "string" },
  origin: { type: "string" },
  page: { type: "string" },
  timeout: { type: "string" },
  schema: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" }
};
var AWS_FLAGS = ["identity-pool-id", "region", "endpoint-url", "identity-endpoint-url"];
var originOf = (address) => {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : void 0;
  } catch {
    return void 0;
  }
};
var kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
var withFlagName = (problem, isOfAws) => problem.replace("identityPoolId, credentials or endpoint", "--identity-pool-id or --endpoint").replace(
  /^[a-z]\w*/i,
  (option) => isOfAws && /endpoint$/i.test(option) ? `--${kebab(option)}-url` : `--${kebab(option)}`
);
var problemsOf = (values, origin, seconds) => {
  const problems = [];
  if (!origin) {
    problems.push(`--origin must be a page's address like ${EXAMPLE_ORIGIN}; got "${values.origin}"`);
  }
  if (values.page !== void 0 && !originOf(values.page)) {
    problems.push(`--page must be an address like ${EXAMPLE_ORIGIN}/; got "${values.page}"`);
  }
  if (!(seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)) {
    problems.push(`--timeout must be seconds up to ${MAX_TIMEOUT_SECONDS}; got "${values.timeout}"`);
  }
  const misplaced = AWS_FLAGS.find((name) => values[name] !== void 0);
  if (values.endpoint !== void 0 && misplaced) {
    problems.push(
      `--${misplaced} does not go with --endpoint, which takes batches unsigned; another AWS is --endpoint-url`
    );
  }
  if (values["endpoint-url"] !== void 0 && values["identity-pool-id"] === void 0) {
    problems.push("--endpoint-url needs --identity-pool-id, to sign with");
  }
  return problems;
};
var toOptions = (values) => ({
  trackingId: values["tracking-id"],
  actionTrackingId: values["action-tracking-id"],
  region: values.region,
  identityPoolId: values["identity-pool-id"],
  exitTransport: values["exit-transport"],
  endpoint: values.endpoint ?? values["endpoint-url"],
  identityEndpoint: values["identity-endpoint-url"]
});
var readSetup = (args) => {
  const { values, problem } = readFlags(args, FLAGS);
  if (!values) return { problems: [problem] };
  if (values.help) return { problems: [] };
  const { endpoint } = values;
  const pageOrigin = values.origin ?? originOf(values.page ?? "");
  const origin = originOf(pageOrigin ?? originOf(endpoint ?? "") ?? EXAMPLE_ORIGIN);
  const seconds = Number(values.timeout ?? DEFAULT_TIMEOUT_SECONDS);
  const { settings, problems: optionProblems } = resolveOptions(toOptions(values), pageOrigin && origin);
  const problems = [
    ...problemsOf(values, origin, seconds),
    ...optionProblems.map((each) => withFlagName(each, endpoint === void 0))
  ];
  if (problems.length || !settings || !origin) return { problems };
  const setup = {
    settings,
    origin,
    isOriginAssumed: pageOrigin === void 0,
    page: values.page,
    timeoutMs: seconds * 1e3,
    isJson: !!values.json,
    schemaFile: values.schema
  };
  return { problems, setup };
};

// src/cli/check/help.ts
var HELP = `Sends the requests that a browser sends to Amazon Personalize, and prints a fix for each step that fails.

  npx personalize-beacon check --tracking-id ID --identity-pool-id REGION:ID [--region REGION]
  npx personalize-beacon check --tracking-id ID --endpoint https://shop.example/collect

  --tracking-id ID             the event tracker's ID
  --action-tracking-id ID      ID of the tracker for actions; checks PutActionInteractions too
  --identity-pool-id ID        Cognito identity pool with guest access
  --region REGION              the event tracker's region; default: the pool's
  --endpoint URL               your endpoint for unsigned batches, in place of AWS
  --origin URL                 the page's origin; default: that of --page, else ${EXAMPLE_ORIGIN}, or the endpoint's own
  --page URL                   also checks this page's Content-Security-Policy
  --exit-transport keepalive   the tracker's option of this name; skips the presigned request
  --endpoint-url URL           URL of Personalize Events; default: the region's
  --identity-endpoint-url URL  URL of Cognito Identity; default: the region's
  --timeout SECONDS            timeout of each request; default ${DEFAULT_TIMEOUT_SECONDS}, at most ${MAX_TIMEOUT_SECONDS}
  --schema FILE                the dataset's schema, the Avro JSON that CreateSchema takes; lists the properties
                               that have a column
  --json                       prints one JSON document in place of text:
                               { ok, steps: [{ name, status, detail, fix?, ms? }] },
                               status is ok, warning, failed or skipped
  --help                       prints this help

The test events have the session "null". The service answers them and ignores them: they leave no trace in the dataset.
Each run creates one guest identity in the pool. No secret is printed.

Exit code: 0 no step failed, perhaps with warnings; 1 a step failed; 2 wrong flags.
`;

// src/cli/check/relay-steps.ts
var JSON_TYPE = "application/json";
var TEXT_TYPE = "text/plain";
var isSuccess = ({ answer: { status } }) => status >= 200 && status < 300;
var relaySteps = (setup, browser) => {
  const { settings } = setup;
  const { endpointUrl, actionTrackingId, exitTransport } = settings;
  const refusal = ({ answer, failure }, url, type) => failure ? failed(failure.detail, failure.fix) : failed(`${type} is answered ${describeAnswer(answer)}`, relayFix(answer, url, type));
  const putSteps = (operation) => {
    const url = `${endpointUrl}/${operation}`;
    const preflight = `/${operation} preflight`;
    return [
      preflightStep(browser, preflight, ["endpoint"], url, ["content-type"]),
      {
        name: `/${operation}`,
        needs: [preflight],
        async run() {
          const { body } = createTestRequest(settings, operation, browser.clock.offset);
          const reply = await browser.post({ url, body, headers: { "content-type": JSON_TYPE } });
          return isSuccess(reply) ? judgeCorsAccess(reply, url, browser.origin, HEADERS_READ_FROM_ENDPOINT) : refusal(reply, url, JSON_TYPE);
        }
      },
      {
        name: `/${operation} as text`,
        needs: ["endpoint"],
        async run() {
          if (exitTransport === "keepalive") return skipped("not used with keepalive");
          const { body } = createTestRequest(settings, operation, browser.clock.offset);
          const reply = await browser.beacon(url, body);
          return isSuccess(reply) ? ok(`${reply.answer.status} to a ${TEXT_TYPE} body, as a page that is left sends it`) : refusal(reply, url, TEXT_TYPE);
        }
      }
    ];
  };
  return [
    optionsStep(setup),
    ...pageStep(setup, [`${endpointUrl}/events`]),
    hostStep(browser, "endpoint", endpointUrl),
    ...putSteps("events"),
    ...actionTrackingId ? putSteps("action-interactions") : [],
    clockStep(browser.measured)
  ];
};

// src/cli/check/tag.ts
var escapeHtml = (text2) => text2.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
var toScriptTag = ({ settings }) => {
  const { trackingId, actionTrackingId, identityPoolId, region, endpoint, identityEndpoint, exitTransport } = settings;
  const attributes = {
    "tracking-id": trackingId,
    "action-tracking-id": actionTrackingId,
    "identity-pool-id": identityPoolId,
    region: identityPoolId?.startsWith(`${region}:`) ? void 0 : region,
    endpoint,
    "identity-endpoint": identityEndpoint,
    "exit-transport": exitTransport
  };
  const given = Object.entries(attributes).filter(([, value]) => value !== void 0);
  const text2 = given.map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`).join("");
  return `<script async src="/personalize-${"0.1.0"}.js"${text2}></script>`;
};

// src/cli/check/report.ts
var MARKS = {
  ok: { mark: "\u2713", colour: "green" },
  warning: { mark: "!", colour: "yellow" },
  failed: { mark: "\u2717", colour: "red" },
  skipped: { mark: "\u2013", colour: "gray" }
};
var formatResult = ({ name, status, detail, fix, ms }, width) => {
  const { mark, colour } = MARKS[status];
  const time = ms ? paint("gray", ` (${ms} ms)`) : "";
  const line = [paint(colour, mark), ` ${name.padEnd(width)}  ${detail}`, time];
  return fix ? [...line, `
  ${" ".repeat(width)}  \u2192 ${fix}`] : line;
};
var namesOf = (results, status) => results.filter((result) => result.status === status).map(({ name }) => name).join(", ");
var formatVerdict = (results, setup) => {
  const failures = namesOf(results, "failed");
  if (failures) return [paint("red", `To fix: ${failures}.`)];
  const warnings = namesOf(results, "warning");
  const verdict = paint("green", `All is well${warnings && `, but for warnings: ${warnings}`}.`);
  return [verdict, ` The tag:

${toScriptTag(setup)}`];
};

// src/cli/open-schema.ts
import { readFile } from "node:fs/promises";

// src/cli/wrong-input.ts
var WrongInput = class extends Error {
};

// src/cli/open-schema.ts
var SCHEMA_HELP = `  --schema FILE            the dataset's schema, the Avro JSON that CreateSchema takes: warns of what the dataset
                           would drop, although the service answers 200
  --domain DOMAIN          ECOMMERCE or VIDEO_ON_DEMAND, of a domain dataset group: warns of event types, too`;
var DOMAINS = ["ECOMMERCE", "VIDEO_ON_DEMAND"];
var readDomain = (text2) => {
  const domain = DOMAINS.find((name) => name === text2);
  if (text2 !== void 0 && !domain) {
    throw new WrongInput(`--domain must be ${DOMAINS.join(" or ")}; got "${text2}"`);
  }
  return domain;
};
var openSchema = async (path, name = `--schema ${path}`) => {
  try {
    return readInteractionsSchema(await readFile(path, "utf8"));
  } catch (error) {
    throw new WrongInput(`${name}: ${error.message}`);
  }
};
var openSchemaCheck = async (path, domainText) => {
  const domain = readDomain(domainText);
  if (path === void 0) {
    if (domain) throw new WrongInput("--domain goes only with --schema");
    return void 0;
  }
  return createSchemaCheck(await openSchema(path), domain);
};

// src/cli/check/schema-step.ts
var schemaStep = (path) => ({
  name: "schema",
  async run() {
    try {
      const columns = metadataColumns(await openSchema(path));
      const names = columns.map(({ name, types: types2, isNullable }) => {
        const required = isNullable ? "" : ", required";
        return `${toProperty(name)} (${types2.join(" or ")}${required})`;
      });
      return ok(names.length ? `properties with a column: ${names.join(", ")}` : "no property has a column");
    } catch (error) {
      return failed(
        error.message,
        "Take the Avro JSON that CreateSchema was given for the Interactions dataset."
      );
    }
  }
});

// src/contract/clock.ts
var EARLIEST_MS = Date.UTC(2026, 0, 1);
var NOISE_MS = 1e4;
var createClock = (elapsed, now = Date.now) => {
  const timeOrigin = () => now() - elapsed();
  let learntOrigin;
  const clock = {
    offset: 0,
    now: () => now() + clock.offset,
    // Before the first `learn` the difference is NaN, and the comparison is false.
    known: () => Math.abs(timeOrigin() - learntOrigin) < NOISE_MS ? clock.offset : void 0,
    learn(date) {
      const serverTime = Date.parse(date ?? "");
      if (!serverTime) return;
      const offset = serverTime - now();
      learntOrigin = timeOrigin();
      if (Math.abs(offset - clock.offset) > NOISE_MS) {
        clock.offset = Math.abs(offset) > NOISE_MS ? offset : 0;
        clock.onOffset?.();
      }
    }
  };
  return clock;
};

// src/cli/http-request.ts
var request = async (url, init, timeoutMs) => {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs)
    });
    const text2 = await response.text().catch(() => void 0);
    return { answer: readAnswer(response, text2), headers: response.headers };
  } catch (error) {
    return { answer: NO_ANSWER, headers: new Headers(), error };
  }
};

// src/cli/check/simulated-browser.ts
var createSimulatedBrowser = (origin, timeoutMs) => {
  const clock = createClock(() => performance.now());
  const measured = createClock(() => performance.now());
  const send = async (url, init) => {
    const headers = { ...init.headers, origin };
    const { error, ...reply } = await request(url, { ...init, headers }, timeoutMs);
    return error ? { ...reply, failure: explainFailure(url, error, timeoutMs) } : reply;
  };
  const post = async ({ url, headers, body }) => {
    const reply = await send(url, { method: "POST", headers, body });
    const date = reply.headers.get("date");
    measured.learn(date);
    const isReadable = !isCrossOrigin(url, origin) || allowsOrigin(reply.headers, origin) && exposes(reply.headers, "Date");
    if (isReadable) clock.learn(date);
    return reply;
  };
  return {
    origin,
    clock,
    measured,
    get: (url) => send(url, {}),
    preflight: (url, asked) => send(url, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "POST",
        "access-control-request-headers": asked.join(",")
      }
    }),
    post,
    beacon: (url, body) => post({ url, body, headers: { "content-type": "text/plain;charset=UTF-8" } })
  };
};

// src/cli/check/check.ts
var check2 = {
  summary: "Sends the requests that a browser sends to the service, and prints what to fix",
  async run(args) {
    const { setup, problems } = readSetup(args);
    if (problems.length) {
      printError(`${problems.join("\n")}

npx personalize-beacon check --help lists all flags.`);
      return 2;
    }
    if (!setup) {
      print(HELP);
      return 0;
    }
    const toSteps = setup.settings.identityPoolId ? awsSteps : relaySteps;
    const steps = [
      ...setup.schemaFile === void 0 ? [] : [schemaStep(setup.schemaFile)],
      ...toSteps(setup, createSimulatedBrowser(setup.origin, setup.timeoutMs))
    ];
    const width = Math.max(...steps.map(({ name }) => name.length));
    const results = await runSteps(steps, (result) => {
      if (!setup.isJson) print(...formatResult(result, width));
    });
    const isOk = results.every(({ status }) => status !== "failed");
    if (setup.isJson) print(JSON.stringify({ ok: isOk, steps: results }, null, 2));
    else print("\n", ...formatVerdict(results, setup));
    return isOk ? 0 : 1;
  }
};

// src/cli/interrupts.ts
import { constants } from "node:os";
var SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
var onInterrupt = (stop) => {
  const handle = (signal) => {
    for (const name of SIGNALS) process.off(name, handle);
    stop({ reason: "interrupted", exitCode: 128 + constants.signals[signal], isOutputRead: true });
  };
  for (const name of SIGNALS) process.on(name, handle);
  onOutputFailure(
    () => stop({ reason: "nobody reads its output", exitCode: CLOSED_EXIT_CODE, isOutputRead: false })
  );
};

// src/cli/local/local-flags.ts
import { readFile as readFile2 } from "node:fs/promises";
var DEFAULT_PORT = 8081;
var FLAGS2 = {
  port: { type: "string" },
  "tracking-id": { type: "string", multiple: true },
  "action-tracking-id": { type: "string", multiple: true },
  "identity-pool-id": { type: "string", multiple: true },
  region: { type: "string" },
  schema: { type: "string" },
  domain: { type: "string" },
  json: { type: "boolean" },
  "no-ui": { type: "boolean" },
  help: { type: "boolean" }
};
var readPort = (text2) => {
  if (text2 === void 0) return DEFAULT_PORT;
  const port = Number(text2);
  if (!/^\d+$/.test(text2) || port > 65535) {
    throw new WrongInput(`--port must be a number from 0 to 65535; got "${text2}"`);
  }
  return port;
};
var readSchema = async (path) => {
  await openSchema(path);
  return readFile2(path, "utf8");
};
var readSetup2 = async (args) => {
  const { values, problem } = readFlags(args, FLAGS2);
  if (!values) throw new WrongInput(problem);
  const domain = readDomain(values.domain);
  if (domain && values.schema === void 0) throw new WrongInput("--domain goes only with --schema");
  const ids = {
    trackingId: values["tracking-id"],
    actionTrackingId: values["action-tracking-id"],
    identityPoolId: values["identity-pool-id"],
    region: values.region
  };
  for (const [name, value] of Object.entries(ids)) {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if ([value].flat().includes("")) throw new WrongInput(`--${flag} must not be empty`);
  }
  const given = Object.entries({ ...ids, domain }).filter(([, value]) => value !== void 0);
  return {
    isHelp: !!values.help,
    isJson: !!values.json,
    options: {
      ...Object.fromEntries(given),
      ...values.schema !== void 0 && { schema: await readSchema(values.schema) },
      port: readPort(values.port),
      hasPage: !values["no-ui"]
    }
  };
};

// src/cli/local/local-help.ts
var HELP2 = `Runs Cognito Identity and Personalize Events on this machine, as strict as AWS, and shows each event.

  npx personalize-beacon local [--port ${DEFAULT_PORT}] [--schema interactions.avsc]

  --port PORT              port to listen on; any free one if it is taken; default ${DEFAULT_PORT}
  --tracking-id ID         event tracker that exists; can be repeated; default demo-tracker
  --action-tracking-id ID  event tracker for actions that exists; can be repeated; default demo-action-tracker
  --identity-pool-id ID    identity pool that exists; can be repeated; default REGION:00000000-0000-4000-8000-000000000000
  --region REGION          region that requests must be signed for; default: the pool's, else us-east-1
${SCHEMA_HELP}
  --json                   prints a line of JSON for the start, each event and each request, in place of text
  --no-ui                  serves no page, only AWS and the HTTP API
  --help                   prints this help

It prints the script tag to paste and the options of init(). Only this machine can reach it. Nothing is stored: the newest
10,000 events are kept in memory. Ctrl+C stops it.

Exit code: 0 stopped; 1 it could not start; 2 wrong flags.
`;

// src/cli/local/report-events.ts
var COLOURS = { accepted: "green", duplicate: "gray", ignored: "yellow", rejected: "red" };
var STATUS_WIDTH = 10;
var timeOf = (ms) => new Date(ms).toTimeString().slice(0, 8);
var summarize = ({ event, sessionId, userId }) => {
  const item = event.itemId ?? event.actionId ?? "no item";
  const visitor = userId ? `user ${userId}` : `session ${sessionId}`;
  return `${event.eventType}  ${item}  ${visitor}`;
};
var formatEvent = (received) => {
  const { status, rejection, warnings, receivedAt } = received;
  const reason = rejection ? `  ${[rejection.field, rejection.type, rejection.message].filter(Boolean).join(": ")}` : "";
  return [
    [
      `${timeOf(receivedAt)}  `,
      paint(COLOURS[status], status.padEnd(STATUS_WIDTH)),
      oneLine(`  ${summarize(received)}${reason}`)
    ],
    ...warnings.map(({ field, message }) => [
      `${timeOf(receivedAt)}  `,
      paint("yellow", "warning".padEnd(STATUS_WIDTH)),
      oneLine(`  ${field}: ${message}`)
    ])
  ];
};
var formatRequest = ({ receivedAt, method, path, target, status, errorType, fault }) => [
  `${timeOf(receivedAt)}  `,
  paint("red", "failed".padEnd(STATUS_WIDTH)),
  oneLine(
    `  ${target ?? `${method} ${path}`}  ${status || "no answer"} ${errorType ?? ""}${fault ? `  (fault: ${fault})` : ""}`
  )
];
var NOTICE_OF_DROPS = "events are kept; older ones are dropped";
var reportText = (aws) => {
  let rejectedRequestId = "";
  aws.on("event", (event) => {
    if (event.status === "rejected") rejectedRequestId = event.requestId;
    for (const line of formatEvent(event)) print(...line);
  });
  aws.on("request", (request2) => {
    const isFailed = request2.status === 0 || request2.status >= 400;
    if (isFailed && request2.requestId !== rejectedRequestId) print(...formatRequest(request2));
  });
};
var reportJson = (aws) => {
  aws.on("event", (event) => print(JSON.stringify({ type: "event", ...event })));
  aws.on("request", (request2) => print(JSON.stringify({ type: "request", ...request2 })));
};
var reportDrops = (aws, isJson) => {
  const stop = aws.on("event", () => {
    if (!aws.dropped.events) return;
    stop();
    const kept = aws.events.length;
    print(
      isJson ? JSON.stringify({ type: "dropped", kept }) : `The newest ${kept.toLocaleString("en")} ${NOTICE_OF_DROPS}.`
    );
  });
};
var reportEvents = (aws, isJson) => {
  if (isJson) reportJson(aws);
  else reportText(aws);
  reportDrops(aws, isJson);
};

// src/cli/local/local.ts
var start = async ({ options, isJson }) => {
  try {
    return await startLocalAws(options);
  } catch (error) {
    const { code, message } = error;
    if (code === void 0) throw new WrongInput(message);
    if (code !== "EADDRINUSE") throw error;
    const aws = await startLocalAws({ ...options, port: 0 });
    if (!isJson) print(`Port ${options.port} is taken; port ${aws.port} is used.`);
    return aws;
  }
};
var indent = (text2) => text2.replace(/^/gm, "    ");
var formatStart = ({ url, tag, initOptions }, hasPage) => `
  ${hasPage ? "Page      " : "HTTP API  "}  ${hasPage ? url : `${url}/api`}

  Script tag

${indent(tag)}

  Options of init()

${indent(JSON.stringify(initOptions, null, 2))}

  Without Cognito, as to your own endpoint: endpoint "${url}/collect", no identityPoolId
  With the AWS CLI or SDKs: --endpoint-url ${url} --region ${initOptions.region}
    AWS_ACCESS_KEY_ID=${ACCESS_KEY.accessKeyId} AWS_SECRET_ACCESS_KEY=${ACCESS_KEY.secretAccessKey}

  Ctrl+C stops it.
`;
var waitForStop = () => new Promise((resolve) => onInterrupt(() => resolve()));
var local = {
  summary: "Runs the service on this machine, and shows each event that comes",
  async run(args) {
    try {
      const setup = await readSetup2(args);
      if (setup.isHelp) {
        print(HELP2);
        return 0;
      }
      const stopped = waitForStop();
      const aws = await start(setup);
      const { url, tag, initOptions } = aws;
      if (setup.isJson) print(JSON.stringify({ type: "started", url, tag, initOptions }));
      else print(formatStart(aws, setup.options.hasPage !== false));
      reportEvents(aws, setup.isJson);
      await stopped;
      await aws.close();
      return 0;
    } catch (error) {
      printError(`local: ${error.message}`);
      return error instanceof WrongInput ? 2 : 1;
    }
  }
};

// node_modules/p-throttle/index.js
var states = /* @__PURE__ */ new WeakMap();
var signalThrottleds = /* @__PURE__ */ new WeakMap();
var finalizationRegistry = new FinalizationRegistry(({ signalWeakRef, weakReference }) => {
  const signal = signalWeakRef.deref();
  if (!signal) {
    return;
  }
  const registration = signalThrottleds.get(signal);
  if (registration) {
    registration.throttleds.delete(weakReference);
    if (registration.throttleds.size === 0) {
      signal.removeEventListener("abort", registration.listener);
      signalThrottleds.delete(signal);
    }
  }
});
function pThrottle({ limit, interval, strict, signal, onDelay, weight }) {
  if (!Number.isFinite(limit)) {
    throw new TypeError("Expected `limit` to be a finite number");
  }
  if (!Number.isFinite(interval)) {
    throw new TypeError("Expected `interval` to be a finite number");
  }
  if (limit < 0) {
    throw new TypeError("Expected `limit` to be >= 0");
  }
  if (interval < 0) {
    throw new TypeError("Expected `interval` to be >= 0");
  }
  if (weight !== void 0 && typeof weight !== "function") {
    throw new TypeError("Expected `weight` to be a function");
  }
  if (weight && interval === 0) {
    throw new TypeError("The `weight` option cannot be used with `interval` of 0");
  }
  const state = {
    queue: /* @__PURE__ */ new Map(),
    strictTicks: [],
    // Track windowed algorithm state so it can be reset on abort
    currentTick: 0,
    activeWeight: 0
  };
  const strictCapacity = Math.max(limit, 1);
  const insertTickSorted = (tickRecord) => {
    if (state.strictTicks.length === 0 || tickRecord.time >= state.strictTicks.at(-1).time) {
      state.strictTicks.push(tickRecord);
    } else {
      const insertIndex = state.strictTicks.findIndex((tick) => tick.time > tickRecord.time);
      state.strictTicks.splice(insertIndex, 0, tickRecord);
    }
  };
  function windowedDelay(requestWeight) {
    const now = Date.now();
    if (now - state.currentTick > interval) {
      state.activeWeight = requestWeight;
      state.currentTick = now;
      return 0;
    }
    if (state.activeWeight + requestWeight <= limit) {
      state.activeWeight += requestWeight;
    } else {
      state.currentTick += interval;
      state.activeWeight = requestWeight;
    }
    return state.currentTick - now;
  }
  function weightedDelay(requestWeight, now, ticks) {
    const findBlockingTick = (time) => {
      let windowStart = 0;
      let windowWeight = 0;
      for (const [index, tick] of ticks.entries()) {
        if (tick.time >= time + interval) {
          break;
        }
        windowWeight += tick.weight;
        const windowEnd = Math.max(time, tick.time);
        while (windowStart <= index && ticks[windowStart].time <= windowEnd - interval) {
          windowWeight -= ticks[windowStart].weight;
          windowStart++;
        }
        if (windowWeight + requestWeight > limit) {
          return ticks[windowStart];
        }
      }
    };
    let nextExecutionTime = now;
    let blockingTick = findBlockingTick(nextExecutionTime);
    while (blockingTick) {
      nextExecutionTime = blockingTick.time + interval;
      blockingTick = findBlockingTick(nextExecutionTime);
    }
    const tickRecord = {
      time: nextExecutionTime,
      weight: requestWeight,
      isExecuted: false
    };
    insertTickSorted(tickRecord);
    return { delay: Math.max(0, nextExecutionTime - now), tickRecord };
  }
  function strictDelay(requestWeight) {
    const now = Date.now();
    if (state.strictTicks.length > 0 && now - state.strictTicks.at(-1).time > interval) {
      state.strictTicks.length = 0;
    }
    if (weight) {
      while (state.strictTicks.length > 0 && now - state.strictTicks[0].time >= interval) {
        state.strictTicks.shift();
      }
      return weightedDelay(requestWeight, now, state.strictTicks);
    }
    if (state.strictTicks.length < strictCapacity) {
      state.strictTicks.push({ time: now, weight: requestWeight });
      return { delay: 0 };
    }
    const oldestTime = state.strictTicks[0].time;
    const mostRecentTime = state.strictTicks.at(-1).time;
    const baseTime = oldestTime + interval;
    const minSpacing = interval > 0 ? Math.ceil(interval / strictCapacity) : 0;
    const nextExecutionTime = baseTime <= mostRecentTime ? mostRecentTime + minSpacing : baseTime;
    state.strictTicks.shift();
    const tickRecord = { time: nextExecutionTime, weight: requestWeight };
    state.strictTicks.push(tickRecord);
    return { delay: Math.max(0, nextExecutionTime - now), tickRecord };
  }
  const getDelay = strict ? strictDelay : windowedDelay;
  return (function_) => {
    const throttled = function(...arguments_) {
      if (!throttled.isEnabled) {
        return (async () => function_.apply(this, arguments_))();
      }
      let timeoutId;
      return new Promise((resolve, reject) => {
        let requestWeight = 1;
        if (weight) {
          try {
            requestWeight = weight(...arguments_);
          } catch (error) {
            reject(error);
            return;
          }
          if (!Number.isFinite(requestWeight) || requestWeight < 0) {
            reject(new TypeError("Expected `weight` to be a finite non-negative number"));
            return;
          }
          if (requestWeight > limit) {
            reject(new TypeError(`Expected \`weight\` (${requestWeight}) to be <= \`limit\` (${limit})`));
            return;
          }
        }
        const delayResult = getDelay(requestWeight);
        const delay = strict ? delayResult.delay : delayResult;
        let tickRecord = strict ? delayResult.tickRecord : void 0;
        const execute = () => {
          if (tickRecord) {
            const actualTime = Date.now();
            if (weight) {
              const index = state.strictTicks.indexOf(tickRecord);
              if (index !== -1) {
                state.strictTicks.splice(index, 1);
              }
              const executedTicks = state.strictTicks.filter((tick) => tick.isExecuted);
              const updatedDelayResult = weightedDelay(requestWeight, actualTime, executedTicks);
              tickRecord = updatedDelayResult.tickRecord;
              if (updatedDelayResult.delay > 0) {
                state.queue.delete(timeoutId);
                timeoutId = setTimeout(execute, updatedDelayResult.delay);
                state.queue.set(timeoutId, reject);
                return;
              }
              tickRecord.isExecuted = true;
            } else {
              tickRecord.time = actualTime;
            }
          }
          try {
            resolve(function_.apply(this, arguments_));
          } catch (error) {
            reject(error);
          }
          state.queue.delete(timeoutId);
        };
        if (delay > 0) {
          timeoutId = setTimeout(execute, delay);
          state.queue.set(timeoutId, reject);
          try {
            onDelay?.(...arguments_);
          } catch {
          }
        } else {
          execute();
        }
      });
    };
    signal?.throwIfAborted();
    if (signal) {
      let registration = signalThrottleds.get(signal);
      if (!registration) {
        registration = {
          throttleds: /* @__PURE__ */ new Set(),
          listener: null
        };
        registration.listener = () => {
          for (const weakReference2 of registration.throttleds) {
            const function_2 = weakReference2.deref();
            if (!function_2) {
              continue;
            }
            const functionState = states.get(function_2);
            if (!functionState) {
              continue;
            }
            for (const timeout of functionState.queue.keys()) {
              clearTimeout(timeout);
              functionState.queue.get(timeout)(signal.reason);
            }
            functionState.queue.clear();
            functionState.strictTicks.length = 0;
            functionState.currentTick = 0;
            functionState.activeWeight = 0;
          }
          signalThrottleds.delete(signal);
        };
        signalThrottleds.set(signal, registration);
        signal.addEventListener("abort", registration.listener, { once: true });
      }
      const weakReference = new WeakRef(throttled);
      registration.throttleds.add(weakReference);
      finalizationRegistry.register(throttled, {
        signalWeakRef: new WeakRef(signal),
        weakReference
      });
    }
    throttled.isEnabled = true;
    Object.defineProperty(throttled, "queueSize", {
      get() {
        return state.queue.size;
      }
    });
    states.set(throttled, state);
    return throttled;
  };
}

// src/cli/put-events/batch-rows.ts
var WINDOW_ROWS = 2e4;
async function* batchRows(interactions, windowRows = WINDOW_ROWS) {
  const groups = /* @__PURE__ */ new Map();
  let waiting = 0;
  for await (const interaction of interactions) {
    const key = JSON.stringify([interaction.userId, interaction.sessionId]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(interaction);
    waiting++;
    const isFull = group.length === MAX_BATCH_EVENTS;
    if (!isFull && waiting < windowRows) continue;
    const due = isFull ? key : groups.keys().next().value;
    const batch = groups.get(due);
    groups.delete(due);
    waiting -= batch.length;
    yield batch;
  }
  yield* groups.values();
}

// src/cli/put-events/interactions.ts
import { createHash } from "node:crypto";
import { pipeline } from "node:stream";

// node_modules/csv-parse/lib/index.js
import { Transform } from "stream";

// node_modules/csv-parse/lib/utils/is_object.js
var is_object = function(obj) {
  return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};

// node_modules/csv-parse/lib/api/CsvError.js
var CsvError = class _CsvError extends Error {
  constructor(code, message, options, ...contexts) {
    if (Array.isArray(message)) message = message.join(" ").trim();
    super(message);
    if (Error.captureStackTrace !== void 0) {
      Error.captureStackTrace(this, _CsvError);
    }
    this.code = code;
    for (const context of contexts) {
      for (const key in context) {
        const value = context[key];
        this[key] = Buffer.isBuffer(value) ? value.toString(options.encoding) : value == null ? value : JSON.parse(JSON.stringify(value));
      }
    }
  }
};

// node_modules/csv-parse/lib/api/normalize_columns_array.js
var normalize_columns_array = function(columns) {
  const normalizedColumns = [];
  for (let i = 0, l = columns.length; i < l; i++) {
    const column = columns[i];
    if (column === void 0 || column === null || column === false) {
      normalizedColumns[i] = { disabled: true };
    } else if (typeof column === "string" || typeof column === "number") {
      normalizedColumns[i] = { name: `${column}` };
    } else if (is_object(column)) {
      if (typeof column.name !== "string") {
        throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
          "Option columns missing name:",
          `property "name" is required at position ${i}`,
          "when column is an object literal"
        ]);
      }
      normalizedColumns[i] = column;
    } else {
      throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
        "Invalid column definition:",
        "expect a string or a literal object,",
        `got ${JSON.stringify(column)} at position ${i}`
      ]);
    }
  }
  return normalizedColumns;
};

// node_modules/csv-parse/lib/utils/ResizeableBuffer.js
var ResizeableBuffer = class {
  constructor(size = 100) {
    this.size = size;
    this.length = 0;
    this.buf = Buffer.allocUnsafe(size);
  }
  prepend(val) {
    if (Buffer.isBuffer(val)) {
      const length = this.length + val.length;
      if (length >= this.size) {
        this.resize();
        if (length >= this.size) {
          throw Error("INVALID_BUFFER_STATE");
        }
      }
      const buf = this.buf;
      this.buf = Buffer.allocUnsafe(this.size);
      val.copy(this.buf, 0);
      buf.copy(this.buf, val.length);
      this.length += val.length;
    } else {
      const length = this.length++;
      if (length === this.size) {
        this.resize();
      }
      const buf = this.clone();
      this.buf[0] = val;
      buf.copy(this.buf, 1, 0, length);
    }
  }
  append(val) {
    const length = this.length++;
    if (length === this.size) {
      this.resize();
    }
    this.buf[length] = val;
  }
  clone() {
    return Buffer.from(this.buf.slice(0, this.length));
  }
  resize() {
    const length = this.length;
    this.size = this.size * 2;
    const buf = Buffer.allocUnsafe(this.size);
    this.buf.copy(buf, 0, 0, length);
    this.buf = buf;
  }
  toString(encoding) {
    if (encoding) {
      return this.buf.toString(encoding, 0, this.length);
    } else {
      return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
    }
  }
  toJSON() {
    return this.toString("utf8");
  }
  reset() {
    this.length = 0;
  }
};
var ResizeableBuffer_default = ResizeableBuffer;

// node_modules/csv-parse/lib/api/init_state.js
var init_state = function(options) {
  const timchars = [
    // Basic Latin
    32,
    // [Space](https://www.fileformat.info/info/unicode/char/0020/index.htm)
    9,
    // [CHARACTER TABULATION (HT)](https://www.fileformat.info/info/unicode/char/0009/index.htm)
    10,
    // [LINE FEED (LF)](https://www.fileformat.info/info/unicode/char/000a/index.htm)
    13,
    // [CARRIAGE RETURN (CR)](https://www.fileformat.info/info/unicode/char/000d/index.htm)
    12,
    // [FORM FEED (FF)](https://www.fileformat.info/info/unicode/char/000c/index.htm)
    11,
    // [LINE TABULATION (VT)](https://www.fileformat.info/info/unicode/char/000b/index.htm)
    // Latin-1 Supplement
    160,
    // [NO-BREAK SPACE (NBSP)](https://www.fileformat.info/info/unicode/char/00a0/index.htm)
    // Ogham
    5760,
    // [OGHAM SPACE MARK](https://www.fileformat.info/info/unicode/char/1680/index.htm)
    // General Punctuation
    8192,
    // [EN QUAD](https://www.fileformat.info/info/unicode/char/2000/index.htm)
    8193,
    // [EM QUAD](https://www.fileformat.info/info/unicode/char/2001/index.htm)
    8194,
    // [EN SPACE](https://www.fileformat.info/info/unicode/char/2002/index.htm)
    8195,
    // [EM SPACE](https://www.fileformat.info/info/unicode/char/2003/index.htm)
    8196,
    // [THREE-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2004/index.htm)
    8197,
    // [FOUR-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2005/index.htm)
    8198,
    // [SIX-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2006/index.htm)
    8199,
    // [FIGURE SPACE](https://www.fileformat.info/info/unicode/char/2007/index.htm)
    8200,
    // [PUNCTUATION SPACE](https://www.fileformat.info/info/unicode/char/2008/index.htm)
    8201,
    // [THIN SPACE](https://www.fileformat.info/info/unicode/char/2009/index.htm)
    8202,
    // [HAIR SPACE](https://www.fileformat.info/info/unicode/char/200a/index.htm)
    8232,
    // [LINE SEPARATOR](https://www.fileformat.info/info/unicode/char/2028/index.htm)
    8233,
    // [PARAGRAPH SEPARATOR](https://www.fileformat.info/info/unicode/char/2029/index.htm)
    8239,
    // [NARROW NO-BREAK SPACE (NNBSP)](https://www.fileformat.info/info/unicode/char/202f/index.htm)
    8287,
    // [MEDIUM MATHEMATICAL SPACE (MMSP)](https://www.fileformat.info/info/unicode/char/205f/index.htm)
    12288,
    // [IDEOGRAPHIC SPACE](https://www.fileformat.info/info/unicode/char/3000/index.htm)
    65279
    // [ZERO WIDTH NO-BREAK SPACE (BOM)](https://www.fileformat.info/info/unicode/char/feff/index.htm)
  ].reduce((acc, codepoint) => {
    const encoded = Buffer.from(
      String.fromCharCode(codepoint),
      options.encoding
    );
    if (codepoint !== 63 && encoded.length === 1 && encoded[0] === 63) {
      return acc;
    }
    acc.push(encoded);
    return acc;
  }, []);
  const timcharFirstBytes = new Uint8Array(256);
  for (const t of timchars) timcharFirstBytes[t[0]] = 1;
  return {
    bomSkipped: false,
    bufBytesStart: 0,
    castField: options.cast_function,
    commenting: false,
    delimiterBufPrevious: void 0,
    delimiterDiscovered: false,
    // Current error encountered by a record
    error: void 0,
    enabled: options.from_line === 1,
    escaping: false,
    escapeIsQuote: Buffer.isBuffer(options.escape) && Buffer.isBuffer(options.quote) && Buffer.compare(options.escape, options.quote) === 0,
    // columns can be `false`, `true`, `Array`
    expectedRecordLength: Array.isArray(options.columns) ? options.columns.length : void 0,
    field: new ResizeableBuffer_default(20),
    firstLineToHeaders: options.cast_first_line_to_header,
    needMoreDataSize: Math.max(
      // Skip if the remaining buffer smaller than comment
      options.comment !== null ? options.comment.length : 0,
      ...options.delimiter ? options.delimiter.map((delimiter) => delimiter.length) : [],
      // Auto discovery of delimiter is limited to 1 character
      options.delimiter_auto ? 1 : 0,
      // Skip if the remaining buffer can be escape sequence
      options.quote !== null ? options.quote.length : 0,
      ...timchars.map((t) => t.length)
    ),
    previousBuf: void 0,
    quoting: false,
    stop: false,
    rawBuffer: new ResizeableBuffer_default(100),
    record: [],
    recordHasError: false,
    record_length: 0,
    recordDelimiterMaxLength: options.record_delimiter.length === 0 ? 0 : Math.max(...options.record_delimiter.map((v) => v.length)),
    trimChars: [
      Buffer.from(" ", options.encoding)[0],
      Buffer.from("	", options.encoding)[0]
    ],
    wasQuoting: false,
    wasRowDelimiter: false,
    timchars,
    timcharFirstBytes
  };
};

// node_modules/csv-parse/lib/utils/underscore.js
var underscore = function(str) {
  return str.replace(/([A-Z])/g, function(_, match) {
    return "_" + match.toLowerCase();
  });
};

// node_modules/csv-parse/lib/api/normalize_options.js
var normalize_options = function(opts) {
  const options = {};
  for (const opt in opts) {
    options[underscore(opt)] = opts[opt];
  }
  if (options.encoding === void 0 || options.encoding === true) {
    options.encoding = "utf8";
  } else if (options.encoding === null || options.encoding === false) {
    options.encoding = null;
  } else if (typeof options.encoding !== "string" && options.encoding !== null) {
    throw new CsvError(
      "CSV_INVALID_OPTION_ENCODING",
      [
        "Invalid option encoding:",
        "encoding must be a string or null to return a buffer,",
        `got ${JSON.stringify(options.encoding)}`
      ],
      options
    );
  }
  if (options.bom === void 0 || options.bom === null || options.bom === false) {
    options.bom = false;
  } else if (options.bom !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_BOM",
      [
        "Invalid option bom:",
        "bom must be true,",
        `got ${JSON.stringify(options.bom)}`
      ],
      options
    );
  }
  options.cast_function = null;
  if (options.cast === void 0 || options.cast === null || options.cast === false || options.cast === "") {
    options.cast = void 0;
  } else if (typeof options.cast === "function") {
    options.cast_function = options.cast;
    options.cast = true;
  } else if (options.cast !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_CAST",
      [
        "Invalid option cast:",
        "cast must be true or a function,",
        `got ${JSON.stringify(options.cast)}`
      ],
      options
    );
  }
  if (options.cast_date === void 0 || options.cast_date === null || options.cast_date === false || options.cast_date === "") {
    options.cast_date = false;
  } else if (options.cast_date === true) {
    options.cast_date = function(value) {
      const date = Date.parse(value);
      return !isNaN(date) ? new Date(date) : value;
    };
  } else if (typeof options.cast_date !== "function") {
    throw new CsvError(
      "CSV_INVALID_OPTION_CAST_DATE",
      [
        "Invalid option cast_date:",
        "cast_date must be true or a function,",
        `got ${JSON.stringify(options.cast_date)}`
      ],
      options
    );
  }
  options.cast_first_line_to_header = void 0;
  if (options.columns === true) {
    options.cast_first_line_to_header = void 0;
  } else if (typeof options.columns === "function") {
    options.cast_first_line_to_header = options.columns;
    options.columns = true;
  } else if (Array.isArray(options.columns)) {
    options.columns = normalize_columns_array(options.columns);
  } else if (options.columns === void 0 || options.columns === null || options.columns === false) {
    options.columns = false;
  } else {
    throw new CsvError(
      "CSV_INVALID_OPTION_COLUMNS",
      [
        "Invalid option columns:",
        "expect an array, a function or true,",
        `got ${JSON.stringify(options.columns)}`
      ],
      options
    );
  }
  if (options.group_columns_by_name === void 0 || options.group_columns_by_name === null || options.group_columns_by_name === false) {
    options.group_columns_by_name = false;
  } else if (options.group_columns_by_name !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME",
      [
        "Invalid option group_columns_by_name:",
        "expect an boolean,",
        `got ${JSON.stringify(options.group_columns_by_name)}`
      ],
      options
    );
  } else if (options.columns === false) {
    throw new CsvError(
      "CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME",
      [
        "Invalid option group_columns_by_name:",
        "the `columns` mode must be activated."
      ],
      options
    );
  }
  if (options.comment === void 0 || options.comment === null || options.comment === false || options.comment === "") {
    options.comment = null;
  } else {
    if (typeof options.comment === "string") {
      options.comment = Buffer.from(options.comment, options.encoding);
    }
    if (!Buffer.isBuffer(options.comment)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_COMMENT",
        [
          "Invalid option comment:",
          "comment must be a buffer or a string,",
          `got ${JSON.stringify(options.comment)}`
        ],
        options
      );
    }
  }
  if (options.comment_no_infix === void 0 || options.comment_no_infix === null || options.comment_no_infix === false) {
    options.comment_no_infix = false;
  } else if (options.comment_no_infix !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_COMMENT",
      [
        "Invalid option comment_no_infix:",
        "value must be a boolean,",
        `got ${JSON.stringify(options.comment_no_infix)}`
      ],
      options
    );
  }
  if (options.delimiter_auto === void 0 || options.delimiter_auto === null || options.delimiter_auto === false) {
    options.delimiter_auto = false;
  } else if (options.delimiter_auto === true) {
    options.delimiter_auto = {};
  } else if (!is_object(options.delimiter_auto)) {
    throw new CsvError(
      "CSV_INVALID_OPTION_DELIMITER_AUTO",
      [
        "Invalid option delimiter_auto:",
        "delimiter_auto must be a boolean or a configuration object,",
        `got ${JSON.stringify(options.delimiter_auto)}`
      ],
      options
    );
  }
  if (options.delimiter_auto) {
    if (options.delimiter_auto.preferred === void 0)
      options.delimiter_auto.preferred = {
        [",".charCodeAt(0)]: 1.8,
        ["	".charCodeAt(0)]: 1.8,
        [";".charCodeAt(0)]: 1.6,
        [" ".charCodeAt(0)]: 1.6,
        [":".charCodeAt(0)]: 1.5,
        [".".charCodeAt(0)]: 1.4,
        ["/".charCodeAt(0)]: 1.4
      };
    else if (!is_object(options.delimiter_auto.preferred)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "preferred must be an object,",
          `got ${JSON.stringify(options.delimiter_auto.preferred)}`
        ],
        options
      );
    }
    if (options.delimiter_auto.score === void 0)
      options.delimiter_auto.score = (info, options2) => {
        return (info.total - info.std) * (options2.preferred[info.char_code] || 1);
      };
    else if (typeof options.delimiter_auto.score !== "function") {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "score must be a function,",
          `got ${JSON.stringify(options.delimiter_auto.score)}`
        ],
        options
      );
    }
    if (options.delimiter_auto.size === void 0)
      options.delimiter_auto.size = 2048;
    else if (typeof options.delimiter_auto.size !== "number") {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "size must be a number,",
          `got ${JSON.stringify(options.delimiter_auto.size)}`
        ],
        options
      );
    }
  }
  const delimiter_json = JSON.stringify(options.delimiter);
  if (options.delimiter_auto !== false) {
    options.delimiter = [];
  }
  if (!Array.isArray(options.delimiter)) {
    if (options.delimiter === void 0 || options.delimiter === null || options.delimiter === false) {
      options.delimiter = Buffer.from(",", options.encoding);
    }
    options.delimiter = [options.delimiter];
  }
  options.delimiter = options.delimiter.map(function(delimiter) {
    if (typeof delimiter === "string") {
      delimiter = Buffer.from(delimiter, options.encoding);
    }
    if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER",
        [
          "Invalid option delimiter:",
          "delimiter must be a non empty string or buffer or array of string|buffer,",
          `got ${delimiter_json}`
        ],
        options
      );
    }
    return delimiter;
  });
  if (options.escape === void 0 || options.escape === true) {
    options.escape = Buffer.from('"', options.encoding);
  } else if (typeof options.escape === "string") {
    options.escape = Buffer.from(options.escape, options.encoding);
  } else if (options.escape === null || options.escape === false) {
    options.escape = null;
  }
  if (options.escape !== null) {
    if (!Buffer.isBuffer(options.escape)) {
      throw new Error(
        `Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`
      );
    }
  }
  if (options.from === void 0 || options.from === null) {
    options.from = 1;
  } else {
    if (typeof options.from === "string" && /\d+/.test(options.from)) {
      options.from = parseInt(options.from);
    }
    if (Number.isInteger(options.from)) {
      if (options.from < 0) {
        throw new Error(
          `Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`
        );
      }
    } else {
      throw new Error(
        `Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`
      );
    }
  }
  if (options.from_line === void 0 || options.from_line === null) {
    options.from_line = 1;
  } else {
    if (typeof options.from_line === "string" && /\d+/.test(options.from_line)) {
      options.from_line = parseInt(options.from_line);
    }
    if (Number.isInteger(options.from_line)) {
      if (options.from_line <= 0) {
        throw new Error(
          `Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`
        );
      }
    } else {
      throw new Error(
        `Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`
      );
    }
  }
  if (options.ignore_last_delimiters === void 0 || options.ignore_last_delimiters === null) {
    options.ignore_last_delimiters = false;
  } else if (typeof options.ignore_last_delimiters === "number") {
    options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
    if (options.ignore_last_delimiters === 0) {
      options.ignore_last_delimiters = false;
    }
  } else if (typeof options.ignore_last_delimiters !== "boolean") {
    throw new CsvError(
      "CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS",
      [
        "Invalid option `ignore_last_delimiters`:",
        "the value must be a boolean value or an integer,",
        `got ${JSON.stringify(options.ignore_last_delimiters)}`
      ],
      options
    );
  }
  if (options.ignore_last_delimiters === true && options.columns === false) {
    throw new CsvError(
      "CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS",
      [
        "The option `ignore_last_delimiters`",
        "requires the activation of the `columns` option"
      ],
      options
    );
  }
  if (options.info === void 0 || options.info === null || options.info === false) {
    options.info = false;
  } else if (options.info !== true) {
    throw new Error(
      `Invalid Option: info must be true, got ${JSON.stringify(options.info)}`
    );
  }
  if (options.max_record_size === void 0 || options.max_record_size === null || options.max_record_size === false) {
    options.max_record_size = 0;
  } else if (Number.isInteger(options.max_record_size) && options.max_record_size >= 0) {
  } else if (typeof options.max_record_size === "string" && /\d+/.test(options.max_record_size)) {
    options.max_record_size = parseInt(options.max_record_size);
  } else {
    throw new Error(
      `Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`
    );
  }
  if (options.objname === void 0 || options.objname === null || options.objname === false) {
    options.objname = void 0;
  } else if (Buffer.isBuffer(options.objname)) {
    if (options.objname.length === 0) {
      throw new Error(`Invalid Option: objname must be a non empty buffer`);
    }
    if (options.encoding === null) {
    } else {
      options.objname = options.objname.toString(options.encoding);
    }
  } else if (typeof options.objname === "string") {
    if (options.objname.length === 0) {
      throw new Error(`Invalid Option: objname must be a non empty string`);
    }
  } else if (typeof options.objname === "number") {
  } else {
    throw new Error(
      `Invalid Option: objname must be a string or a buffer, got ${options.objname}`
    );
  }
  if (options.objname !== void 0) {
    if (typeof options.objname === "number") {
      if (options.columns !== false) {
        throw Error(
          "Invalid Option: objname index cannot be combined with columns or be defined as a field"
        );
      }
    } else {
      if (options.columns === false) {
        throw Error(
          "Invalid Option: objname field must be combined with columns or be defined as an index"
        );
      }
    }
  }
  if (options.on_record === void 0 || options.on_record === null) {
    options.on_record = void 0;
  } else if (typeof options.on_record !== "function") {
    throw new CsvError(
      "CSV_INVALID_OPTION_ON_RECORD",
      [
        "Invalid option `on_record`:",
        "expect a function,",
        `got ${JSON.stringify(options.on_record)}`
      ],
      options
    );
  }
  if (options.on_skip !== void 0 && options.on_skip !== null && typeof options.on_skip !== "function") {
    throw new Error(
      `Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`
    );
  }
  if (options.quote === null || options.quote === false || options.quote === "") {
    options.quote = null;
  } else {
    if (options.quote === void 0 || options.quote === true) {
      options.quote = Buffer.from('"', options.encoding);
    } else if (typeof options.quote === "string") {
      options.quote = Buffer.from(options.quote, options.encoding);
    }
    if (!Buffer.isBuffer(options.quote)) {
      throw new Error(
        `Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`
      );
    }
  }
  if (options.raw === void 0 || options.raw === null || options.raw === false) {
    options.raw = false;
  } else if (options.raw !== true) {
    throw new Error(
      `Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`
    );
  }
  if (options.record_delimiter === void 0) {
    options.record_delimiter = [];
  } else if (typeof options.record_delimiter === "string" || Buffer.isBuffer(options.record_delimiter)) {
    if (options.record_delimiter.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a non empty string or buffer,",
          `got ${JSON.stringify(options.record_delimiter)}`
        ],
        options
      );
    }
    options.record_delimiter = [options.record_delimiter];
  } else if (!Array.isArray(options.record_delimiter)) {
    throw new CsvError(
      "CSV_INVALID_OPTION_RECORD_DELIMITER",
      [
        "Invalid option `record_delimiter`:",
        "value must be a string, a buffer or array of string|buffer,",
        `got ${JSON.stringify(options.record_delimiter)}`
      ],
      options
    );
  }
  options.record_delimiter = options.record_delimiter.map(function(rd, i) {
    if (typeof rd !== "string" && !Buffer.isBuffer(rd)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a string, a buffer or array of string|buffer",
          `at index ${i},`,
          `got ${JSON.stringify(rd)}`
        ],
        options
      );
    } else if (rd.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a non empty string or buffer",
          `at index ${i},`,
          `got ${JSON.stringify(rd)}`
        ],
        options
      );
    }
    if (typeof rd === "string") {
      rd = Buffer.from(rd, options.encoding);
    }
    return rd;
  });
  if (typeof options.relax_column_count === "boolean") {
  } else if (options.relax_column_count === void 0 || options.relax_column_count === null) {
    options.relax_column_count = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`
    );
  }
  if (typeof options.relax_column_count_less === "boolean") {
  } else if (options.relax_column_count_less === void 0 || options.relax_column_count_less === null) {
    options.relax_column_count_less = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`
    );
  }
  if (typeof options.relax_column_count_more === "boolean") {
  } else if (options.relax_column_count_more === void 0 || options.relax_column_count_more === null) {
    options.relax_column_count_more = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`
    );
  }
  if (typeof options.relax_quotes === "boolean") {
  } else if (options.relax_quotes === void 0 || options.relax_quotes === null) {
    options.relax_quotes = false;
  } else {
    throw new Error(
      `Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`
    );
  }
  if (typeof options.skip_empty_lines === "boolean") {
  } else if (options.skip_empty_lines === void 0 || options.skip_empty_lines === null) {
    options.skip_empty_lines = false;
  } else {
    throw new Error(
      `Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`
    );
  }
  if (typeof options.skip_records_with_empty_values === "boolean") {
  } else if (options.skip_records_with_empty_values === void 0 || options.skip_records_with_empty_values === null) {
    options.skip_records_with_empty_values = false;
  } else {
    throw new Error(
      `Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`
    );
  }
  if (typeof options.skip_records_with_error === "boolean") {
  } else if (options.skip_records_with_error === void 0 || options.skip_records_with_error === null) {
    options.skip_records_with_error = false;
  } else {
    throw new Error(
      `Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`
    );
  }
  if (options.rtrim === void 0 || options.rtrim === null || options.rtrim === false) {
    options.rtrim = false;
  } else if (options.rtrim !== true) {
    throw new Error(
      `Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`
    );
  }
  if (options.ltrim === void 0 || options.ltrim === null || options.ltrim === false) {
    options.ltrim = false;
  } else if (options.ltrim !== true) {
    throw new Error(
      `Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`
    );
  }
  if (options.trim === void 0 || options.trim === null || options.trim === false) {
    options.trim = false;
  } else if (options.trim !== true) {
    throw new Error(
      `Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`
    );
  }
  if (options.trim === true && opts.ltrim !== false) {
    options.ltrim = true;
  } else if (options.ltrim !== true) {
    options.ltrim = false;
  }
  if (options.trim === true && opts.rtrim !== false) {
    options.rtrim = true;
  } else if (options.rtrim !== true) {
    options.rtrim = false;
  }
  if (options.to === void 0 || options.to === null) {
    options.to = -1;
  } else if (options.to !== -1) {
    if (typeof options.to === "string" && /\d+/.test(options.to)) {
      options.to = parseInt(options.to);
    }
    if (Number.isInteger(options.to)) {
      if (options.to <= 0) {
        throw new Error(
          `Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`
        );
      }
    } else {
      throw new Error(
        `Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`
      );
    }
  }
  if (options.to_line === void 0 || options.to_line === null) {
    options.to_line = -1;
  } else if (options.to_line !== -1) {
    if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) {
      options.to_line = parseInt(options.to_line);
    }
    if (Number.isInteger(options.to_line)) {
      if (options.to_line <= 0) {
        throw new Error(
          `Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`
        );
      }
    } else {
      throw new Error(
        `Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`
      );
    }
  }
  return options;
};

// node_modules/csv-parse/lib/utils/delimiter_discover.js
var delimiter_discover = function(records, options) {
  if (!options) {
    ({ delimiter_auto: options } = normalize_options({ delimiter_auto: true }));
  }
  if (typeof records === "string") {
    records = Buffer.from(records);
  }
  if (Buffer.isBuffer(records)) {
    records = ((data) => {
      const records2 = [];
      const parser = transform({ delimiter: [] });
      const push = (record) => records2.push(record);
      const close = () => {
      };
      const error = parser.parse(data, true, push, close);
      if (error !== void 0) throw error;
      return records2;
    })(records);
  }
  const info = Array(127).fill().map(() => ({ lines: [] }));
  records.map(([record], line) => {
    for (let i = 0, l = record.length; i < l; i++) {
      const code = record.charCodeAt(i);
      if (info[code].lines[line] === void 0) info[code].lines[line] = 0;
      info[code].lines[line]++;
    }
  });
  info.map((info2, i) => {
    info2.char_code = i;
    info2.std = std(info2.lines);
    info2.total = info2.lines.reduce((acc, val) => acc + val, 0);
    info2.preferred = !!options.preferred[i];
    info2.score = options.score(info2, options);
  });
  const result = info.reduce(
    (acc, info2) => acc.score > info2.score ? acc : info2,
    {}
  );
  return String.fromCharCode(result.char_code);
};
var std = function(array) {
  const n = array.length;
  if (n === 0) return 0;
  const mean = array.reduce((a, b) => a + b) / n;
  return Math.sqrt(
    array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n
  );
};

// node_modules/csv-parse/lib/api/index.js
var isRecordEmpty = function(record) {
  return record.every(
    (field) => field == null || field.toString && field.toString().trim() === ""
  );
};
var cr = 13;
var nl = 10;
var boms = {
  // Note, the following are equals:
  // Buffer.from("\ufeff")
  // Buffer.from([239, 187, 191])
  // Buffer.from('EFBBBF', 'hex')
  utf8: Buffer.from([239, 187, 191]),
  // Note, the following are equals:
  // Buffer.from "\ufeff", 'utf16le
  // Buffer.from([255, 254])
  utf16le: Buffer.from([255, 254])
};
var transform = function(original_options = {}) {
  const info = {
    bytes: 0,
    bytes_records: 0,
    comment_lines: 0,
    empty_lines: 0,
    invalid_field_length: 0,
    lines: 1,
    records: 0
  };
  const options = normalize_options(original_options);
  return {
    info,
    original_options,
    options,
    state: init_state(options),
    __needMoreData: function(i, bufLen, end) {
      if (end) return false;
      const { encoding, escape, quote: quote2 } = this.options;
      const { quoting, needMoreDataSize, recordDelimiterMaxLength } = this.state;
      const numOfCharLeft = bufLen - i - 1;
      const requiredLength = Math.max(
        needMoreDataSize,
        // Skip if the remaining buffer smaller than record delimiter
        // If "record_delimiter" is yet to be discovered:
        // 1. It is equals to `[]` and "recordDelimiterMaxLength" equals `0`
        // 2. We set the length to windows line ending in the current encoding
        // Note, that encoding is known from user or bom discovery at that point
        // recordDelimiterMaxLength,
        recordDelimiterMaxLength === 0 ? Buffer.from("\r\n", encoding).length : recordDelimiterMaxLength,
        // Skip if remaining buffer can be an escaped quote
        quoting ? (escape === null ? 0 : escape.length) + quote2.length : 0,
        // Skip if remaining buffer can be record delimiter following the closing quote
        quoting ? quote2.length + recordDelimiterMaxLength : 0
      );
      return numOfCharLeft < requiredLength;
    },
    // Central parser implementation
    parse: function(nextBuf, end, push, close) {
      const {
        bom,
        comment_no_infix,
        delimiter_auto,
        encoding,
        from_line,
        ltrim,
        max_record_size,
        raw,
        relax_quotes,
        rtrim,
        skip_empty_lines,
        to,
        to_line
      } = this.options;
      let { comment, escape, quote: quote2, record_delimiter } = this.options;
      const {
        bomSkipped,
        delimiterDiscovered,
        delimiterBufPrevious,
        rawBuffer,
        escapeIsQuote
      } = this.state;
      if (!delimiterDiscovered && delimiter_auto) {
        let delimiterBuf;
        if (delimiterBufPrevious === void 0) {
          delimiterBuf = nextBuf;
        } else if (delimiterBufPrevious !== void 0 && nextBuf === void 0) {
          delimiterBuf = delimiterBufPrevious;
        } else {
          delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
        }
        nextBuf = void 0;
        if (end || delimiterBuf.length > delimiter_auto.size) {
          this.options.delimiter = [
            Buffer.from(
              delimiter_discover(delimiterBuf, this.options.delimiter_auto)
            )
          ];
          this.state.previousBuf = delimiterBuf;
          this.state.delimiterBufPrevious = void 0;
          this.state.delimiterDiscovered = true;
        } else {
          this.state.delimiterBufPrevious = delimiterBuf;
          return;
        }
      }
      const { previousBuf } = this.state;
      let buf;
      if (previousBuf === void 0) {
        if (nextBuf === void 0) {
          close();
          return;
        } else {
          buf = nextBuf;
        }
      } else if (previousBuf !== void 0 && nextBuf === void 0) {
        buf = previousBuf;
      } else {
        buf = Buffer.concat([previousBuf, nextBuf]);
      }
      if (bomSkipped === false) {
        if (bom === false) {
          this.state.bomSkipped = true;
        } else if (buf.length < 3) {
          if (end === false) {
            this.state.previousBuf = buf;
            return;
          }
        } else {
          for (const encoding2 in boms) {
            if (boms[encoding2].compare(buf, 0, boms[encoding2].length) === 0) {
              const bomLength = boms[encoding2].length;
              this.state.bufBytesStart += bomLength;
              buf = buf.slice(bomLength);
              const options2 = normalize_options({
                ...this.original_options,
                encoding: encoding2
              });
              for (const key in options2) {
                this.options[key] = options2[key];
              }
              ({ comment, escape, quote: quote2 } = this.options);
              break;
            }
          }
          this.state.bomSkipped = true;
        }
      }
      const bufLen = buf.length;
      let pos;
      for (pos = 0; pos < bufLen; pos++) {
        if (this.__needMoreData(pos, bufLen, end)) {
          break;
        }
        if (this.state.wasRowDelimiter === true) {
          this.info.lines++;
          this.state.wasRowDelimiter = false;
        }
        if (to_line !== -1 && this.info.lines > to_line) {
          this.state.stop = true;
          close();
          return;
        }
        if (this.state.quoting === false && record_delimiter.length === 0) {
          const record_delimiterCount = this.__autoDiscoverRecordDelimiter(
            buf,
            pos
          );
          if (record_delimiterCount) {
            record_delimiter = this.options.record_delimiter;
          }
        }
        const chr = buf[pos];
        if (raw === true) {
          rawBuffer.append(chr);
        }
        if ((chr === cr || chr === nl) && this.state.wasRowDelimiter === false) {
          this.state.wasRowDelimiter = true;
        }
        if (this.state.escaping === true) {
          this.state.escaping = false;
        } else {
          if (escape !== null && this.state.quoting === true && this.__isEscape(buf, pos, chr) && pos + escape.length < bufLen) {
            if (escapeIsQuote) {
              if (this.__isQuote(buf, pos + escape.length)) {
                this.state.escaping = true;
                pos += escape.length - 1;
                continue;
              }
            } else {
              this.state.escaping = true;
              pos += escape.length - 1;
              continue;
            }
          }
          if (this.state.commenting === false && this.__isQuote(buf, pos)) {
            if (this.state.quoting === true) {
              const nextChr = buf[pos + quote2.length];
              const isNextChrTrimable = rtrim && this.__isCharTrimable(buf, pos + quote2.length);
              const isNextChrComment = comment !== null && this.__compareBytes(comment, buf, pos + quote2.length, nextChr);
              const isNextChrDelimiter = this.__isDelimiter(
                buf,
                pos + quote2.length,
                nextChr
              );
              const isNextChrRecordDelimiter = record_delimiter.length === 0 ? this.__autoDiscoverRecordDelimiter(buf, pos + quote2.length) : this.__isRecordDelimiter(nextChr, buf, pos + quote2.length);
              if (escape !== null && this.__isEscape(buf, pos, chr) && this.__isQuote(buf, pos + escape.length)) {
                pos += escape.length - 1;
              } else if (!nextChr || isNextChrDelimiter || isNextChrRecordDelimiter || isNextChrComment || isNextChrTrimable) {
                this.state.quoting = false;
                this.state.wasQuoting = true;
                pos += quote2.length - 1;
                continue;
              } else if (relax_quotes === false) {
                const err = this.__error(
                  new CsvError(
                    "CSV_INVALID_CLOSING_QUOTE",
                    [
                      "Invalid Closing Quote:",
                      `got "${String.fromCharCode(nextChr)}"`,
                      `at line ${this.info.lines}`,
                      "instead of delimiter, record delimiter, trimable character",
                      "(if activated) or comment"
                    ],
                    this.options,
                    this.__infoField()
                  )
                );
                if (err !== void 0) return err;
              } else {
                this.state.quoting = false;
                this.state.wasQuoting = true;
                this.state.field.prepend(quote2);
                pos += quote2.length - 1;
              }
            } else {
              if (this.state.field.length !== 0) {
                if (relax_quotes === false) {
                  const info2 = this.__infoField();
                  const bom2 = Object.keys(boms).map(
                    (b) => boms[b].equals(this.state.field.toString()) ? b : false
                  ).filter(Boolean)[0];
                  const err = this.__error(
                    new CsvError(
                      "INVALID_OPENING_QUOTE",
                      [
                        "Invalid Opening Quote:",
                        `a quote is found on field ${JSON.stringify(info2.column)} at line ${info2.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
                        bom2 ? `(${bom2} bom)` : void 0
                      ],
                      this.options,
                      info2,
                      {
                        field: this.state.field
                      }
                    )
                  );
                  if (err !== void 0) return err;
                }
              } else {
                this.state.quoting = true;
                pos += quote2.length - 1;
                continue;
              }
            }
          }
          if (this.state.quoting === false) {
            const recordDelimiterLength = this.__isRecordDelimiter(
              chr,
              buf,
              pos
            );
            if (recordDelimiterLength !== 0) {
              const skipCommentLine = this.state.commenting && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0;
              if (skipCommentLine) {
                this.info.comment_lines++;
              } else {
                if (this.state.enabled === false && this.info.lines + (this.state.wasRowDelimiter === true ? 1 : 0) >= from_line) {
                  this.state.enabled = true;
                  this.__resetField();
                  this.__resetRecord();
                  pos += recordDelimiterLength - 1;
                  continue;
                }
                if (skip_empty_lines === true && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) {
                  this.info.empty_lines++;
                  pos += recordDelimiterLength - 1;
                  continue;
                }
                this.info.bytes = this.state.bufBytesStart + pos;
                const errField = this.__onField();
                if (errField !== void 0) return errField;
                this.info.bytes = this.state.bufBytesStart + pos + recordDelimiterLength;
                const errRecord = this.__onRecord(push);
                if (errRecord !== void 0) return errRecord;
                if (to !== -1 && this.info.records >= to) {
                  this.state.stop = true;
                  close();
                  return;
                }
              }
              this.state.commenting = false;
              pos += recordDelimiterLength - 1;
              continue;
            }
            if (this.state.commenting) {
              continue;
            }
            if (comment !== null && (comment_no_infix === false || this.state.record.length === 0 && this.state.field.length === 0)) {
              const commentCount = this.__compareBytes(comment, buf, pos, chr);
              if (commentCount !== 0) {
                this.state.commenting = true;
                continue;
              }
            }
            const delimiterLength = this.__isDelimiter(buf, pos, chr);
            if (delimiterLength !== 0) {
              this.info.bytes = this.state.bufBytesStart + pos;
              const errField = this.__onField();
              if (errField !== void 0) return errField;
              pos += delimiterLength - 1;
              continue;
            }
          }
        }
        if (this.state.commenting === false) {
          if (max_record_size !== 0 && this.state.record_length + this.state.field.length > max_record_size) {
            return this.__error(
              new CsvError(
                "CSV_MAX_RECORD_SIZE",
                [
                  "Max Record Size:",
                  "record exceed the maximum number of tolerated bytes",
                  `of ${max_record_size}`,
                  `at line ${this.info.lines}`
                ],
                this.options,
                this.__infoField()
              )
            );
          }
        }
        const lappend = ltrim === false || this.state.quoting === true || this.state.field.length !== 0 || !this.__isCharTrimable(buf, pos);
        const rappend = rtrim === false || this.state.wasQuoting === false;
        if (lappend === true && rappend === true) {
          this.state.field.append(chr);
        } else if (rtrim === true && !this.__isCharTrimable(buf, pos)) {
          return this.__error(
            new CsvError(
              "CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE",
              [
                "Invalid Closing Quote:",
                "found non trimable byte after quote",
                `at line ${this.info.lines}`
              ],
              this.options,
              this.__infoField()
            )
          );
        } else {
          if (lappend === false) {
            pos += this.__isCharTrimable(buf, pos) - 1;
          }
          continue;
        }
      }
      if (end === true) {
        if (this.state.quoting === true) {
          const err = this.__error(
            new CsvError(
              "CSV_QUOTE_NOT_CLOSED",
              [
                "Quote Not Closed:",
                `the parsing is finished with an opening quote at line ${this.info.lines}`
              ],
              this.options,
              this.__infoField()
            )
          );
          if (err !== void 0) return err;
        } else {
          if (this.state.wasQuoting === true || this.state.record.length !== 0 || this.state.field.length !== 0) {
            this.info.bytes = this.state.bufBytesStart + pos;
            const errField = this.__onField();
            if (errField !== void 0) return errField;
            const errRecord = this.__onRecord(push);
            if (errRecord !== void 0) return errRecord;
          } else if (this.state.wasRowDelimiter === true) {
            this.info.empty_lines++;
          } else if (this.state.commenting === true) {
            this.info.comment_lines++;
          }
        }
      } else {
        this.state.bufBytesStart += pos;
        this.state.previousBuf = buf.slice(pos);
      }
      if (this.state.wasRowDelimiter === true) {
        this.info.lines++;
        this.state.wasRowDelimiter = false;
      }
    },
    __onRecord: function(push) {
      const {
        columns,
        group_columns_by_name,
        encoding,
        info: info2,
        from,
        relax_column_count,
        relax_column_count_less,
        relax_column_count_more,
        raw,
        skip_records_with_empty_values
      } = this.options;
      const { enabled, record } = this.state;
      if (enabled === false) {
        return this.__resetRecord();
      }
      const recordLength = record.length;
      if (columns === true) {
        if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
          this.__resetRecord();
          return;
        }
        return this.__firstLineToColumns(record);
      }
      if (columns === false && this.info.records === 0) {
        this.state.expectedRecordLength = recordLength;
      }
      if (recordLength !== this.state.expectedRecordLength) {
        const err = columns === false ? new CsvError(
          "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH",
          [
            "Invalid Record Length:",
            `expect ${this.state.expectedRecordLength},`,
            `got ${recordLength} on line ${this.info.lines}`
          ],
          this.options,
          this.__infoField(),
          {
            record
          }
        ) : new CsvError(
          "CSV_RECORD_INCONSISTENT_COLUMNS",
          [
            "Invalid Record Length:",
            `columns length is ${columns.length},`,
            // rename columns
            `got ${recordLength} on line ${this.info.lines}`
          ],
          this.options,
          this.__infoField(),
          {
            record
          }
        );
        if (relax_column_count === true || relax_column_count_less === true && recordLength < this.state.expectedRecordLength || relax_column_count_more === true && recordLength > this.state.expectedRecordLength) {
          this.info.invalid_field_length++;
          this.state.error = err;
        } else {
          const finalErr = this.__error(err);
          if (finalErr) return finalErr;
        }
      }
      if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
        this.__resetRecord();
        return;
      }
      if (this.state.recordHasError === true) {
        this.__resetRecord();
        this.state.recordHasError = false;
        return;
      }
      this.info.records++;
      if (from === 1 || this.info.records >= from) {
        const { objname } = this.options;
        if (columns !== false) {
          const obj = {};
          for (let i = 0, l = record.length; i < l; i++) {
            if (columns[i] === void 0 || columns[i].disabled) continue;
            if (group_columns_by_name === true && Object.hasOwn(obj, columns[i].name)) {
              if (Array.isArray(obj[columns[i].name])) {
                obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
              } else {
                obj[columns[i].name] = [obj[columns[i].name], record[i]];
              }
            } else {
              Object.defineProperty(obj, columns[i].name, {
                value: record[i],
                enumerable: true,
                writable: true,
                configurable: true
              });
            }
          }
          if (raw === true || info2 === true) {
            const extRecord = Object.assign(
              { record: obj },
              raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {},
              info2 === true ? { info: this.__infoRecord() } : {}
            );
            const err = this.__push(
              objname === void 0 ? extRecord : [obj[objname], extRecord],
              push
            );
            if (err) {
              return err;
            }
          } else {
            const err = this.__push(
              objname === void 0 ? obj : [obj[objname], obj],
              push
            );
            if (err) {
              return err;
            }
          }
        } else {
          if (raw === true || info2 === true) {
            const extRecord = Object.assign(
              { record },
              raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {},
              info2 === true ? { info: this.__infoRecord() } : {}
            );
            const err = this.__push(
              objname === void 0 ? extRecord : [record[objname], extRecord],
              push
            );
            if (err) {
              return err;
            }
          } else {
            const err = this.__push(
              objname === void 0 ? record : [record[objname], record],
              push
            );
            if (err) {
              return err;
            }
          }
        }
      }
      this.__resetRecord();
    },
    __firstLineToColumns: function(record) {
      const { firstLineToHeaders } = this.state;
      try {
        const headers = firstLineToHeaders === void 0 ? record : firstLineToHeaders.call(null, record);
        if (!Array.isArray(headers)) {
          return this.__error(
            new CsvError(
              "CSV_INVALID_COLUMN_MAPPING",
              [
                "Invalid Column Mapping:",
                "expect an array from column function,",
                `got ${JSON.stringify(headers)}`
              ],
              this.options,
              this.__infoField(),
              {
                headers
              }
            )
          );
        }
        const normalizedHeaders = normalize_columns_array(headers);
        this.state.expectedRecordLength = normalizedHeaders.length;
        this.options.columns = normalizedHeaders;
        this.__resetRecord();
        return;
      } catch (err) {
        return err;
      }
    },
    __resetRecord: function() {
      if (this.options.raw === true) {
        this.state.rawBuffer.reset();
      }
      this.state.error = void 0;
      this.state.record = [];
      this.state.record_length = 0;
    },
    __onField: function() {
      const { cast, encoding, rtrim, max_record_size } = this.options;
      const { enabled, wasQuoting } = this.state;
      if (enabled === false) {
        return this.__resetField();
      }
      let field = this.state.field.toString(encoding);
      if (rtrim === true && wasQuoting === false) {
        field = field.trimRight();
      }
      if (cast === true) {
        const [err, f] = this.__cast(field);
        if (err !== void 0) return err;
        field = f;
      }
      this.state.record.push(field);
      if (max_record_size !== 0 && typeof field === "string") {
        this.state.record_length += field.length;
      }
      this.__resetField();
    },
    __resetField: function() {
      this.state.field.reset();
      this.state.wasQuoting = false;
    },
    __push: function(record, push) {
      const { on_record } = this.options;
      if (on_record !== void 0) {
        const info2 = this.__infoRecord();
        try {
          record = on_record.call(null, record, info2);
        } catch (err) {
          return err;
        }
        if (record === void 0 || record === null) {
          return;
        }
      }
      this.info.bytes_records += this.info.bytes;
      push(record);
    },
    // Return a tuple with the error and the casted value
    __cast: function(field) {
      const { columns, relax_column_count } = this.options;
      const isColumns = Array.isArray(columns);
      if (isColumns === true && relax_column_count && this.options.columns.length <= this.state.record.length) {
        return [void 0, void 0];
      }
      if (this.state.castField !== null) {
        try {
          const info2 = this.__infoField();
          return [void 0, this.state.castField.call(null, field, info2)];
        } catch (err) {
          return [err];
        }
      }
      if (this.__isFloat(field)) {
        return [void 0, parseFloat(field)];
      } else if (this.options.cast_date !== false) {
        const info2 = this.__infoField();
        return [void 0, this.options.cast_date.call(null, field, info2)];
      }
      return [void 0, field];
    },
    __compareBytes: function(sourceBuf, targetBuf, targetPos, firstByte) {
      if (sourceBuf[0] !== firstByte) return 0;
      const sourceLength = sourceBuf.length;
      for (let i = 1; i < sourceLength; i++) {
        if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
      }
      return sourceLength;
    },
    // Helper to test if a character is trimable
    __isCharTrimable: function(buf, pos) {
      const { timchars, timcharFirstBytes } = this.state;
      const first = buf[pos];
      if (first === void 0 || timcharFirstBytes[first] === 0) return 0;
      loop1: for (let i = 0; i < timchars.length; i++) {
        const timchar = timchars[i];
        for (let j = 0; j < timchar.length; j++) {
          if (timchar[j] !== buf[pos + j]) continue loop1;
        }
        return timchar.length;
      }
      return 0;
    },
    __isDelimiter: function(buf, pos, chr) {
      const { delimiter, ignore_last_delimiters } = this.options;
      if (ignore_last_delimiters === true && this.state.record.length === this.options.columns.length - 1) {
        return 0;
      } else if (ignore_last_delimiters !== false && typeof ignore_last_delimiters === "number" && this.state.record.length === ignore_last_delimiters - 1) {
        return 0;
      }
      loop1: for (let i = 0; i < delimiter.length; i++) {
        const del = delimiter[i];
        if (del[0] === chr) {
          for (let j = 1; j < del.length; j++) {
            if (del[j] !== buf[pos + j]) continue loop1;
          }
          return del.length;
        }
      }
      return 0;
    },
    __isEscape: function(buf, pos, chr) {
      const { escape } = this.options;
      if (escape === null) return false;
      const l = escape.length;
      if (escape[0] === chr) {
        for (let i = 0; i < l; i++) {
          if (escape[i] !== buf[pos + i]) {
            return false;
          }
        }
        return true;
      }
      return false;
    },
    __isFloat: function(value) {
      return value - parseFloat(value) + 1 >= 0;
    },
    // Keep it in case we implement the `cast_int` option
    // __isInt(value){
    //   // return Number.isInteger(parseInt(value))
    //   // return !isNaN( parseInt( obj ) );
    //   return /^(\-|\+)?[1-9][0-9]*$/.test(value)
    // }
    __isQuote: function(buf, pos) {
      const { quote: quote2 } = this.options;
      if (quote2 === null) return false;
      const l = quote2.length;
      for (let i = 0; i < l; i++) {
        if (quote2[i] !== buf[pos + i]) {
          return false;
        }
      }
      return true;
    },
    __isRecordDelimiter: function(chr, buf, pos) {
      const { record_delimiter } = this.options;
      const recordDelimiterLength = record_delimiter.length;
      loop1: for (let i = 0; i < recordDelimiterLength; i++) {
        const rd = record_delimiter[i];
        const rdLength = rd.length;
        if (rd[0] !== chr) {
          continue;
        }
        for (let j = 1; j < rdLength; j++) {
          if (rd[j] !== buf[pos + j]) {
            continue loop1;
          }
        }
        return rd.length;
      }
      return 0;
    },
    __autoDiscoverRecordDelimiter: function(buf, pos) {
      const { encoding } = this.options;
      const rds = [
        // Important, the windows line ending must be before mac os 9
        Buffer.from("\r\n", encoding),
        Buffer.from("\n", encoding),
        Buffer.from("\r", encoding)
      ];
      loop: for (let i = 0; i < rds.length; i++) {
        const l = rds[i].length;
        for (let j = 0; j < l; j++) {
          if (rds[i][j] !== buf[pos + j]) {
            continue loop;
          }
        }
        this.options.record_delimiter.push(rds[i]);
        this.state.recordDelimiterMaxLength = rds[i].length;
        return rds[i].length;
      }
      return 0;
    },
    __error: function(msg) {
      const { encoding, raw, skip_records_with_error } = this.options;
      const err = typeof msg === "string" ? new Error(msg) : msg;
      if (skip_records_with_error) {
        this.state.recordHasError = true;
        if (this.options.on_skip !== void 0) {
          try {
            this.options.on_skip(
              err,
              raw ? this.state.rawBuffer.toString(encoding) : void 0
            );
          } catch (err2) {
            return err2;
          }
        }
        return void 0;
      } else {
        return err;
      }
    },
    __infoDataSet: function() {
      return {
        ...this.info,
        columns: this.options.columns
      };
    },
    __infoRecord: function() {
      const { columns, raw, encoding } = this.options;
      return {
        ...this.__infoDataSet(),
        bytes_records: this.info.bytes,
        error: this.state.error,
        header: columns === true,
        index: this.state.record.length,
        raw: raw ? this.state.rawBuffer.toString(encoding) : void 0
      };
    },
    __infoField: function() {
      const { columns } = this.options;
      const isColumns = Array.isArray(columns);
      const bytes_records = this.info.bytes_records;
      return {
        ...this.__infoRecord(),
        bytes_records,
        column: isColumns === true ? columns.length > this.state.record.length ? columns[this.state.record.length].name : null : this.state.record.length,
        quoting: this.state.wasQuoting
      };
    }
  };
};

// node_modules/csv-parse/lib/index.js
var Parser = class extends Transform {
  constructor(opts = {}) {
    super({ ...{ readableObjectMode: true }, ...opts, encoding: null });
    this.api = transform({
      on_skip: (err, chunk) => {
        this.emit("skip", err, chunk);
      },
      ...opts
    });
    this.state = this.api.state;
    this.options = this.api.options;
    this.info = this.api.info;
  }
  // Implementation of `Transform._transform`
  _transform(buf, _, callback) {
    if (this.state.stop === true) {
      return;
    }
    const err = this.api.parse(
      buf,
      false,
      (record) => {
        this.push(record);
      },
      () => {
        this.push(null);
        this.end();
        this.on("end", this.destroy);
      }
    );
    if (err !== void 0) {
      this.state.stop = true;
    }
    callback(err);
  }
  // Implementation of `Transform._flush`
  _flush(callback) {
    if (this.state.stop === true) {
      return;
    }
    const err = this.api.parse(
      void 0,
      true,
      (record) => {
        this.push(record);
      },
      () => {
        this.push(null);
        this.on("end", this.destroy);
      }
    );
    callback(err);
  }
};
var parse = function() {
  let data, options, callback;
  for (const i in arguments) {
    const argument = arguments[i];
    const type = typeof argument;
    if (data === void 0 && (typeof argument === "string" || Buffer.isBuffer(argument))) {
      data = argument;
    } else if (options === void 0 && is_object(argument)) {
      options = argument;
    } else if (callback === void 0 && type === "function") {
      callback = argument;
    } else {
      throw new CsvError(
        "CSV_INVALID_ARGUMENT",
        ["Invalid argument:", `got ${JSON.stringify(argument)} at index ${i}`],
        options || {}
      );
    }
  }
  const parser = new Parser(options);
  if (callback) {
    const records = options === void 0 || options.objname === void 0 ? [] : /* @__PURE__ */ Object.create(null);
    parser.on("readable", function() {
      let record;
      while ((record = this.read()) !== null) {
        if (options === void 0 || options.objname === void 0) {
          records.push(record);
        } else {
          Object.assign(records, {
            [record[0]]: record[1]
            // writable: true,
            // enumerable: true,
            // configurable: true
          });
        }
      }
    });
    parser.on("error", function(err) {
      callback(err, void 0, parser.api.__infoDataSet());
    });
    parser.on("end", function() {
      callback(void 0, records, parser.api.__infoDataSet());
    });
  }
  if (data !== void 0) {
    const writer = function() {
      parser.write(data);
      parser.end();
    };
    if (typeof setImmediate === "function") {
      setImmediate(writer);
    } else {
      setTimeout(writer, 0);
    }
  }
  return parser;
};

// src/contract/validate-request.ts
var LIST = [
  `a list of 1-${MAX_BATCH_EVENTS}`,
  (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_BATCH_EVENTS
];
var OBJECT = ["an object", isPlainObject];
var parse2 = (json) => tryOrUndefined(() => JSON.parse(json));
var PROPERTIES = [
  EVENT_CHECKS.properties[0],
  (value) => hasLength(value, MAX_PROPERTIES_CHARACTERS) && isFlat(parse2(value))
];
var { sentAt, ...ACTION_FIELD_CHECKS } = ACTION_CHECKS;
var SHAPES = {
  events: {
    envelope: { trackingId: ID, sessionId: ID, userId: ID, eventList: LIST },
    required: ["trackingId", "sessionId", "eventList"],
    list: "eventList",
    member: { ...EVENT_CHECKS, properties: PROPERTIES },
    requiredOfMember: ["eventType", "sentAt"]
  },
  "action-interactions": {
    envelope: { trackingId: ID, actionInteractions: LIST },
    required: ["trackingId", "actionInteractions"],
    list: "actionInteractions",
    member: { sessionId: ID, userId: ID, ...ACTION_FIELD_CHECKS, timestamp: sentAt, properties: PROPERTIES },
    requiredOfMember: ["sessionId", "actionId", "eventType", "timestamp"]
  }
};
var problemOfRequest = (operation, input) => {
  if (!isPlainObject(input)) return "the body must be a JSON object";
  const { envelope, required, list, member: checks, requiredOfMember } = SHAPES[operation];
  const problem = firstProblem(input, envelope, required);
  if (problem) return problem;
  for (const [index, member] of input[list].entries()) {
    const path = `${list}[${index}]`;
    if (!isPlainObject(member)) return firstProblem({ [path]: member }, { [path]: OBJECT }, [path]);
    const memberProblem = operation === "events" && "actionId" in member ? "actionId is unknown; actions go in actionInteractions" : firstProblem(member, checks, requiredOfMember) ?? problemOfNames(parse2(member.properties));
    if (memberProblem) return `${path}.${memberProblem}`;
  }
  return void 0;
};

// src/cli/put-events/interactions.ts
var MAX_ROW_CHARACTERS = 256 * 1024;
var FIELDS = [
  "USER_ID",
  "ITEM_ID",
  "TIMESTAMP",
  "EVENT_TYPE",
  "EVENT_VALUE",
  "RECOMMENDATION_ID",
  "IMPRESSION",
  "EVENT_ATTRIBUTION_SOURCE",
  "SESSION_ID",
  "EVENT_ID"
];
var REQUIRED = ["USER_ID", "ITEM_ID", "TIMESTAMP"];
var REJECTED_COLUMNS = ["REJECTED_LINE", "REJECTED_REASON"];
var toCells = (record) => record.map((cell) => cell.trim());
async function* readRows({ name, read }) {
  let number = 0;
  let surplusLines = 0;
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    // By default the first line's delimiter would be the only one.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS
  });
  pipeline(read(), parser, () => {
  });
  try {
    for await (const { record, info } of parser) {
      surplusLines += record.join("").split("\r\n").length - 1;
      yield {
        number: number++,
        line: info.lines - surplusLines,
        bytes: info.bytes,
        cells: toCells(record)
      };
    }
  } catch (error) {
    if (error instanceof WrongInput) throw error;
    throw new WrongInput(`${name} cannot be read on: ${excerpt(error.message)}`);
  }
}
var findColumns = (header, hasEventType) => {
  const names = header.map((name) => name.toUpperCase());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length) {
    throw new WrongInput(
      `the first line must name the columns; there is no ${missing.join(", ")} in "${excerpt(header.join(","))}"`
    );
  }
  if (!hasEventType && !names.includes("EVENT_TYPE")) {
    throw new WrongInput("there is no EVENT_TYPE, which the service requires. Write --event-type click");
  }
  const isProperty = (i) => ![...FIELDS, ...REJECTED_COLUMNS].includes(names[i]);
  const targets = header.map((name, i) => isProperty(i) ? toProperty(name) : names[i]);
  const duplicate = targets.findIndex((target, i) => target && targets.indexOf(target) !== i);
  if (duplicate >= 0) {
    const first = header[targets.indexOf(targets[duplicate])];
    const also = first === header[duplicate] ? "" : `, once as "${header[duplicate]}"`;
    throw new WrongInput(`the column "${first}" is there twice${also}`);
  }
  const properties = targets.flatMap((target, i) => isProperty(i) ? [[i, target]] : []);
  return { indexOf: (name) => names.indexOf(name), properties };
};
var eventIdOf = ({ number, cells }) => createHash("sha256").update(JSON.stringify([number, cells])).digest("base64url");
var toBody2 = (trackingId, batch) => {
  const [{ userId, sessionId }] = batch;
  return { trackingId, userId, sessionId, eventList: batch.map(({ event }) => event) };
};
var readHeader = (header, { trackingId, eventType }) => {
  const { indexOf, properties } = findColumns(header, eventType !== void 0);
  const problemOfCells = (cells) => {
    if (cells.length !== header.length) return `it has ${cells.length} cells, the header ${header.length}`;
    const [unnamed] = properties.find(([i, name]) => !name && cells[i]) ?? [];
    return unnamed === void 0 ? void 0 : `cell ${unnamed + 1} has no name in the header`;
  };
  const propertiesOf = (cells) => {
    const given = properties.filter(([i]) => cells[i]).map(([i, name]) => [name, cells[i]]);
    return given.length ? JSON.stringify(Object.fromEntries(given)) : void 0;
  };
  const toInteraction = (row) => {
    const { cells } = row;
    const textOf = (name) => cells[indexOf(name)] || void 0;
    const numberOf = (name) => {
      const text2 = textOf(name);
      return text2 === void 0 ? void 0 : numberOrText(text2);
    };
    const source = textOf("EVENT_ATTRIBUTION_SOURCE");
    const event = {
      eventId: textOf("EVENT_ID") ?? eventIdOf(row),
      eventType: textOf("EVENT_TYPE") ?? eventType,
      eventValue: numberOf("EVENT_VALUE"),
      itemId: textOf("ITEM_ID") ?? "",
      properties: propertiesOf(cells),
      sentAt: numberOf("TIMESTAMP"),
      recommendationId: textOf("RECOMMENDATION_ID"),
      impression: textOf("IMPRESSION")?.split("|").map((itemId2) => itemId2.trim()),
      metricAttribution: source === void 0 ? void 0 : { eventAttributionSource: source }
    };
    const userId = textOf("USER_ID") ?? "";
    const sessionId = textOf("SESSION_ID") ?? userId;
    return JSON.parse(JSON.stringify({ userId, sessionId, event }));
  };
  return (row) => {
    const problemOfRow = problemOfCells(row.cells);
    if (problemOfRow) return { problem: problemOfRow };
    const interaction = toInteraction(row);
    if (interaction.sessionId === "null") {
      return { problem: 'the service uses nothing of a session called "null": give it another SESSION_ID' };
    }
    const problem = problemOfRequest("events", toBody2(trackingId, [interaction]));
    return problem ? { problem: problem.replace("eventList[0].", "") } : { row, ...interaction };
  };
};

// src/cli/put-events/progress-display.ts
var import_cli_progress = __toESM(require_cli_progress(), 1);
var LINE_EVERY_MS = 5e3;
var formatCount = (rows) => rows.toLocaleString("en");
var CLEAR_LINE = new Styled("\r\x1B[K");
var BAR = "{bar} {percentage} %  ";
var createBar = (stream, hasShare) => {
  const bar = new import_cli_progress.SingleBar({
    stream,
    format: `${hasShare ? BAR : ""}{settled} rows  {duration_formatted}`,
    hideCursor: true
  });
  bar.start(1, 0, { settled: formatCount(0) });
  return {
    update: ({ settledRows, share = 0 }) => bar.update(share, { settled: formatCount(settledRows) }),
    print: (line) => void printError(CLEAR_LINE, oneLine(line)),
    end: () => bar.stop()
  };
};
var createLines = (now) => {
  let printedAt = now();
  const print2 = (line) => void printError(oneLine(line));
  return {
    update({ settledRows, share }) {
      if (now() - printedAt < LINE_EVERY_MS) return;
      printedAt = now();
      const percentage = share === void 0 ? "" : `${Math.floor(share * 100)} %, `;
      print2(`${percentage}${formatCount(settledRows)} rows`);
    },
    print: print2,
    end() {
    }
  };
};
var createProgressDisplay = (stream, hasShare, now = Date.now) => stream.isTTY ? createBar(stream, hasShare) : createLines(now);

// src/cli/put-events/progress-file.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { lstat, readFile as readFile3, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

// src/cli/put-events/utf8.ts
import { isUtf8 } from "node:buffer";
var [LF, CR, NUL] = [10, 13, 0];
var SIGNATURES = [
  [[255, 254], "is UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8"],
  [[254, 255], "is UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8"],
  [[31, 139], "is compressed. Unpack it first: a CSV as zcat FILE.csv.gz | \u2026 put-events --from -"],
  [[80, 75, 3, 4], "is a ZIP archive, as a workbook is. Save it as CSV in UTF-8"]
];
var LONGEST_SIGNATURE_BYTES = 4;
var completeLength = (bytes) => {
  if (bytes.at(-1) === CR) return bytes.length - 1;
  for (let length = 1; length < 4 && length <= bytes.length; length++) {
    const byte = bytes.at(-length);
    if (byte < 128) break;
    if (byte < 192) continue;
    const needed = byte < 224 ? 2 : byte < 240 ? 3 : 4;
    return length < needed ? bytes.length - length : bytes.length;
  }
  return bytes.length;
};
var lineEndAfter = (bytes, start2) => {
  const lf = bytes.indexOf(LF, start2);
  const cr2 = bytes.subarray(0, lf < 0 ? void 0 : lf).indexOf(CR, start2);
  if (cr2 >= 0 && cr2 + 1 !== lf) return cr2 + 1;
  return lf < 0 ? void 0 : lf + 1;
};
var isText = (bytes) => isUtf8(bytes) && !bytes.includes(NUL);
var createUtf8Check = (name) => {
  let line = 1;
  let isBegun = false;
  let rest = Buffer.alloc(0);
  const refuse = (bytes) => {
    const says = bytes.includes(NUL) ? "has a NUL byte, as UTF-16 and damaged files have. Save it as UTF-8" : "is not UTF-8. Save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8";
    throw new WrongInput(`${name}:${line} ${says}`);
  };
  const check3 = (bytes) => {
    if (!isBegun) {
      const [, says] = SIGNATURES.find(([signature2]) => signature2.every((byte, i) => bytes[i] === byte)) ?? [];
      if (says) throw new WrongInput(`${name} ${says}`);
      isBegun = true;
    }
    const isWhole = isText(bytes);
    let start2 = 0;
    for (let end = lineEndAfter(bytes, 0); end !== void 0; end = lineEndAfter(bytes, start2)) {
      if (!isWhole && !isText(bytes.subarray(start2, end))) refuse(bytes.subarray(start2, end));
      start2 = end;
      line++;
    }
    if (!isWhole) refuse(bytes.subarray(start2));
  };
  return {
    add(chunk) {
      rest = Buffer.concat([rest, chunk]);
      if (!isBegun && rest.length < LONGEST_SIGNATURE_BYTES) return;
      const length = completeLength(rest);
      check3(rest.subarray(0, length));
      rest = rest.subarray(length);
    },
    /** Checks the rest: a character that is cut at the very end is invalid. */
    end() {
      check3(rest);
    }
  };
};
var decodeUtf8 = (bytes, name) => {
  const { add, end } = createUtf8Check(name);
  add(bytes);
  end();
  return withoutBom(bytes.toString());
};
var withoutBom = (text2) => text2.replace(/^\ufeff/, "");

// src/cli/put-events/progress-file.ts
var WRITE_EVERY_MS = 1e3;
var NONE = { readRows: 0, unsettledRows: [] };
var isRowNumber = (value) => Number.isSafeInteger(value) && value >= 0;
var isStoredProgress = (value) => isPlainObject(value) && isRowNumber(value.readRows) && Array.isArray(value.unsettledRows) && value.unsettledRows.every(isRowNumber) && Number.isSafeInteger(value.size) && typeof value.modifiedAt === "string" && typeof value.destination === "string" && (value.runId === void 0 || /^[\w-]{8,64}$/.test(`${value.runId}`)) && (value.rejectedFile === void 0 || typeof value.rejectedFile === "string");
var tryParse = (text2) => {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
};
var readStored = async (file) => {
  const stats = await lstat(file).catch(({ code }) => {
    if (code !== "ENOENT") throw new WrongInput(`${file} cannot be read: ${code}`);
  });
  if (!stats) return void 0;
  const stored = stats.isFile() ? tryParse(decodeUtf8(await readFile3(file), file)) : void 0;
  if (isStoredProgress(stored)) return stored;
  throw new WrongInput(`${file} is not the progress of a replay, and would be overwritten. Move it away`);
};
var createNoProgressFile = (rejectedFile) => ({
  before: NONE,
  rejectedFile,
  update() {
  },
  async save() {
  },
  async remove() {
  }
});
var openProgressFile = async ({ file: csv }, { destination, isRestart, rejectedFile }) => {
  if (!csv) return createNoProgressFile(rejectedFile);
  const { path, size, modifiedAt } = csv;
  const file = `${path}.progress`;
  const stored = await readStored(file);
  const resumed = isRestart ? void 0 : stored;
  const howToRestart = "write --restart to start over: what was sent from it is sent again and counted once";
  if (resumed && (resumed.size !== size || resumed.modifiedAt !== modifiedAt)) {
    throw new WrongInput(
      `${path} has changed since ${file} was written (${resumed.modifiedAt}); ${howToRestart}`
    );
  }
  if (resumed && resumed.destination !== destination) {
    throw new WrongInput(
      `${file} is of a replay to ${resumed.destination}, not to ${destination}; ${howToRestart}`
    );
  }
  const { readRows: readRows2, unsettledRows } = resumed ?? NONE;
  const before = { readRows: readRows2, unsettledRows };
  const run3 = {
    size,
    modifiedAt,
    destination,
    runId: stored?.runId ?? randomUUID2(),
    rejectedFile: basename(resumed?.rejectedFile ?? rejectedFile)
  };
  const temporaryFile = `${file}.${run3.runId}.new`;
  let latest = () => before;
  let writtenAt = 0;
  let writing;
  const write2 = async () => {
    writtenAt = Date.now();
    await rm(temporaryFile, { force: true });
    await writeFile(temporaryFile, `${JSON.stringify({ ...run3, ...latest() })}
`, { flag: "wx" });
    await rename(temporaryFile, file);
  };
  await write2();
  return {
    before,
    rejectedFile: join(dirname(path), run3.rejectedFile),
    update(state) {
      latest = state;
      if (writing || Date.now() - writtenAt < WRITE_EVERY_MS) return;
      const done = () => {
        writing = void 0;
      };
      writing = write2().then(done, done);
    },
    async save() {
      await writing;
      await write2();
    },
    async remove() {
      await writing;
      await rm(file, { force: true });
    }
  };
};

// src/cli/put-events/rejected-file.ts
import { constants as constants2 } from "node:fs";
import { lstat as lstat2, open as open2 } from "node:fs/promises";

// src/cli/put-events/source.ts
import { createReadStream, fstat as fstatCallback, open as openCallback } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";
var open = promisify(openCallback);
var fstat = promisify(fstatCallback);
var STDIN_PATHS = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];
var isStdin = (path) => STDIN_PATHS.includes(path);
async function* checked(name, chunks) {
  const { add, end } = createUtf8Check(name);
  for await (const chunk of chunks) {
    add(chunk);
    yield chunk;
  }
  end();
}
var openFile = async (path, fd) => {
  const { size, mtime } = await fstat(fd);
  const assertUnchanged = async (readBytes2 = size) => {
    const now = await fstat(fd);
    if (readBytes2 === size && now.size === size && +now.mtime === +mtime) return;
    throw new WrongInput(
      `${path} has changed while it was read: it had ${size} bytes, and has ${now.size}. Write --restart once nothing writes to it: what was sent is sent again and counted once`
    );
  };
  async function* read() {
    let bytes = 0;
    for await (const chunk of checked(path, createReadStream(path, { fd, start: 0, autoClose: false }))) {
      bytes += chunk.length;
      yield chunk;
    }
    await assertUnchanged(bytes);
  }
  for await (const _ of read()) ;
  return { name: path, file: { path, size, modifiedAt: mtime.toISOString(), assertUnchanged }, read };
};
var openSource = async (path) => {
  if (isStdin(path)) {
    const name = "standard input";
    return { name, read: () => checked(name, process.stdin) };
  }
  const fd = await open(path, "r").catch(({ code, message }) => {
    throw new WrongInput(
      code === "ENOENT" ? `there is no file ${path}` : `${path} cannot be read: ${message}`
    );
  });
  const stats = await fstat(fd);
  if (stats.isDirectory()) throw new WrongInput(`${path} is a folder`);
  if (stats.isFile()) return openFile(path, fd);
  const stream = stats.isFIFO() ? new Socket({ fd, writable: false }) : createReadStream(path, { fd });
  return { name: path, read: () => checked(path, stream) };
};

// src/cli/put-events/rejected-file.ts
var PIPE_NAME = "put-events";
var exists = (file) => lstat2(file).then(
  () => true,
  () => false
);
var nameRejectedFile = async ({ file }) => {
  const base = `${file?.path.replace(/\.csv$/i, "") ?? PIPE_NAME}.rejected`;
  let name = `${base}.csv`;
  for (let number = 2; await exists(name); number++) name = `${base}-${number}.csv`;
  return name;
};
var readLines = async (file) => {
  const lines = /* @__PURE__ */ new Set();
  const notOurs = new WrongInput(`${file} is not of this replay, which would add rows to it. Move it away`);
  if (!(await lstat2(file)).isFile()) throw notOurs;
  for await (const { number, cells } of readRows(await openSource(file))) {
    if (number > 0) lines.add(Number(cells[0]));
    else if (REJECTED_COLUMNS.some((name, i) => cells[i] !== name)) throw notOurs;
  }
  return lines;
};
var openRejectedFile = async (file, header) => {
  const isBegun = await exists(file);
  const lines = isBegun ? await readLines(file) : /* @__PURE__ */ new Set();
  const isOwn = header.map((name) => !REJECTED_COLUMNS.includes(name.toUpperCase()));
  const ownCells = (cells) => cells.filter((_, i) => isOwn[i] ?? true);
  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants2;
  let handle;
  let written = Promise.resolve();
  const write2 = async (text2) => {
    handle ??= await open2(file, O_WRONLY | O_APPEND | (isBegun ? O_NOFOLLOW : O_CREAT | O_EXCL));
    await handle.appendFile(text2);
  };
  return {
    file,
    count: () => lines.size,
    add({ line, cells }, reason) {
      if (lines.has(line)) return written;
      const head = lines.size ? [] : [[...REJECTED_COLUMNS, ...ownCells(header)]];
      lines.add(line);
      written = written.then(() => write2(stringify([...head, [line, oneLine(reason), ...ownCells(cells)]])));
      return written;
    }
  };
};

// src/cli/put-events/replay.ts
import { setTimeout as wait } from "node:timers/promises";

// src/contract/retry-policy.ts
var FIRST_RETRY_MS = 1e3;
var LONGEST_RETRY_MS = 6e4;
var LONGEST_RETRY_AFTER_MS = 10 * 6e4;
var RETRY_AFTER_JITTER = 0.1;
var backoff = (failures, random) => Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (1 + random) / 2;
var delayFor = (retryAfterMs, failures, random) => Math.max(
  backoff(failures, random),
  Math.min(retryAfterMs || 0, LONGEST_RETRY_AFTER_MS) * (1 + random * RETRY_AFTER_JITTER)
);
var FIXES = {
  // The service's message names the action.
  AccessDeniedException: 'grant the role this action on Resource "*"',
  ResourceNotFoundException: "check trackingId, identityPoolId, region",
  NotAuthorizedException: "allow guest access"
};
var isThrottled = (status, kind) => status === 429 || /Throttl|TooMany|Exceeded/.test(kind);
var isInputError = (status, kind) => status === 413 || status === 400 && /Input|Validation|Serialization/.test(kind);
var isTransient = (status, kind) => status < 200 || status > 499 || [408, 409, 425].includes(status) || isThrottled(status, kind);
var SIGNATURE_ERROR_TYPES = /Signature|Expired|Token|Skew|UnrecognizedClient|Credential/;
var isSignatureError = (status, kind) => status === 403 && kind !== "AccessDeniedException" || status === 400 && SIGNATURE_ERROR_TYPES.test(kind);
var reasonOf = ({ status, kind, body }) => {
  const message = body.message ?? body.Message;
  const firstLine = typeof message === "string" ? message.split("\n")[0] : "";
  return [status, kind, firstLine, FIXES[kind]].filter(Boolean).join(" ");
};
var classifyResponse = (answer, context) => {
  const { status, kind, retryAfterMs, foreign } = answer;
  const { size, failures, isReauthenticated, isBatchAnswer, jitter } = context;
  const retry = (reason2) => ({
    type: "retry",
    delayMs: delayFor(retryAfterMs, failures, jitter()),
    reason: reason2
  });
  if (foreign) {
    return retry(
      `${foreign}, not by the service: set endpoint to the address where it answers, or look for a proxy, log-in page or service worker in between`
    );
  }
  if (status > 199 && status < 300) return { type: "delivered" };
  if (isTransient(status, kind)) return retry();
  if (isBatchAnswer && !isReauthenticated && isSignatureError(status, kind)) {
    return { type: "reauthenticate", renew: !/Signature|RequestExpired|Skew/.test(kind) };
  }
  const reason = reasonOf(answer);
  if (isBatchAnswer && isInputError(status, kind)) {
    return size > 1 ? { type: "split" } : { type: "reject", reason };
  }
  const isPermanent = status !== 400 || kind in FIXES || !isBatchAnswer && kind;
  return isPermanent ? { type: "halt", reason } : retry(reason);
};

// src/server/sdk-error.ts
var toAnswer = (error) => {
  const { name, message, $metadata, $response } = Object(error);
  const headers = $response?.headers;
  return {
    status: $metadata?.httpStatusCode ?? 0,
    kind: `${name ?? ""}`,
    body: { message },
    retryAfterMs: readRetryAfter(headers?.["retry-after"], headers?.date)
  };
};
var classifySdkError = (error, size) => classifyResponse(toAnswer(error), {
  size,
  failures: 0,
  isReauthenticated: true,
  isBatchAnswer: true,
  jitter: () => 0
});

// src/cli/put-events/sender.ts
var MAX_ATTEMPTS = 8;
var REQUEST_TIMEOUT_MS = 3e4;
var SDK = "@aws-sdk/client-personalize-events";
var loadSdk = async () => {
  try {
    return await Promise.all([
      import("@aws-sdk/client-personalize-events"),
      import("./cli-2CD7QAKV.js")
    ]);
  } catch (error) {
    const { code, message } = error;
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes(SDK)) throw error;
    throw new Error(
      `it sends with the AWS SDK, which is not installed. Write npm install ${SDK}, or npx -p personalize-beacon -p ${SDK} personalize-beacon put-events \u2026`
    );
  }
};
var credentialsError = (message) => Object.assign(new Error(message), { name: "CredentialsProviderError" });
var COGNITO_TIMEOUT_MS = 3e4;
var guestCredentials = (identityPoolId, url) => {
  let knownId;
  return async () => {
    try {
      const ask = async ({ url: url2, headers, body }) => (await request(url2, { method: "POST", headers, body }, COGNITO_TIMEOUT_MS)).answer;
      const { identityId, credentials } = await askCognito(ask, url, identityPoolId, knownId);
      knownId = identityId;
      return credentials;
    } catch (error) {
      const { answer } = error;
      const reason = answer ? [answer.status || "no answer", answer.kind, excerpt(answer.body.message)].filter(Boolean).join(" ") : "an answer that is not of Cognito";
      throw credentialsError(`no guest credentials of ${identityPoolId} from ${url}: ${reason}`);
    }
  };
};
var assertNoWebPage = ({ statusCode, headers }) => {
  const type = headers["content-type"] ?? "";
  if (statusCode >= 300 || !/html/i.test(type)) return;
  const message = `the answer is a web page (${type}), not the service's: look for a portal or a proxy in between`;
  throw Object.assign(new Error(message), {
    name: "NotOfTheService",
    $metadata: { httpStatusCode: statusCode }
  });
};
var identityUrlOf = (region) => `https://cognito-identity.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}/`;
var createSender = async ({
  profile,
  endpointUrl,
  identityPoolId,
  identityEndpointUrl,
  waitForTurn,
  ...given
}) => {
  const [{ PersonalizeEventsClient }, { toCommand }] = await loadSdk();
  const { env } = process;
  if (profile !== void 0) env.AWS_PROFILE = profile;
  const [poolRegion] = identityPoolId?.split(":") ?? [];
  const region = given.region ?? poolRegion ?? (env.AWS_REGION ? void 0 : env.AWS_DEFAULT_REGION);
  const identityUrl = identityEndpointUrl ?? identityUrlOf(region ?? "");
  const client = new PersonalizeEventsClient({
    ...region && { region },
    ...endpointUrl && { endpoint: endpointUrl },
    ...identityPoolId && { credentials: guestCredentials(identityPoolId, identityUrl) },
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: REQUEST_TIMEOUT_MS }
  });
  if (waitForTurn) {
    const begun = /* @__PURE__ */ new WeakSet();
    client.middlewareStack.addRelativeTo(
      (next, context) => async (args) => {
        if (begun.has(context)) await waitForTurn();
        begun.add(context);
        return next(args);
      },
      // Runs for each retry, before signing.
      { name: "turn", relation: "after", toMiddleware: "retryMiddleware" }
    );
  }
  const clientRegion = await client.config.region().catch(() => {
    throw new WrongInput("no region is set. Write --region us-east-1, or set AWS_REGION");
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      assertNoWebPage(result.response);
      return result;
    },
    // Nearest to the network, since the SDK takes any success for the service's.
    { name: "assertNoWebPage", step: "deserialize", priority: "low" }
  );
  return {
    destination: endpointUrl ?? clientRegion,
    async send(body) {
      await client.send(toCommand(body));
    }
  };
};
var classifyFailure = (error, size) => {
  const { name, message, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  const shown = excerpt(message);
  const outcome = classifySdkError({ name, message: shown, $metadata }, size);
  if (outcome.type === "split") return outcome;
  const reason = "reason" in outcome && outcome.reason || [status, name, shown].filter(Boolean).join(" ");
  return { type: outcome.type === "reject" ? "reject" : "halt", reason: excerpt(reason) };
};

// src/cli/put-events/suspect-rows.ts
var MAX_ALIKE = MAX_BATCH_EVENTS;
var createSuspectRows = ({ isAnyAccepted, reject, onAllAlike }) => {
  const held = [];
  let areRowsToBlame = isAnyAccepted;
  const release = async () => {
    areRowsToBlame = true;
    for (const [row, reason] of held.splice(0)) await reject(row, reason);
  };
  return {
    async onAccepted() {
      if (!areRowsToBlame) await release();
    },
    async add(row, reason) {
      held.push([row, reason]);
      const isAlike = held[0]?.[1] === reason;
      if (areRowsToBlame || !isAlike) await release();
      else if (held.length >= MAX_ALIKE) {
        onAllAlike(`${reason}: so far every event is refused alike. Check --tracking-id and --region`);
      }
    },
    /** Rejects the rows that are held. */
    release
  };
};

// src/cli/put-events/replay.ts
var MAX_IN_FLIGHT = 50;
var STOP_TIMEOUT_MS = 2e3;
var MAX_LISTED = 20;
var aborted = (signal) => new Promise((resolve) => {
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve());
});
var replay = async ({
  source,
  rows,
  read,
  waitForTurn,
  send,
  progress,
  rejected,
  display,
  stopping
}) => {
  const inFlight = /* @__PURE__ */ new Set();
  const unsettledBefore = new Set(progress.before.unsettledRows);
  const unsettled = new Set(unsettledBefore);
  let readTo = { number: progress.before.readRows, bytes: 0 };
  let sentRows = 0;
  let requests = 0;
  const { signal } = stopping;
  const settledRows = () => readTo.number - unsettled.size;
  const settle = (rows2) => {
    for (const { number } of rows2) unsettled.delete(number);
    progress.update(() => ({ readRows: readTo.number, unsettledRows: [...unsettled] }));
    display.update({ settledRows: settledRows(), share: source.file && readTo.bytes / source.file.size });
  };
  const reject = async (row, reason) => {
    await rejected.add(row, reason);
    if (rejected.count() <= MAX_LISTED) display.print(`${source.name}:${row.line}: ${reason}`);
    if (rejected.count() === MAX_LISTED + 1) display.print(`further rows are in ${rejected.file} alone`);
    settle([row]);
  };
  const suspects = createSuspectRows({
    isAnyAccepted: settledRows() > rejected.count(),
    reject,
    onAllAlike: (reason) => stopping.abort(reason)
  });
  const noteRead = (row) => {
    if (row.number <= progress.before.readRows) return unsettledBefore.has(row.number);
    readTo = row;
    unsettled.add(row.number);
    return true;
  };
  async function* interactions() {
    for await (const row of rows) {
      if (signal.aborted) return;
      if (!noteRead(row)) continue;
      const interaction = read(row);
      if ("problem" in interaction) await reject(row, interaction.problem);
      else yield interaction;
    }
  }
  const onAccepted = async (batch) => {
    requests++;
    sentRows += batch.length;
    settle(batch.map(({ row }) => row));
    await suspects.onAccepted();
  };
  const onFailed = async (batch, error) => {
    if (signal.aborted) return;
    const outcome = classifyFailure(error, batch.length);
    if (outcome.type === "halt") stopping.abort(outcome.reason);
    else if (outcome.type === "reject") for (const { row } of batch) await suspects.add(row, outcome.reason);
    else {
      for (const half of splitBatch(batch)) {
        await waitForTurn();
        await deliver(half);
      }
    }
  };
  const deliver = (batch) => send(batch).then(
    () => onAccepted(batch),
    (error) => onFailed(batch, error)
  );
  const fail = (error) => stopping.abort(error.message);
  const deliverAll = async () => {
    for await (const batch of batchRows(interactions())) {
      while (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
      await waitForTurn();
      const delivery = deliver(batch).catch(fail).finally(() => inFlight.delete(delivery));
      inFlight.add(delivery);
    }
  };
  const isAborted = aborted(signal);
  await Promise.race([deliverAll().catch(fail), isAborted]);
  await Promise.race([Promise.all(inFlight), isAborted.then(() => wait(STOP_TIMEOUT_MS))]);
  if (!signal.aborted) await suspects.release().catch(fail);
  await source.file?.assertUnchanged().catch(fail);
  if (unsettled.size) stopping.abort("not all rows are settled");
  return { sentRows, requests, settledRows: settledRows() };
};

// src/cli/put-events/schema-warnings.ts
var MAX_PRINTED_WARNINGS = 20;
var printWarning = (where, { field, message }) => printError(oneLine(`${where}: warning: ${field}: ${message}`));
var withWarnings = (read, name, check3) => {
  const printed = /* @__PURE__ */ new Set();
  const printOnce = (line, warning2) => {
    const kind = `${warning2.field} ${warning2.message.replace(/; got .*/s, "")}`;
    if (printed.has(kind) || printed.size > MAX_PRINTED_WARNINGS) return;
    printed.add(kind);
    if (printed.size <= MAX_PRINTED_WARNINGS) printWarning(`${name}:${line}`, warning2);
    else printError(`${name}: further warnings are not printed`);
  };
  return (row) => {
    const interaction = read(row);
    if (!("problem" in interaction)) {
      for (const warning2 of check3(interaction)) printOnce(row.line, warning2);
    }
    return interaction;
  };
};

// src/cli/put-events/from-csv.ts
var count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
var openCsv = async (path, options) => {
  const source = await openSource(path);
  const rows = readRows(source);
  const { done, value } = await rows.next();
  if (done) throw new WrongInput(`--from: ${source.name} is empty`);
  const header = value.cells;
  const read = readHeader(header, options);
  const { check: check3 } = options;
  return { source, header, read: check3 ? withWarnings(read, source.name, check3) : read, rows };
};
var printBodies = async ({ source, read, rows }, options) => {
  let rejected = 0;
  async function* interactions() {
    for await (const row of rows) {
      const interaction = read(row);
      if (!("problem" in interaction)) yield interaction;
      else {
        rejected++;
        await printError(oneLine(`${source.name}:${row.line}: ${interaction.problem}`));
      }
    }
  }
  let [sentRows, requests] = [0, 0];
  for await (const batch of batchRows(interactions())) {
    sentRows += batch.length;
    requests++;
    await print(JSON.stringify(toBody2(options.trackingId, batch)));
  }
  const would = `${count(sentRows, "row")} would be sent in ${count(requests, "request")}`;
  await printError(`${would}, ${count(rejected, "row")} rejected`);
  return rejected ? 1 : 0;
};
var HOW_TO_RESUME = "run the same command again to go on from there";
var HOW_TO_REPEAT = "it cannot be read again from there: send it all again, what was sent is counted once";
var fromCsv = async (path, options) => {
  const csv = await openCsv(path, options);
  if (options.isDryRun) return printBodies(csv, options);
  const { source, header, read, rows } = csv;
  const { trackingId, rate, isRestart } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const waitForTurn = pThrottle({ limit: 1, interval: 1e3 / rate, strict: true, signal })(async () => {
  });
  const { destination, send } = await createSender({ ...options, waitForTurn });
  const progress = await openProgressFile(source, {
    destination: `${trackingId} at ${destination}`,
    isRestart,
    rejectedFile: await nameRejectedFile(source)
  });
  const rejected = await openRejectedFile(progress.rejectedFile, header);
  const { readRows: readRows2, unsettledRows } = progress.before;
  if (readRows2) printError(`going on: ${count(readRows2 - unsettledRows.length, "row")} settled before`);
  let interrupt;
  const display = createProgressDisplay(process.stderr, !!source.file);
  onInterrupt((cause) => {
    interrupt ??= cause;
    stopping.abort(cause.reason);
    if (cause.isOutputRead) display.print(`stops within ${STOP_TIMEOUT_MS / 1e3} s; again to stop at once`);
  });
  const { sentRows, requests, settledRows } = await replay({
    source,
    rows,
    read,
    waitForTurn,
    send: (batch) => send(toBody2(trackingId, batch)),
    progress,
    rejected,
    display,
    stopping
  }).finally(() => display.end());
  await (signal.aborted ? progress.save() : progress.remove());
  const where = rejected.count() ? `: ${rejected.file}` : "";
  printError(
    `${count(sentRows, "row")} sent in ${count(requests, "request")}, ${rejected.count()} rejected${where}`
  );
  if (!signal.aborted) return rejected.count() ? 1 : 0;
  printError(
    `stopped: ${oneLine(`${signal.reason}`)}
${count(settledRows, "row")} settled; ${source.file ? HOW_TO_RESUME : HOW_TO_REPEAT}`
  );
  return interrupt?.exitCode ?? 1;
};

// src/cli/put-events/input.ts
import { openSync, readSync } from "node:fs";
import { homedir } from "node:os";

// src/cli/put-events/skeleton.ts
var SKELETON = `{
    "trackingId": "",
    "userId": "",
    "sessionId": "",
    "eventList": [
        {
            "eventId": "",
            "eventType": "",
            "eventValue": 0.0,
            "itemId": "",
            "properties": "",
            "sentAt": "1970-01-01T00:00:00",
            "recommendationId": "",
            "impression": [
                ""
            ],
            "metricAttribution": {
                "eventAttributionSource": ""
            }
        }
    ]
}`;
var EVENT_SHAPE = JSON.parse(SKELETON).eventList[0];

// src/cli/put-events/shorthand.ts
var SPACE = /[ \t\n\r\v\f]*/y;
var KEY = /[\w\-.#/:]*/y;
var SINGLE_QUOTED = /'(?:\\'|[^'])*'/y;
var DOUBLE_QUOTED = /"(?:\\"|[^"])*"/y;
var TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',\]}])*/y;
var NEXT_TEXT = /(?:\\,|[^\0- "',=[{])(?:\\,|[^"',=])*/y;
var parseShorthand = (input, load) => {
  let at = 0;
  let isFile = false;
  const fail = (expected) => {
    throw new WrongInput(`expected ${expected} here:
  ${input}
  ${" ".repeat(at)}^`);
  };
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(input)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const expect = (character) => {
    take(SPACE);
    if (input[at] !== character) fail(`"${character}"`);
    at++;
    take(SPACE);
  };
  const loaded = (text3) => isFile ? load(text3) : text3;
  const quoted = (pattern, quote2) => {
    const found = take(pattern) ?? fail(`a closing ${quote2}`);
    return loaded(found.slice(1, -1).replaceAll(`\\${quote2}`, quote2).replaceAll("\\\\", "\\"));
  };
  const text2 = (pattern) => {
    if (input[at] === "'") return quoted(SINGLE_QUOTED, "'");
    if (input[at] === '"') return quoted(DOUBLE_QUOTED, '"');
    const found = take(pattern);
    return found && loaded(found.replaceAll("\\,", ",").trimEnd());
  };
  const enclosed = (open3, close, member2) => {
    expect(open3);
    while (input[at] !== close) {
      member2();
      take(SPACE);
      if (input[at] !== close) expect(",");
    }
    expect(close);
  };
  const list = () => {
    const members2 = [];
    enclosed("[", "]", () => members2.push(member()));
    return members2;
  };
  const structure = () => {
    const members2 = {};
    enclosed("{", "}", () => pair(members2, member));
    return members2;
  };
  const member = () => {
    if (input[at] === "[") return list();
    if (input[at] === "{") return structure();
    return text2(TEXT) ?? "";
  };
  const textAfterComma = () => {
    expect(",");
    const next = text2(NEXT_TEXT);
    if (next === void 0 && at === input.length) fail("a value");
    take(SPACE);
    const isValue = next !== void 0 && (at === input.length || input[at] === ",");
    if (isValue) return next;
    at = input.lastIndexOf(",", at);
    return void 0;
  };
  const texts = () => {
    const members2 = [text2(TEXT) ?? ""];
    for (take(SPACE); input[at] === ","; take(SPACE)) {
      const next = textAfterComma();
      if (next === void 0) break;
      members2.push(next);
    }
    return members2.length > 1 ? members2 : members2[0];
  };
  const value = () => /[[{]/.test(input[at] ?? "") ? member() : texts();
  const pair = (members2, read) => {
    const key = take(KEY);
    take(SPACE);
    isFile = input[at] === "@";
    if (isFile) expect("@");
    expect("=");
    if (Object.hasOwn(members2, key)) fail(`no second "${key}", or a space before it in place of the comma`);
    members2[key] = read();
  };
  const members = {};
  pair(members, value);
  while (at < input.length) {
    expect(",");
    pair(members, value);
  }
  return members;
};
var fit = (value, shape) => {
  if (typeof shape === "number" && typeof value === "string") return numberOrText(value);
  if (Array.isArray(shape)) return Array.isArray(value) ? value : [value];
  if (isPlainObject(shape) && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fit(inner, shape[key])]));
  }
  return value;
};
var eventFromShorthand = (input, load) => fit(parseShorthand(input, load), EVENT_SHAPE);

// src/cli/put-events/input.ts
var MAX_INPUT_BYTES = 2 * 1024 * 1024;
var readBytes = (path) => {
  const fd = isStdin(path) ? 0 : openSync(path, "r");
  const bytes = Buffer.alloc(MAX_INPUT_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(fd, bytes, length, bytes.length - length, null);
  }
  if (length > MAX_INPUT_BYTES) {
    throw new Error(
      `it is larger than ${MAX_INPUT_BYTES} bytes; a request takes 10 events. A CSV goes with --from`
    );
  }
  return bytes.subarray(0, length);
};
var loadText = (value) => {
  const [, path] = /^fileb?:\/\/(.*)$/s.exec(value) ?? [];
  if (path === void 0) return withoutBom(value);
  const read = () => {
    try {
      return readBytes(path.replace(/^~(?=[\\/])/, homedir()));
    } catch (error) {
      throw new WrongInput(`${value} cannot be read: ${error.message}`);
    }
  };
  return decodeUtf8(read(), value);
};
var loadId = (value) => loadText(value).trim();
var parseJson = (text2, flag) => {
  try {
    return JSON.parse(text2);
  } catch (error) {
    throw new WrongInput(`--${flag} is no JSON: ${error.message}`);
  }
};
var readList = (values) => {
  const texts = values.map(loadText);
  const [first = ""] = texts;
  if (!/^\s*[[{]/.test(first)) {
    try {
      return texts.map((text2) => eventFromShorthand(text2, loadText));
    } catch (error) {
      throw error instanceof WrongInput ? new WrongInput(`--event-list: ${error.message}`) : error;
    }
  }
  const parsed = texts.map((text2) => parseJson(text2, "event-list"));
  return parsed.length === 1 ? parsed.flat() : parsed;
};
var ISO_8601 = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
var toSeconds = (time) => {
  if (typeof time !== "string") return time;
  if (/^\d+(\.\d+)?$/.test(time)) return Number(time);
  if (!ISO_8601.test(time)) return time;
  const ms = Date.parse(time.length === "YYYY-MM-DD".length ? `${time}T00:00` : time);
  return Number.isNaN(ms) ? time : ms / 1e3;
};
var withTime = (event) => isPlainObject(event) && "sentAt" in event ? { ...event, sentAt: toSeconds(event.sentAt) } : event;
var HINTS = [
  [/^trackingId must/, "--tracking-id, the event tracker's ID"],
  [/^sessionId must/, "--session-id, the ID of the visitor's session"],
  [/^eventList must/, "--event-list, such as eventType=click,itemId=a,sentAt=1700000000"],
  [/\.sentAt must/, "when it happened: sentAt=1700000000, or sentAt=2023-11-14T22:13:20Z"],
  [/\.properties must/, "the text of a JSON object"]
];
var readInput = (flags) => {
  const [json] = flags["cli-input-json"] ?? [];
  const input = json === void 0 ? {} : parseJson(loadText(json), "cli-input-json");
  if (!isPlainObject(input)) throw new WrongInput("--cli-input-json must be a JSON object");
  const textOf = (name, [value] = []) => value === void 0 ? {} : { [name]: loadId(value) };
  const list = flags["event-list"] ? readList(flags["event-list"]) : input.eventList;
  const body = {
    ...input,
    ...textOf("trackingId", flags["tracking-id"]),
    ...textOf("userId", flags["user-id"]),
    ...textOf("sessionId", flags["session-id"]),
    eventList: Array.isArray(list) ? list.map(withTime) : list
  };
  const problem = problemOfRequest("events", body);
  if (problem) {
    const [, hint] = HINTS.find(([pattern]) => pattern.test(problem)) ?? [];
    throw new WrongInput(hint ? `${problem}. Write ${hint}` : problem);
  }
  return body;
};

// src/cli/put-events/list-flags.ts
import { parseArgs as parseArgs2 } from "node:util";
var COUNTS = {
  none: [0, 0, "no value"],
  one: [1, 1, "one value"],
  any: [0, 1, "at most one value"],
  some: [1, Number.POSITIVE_INFINITY, "a value"]
};
var MAX_DISTANCE_LETTERS = 4;
var unknownFlag = (raw, names, previous) => {
  const near = closestMatch(raw.replace(/^-+/, ""), names, { maxDistance: MAX_DISTANCE_LETTERS });
  const isValue = previous !== void 0 && !raw.startsWith("--");
  const hint = isValue ? `a value that starts with "-" is written --${previous}=VALUE` : `did you mean --${near}?`;
  return new WrongInput(isValue || near ? `there is no ${raw}; ${hint}` : `there is no ${raw}; see --help`);
};
var assertCount = (name, takes, count2) => {
  const [min, max, words] = COUNTS[takes];
  if (count2 < min || count2 > max) throw new WrongInput(`--${name} takes ${words}; got ${count2}`);
};
var readListFlags = (args, takes) => {
  const given = /* @__PURE__ */ new Map();
  const names = Object.keys(takes);
  let current;
  const begin = (raw, value) => {
    const name = names.find((known) => raw === `--${known}`);
    if (!name) throw unknownFlag(raw, names, current);
    if (given.has(name)) throw new WrongInput(`--${name} is given twice`);
    given.set(name, value === void 0 ? [] : [value]);
    current = name;
  };
  const addValue = (value) => {
    if (!current) throw new WrongInput(`"${value}" stands behind no flag`);
    given.get(current)?.push(value);
  };
  for (const token of parseArgs2({ args, strict: false, tokens: true }).tokens) {
    if (token.kind === "option") begin(token.rawName, token.value);
    else if (token.kind === "positional") addValue(token.value);
  }
  for (const [name, values] of given) assertCount(name, takes[name], values.length);
  return Object.fromEntries(given);
};

// src/cli/put-events/put-events.ts
var DEFAULT_RATE = 100;
var REQUEST_FLAGS = [
  "user-id",
  "session-id",
  "event-list",
  "cli-input-json",
  "generate-cli-skeleton"
];
var CSV_FLAGS = ["event-type", "rate", "restart"];
var FLAGS3 = {
  "tracking-id": "one",
  "user-id": "one",
  "session-id": "one",
  "event-list": "some",
  "cli-input-json": "one",
  "generate-cli-skeleton": "any",
  from: "one",
  "event-type": "one",
  rate: "one",
  restart: "none",
  "dry-run": "none",
  region: "one",
  profile: "one",
  "endpoint-url": "one",
  "identity-pool-id": "one",
  "identity-endpoint-url": "one",
  schema: "one",
  domain: "one",
  help: "none"
};
var HELP3 = `Sends events to Amazon Personalize, by hand or from a CSV of past ones.

  npx -p personalize-beacon -p @aws-sdk/client-personalize-events personalize-beacon put-events [options]

What to send, as in aws personalize-events put-events; a value may be file://PATH
  --tracking-id ID         the event tracker's
  --session-id ID          the visitor's session
  --user-id ID             the user; anonymous without it
  --event-list EVENT \u2026     1-10 events: a JSON list, or each by itself in JSON or shorthand
  --cli-input-json JSON    all of it in one; the flags above win over it
  --generate-cli-skeleton  prints what --cli-input-json takes; with "output" checks the rest and sends nothing

Or a CSV of past events
  --from FILE              in UTF-8; - is standard input. A pipe is read once: no progress is kept, and rejected rows
                           go to put-events.rejected.csv in this folder
                           Columns of an Interactions dataset: USER_ID, ITEM_ID, TIMESTAMP in Unix seconds, EVENT_TYPE;
                           EVENT_VALUE, RECOMMENDATION_ID, IMPRESSION (a|b), EVENT_ATTRIBUTION_SOURCE,
                           SESSION_ID (the USER_ID without it), EVENT_ID; any other is a property
  --event-type TYPE        of rows without an EVENT_TYPE
  --rate N                 requests a second, ${DEFAULT_RATE} by default; the service allows a dataset group 1,000
  --restart                starts over, whatever FILE.progress says of an earlier run

Where to, and as whom
  --region REGION          else AWS_REGION, AWS_DEFAULT_REGION, or the profile's
  --profile NAME           of the AWS configuration files; without it the credentials that the AWS SDK finds
  --identity-pool-id ID    guest credentials of this Cognito identity pool
  --endpoint-url URL       in place of the service's own
  --identity-endpoint-url URL
  --dry-run                prints what would be sent, a request a line, and sends nothing

What the dataset takes
${SCHEMA_HELP}

Exit code: 0 all is sent, 1 something is not, 2 not understood, and nothing is sent;
130, 143, 129 stopped by Ctrl+C, SIGTERM, SIGHUP; 141 nobody reads what it prints.

  put-events --tracking-id ID --session-id s1 --user-id ann \\
    --event-list eventType=view,itemId=movie-12,sentAt=1700000000 'eventType=click,itemId=movie-7,sentAt=1700000060,impression=[movie-7,movie-9]'
  put-events --cli-input-json file://events.json
  put-events --tracking-id ID --from interactions.csv
  zcat interactions.csv.gz | put-events --tracking-id ID --from -
`;
var assertCompatible = (flags) => {
  const [misplaced] = (flags.from ? REQUEST_FLAGS : CSV_FLAGS).filter((name) => flags[name]);
  if (misplaced)
    throw new WrongInput(`--${misplaced} ${flags.from ? "does not go" : "goes only"} with --from`);
};
var readRate = (text2) => {
  const rate = Number(text2);
  if (!Number.isSafeInteger(rate) || rate < 1) {
    throw new WrongInput(`--rate must be a whole number of requests a second, from 1; got "${text2}"`);
  }
  return rate;
};
var senderOptions = (flags) => ({
  region: flags.region?.[0],
  profile: flags.profile?.[0],
  endpointUrl: flags["endpoint-url"]?.[0],
  identityPoolId: flags["identity-pool-id"]?.[0],
  identityEndpointUrl: flags["identity-endpoint-url"]?.[0]
});
var openCheck = (flags) => openSchemaCheck(flags.schema?.[0], flags.domain?.[0]);
var replayCsv = async (csv, flags) => {
  const [trackingId] = flags["tracking-id"] ?? [];
  if (!trackingId) throw new WrongInput("--from goes with --tracking-id, the event tracker's ID");
  return fromCsv(csv, {
    ...senderOptions(flags),
    trackingId: loadId(trackingId),
    eventType: flags["event-type"]?.[0]?.trim(),
    rate: readRate(flags.rate?.[0] ?? `${DEFAULT_RATE}`),
    isRestart: !!flags.restart,
    isDryRun: !!flags["dry-run"],
    check: await openCheck(flags)
  });
};
var sendRequest = async (flags) => {
  const skeleton = flags["generate-cli-skeleton"];
  const [kind = "input"] = skeleton ?? [];
  if (!/^(in|out)put$/.test(kind)) {
    throw new WrongInput(`--generate-cli-skeleton takes input or output; got "${kind}"`);
  }
  if (skeleton && kind === "input") {
    print(SKELETON);
    return 0;
  }
  const check3 = await openCheck(flags);
  const body = readInput(flags);
  for (const [n, event] of body.eventList.entries()) {
    for (const warning2 of check3?.({ ...body, event }) ?? []) printWarning(`eventList[${n}]`, warning2);
  }
  if (flags["dry-run"]) print(JSON.stringify(body));
  if (skeleton || flags["dry-run"]) return 0;
  const { send } = await createSender(senderOptions(flags));
  try {
    await send(body);
  } catch (error) {
    const outcome = classifyFailure(error, 1);
    throw new Error("reason" in outcome ? outcome.reason : outcome.type);
  }
  printError(`${body.eventList.length} of ${body.eventList.length} events sent`);
  return 0;
};
var putEvents = {
  summary: "Sends events by hand, or replays a CSV of past ones",
  async run(args) {
    try {
      const flags = readListFlags(args, FLAGS3);
      if (flags.help) {
        print(HELP3);
        return 0;
      }
      assertCompatible(flags);
      const [csv] = flags.from ?? [];
      return await (csv === void 0 ? sendRequest(flags) : replayCsv(csv, flags));
    } catch (error) {
      const { message } = error;
      const isInput = error instanceof WrongInput;
      printError(`put-events: ${isInput ? message : oneLine(message)}`);
      return isInput ? 2 : 1;
    }
  }
};

// src/cli/types/print-types.ts
import { parseArgs as parseArgs3 } from "node:util";

// src/cli/types/print-typescript.ts
var INDENT = "  ";
var LINE_CHARACTERS = 110;
var quote = (text2) => `'${JSON.stringify(text2).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
var printUnion = (start2, types2, indent2) => {
  const distinct = [...new Set(types2)];
  const line = `${start2} ${distinct.join(" | ")};`;
  if (line.length <= LINE_CHARACTERS) return line;
  return `${start2}${distinct.map((type) => `
${indent2}${INDENT}| ${type}`).join("")};`;
};
var printMember = ({ comment, name, isOptional, type }, indent2) => {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
  const start2 = `${indent2}${key}${isOptional ? "?" : ""}:`;
  const printed = Array.isArray(type) ? printUnion(start2, type, indent2) : `${start2} {
${printMembers(type.members, indent2 + INDENT)}
${indent2}};`;
  return `${indent2}/** ${comment} */
${printed}`;
};
var printMembers = (members, indent2) => members.map((member) => printMember(member, indent2)).join("\n");
var printAugmentation = (module, name, members) => `declare module ${quote(module)} {
${INDENT}interface ${name} {
${printMembers(members, INDENT + INDENT)}
${INDENT}}
}`;

// src/cli/types/dataset-declaration.ts
var TYPES = { string: "string", boolean: "boolean" };
var typesOf = ({ types: types2 }) => types2.map((type) => TYPES[type] ?? "number");
var describeColumn = ({ name, types: types2, isNullable, isCategorical }) => `${name}: ${[...types2, ...isNullable ? ["null"] : []].join(" or ")}${isCategorical ? ", categorical" : ""}.`;
var problemOfColumnName = ({ name }) => problemOfNames({ [toProperty(name)]: null });
var propertyColumns = (schema) => metadataColumns(schema).filter((column) => !problemOfColumnName(column));
var toPropertyMember = (column) => ({
  comment: describeColumn(column),
  name: toProperty(column.name),
  // The dataset drops an event that lacks a required column.
  isOptional: column.isNullable,
  type: column.isNullable ? [...typesOf(column), "null"] : typesOf(column)
});
var toProperties = (columns) => ({
  comment: columns.length ? "Metadata columns, in camelCase: at most 1,024 characters when written as JSON." : "The schema has no metadata column.",
  name: "properties",
  isOptional: columns.every(({ isNullable }) => isNullable),
  type: columns.length ? { members: columns.map(toPropertyMember) } : ["never"]
});
var toField = (schema, name, columnName) => {
  const column = schema.get(columnName);
  if (!column)
    return { comment: `The schema has no ${columnName}.`, name, isOptional: true, type: ["never"] };
  return column.isNullable ? void 0 : { comment: describeColumn(column), name, isOptional: false, type: typesOf(column) };
};
var datasetDeclaration = (schema, eventTypes) => {
  const members = [
    eventTypes && {
      comment: "EVENT_TYPE: one of the event types that the dataset takes.",
      name: "eventType",
      isOptional: false,
      type: eventTypes.map(quote)
    },
    // Required by every Interactions schema: an event without an item trains nothing.
    toField(schema, "itemId", "ITEM_ID"),
    toField(schema, "eventValue", "EVENT_VALUE"),
    // Never required: the service knows an implicit impression by its recommendationId.
    ...schema.has("IMPRESSION") ? [] : [toField(schema, "impression", "IMPRESSION")],
    toProperties(propertyColumns(schema))
  ];
  return printAugmentation(
    "personalize-beacon",
    "DatasetFields",
    members.filter((member) => member !== void 0)
  );
};

// src/cli/types/event-types.ts
var readEventTypes = (text2, domain, schema) => {
  if (text2 === void 0) return domain && DOMAIN_EVENT_TYPES[domain];
  const types2 = text2.split(",").map((type) => type.trim());
  const checkType = createTypeCheck(schema);
  for (const [at, type] of types2.entries()) {
    if (!ID[1](type)) {
      throw new WrongInput(
        `--events must be event types of 1-${MAX_ID_CHARACTERS} characters, separated by commas; got "${type}"`
      );
    }
    if (types2.indexOf(type) < at) throw new WrongInput(`--events has "${type}" twice: write it once`);
    const [warning2] = checkType({ eventType: type });
    if (warning2) throw new WrongInput(`--events: ${warning2.message}`);
  }
  return types2;
};

// src/cli/types/print-types.ts
var FRAMEWORKS = ["preact", "react", "solid", "svelte", "vue"];
var FRAMEWORK_LIST = `${FRAMEWORKS.slice(0, -1).join(", ")} or ${FRAMEWORKS.at(-1)}`;
var HELP4 = `Prints TypeScript declarations, by which track() accepts only what the dataset's schema knows.

  npx personalize-beacon types FILE [options] > personalize.d.ts

  FILE                     the schema of the Interactions dataset, the Avro JSON that CreateSchema takes
  --events TYPE,TYPE       the event types, separated by commas; default: those of --domain, else any
  --domain DOMAIN          ECOMMERCE or VIDEO_ON_DEMAND, of a domain dataset group: also warns of event types that no
                           use case reads
  --jsx FRAMEWORK          ${FRAMEWORK_LIST}, which must be installed: also imports
                           personalize-beacon/jsx/FRAMEWORK, so that attributes are checked
  --help                   prints this help

Put the file where the project's tsconfig.json includes it. It needs no import.

Exit code: 0 printed, perhaps with warnings; 2 not understood, and nothing is printed.

  types interactions.avsc --events click,view,purchase --jsx react > src/personalize.d.ts
`;
var FLAGS4 = {
  events: { type: "string" },
  domain: { type: "string" },
  jsx: { type: "string" },
  help: { type: "boolean" }
};
var readArguments = (args) => {
  try {
    return parseArgs3({ args, options: FLAGS4, allowPositionals: true });
  } catch (error) {
    throw new WrongInput(error.message);
  }
};
var readFramework = (text2) => {
  const framework = FRAMEWORKS.find((name) => name === text2);
  if (text2 !== void 0 && !framework) {
    throw new WrongInput(`--jsx must be ${FRAMEWORK_LIST}; got "${text2}"`);
  }
  return framework;
};
var shellQuote = (text2) => /^[\w./:,=@%+-]+$/.test(text2) ? text2 : `'${oneLine(text2).replaceAll("'", "'\\''")}'`;
var findWarnings = (schema, eventTypes = [], domain) => [
  ...metadataColumns(schema).flatMap((column) => {
    const problem = problemOfColumnName(column);
    return problem ? [`${column.name} is left out: ${problem}`] : [];
  }),
  ...eventTypes.flatMap(
    (eventType) => domain ? checkDomain({ eventType }, domain).map(({ message }) => `--events: ${message}`) : []
  )
];
var run = async (args) => {
  const { values, positionals } = readArguments(args);
  if (values.help) {
    print(HELP4);
    return;
  }
  const [file, ...others] = positionals;
  if (file === void 0 || others.length) {
    throw new WrongInput(
      `types takes one file, the schema; got ${positionals.length}. --help lists all flags`
    );
  }
  const domain = readDomain(values.domain);
  const framework = readFramework(values.jsx);
  const schema = await openSchema(file, file);
  const eventTypes = readEventTypes(values.events, domain, schema);
  for (const warning2 of findWarnings(schema, eventTypes, domain)) printError(`types: warning: ${warning2}`);
  const parts = [
    `// Made by this command; run it again when the schema changes:
// npx personalize-beacon types ${args.map(shellQuote).join(" ")}`,
    // TypeScript extends only an interface of a module that it has read.
    ["personalize-beacon", ...framework ? [`personalize-beacon/jsx/${framework}`] : []].map((name) => `import type {} from '${name}';`).join("\n"),
    datasetDeclaration(schema, eventTypes)
  ];
  print(parts.join("\n\n"));
};
var types = {
  summary: "Prints TypeScript types of the dataset's schema",
  async run(args) {
    try {
      await run(args);
      return 0;
    } catch (error) {
      if (!(error instanceof WrongInput)) throw error;
      printError(`types: ${error.message}`);
      return 2;
    }
  }
};

// src/cli/main.ts
var COMMANDS = { check: check2, local, "put-events": putEvents, types };
var HELP5 = `personalize-beacon ${"0.1.0"}

  npx personalize-beacon <command> [options]

${Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`).join("\n")}

Each command tells of its options by --help.
`;
var run2 = async ([name, ...args]) => {
  const command = Object.hasOwn(COMMANDS, name ?? "") && COMMANDS[name ?? ""];
  if (command) return command.run(args);
  if (name === "--version") print("0.1.0");
  else if (name === void 0 || name === "--help" || name === "help") print(HELP5);
  else {
    printError(`There is no command "${name}".

${HELP5}`);
    return 2;
  }
  return 0;
};
var main = async () => {
  const code = await run2(process.argv.slice(2)).catch((error) => {
    printError(`personalize-beacon: ${error.stack}`);
    return 1;
  });
  await flushOutput();
  process.exit(code);
};

// src/cli.ts
await main();
