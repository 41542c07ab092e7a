// What boxes to write in can do besides: mentions and files. `import "./enclosing.js"` is all a page needs.

import { enhance as withFiles } from "./attachments.js";
import { enhance as withMentions } from "./mentions.js";

document.querySelectorAll("textarea[data-mentions]").forEach(withMentions);
document.querySelectorAll("input[data-files]").forEach(withFiles);
